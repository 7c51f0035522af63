import Diagnostics
import RecordSets
import ZoneKit

/// Reads the annotations of a zone's records: comments behind them, and records of class AWS.
struct AnnotationReader {
  let zone: Zone
  let hostedZoneID: String?
  var annotations: [Int: RecordAnnotation] = [:]
  var findings: [Finding] = []

  init(zone: Zone, hostedZoneID: String?) {
    self.zone = zone
    self.hostedZoneID = hostedZoneID
  }

  mutating func read() {
    for index in zone.indices {
      let type = zone.type(ofRecord: index)
      let isPseudo = type == PseudoRecords.alias || type == PseudoRecords.trafficPolicy
      // Most zones have no annotation at all: the place of a record is worked out only where the
      // source holds one somewhere.
      guard isPseudo || hasComments, let place = zone.location(ofRecord: index) else { continue }
      let comment = comment(behind: place)
      var annotation = comment.flatMap { RecordAnnotation(comment: $0) }
      if comment != nil, annotation == nil {
        report("the comment is not understood as one of cli53's", at: place)
      }
      if isPseudo {
        let text = String(decoding: zone[index].data.octets, as: UTF8.self)
        guard let replacement = replacement(type, text, at: place) else { continue }
        annotation = annotation ?? RecordAnnotation()
        annotation?.replacement = replacement
      }
      annotations[index] = annotation
    }
  }

  private mutating func report(_ message: String, at place: Location, help: String? = nil) {
    findings.append(
      Finding(rule: "r53-annotation", severity: .error, message: message, at: place, help: help))
  }

  // MARK: - Comments

  private lazy var hasComments: Bool = zone.sources.contains(where: Self.holdsComments)

  /// Whether a source holds the mark of an annotation.
  static func holdsComments(_ source: SourceFile) -> Bool {
    source.withOctets { octets in
      let mark = Array("; AWS ".utf8)
      var next = 0
      while let start = octets.firstIndex(of: mark[0], from: next) {
        next = start + 1
        guard octets.count - start >= mark.count else { return false }
        if mark.indices.allSatisfy({ octets[start + $0] == mark[$0] }) { return true }
      }
      return false
    }
  }

  /// The comment of cli53's on the line where a record ends, without its semicolon.
  private func comment(behind place: Location) -> String? {
    let end = place.source.range(ofLine: place.end.line).upperBound
    guard place.range.upperBound < end else { return nil }
    let rest = String(
      decoding: place.source.octets(in: place.range.upperBound..<end), as: UTF8.self)
    var text = rest.drop { $0 == " " || $0 == "\t" || $0 == ")" }
    guard text.popFirst() == ";" else { return nil }
    text = text.drop { $0 == " " }
    guard text.hasPrefix("AWS ") else { return nil }
    return String(text.last == "\r" ? text.dropLast() : text)
  }

  // MARK: - Records of class AWS

  private mutating func replacement(
    _ type: RecordType, _ text: String, at place: Location
  ) -> RecordAnnotation.Replacement? {
    let words = KeyValues.words(text) ?? []
    return type == PseudoRecords.alias
      ? alias(words, at: place) : trafficPolicyInstance(words, at: place)
  }

  private mutating func alias(
    _ words: [String], at place: Location
  ) -> RecordAnnotation.Replacement? {
    guard words.count == 4, let type = RecordType(mnemonic: words[0]),
      words[3] == "true" || words[3] == "false"
    else {
      report("ALIAS: expected type, target, hosted zone id, and true or false", at: place)
      return nil
    }
    let isSelf = words[2] == "$self"
    guard let id = isSelf ? hostedZoneID : words[2] else {
      report(
        "ALIAS: $self stands for the hosted zone's id, which is not known", at: place,
        help: "give the id")
      return nil
    }
    do throws(NameError) {
      // As cli53 has it: names of the zone itself are relative to the apex, others absolute.
      let name = try Name(parsing: words[1], origin: isSelf ? zone.apex : .root)
      return .alias(
        type,
        AliasTarget(hostedZoneID: id, name: name, evaluatesTargetHealth: words[3] == "true"))
    } catch {
      report("ALIAS target: expected a domain name, found \(words[1].quoted): \(error)", at: place)
      return nil
    }
  }

  private mutating func trafficPolicyInstance(
    _ words: [String], at place: Location
  ) -> RecordAnnotation.Replacement? {
    let seconds = words.count > 1 ? UInt32(words[1]) : nil
    guard words.count >= 3, let type = RecordType(mnemonic: words[0]),
      seconds != nil || words[1] == "none"
    else {
      report("TRAFFICPOLICY: expected type, TTL or none, id, and values", at: place)
      return nil
    }
    var data: [RecordData] = []
    for word in words.dropFirst(3) {
      do throws(RecordDataError) {
        data.append(try RecordData(parsing: word, type: type))
      } catch {
        report("TRAFFICPOLICY: \(error.message)", at: place)
        return nil
      }
    }
    return .trafficPolicyInstance(type, id: words[2], ttl: seconds.map { TTL($0) }, data: data)
  }
}
