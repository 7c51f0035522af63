import ZoneKit

// Names and values of requests, refused in the service's words.

extension Name {
  /// Reads a name of a request.
  init(request text: String) throws(SetFault) {
    if text.isEmpty { throw .value("DomainNameEmpty (Domain name is empty)", text) }
    // "DNS domain name format": what is not printable is escaped, octets 000-040 and 177-377.
    let octets = text.utf8.span
    var others: UInt8 = 0
    for index in octets.indices { others |= octets[index] &- 0x21 < 0x5E ? 0 : 1 }
    if others != 0 {
      throw .value("UnsupportedCharacter (Value contains unsupported characters)", text)
    }
    do throws(NameError) {
      try self.init(route53: text)
    } catch {
      let fault =
        switch error {
        case .empty: "DomainNameEmpty (Domain name is empty)"
        case .emptyLabel: "DomainLabelEmpty (Domain label is empty)"
        case .labelTooLong: "DomainLabelTooLong (Domain label is too long)"
        case .nameTooLong: "DomainNameTooLong (Domain name is too long)"
        default: "InvalidDomainName (\(error))"
        }
      throw .value(fault, text)
    }
  }
}

extension RecordData {
  /// Reads a `Value` of a request.
  init(request value: String, type: RecordType) throws(SetFault) {
    switch type {
    case .a, .aaaa, .cname, .ns, .ptr:
      if value.isEmpty, type != .a, type != .aaaa { _ = try Name(request: value) }
      if value.utf8.contains(where: { $0 == 0x20 || $0 == 0x09 }) {
        throw .value("\(type)RRDATANotSingleField (Value contains spaces)", value)
      }
    case .txt, .spf:
      if !value.isQuotedStrings {
        throw .value("InvalidCharacterString (Value should be enclosed in quotation marks)", value)
      }
    case .caa, .naptr:
      // CAA: flags, tag, "value"; NAPTR: two numbers, three strings in quotes, a name.
      if value.utf8.count(where: { $0 == UInt8(ascii: "\"") }) < (type == .caa ? 2 : 6) {
        throw .value("InvalidCharacterString (Value should be enclosed in quotation marks)", value)
      }
    default: break
    }
    do throws(RecordDataError) {
      try self.init(route53: value, type: type)
    } catch {
      let fault =
        switch (type, error.rule) {
        case (.a, _): "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"
        case (.aaaa, _): "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)"
        case (_, "syn-string-too-long"): "CharacterStringTooLong (Value is too long)"
        default: "\(type)RRDATAInvalid (\(error.message))"
        }
      throw .value(fault, value)
    }
  }
}

extension SetFault {
  /// A value that the service cannot read.
  fileprivate static func value(_ fault: String, _ value: String) -> SetFault {
    SetFault("Invalid Resource Record: FATAL problem: \(fault) encountered with '\(value)'")
  }
}

extension String {
  /// Whether the text is one or more strings in quotes and nothing else but spaces.
  fileprivate var isQuotedStrings: Bool {
    var (count, isInside, isEscaped) = (0, false, false)
    for octet in utf8 {
      if isEscaped {
        isEscaped = false
      } else if octet == UInt8(ascii: "\"") {
        isInside.toggle()
        count += 1
      } else if isInside {
        isEscaped = octet == UInt8(ascii: "\\")
      } else if octet != UInt8(ascii: " ") {
        return false
      }
    }
    return count > 0 && !isInside
  }
}
