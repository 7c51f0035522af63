import Diagnostics

/// A part of the runbook's document, which its JSON form and a team's templates both read.
indirect enum DocumentValue {
  /// Sentences.
  case prose(Prose)
  /// A word, a name, an instant.
  case word(String)
  /// Lines to be copied as they are: commands, a file. The language is Markdown's word for it.
  case lines(String, language: String)
  /// A block as the built-in renderers write it; for templates alone.
  case block(RunbookStep.Block)
  /// A whole number.
  case number(Int)
  /// Whether something holds.
  case flag(Bool)
  /// Members by their keys.
  case object([String: DocumentValue])
  /// Elements.
  case list([DocumentValue])
  /// There is none.
  case absent

  /// A word, or none.
  static func optional(_ word: String?) -> DocumentValue { word.map(DocumentValue.word) ?? .absent }

  /// The value in JSON, with texts as they are; nil for what is for templates alone.
  var json: JSONOutput? {
    switch self {
    case .prose(let prose): .string(prose.text)
    case .word(let text), .lines(let text, _): .string(text)
    case .block: nil
    case .number(let number): .int(number)
    case .flag(let holds): .bool(holds)
    case .object(let members): .object(members.compactMapValues(\.json))
    case .list(let elements): .array(elements.compactMap(\.json))
    case .absent: .null
    }
  }
}

/// What kind of value stands where in a document: by it a template is checked before it is used.
indirect enum DocumentShape: Sendable {
  /// A text, or none.
  case text
  /// Whether something holds.
  case flag
  /// Members by their keys.
  case object([String: DocumentShape])
  /// Elements of one kind.
  case list(DocumentShape)
}
