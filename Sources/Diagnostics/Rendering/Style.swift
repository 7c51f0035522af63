/// How text is shown on a terminal. Whether colour is wanted (`--color`, `NO_COLOR`, whether the
/// output is a terminal) is for the caller to say.
public struct Style: Sendable, Hashable {
  /// True to mark parts with colours (ECMA-48 SGR sequences).
  public var color: Bool

  /// A style.
  public init(color: Bool) { self.color = color }

  /// No colour: what a file or a pipe gets.
  public static let plain = Style(color: false)
  /// Colours, for a terminal.
  public static let colored = Style(color: true)

  enum Role {
    case place, error, warning, info, caret, margin, removed, added, heading

    var code: String {
      switch self {
      case .place, .heading: "1"
      case .error: "1;31"
      case .warning: "1;33"
      case .info: "1;36"
      case .caret, .added: "32"
      case .margin: "34"
      case .removed: "31"
      }
    }
  }

  func mark(_ text: String, _ role: Role) -> String {
    color && !text.isEmpty ? "\u{1b}[\(role.code)m\(text)\u{1b}[0m" : text
  }
}

extension Severity {
  var role: Style.Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .info
    }
  }
}
