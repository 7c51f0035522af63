/// A time in its largest fitting unit with one decimal: `45.6 h`, `28.3 min`; hours up to two
/// days. nil is never.
func approximate(_ span: TimeSpan?) -> String {
  guard let span else { return "never" }
  let unit: (name: String, seconds: Int64)
  switch span.seconds {
  case ..<60: return "\(span.seconds) s"
  case ..<3_600: unit = ("min", 60)
  case ...172_800: unit = ("h", 3_600)
  default: unit = ("d", 86_400)
  }
  let tenths = (Double(span.seconds) / Double(unit.seconds) * 10).rounded()
  let whole = Int64(exactly: tenths) ?? .max
  return "\(whole / 10).\(whole % 10) \(unit.name)"
}

/// A share (0...1) as a percentage: one decimal, two below 1 %. What is not quite all or
/// nothing is never rounded to it.
func percent(_ share: Double) -> String {
  if share >= 1 { return "100 %" }
  if share <= 0 { return "0 %" }
  if share > 0.9995 { return "> 99.9 %" }
  let hundredths = share < 0.01
  let parts = Int64((share * (hundredths ? 10_000 : 1_000)).rounded())
  if parts == 0 { return "< 0.01 %" }
  if hundredths {
    let fraction = String(parts % 100)
    return "\(parts / 100)." + (fraction.count == 1 ? "0" : "") + fraction + " %"
  }
  return "\(parts / 10).\(parts % 10) %"
}
