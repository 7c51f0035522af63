/// How many columns of a terminal a scalar takes: 0 for a combining mark, 2 for wide East Asian
/// characters and most emoji, else 1.
func displayWidth(of scalar: Unicode.Scalar) -> Int {
  if scalar.isASCII { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return 0
  default: break
  }
  return wideRanges.contains { $0 ~= scalar.value } ? 2 : 1
}

/// Blocks whose characters are wide or full-width (Unicode Standard Annex 11), in whole blocks:
/// close enough to place a caret.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3,
  0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f,
  0x1f680...0x1f6ff, 0x1f900...0x1faff, 0x20000...0x3fffd,
]
