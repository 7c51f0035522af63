/// A JSON document to be written: the same value gives the same octets, always.
public enum JSONOutput: Sendable, Hashable {
  /// Members in any order: written in the order of their keys.
  case object([String: JSONOutput])
  /// Members in an order of the caller's, as the documents of the AWS API have them.
  case ordered([Member])
  /// Elements.
  case array([JSONOutput])
  /// A value that stands on one line, whatever it holds: an entry of a list that people search.
  indirect case line(JSONOutput)
  /// A string.
  case string(String)
  /// A whole number.
  case int(Int)
  /// A number, written in the fewest digits that read back the same; null if it is not finite.
  case double(Double)
  /// True or false.
  case bool(Bool)
  /// Null.
  case null

  /// A key and its value.
  public struct Member: Sendable, Hashable {
    /// The key.
    public var key: String
    /// The value.
    public var value: JSONOutput

    /// A member.
    public init(_ key: String, _ value: JSONOutput) {
      self.key = key
      self.value = value
    }
  }

  /// Members in the order written here: `.ordered(["Action": "CREATE", "TTL": 300])`.
  public static func ordered(_ members: KeyValuePairs<String, JSONOutput>) -> JSONOutput {
    .ordered(members.map { Member($0.key, $0.value) })
  }

  /// The document as text: indented by two spaces and with a line end at its end, or, if not
  /// `pretty`, on one line without one.
  ///
  /// Control and format characters are escaped, so that no part of an input acts on a terminal.
  public func text(pretty: Bool = true) -> String {
    String(decoding: octets(pretty: pretty), as: UTF8.self)
  }

  /// The octets of that text.
  public func octets(pretty: Bool = true) -> [UInt8] {
    var writer = JSONWriter(pretty: pretty)
    writer.write(self)
    if pretty { writer.endLine() }
    return writer.octets
  }
}

extension JSONOutput: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Elements.
  public init(arrayLiteral elements: JSONOutput...) { self = .array(elements) }
  /// Members in any order; of a key given twice, the last.
  public init(dictionaryLiteral elements: (String, JSONOutput)...) {
    self = .object(Dictionary(elements) { $1 })
  }
}
