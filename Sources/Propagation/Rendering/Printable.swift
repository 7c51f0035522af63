/// Text that a terminal shows as it stands: control and format characters become `?`, so that
/// no input can move the cursor or turn the line around.
func printable(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
      result.append("?")
    default: result.append(scalar)
    }
  }
  return String(result)
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
