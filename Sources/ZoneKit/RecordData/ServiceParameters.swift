// Service parameters of SVCB and HTTPS (RFC 9460).

/// A service parameter's key and what its value looks like.
struct ServiceParameterKey {
  enum Value {
    /// None at all.
    case none
    /// Keys, ascending, at least one.
    case keys
    /// Identifiers with a length octet each; `allowsNone`: the list may be empty.
    case identifiers(allowsNone: Bool)
    /// A 16-bit number.
    case port
    /// Addresses, at least one.
    case ipv4, ipv6
    /// Octets in base 64.
    case base64
    /// Octets as a string, at least one.
    case string
    /// 16-bit numbers, at least one, none twice.
    case groups
    /// Transports with a percentage each, at least one, none twice.
    case transports
  }

  let number: UInt16
  let name: StaticString
  let value: Value

  /// IANA's "Service Parameter Keys (SvcParamKeys)".
  static let all: [ServiceParameterKey] = [
    .init(number: 0, name: "mandatory", value: .keys),
    .init(number: 1, name: "alpn", value: .identifiers(allowsNone: false)),
    .init(number: 2, name: "no-default-alpn", value: .none),
    .init(number: 3, name: "port", value: .port),
    .init(number: 4, name: "ipv4hint", value: .ipv4),
    .init(number: 5, name: "ech", value: .base64),
    .init(number: 6, name: "ipv6hint", value: .ipv6),
    .init(number: 7, name: "dohpath", value: .string),
    .init(number: 8, name: "ohttp", value: .none),
    .init(number: 9, name: "tls-supported-groups", value: .groups),
    .init(number: 10, name: "docpath", value: .identifiers(allowsNone: true)),
    .init(number: 11, name: "pvd", value: .none),
    .init(number: 12, name: "oots", value: .transports),
  ]

  static func key(_ number: UInt16) -> ServiceParameterKey? {
    all.first { $0.number == number }
  }

  /// The number of a key by its name or `keyNNNNN`; nil if it is neither.
  static func number(_ text: Span<UInt8>) -> UInt16? {
    for key in all where text.equalsIgnoringCase(key.name) { return key.number }
    guard text.count == 4 || text.count > 4 && text[3] != UInt8(ascii: "0"),
      let number = text.number(afterPrefix: "key"), number != .max
    else { return nil }
    return number
  }

  static func name(_ number: UInt16) -> String {
    key(number).map { "\($0.name)" } ?? "key\(number)"
  }
}

extension RecordDataScanner {
  /// `key=value` pairs to the end of the entry, written in ascending order of keys
  /// (RFC 9460 section 2.1).
  mutating func scanServiceParameters(in text: Span<UInt8>) throws(ScanError) {
    var parameters: [(number: UInt16, value: [UInt8], token: Token)] = []
    var present: Set<UInt16> = []
    while try !peek(in: text).isEnd {
      within("parameter")
      let parameter = try serviceParameter(in: text)
      guard present.insert(parameter.number).inserted else {
        throw ScanError(
          "svcb-dup-key",
          "\(type) parameter: \(ServiceParameterKey.name(parameter.number)) is given twice",
          at: parameter.token.range)
      }
      parameters.append(parameter)
    }
    if let mandatory = parameters.first(where: { $0.number == 0 }) {
      // Written as key0, the value is any octets so far.
      guard (try? RecordDataReader([], escapes: escapes).mandatoryKeys(mandatory.value[...])) != nil
      else {
        throw failure(
          mandatory.token, in: text, "ascending keys on two octets each",
          rule: "svcb-mandatory-missing")
      }
      for index in stride(from: 0, to: mandatory.value.count, by: 2) {
        let number = UInt16(mandatory.value[index]) << 8 | UInt16(mandatory.value[index + 1])
        guard present.contains(number) else {
          throw ScanError(
            "svcb-mandatory-missing",
            "\(type) mandatory: lists \(ServiceParameterKey.name(number)), which is not given",
            at: mandatory.token.range)
        }
      }
    }
    if let lone = parameters.first(where: { $0.number == 2 }),
      !present.contains(1)
    {
      throw ScanError(
        "svcb-no-default-alpn", "\(type) parameter: no-default-alpn stands without alpn",
        at: lone.token.range)
    }
    for parameter in parameters.sorted(by: { $0.number < $1.number }) {
      wire.append(big: parameter.number)
      wire.append(big: UInt16(parameter.value.count))
      wire.append(contentsOf: parameter.value)
    }
  }

  private mutating func serviceParameter(
    in text: Span<UInt8>
  ) throws(ScanError) -> (number: UInt16, value: [UInt8], token: Token) {
    let token = try word(in: text, "key=value")
    let equals = text.extracting(..<token.end).firstIndex(of: UInt8(ascii: "="), from: token.start)
    guard
      let number = ServiceParameterKey.number(
        text.extracting(token.start..<(equals ?? token.end)))
    else {
      throw failure(token, in: text, "a key such as alpn, port or key123")
    }
    within(ServiceParameterKey.key(number)?.name ?? "parameter")
    var value: Token?
    if let equals {
      let following = try peek(in: text)
      if equals + 1 < token.end {
        var rest = token
        rest.start = equals + 1
        value = rest
        if following.kind == .quoted, following.start == token.end + 1 {
          throw failure(following, in: text, "a space before the quote")
        }
      } else if following.kind == .quoted, following.start == token.end + 1 {
        value = try next(in: text)
        let after = try peek(in: text)
        if !after.isEnd, after.outerRange.lowerBound == following.end + 1 {
          throw failure(after, in: text, "a space after the closing quote")
        }
      } else {
        value = Token(kind: .word, isEscaped: false, start: token.end, end: token.end)
      }
    }
    let octets = try serviceParameterValue(number, value, key: token, in: text)
    guard octets.count <= 65_535 else {
      throw failure(token, in: text, "a value of at most 65535 octets")
    }
    return (number, octets, token)
  }

