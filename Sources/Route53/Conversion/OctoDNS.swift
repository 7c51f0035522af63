import Diagnostics
public import RecordSets
public import ZoneKit

extension Sequence<RecordSet> {
  /// The sets as a zone of octoDNS (YAML), aliases as `Route53Provider/ALIAS`.
  ///
  /// Sources: "Records" in octoDNS's documentation, README of octodns-route53. octoDNS has routing
  /// of its own (pools and rules) and health checks of its own, so that no set with routing or a
  /// health check can be carried; it joins the strings of a TXT and cuts them anew.
  public func octoDNS(apex: Name) -> Conversion {
    var losses: [Conversion.Loss] = []
    var records: [Name: [JSONOutput]] = [:]
    var aliases: [Name: [JSONOutput]] = [:]
    for set in inRoute53Order {
      if let reason = set.isKeptByRoute53(apex: apex) {
        losses.append(.init(set, reason, isExpected: true))
        continue
      }
      switch set.octoDNSRecord(apex: apex) {
      case .record(let record, let remark):
        records[set.owner, default: []].append(record)
        if let remark { losses.append(.init(set, remark, isOmitted: false)) }
      case .alias(let value): aliases[set.owner, default: []].append(value)
      case .failure(let reason): losses.append(.init(set, reason))
      }
    }
    // The aliases of a name are one record of a type of octodns-route53's.
    for (owner, values) in aliases {
      records[owner, default: []].append(
        ["type": "Route53Provider/ALIAS", "values": .array(values)])
    }
    let named = records.map { owner, list in
      (name: owner == apex ? "" : owner.presentation(relativeTo: apex).lowercased(), list: list)
    }
    // JSON is YAML (YAML 1.2 section 1.3): the values are written as such, the names as keys.
    var text = "---\n"
    for (name, list) in named.sorted(by: { isNaturallyBefore($0.name, $1.name) }) {
      text += "\(JSONOutput.string(name).text(pretty: false)):\n"
      for record in list { text += "  - \(record.text(pretty: false))\n" }
    }
    return Conversion(text: records.isEmpty ? "--- {}\n" : text, losses: losses)
  }
}

/// Natural order, in which octoDNS wants names to stand: numbers in them count as numbers.
private func isNaturallyBefore(_ a: String, _ b: String) -> Bool {
  func runs(_ text: String) -> [(text: String, number: Int)] {
    var runs: [(text: String, number: Int)] = []
    var rest = text[...]
    while !rest.isEmpty {
      let word = rest.prefix { !$0.isNumber }
      let digits = rest.dropFirst(word.count).prefix { $0.isNumber }
      runs.append((String(word), Int(digits) ?? -1))
      rest = rest.dropFirst(word.count + digits.count)
    }
    return runs
  }
  return runs(a).lexicographicallyPrecedes(runs(b)) { $0 < $1 }
}

/// A record of octoDNS, with what was lost of it, or why there is none.
private enum OctoDNSRecord {
  case record(JSONOutput, remark: String?)
  /// A value of the name's aliases.
  case alias(JSONOutput)
  case failure(String)
}

extension RecordSet {
  fileprivate func octoDNSRecord(apex: Name) -> OctoDNSRecord {
    if routing != nil { return .failure("octoDNS has no word for Route 53's routing policies") }
    if healthCheckID != nil { return .failure("octoDNS makes health checks of its own") }
    guard owner.lowercased.labels.joined().allSatisfy(isPlain) else {
      return .failure("octoDNS takes no such name")
    }
    switch content {
    case .trafficPolicyInstance:
      return .failure("octoDNS has no word for a traffic policy instance")
    case .alias(let target): return .alias(alias(target, apex: apex))
    case .records(let ttl, let data):
      let values = data.compactMap { $0.octoDNSValue }
      guard values.count == data.count else {
        return .failure("octoDNS has no word for the data of this \(type) record")
      }
      var record: [String: JSONOutput] = [
        "type": .string(type.description), "ttl": .int(Int(ttl.rawValue)),
      ]
      if type == .cname {
        record["value"] = values.first
      } else {
        record["values"] = .array(values)
      }
      let isCut = type == .txt && data.contains { !$0.isCutAtEnds }
      return .record(
        .object(record), remark: isCut ? "octoDNS joins the strings and cuts them anew" : nil)
    }
  }

