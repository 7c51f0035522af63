extension CacheClass {
  /// Reads a floor and the share of caches that enforce it: `24h:5%` or `24h:0.05`; `never:1%` for
  /// caches that never let go.
  public init(parsing text: String) throws(TimeSyntaxError) {
    let fail = TimeSyntaxError(
      text: text, expected: "a floor and a share of caches, such as 24h:5% or never:1%")
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count == 2 else { throw fail }
    let isPercentage = fields[1].hasSuffix("%")
    let digits = isPercentage ? fields[1].dropLast() : fields[1]
    // Digits and a point alone: no exponents, no "nan".
    guard digits.allSatisfy({ $0 == "." || ("0"..."9").contains($0) }),
      let number = Double(digits), number <= (isPercentage ? 100 : 1)
    else { throw fail }
    let share = isPercentage ? number / 100 : number
    if fields[0] == "never" {
      self.init(share: share, isSticky: true)
      return
    }
    let floor: TimeSpan
    do { floor = try TimeSpan(parsing: String(fields[0])) } catch { throw fail }
    self.init(share: share, floor: floor)
  }
}