  /// The wire form of a value; `value` is nil where no `=` was given.
  private mutating func serviceParameterValue(
    _ number: UInt16, _ value: Token?, key: Token, in text: Span<UInt8>
  ) throws(ScanError) -> [UInt8] {
    let place = value ?? key
    let start = wire.count
    if let value { try appendOctets(of: value, in: text) }
    let octets = Array(wire[start...])
    wire.removeSubrange(start...)

    let isGenericKey =
      text.extracting(key.range).count > 3
      && text.extracting(key.start..<(key.start + 3)).equalsIgnoringCase("key")
    guard let form = ServiceParameterKey.key(number)?.value, !isGenericKey else { return octets }
    switch form {
    case .none:
      guard octets.isEmpty else { throw failure(place, in: text, "no value") }
      return []
    case .keys: return try keys(octets, place, in: text)
    case .identifiers(let allowsNone):
      if octets.isEmpty, allowsNone { return [] }
      var list: [UInt8] = []
      for item in Self.valueList(octets) {
        guard (1...255).contains(item.count) else {
          throw failure(place, in: text, "identifiers of 1-255 octets, joined by commas")
        }
        list.append(UInt8(item.count))
        list.append(contentsOf: item)
      }
      return list
    case .port:
      guard let port = octets.span.decimal(UInt16.self) else {
        throw failure(place, in: text, "0-65535")
      }
      return [UInt8(port >> 8), UInt8(port & 0xFF)]
    case .ipv4:
      var list: [UInt8] = []
      for item in octets.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        guard let address = IPAddress.ipv4(item.span) else {
          throw failure(place, in: text, "IPv4 addresses joined by commas")
        }
        list.append(big: address)
      }
      return list
    case .ipv6:
      var list: [UInt8] = []
      for item in octets.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        guard let groups = IPAddress.ipv6(item.span) else {
          throw failure(place, in: text, "IPv6 addresses joined by commas")
        }
        for index in groups.indices { list.append(big: groups[index]) }
      }
      return list
    case .base64:
      var decoder = Base64Decoder()
      var decoded: [UInt8] = []
      for octet in octets {
        guard decoder.take(octet, to: &decoded) else {
          throw failure(place, in: text, "base 64")
        }
      }
      guard decoder.isComplete else { throw failure(place, in: text, "base 64, padded with =") }
      return decoded
    case .string:
      guard !octets.isEmpty else { throw failure(place, in: text, "a value") }
      return octets
    case .groups:
      var list: [UInt8] = []
      var seen: Set<UInt16> = []
      for item in octets.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
        guard let group = item.decimal(UInt16.self), seen.insert(group).inserted else {
          throw failure(place, in: text, "different numbers 0-65535 joined by commas")
        }
        list.append(big: group)
      }
      return list
    case .transports:
      guard let list = Self.transports(octets) else {
        throw failure(
          place, in: text, "different transports with a percentage, such as dot:20,doq:5")
      }
      return list
    }
  }

  /// `name:percentage` joined by commas, each as a length octet, the name and the percentage
  /// (draft-johani-dnsop-transport-signaling); nil if the octets are no such list.
  private static func transports(_ octets: [UInt8]) -> [UInt8]? {
    var list: [UInt8] = []
    var seen: Set<[UInt8]> = []
    for item in octets.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let colon = item.firstIndex(of: UInt8(ascii: ":")),
        let share = item[(colon + 1)...].decimal(UInt8.self), share <= 100,
        (1...255).contains(colon - item.startIndex),
        seen.insert(Array(item[..<colon])).inserted
      else { return nil }
      list.append(UInt8(colon - item.startIndex))
      list.append(contentsOf: item[..<colon])
      list.append(share)
    }
    return list
  }

  /// The value of `mandatory`: keys in ascending order, none twice, not itself
  /// (RFC 9460 section 8).
  private func keys(
    _ octets: [UInt8], _ place: Token, in text: Span<UInt8>
  ) throws(ScanError) -> [UInt8] {
    var numbers: [UInt16] = []
    for item in octets.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      guard let number = ServiceParameterKey.number(item.span), number != 0,
        !numbers.contains(number)
      else {
        throw failure(
          place, in: text, "different keys joined by commas, mandatory not among them",
          rule: "svcb-mandatory-missing")
      }
      numbers.append(number)
    }
    var list: [UInt8] = []
    for number in numbers.sorted() { list.append(big: number) }
    return list
  }

  /// The items of a value list: a backslash takes the next octet as it is, a comma parts
  /// (RFC 9460 appendix A.1).
  private static func valueList(_ octets: [UInt8]) -> [[UInt8]] {
    var items: [[UInt8]] = [[]]
    var isEscaped = false
    for octet in octets {
      if isEscaped {
        items[items.count - 1].append(octet)
        isEscaped = false
      } else if octet == UInt8(ascii: "\\") {
        isEscaped = true
      } else if octet == UInt8(ascii: ",") {
        items.append([])
      } else {
        items[items.count - 1].append(octet)
      }
    }
    return items
  }
}