  private func alias(_ target: AliasTarget, apex: Name) -> JSONOutput {
    var value: [String: JSONOutput] = [
      "type": .string(type.description),
      "evaluate-target-health": .bool(target.evaluatesTargetHealth),
    ]
    if target.name.isAtOrBelow(apex) {
      // Within the zone octoDNS names the target without the zone, the apex not at all.
      if target.name != apex {
        value["name"] = .string(target.name.presentation(relativeTo: apex))
      }
    } else {
      value["name"] = .string(target.name.description)
      value["hosted-zone-id"] = .string(target.hostedZoneID)
    }
    return .object(value)
  }
}

/// Whether octoDNS takes the octet in a name.
private func isPlain(_ octet: UInt8) -> Bool {
  octet &- UInt8(ascii: "a") < 26 || octet &- UInt8(ascii: "0") < 10
    || [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "*"), UInt8(ascii: "/")].contains(octet)
}

extension RecordData {
  /// The strings of a TXT.
  private var strings: [ArraySlice<UInt8>] {
    var strings: [ArraySlice<UInt8>] = []
    var rest = octets
    while let count = rest.popFirst() {
      strings.append(rest.prefix(Int(count)))
      rest = rest.dropFirst(Int(count))
    }
    return strings
  }

  /// Whether the strings of a TXT are cut where octoDNS cuts them: each full but the last.
  fileprivate var isCutAtEnds: Bool { strings.dropLast().allSatisfy { $0.count == 255 } }

  /// The data as octoDNS has them; nil where it cannot.
  fileprivate var octoDNSValue: JSONOutput? {
    if type == .txt || type == .spf {
      let text = strings.joined()
      guard text.allSatisfy({ 0x20...0x7E ~= $0 && $0 != UInt8(ascii: "\\") }) else { return nil }
      return .string(
        String(decoding: text, as: UTF8.self).split(
          separator: ";", omittingEmptySubsequences: false
        ).joined(separator: "\\;"))
    }
    guard !description.utf8.contains(UInt8(ascii: "\\")), let words = KeyValues.words(description)
    else { return nil }
    switch type {
    case .a, .aaaa, .cname, .ns, .ptr: return .string(description)
    case .mx: return Self.value(words, ["+preference", "exchange"])
    case .srv: return Self.value(words, ["+priority", "+weight", "+port", "target"])
    case .caa: return Self.value(words, ["+flags", "tag", "value"])
    case .ds: return Self.value(words, ["+key_tag", "+algorithm", "+digest_type", "digest"])
    case .sshfp: return Self.value(words, ["+algorithm", "+fingerprint_type", "fingerprint"])
    case .tlsa:
      return Self.value(
        words,
        [
          "+certificate_usage", "+selector", "+matching_type", "certificate_association_data",
        ])
    case .naptr:
      return Self.value(
        words, ["+order", "+preference", "flags", "service", "regexp", "replacement"])
    default: return nil
    }
  }

  /// An object of fields; a plus sign marks the numbers. Nil if their count is another.
  private static func value(_ words: [String], _ fields: [String]) -> JSONOutput? {
    guard words.count == fields.count else { return nil }
    var members: [String: JSONOutput] = [:]
    for (field, word) in zip(fields, words) {
      if field.hasPrefix("+") {
        guard let number = Int(word) else { return nil }
        members[String(field.dropFirst())] = .int(number)
      } else {
        members[field] = .string(word)
      }
    }
    return .object(members)
  }
}
