extension JSONValue {
  /// What the value is, for a message: `a string`, `an object`, `null`.
  public var kindName: String {
    switch kind {
    case .object: "an object"
    case .array: "an array"
    case .string: "a string"
    case .number: "a number"
    case .bool(let value): value ? "true" : "false"
    case .null: "null"
    }
  }

  /// The members in the order of the text; empty if this is no object.
  public var members: [JSONMember] {
    if case .object(let members) = kind { members } else { [] }
  }

  /// The elements in the order of the text; empty if this is no array.
  public var elements: [JSONValue] {
    if case .array(let elements) = kind { elements } else { [] }
  }

  /// The value of the first member with `key`; nil if there is none or this is no object.
  public subscript(key: String) -> JSONValue? {
    members.first { $0.key == key }?.value
  }

  /// The members whose key an earlier member of the same object has, each with that earlier one.
  /// RFC 8259 section 4 leaves open what they mean, so a reader had better say so.
  public var repeatedMembers: [(member: JSONMember, first: JSONMember)] {
    var seen: [String: JSONMember] = [:]
    var repeated: [(member: JSONMember, first: JSONMember)] = []
    for member in members {
      if let first = seen[member.key] {
        repeated.append((member, first))
      } else {
        seen[member.key] = member
      }
    }
    return repeated
  }

  /// The members of an object. `name` is what the message calls the value: a key, mostly.
  ///
  /// - Throws: `JSONError`: `ResourceRecordSet: expected an object, found a string`.
  public func object(_ name: String) throws(JSONError) -> [JSONMember] {
    guard case .object(let members) = kind else { throw mismatch(name, expected: "an object") }
    return members
  }

  /// The elements of an array.
  ///
  /// - Throws: `JSONError`: `ResourceRecords: expected an array, found an object`.
  public func array(_ name: String) throws(JSONError) -> [JSONValue] {
    guard case .array(let elements) = kind else { throw mismatch(name, expected: "an array") }
    return elements
  }

  /// A string.
  ///
  /// - Throws: `JSONError`: `Name: expected a string, found a number`.
  public func string(_ name: String) throws(JSONError) -> String {
    guard case .string(let text) = kind else { throw mismatch(name, expected: "a string") }
    return text
  }

  /// A truth value.
  ///
  /// - Throws: `JSONError`: `EvaluateTargetHealth: expected true or false, found a string`.
  public func bool(_ name: String) throws(JSONError) -> Bool {
    guard case .bool(let value) = kind else { throw mismatch(name, expected: "true or false") }
    return value
  }

  /// A whole number within `range`, written without fraction and exponent.
  ///
  /// - Throws: `JSONError`: `TTL: expected a whole number, found a string`.
  public func wholeNumber(
    _ name: String, in range: ClosedRange<Int> = Int.min...Int.max
  ) throws(JSONError) -> Int {
    guard case .number(let text) = kind else { throw mismatch(name, expected: "a whole number") }
    if let number = Int(text), range.contains(number) { return number }
    let written = text.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == 45 }
    let expected =
      written ? "\(range.lowerBound) to \(range.upperBound)" : "a whole number"
    throw JSONError("\(name): expected \(expected), found \(text)", at: location)
  }

  /// The value of the member with `key` of this object.
  ///
  /// - Throws: `JSONError` if this is no object or the member is missing.
  public func member(_ key: String, of name: String) throws(JSONError) -> JSONValue {
    let members = try object(name)
    if let member = members.first(where: { $0.key == key }) { return member.value }
    throw JSONError("\(name): the member \"\(key)\" is missing", at: location)
  }

  private func mismatch(_ name: String, expected: String) -> JSONError {
    JSONError("\(name): expected \(expected), found \(kindName)", at: location)
  }

  /// The place in the source of a part of this string: `range` counts octets of its decoded UTF-8
  /// form. The whole value's place if this is no string or the range lies outside it.
  public func location(ofDecoded range: Range<Int>) -> Location {
    guard case .string(let text) = kind, range.lowerBound >= 0, range.upperBound <= text.utf8.count
    else { return location }
    let octets = location.source.octets(in: location.range)
    var scanner = JSONScanner(source: location.source, base: location.range.lowerBound)
    var starts: [Int] = []
    starts.reserveCapacity(text.utf8.count + 1)
    guard (try? scanner.string(in: octets.span, starts: &starts)) != nil,
      starts.count == text.utf8.count
    else { return location }
    starts.append(octets.count - 1)
    let base = location.range.lowerBound
    return Location(
      location.source, base + starts[range.lowerBound]..<base + starts[range.upperBound])
  }
}
