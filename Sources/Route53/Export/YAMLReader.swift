package import Diagnostics
import RecordSets
import Yams

/// Reads YAML documents as if they were JSON, so that one reader serves both.
///
/// What a plain scalar is depends on its key, never on its look: YAML 1.1 would make a truth value
/// of the country code `NO` and another number of `0777`.
package enum YAMLReader {
  /// The members that hold whole numbers.
  private static let numberKeys: Set<String> = [
    "TTL", "Weight", "Bias", "ResourceRecordSetCount", "status_code",
  ]
  /// The members that hold truth values.
  private static let boolKeys: Set<String> = [
    "EvaluateTargetHealth", "MultiValueAnswer", "IsTruncated", "PrivateZone",
  ]

  /// Reads the documents of a source, one after another.
  ///
  /// - Throws: `JSONError` where the text is no YAML, or is built to exhaust memory.
  package static func read(_ source: SourceFile) throws(JSONError) -> [JSONValue] {
    try checkAliases(source)
    var octets = source.octets(in: 0..<source.count)[...]
    if octets.starts(with: [0xEF, 0xBB, 0xBF]) { octets = octets.dropFirst(3) }
    var documents: [JSONValue] = []
    // An alias lets a short text stand for a long one: more nodes than octets are refused.
    var budget = source.count + 16
    do {
      let parser = try Parser(yaml: String(decoding: octets, as: UTF8.self), resolver: .basic)
      while let node = try parser.nextRoot() {
        documents.append(try value(of: node, key: nil, depth: 0, in: source, budget: &budget))
      }
    } catch let error as JSONError {
      throw error
    } catch let error as YamlError {
      throw self.error(error, in: source)
    } catch {
      throw JSONError("the text is no YAML: \(error)", at: Location(source, 0..<0))
    }
    return documents
  }

  /// Refuses a text with anchors and many aliases: aliases of aliases grow without bound, already
  /// in the parser. An export has neither.
  private static func checkAliases(_ source: SourceFile) throws(JSONError) {
    var (anchors, aliases) = (0, 0)
    source.withOctets { octets in
      // What stands before a node: an indicator, or the beginning of a line.
      var isAtNode = true
      for index in octets.indices {
        switch octets[index] {
        case UInt8(ascii: "&") where isAtNode: anchors += 1
        case UInt8(ascii: "*") where isAtNode: aliases += 1
        default: break
        }
        switch octets[index] {
        case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "{"),
          UInt8(ascii: ","), UInt8(ascii: "?"), UInt8(ascii: "\n"):
          isAtNode = true
        case UInt8(ascii: " "): break
        default: isAtNode = false
        }
      }
    }
    if anchors > 2, aliases > 20 {
      throw JSONError(
        "the YAML text uses anchors and many aliases, which is refused",
        at: Location(source, 0..<0))
    }
  }

  private static func error(_ error: YamlError, in source: SourceFile) -> JSONError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      JSONError("the text is no YAML: \(problem)", at: location(of: mark, in: source))
    case .duplicatedKeysInMapping(let keys, let context):
      JSONError(
        "the member \((keys.first ?? "").quoted) stands twice",
        at: location(of: context.mark, in: source))
    default: JSONError("the text is no YAML", at: Location(source, 0..<0))
    }
  }

  // MARK: - Nodes

  private static func value(
    of node: Node, key: String?, depth: Int, in source: SourceFile, budget: inout Int
  ) throws(JSONError) -> JSONValue {
    let place = node.mark.map { location(of: $0, in: source) } ?? Location(source, 0..<0)
    budget -= 1
    guard budget > 0, depth < JSONReader.maximumDepth else {
      throw JSONError("the YAML text nests too deep, or repeats itself", at: place)
    }
    switch node {
    case .scalar(let scalar):
      return tagged(node, JSONValue(kind(of: scalar, key: key), at: place))
    case .sequence(let sequence):
      var elements: [JSONValue] = []
      for element in sequence {
        elements.append(
          try value(of: element, key: key, depth: depth + 1, in: source, budget: &budget))
      }
      return tagged(node, JSONValue(.array(elements), at: place))
    case .mapping(let mapping):
      var members: [JSONMember] = []
      for (key, element) in mapping {
        guard let name = key.scalar?.string else {
          throw JSONError("expected a key that is a string", at: place)
        }
        members.append(
          JSONMember(
            key: name, keyLocation: key.mark.map { location(of: $0, in: source) } ?? place,
            value: try value(of: element, key: name, depth: depth + 1, in: source, budget: &budget))
        )
      }
      return tagged(node, JSONValue(.object(members), at: place))
    case .alias: throw JSONError("the YAML text uses an alias", at: place)
    }
  }

  private static func kind(of scalar: Node.Scalar, key: String?) -> JSONValue.Kind {
    let text = scalar.string
    guard scalar.style == .plain || scalar.style == .any else { return .string(text) }
    if ["", "~", "null"].contains(text) { return .null }
    if let key, boolKeys.contains(key) {
      if text == "true" { return .bool(true) }
      if text == "false" { return .bool(false) }
    }
    if let key, numberKeys.contains(key), Int(text).map({ String($0) }) == text {
      return .number(text)
    }
    return .string(text)
  }

  /// A node with a tag of its own, such as `!GetAtt x`, as the member that CloudFormation's JSON
  /// has for it: `{"Fn::GetAtt": x}`.
  private static func tagged(_ node: Node, _ value: JSONValue) -> JSONValue {
    let tag = node.tag.rawValue
    guard tag.hasPrefix("!"), tag.utf8.count > 1 else { return value }
    let name = String(tag.dropFirst())
    let key = name == "Ref" || name == "Condition" ? name : "Fn::\(name)"
    return JSONValue(
      .object([JSONMember(key: key, keyLocation: value.location, value: value)]),
      at: value.location)
  }

  /// From a mark to the end of its line.
  private static func location(of mark: Mark, in source: SourceFile) -> Location {
    let line = source.range(ofLine: max(1, mark.line))
    var start = line.lowerBound
    var column = 1
    for octet in source.octets(in: line) {
      // Octets that continue a character are no column of their own.
      if octet & 0xC0 != 0x80 {
        if column == mark.column { break }
        column += 1
      }
      start += 1
    }
    return Location(source, start..<max(start, line.upperBound))
  }
}
