// The two transcendental functions the models need, written out so that the module needs no C
// library and gives the same bits on every platform.

private let ln2 = 0.693_147_180_559_945_309_4

/// `2^(-x)` for `x >= 0`; 0 once it is below what a `Double` holds.
func halvings(_ x: Double) -> Double {
  guard x > 0 else { return 1 }
  guard x < 1_000 else { return 0 }
  let whole = x.rounded(.down)
  let y = -(x - whole) * ln2
  // exp(y) by its series; |y| < 0.7, so 20 terms reach the last bit.
  var term = 1.0
  var sum = 1.0
  for n in 1...20 {
    term *= y / Double(n)
    sum += term
  }
  return Double(sign: .plus, exponent: -Int(whole), significand: sum)
}

/// The binary logarithm of a positive number.
func log2(_ x: Double) -> Double {
  // ln m = 2 artanh((m - 1) / (m + 1)); m in [1, 2) keeps the argument at or below 1/3.
  let s = (x.significand - 1) / (x.significand + 1)
  var power = s
  var sum = 0.0
  for n in 0..<18 {
    sum += power / Double(2 * n + 1)
    power *= s * s
  }
  return Double(x.exponent) + 2 * sum / ln2
}
