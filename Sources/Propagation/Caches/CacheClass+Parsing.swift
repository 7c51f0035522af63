extension CacheClass {
  /// Reads a floor and the share of caches that enforce it, in percent: `24h:5%`; `never:1%` for
  /// caches that never let go.
  public init(parsing text: String) throws(TimeSyntaxError) {
    let fail = TimeSyntaxError(
      text: text, expected: "a floor and a share of caches, such as 24h:5% or never:1%")
    let fields = text.split(separator: ":", omittingEmptySubsequences: false)
    guard fields.count == 2, fields[1].hasSuffix("%") else { throw fail }
    let digits = fields[1].dropLast()
    // Digits and a point alone: no exponents, no "nan".
    guard digits.allSatisfy({ $0 == "." || ("0"..."9").contains($0) }),
      let percent = Double(digits), percent <= 100
    else { throw fail }
    if fields[0] == "never" {
      self.init(share: percent / 100, isSticky: true)
      return
    }
    let floor: TimeSpan
    do { floor = try TimeSpan(parsing: String(fields[0])) } catch { throw fail }
    self.init(share: percent / 100, floor: floor)
  }
}
