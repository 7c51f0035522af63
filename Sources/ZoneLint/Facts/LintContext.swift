import RecordSets
import ZoneKit

/// What a rule is given: the zone, the configuration, and facts worked out once for all rules.
struct LintContext: Sendable {
  let zone: LintZone
  let configuration: LintConfiguration
  /// What the apex says of mail.
  let mail: MailRole
  /// Whether names of people's making live here: not so in reverse zones, the root and top-level
  /// domains.
  let isOrdinaryDomain: Bool
  /// TXT records that state a policy or hold a key: those that begin with a version, and those
  /// below a `_domainkey` label.
  let policyTexts: [LintText]
  /// The SPF records, wherever they stand.
  let spfRecords: [(text: LintText, record: SPFRecord)]
  /// What a check of each SPF record asks for, as far as zone and network tell.
  private var spfLookups: [(text: LintText, lookups: SPFLookups)] = []
  /// What the network did not answer of that.
  private var spfQuestions: [NetworkQuestion] = []
  /// TXT records directly below a `_domainkey` label, read as keys.
  let dkimKeys: [(text: LintText, key: DKIMKey)]
  /// What is peculiar about the names of the zone, by number. As every ancestor is a name of the
  /// zone too, each label is judged once.
  let nameTraits: [LabelTraits]
  /// Names below the apex whose leftmost label is peculiar.
  let peculiarNames: [(name: LintName, traits: LabelTraits)]
  /// Where the records lead.
  let targets: LintTargets

  /// Whether a domain takes mail.
  enum MailRole {
    /// It has MX records.
    case takesMail
    /// It has a null MX (RFC 7505).
    case declaresNone
    /// It has no MX record: mail goes to the address of the apex, if any (RFC 5321 section 5.1).
    case unstated
  }

  init(_ zone: LintZone, _ configuration: LintConfiguration) {
    self.zone = zone
    self.configuration = configuration
    let exchanges = zone[zone.apex, .mx]?.values.compactMap { MX($0.data) } ?? []
    mail =
      exchanges.isEmpty
      ? .unstated : exchanges.contains { !$0.isNull } ? .takesMail : .declaresNone
    isOrdinaryDomain = !zone.apex.isReverse && zone.apex.labelCount >= 2
    policyTexts = LintContext.policyTexts(in: zone)
    spfRecords = policyTexts.filter(\.isSPF).map { ($0, SPFRecord($0.text)) }
    dkimKeys = policyTexts.compactMap { text in
      text.value.owner.isDKIMKeyName ? (text, DKIMKey(text.text)) : nil
    }
    nameTraits = LintContext.nameTraits(in: zone)
    let apexNumber = zone.index.number(of: zone.apex)
    peculiarNames = nameTraits.indices.lazy
      .filter { [nameTraits] in
        !nameTraits[$0].isDisjoint(with: LabelTraits.listed) && $0 != apexNumber
      }
      .map { [nameTraits] in (LintName(zone: zone, number: $0), nameTraits[$0]) }
    targets = LintTargets(of: zone)
    var network = NetworkView(nil)
    spfLookups = followedSPF(&network)
  }

  /// The context with what several rules take from the network, worked out once.
  func following(_ answers: NetworkAnswers?) -> LintContext {
    guard let answers else { return self }
    var context = self
    var network = NetworkView(answers)
    context.spfLookups = followedSPF(&network)
    context.spfQuestions = network.open
    return context
  }

  /// What a check of each SPF record asks for, as far as zone and network tell.
  func spfLookups(_ network: inout NetworkView) -> [(text: LintText, lookups: SPFLookups)] {
    network.note(spfQuestions)
    return spfLookups
  }

  private func followedSPF(
    _ network: inout NetworkView
  ) -> [(text: LintText, lookups: SPFLookups)] {
    let recordsByOwner = Dictionary(
      spfRecords.map { ($0.text.value.owner, $0.record) }, uniquingKeysWith: { first, _ in first })
    return spfRecords.map { text, record in
      (text, SPFLookups.of(record, at: text.value.owner, in: self, recordsByOwner, &network))
    }
  }

  /// The traits of all names; none for those outside the zone.
  private static func nameTraits(in zone: LintZone) -> [LabelTraits] {
    let index = zone.index
    let storage = zone.storage
    let octets = storage.span
    var traits = [LabelTraits](repeating: [], count: index.nameCount)
    for number in traits.indices where index.isInside(number) {
      traits[number] = LabelTraits(ofNameAt: index.offset(ofName: number), in: octets)
    }
    return traits
  }

  /// The names that have a peculiarity, records or not.
  func names(with trait: LabelTraits) -> some Sequence<LintName> {
    peculiarNames.lazy.filter { $0.traits.contains(trait) }.map(\.name)
  }

  private static func policyTexts(in zone: LintZone) -> [LintText] {
    zone.rrsets(.txt).flatMap { rrset in
      let isKey = rrset.owner.labels.dropFirst().contains { $0.equalsFolded("_domainkey") }
      return rrset.values.compactMap { value in
        // The second octet is the first character of the first string.
        let first = value.data.octets.dropFirst().first.map { $0 | 0x20 }
        let isPolicy = first == UInt8(ascii: "v") || first == UInt8(ascii: "s")
        return isKey || isPolicy ? LintText(value) : nil
      }
    }
  }

  var apex: Name { zone.apex }

  /// A name below the apex; nil where it is too long.
  func below(_ labels: String) -> Name? {
    try? Name(parsing: labels, origin: apex)
  }

  /// The TXT records at a name that are tag lists of a version (`v=DMARC1; ...`), and whether that
  /// is all that can be there: false where another zone answers for the name.
  func policies(
    at labels: String, version: String
  ) -> (values: [LintText], isKnown: Bool) {
    guard let name = below(labels) else { return ([], true) }
    let answer = zone.answer(name, .txt)
    let texts = answer.rrset?.values.compactMap(LintText.init) ?? []
    return (texts.filter { $0.isTagList(version: version) }, answer.isKnown)
  }

  /// The SPF records of the apex.
  var spf: [LintText] {
    zone[apex, .txt]?.values.compactMap(LintText.init).filter(\.isSPF) ?? []
  }
}

/// A TXT record with its strings joined.
struct LintText {
  let value: LintValue
  /// The strings put together; octets that are no UTF-8 replaced.
  let text: String
  /// The value of the tag `v` at the start, in lower case.
  private let version: String?

  init?(_ value: LintValue) {
    guard let txt = TXT(value.data) else { return nil }
    self.value = value
    text = String(decoding: txt.joined, as: UTF8.self)
    let first = TagList.Tag(text[...].utf8.prefix { $0 != UInt8(ascii: ";") })
    version = first.name.lowercased() == "v" ? first.value.lowercased() : nil
  }

  /// Whether it is an SPF record: `v=spf1`, then a space or the end (RFC 7208 section 4.5).
  var isSPF: Bool { Self.isSPF(text) }

  /// The same of a text.
  static func isSPF(_ text: String) -> Bool {
    let text = text.lowercased()
    return text == "v=spf1" || text.hasPrefix("v=spf1 ")
  }

  /// Whether it begins with the tag `v` of that value, in any letter case: what its author meant,
  /// even where receivers are stricter.
  func isTagList(version: String) -> Bool {
    self.version == version.lowercased()
  }
}

extension LintText {
  /// Octets of an input as they are shown in a message: printable ASCII as it is, the rest as
  /// decimal escapes, cut to a readable length.
  static func quoted(_ octets: some Collection<UInt8>) -> String {
    var text = ""
    for octet in octets.prefix(quotedCount) {
      if (0x20...0x7E).contains(octet) {
        text.unicodeScalars.append(Unicode.Scalar(octet))
      } else {
        let digits = String(octet)
        text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
    return text + (octets.count > quotedCount ? "..." : "")
  }

  /// Text of an input as it is shown in a message.
  static func quoted(_ text: some StringProtocol) -> String { quoted(Array(text.utf8)) }

  /// The most octets of an input that a message shows.
  private static let quotedCount = 60
}

extension Collection<UInt8> {
  /// Whether the octets spell a text of small letters, in any letter case.
  func equalsFolded(_ text: String) -> Bool {
    elementsEqual(text.utf8) { octet, small in
      octet == small || (65...90).contains(octet) && octet | 0x20 == small
    }
  }
}

extension Name {
  /// Whether the name lies in the trees of reverse mapping.
  var isReverse: Bool {
    let labels = labels.map { String(decoding: $0, as: UTF8.self).lowercased() }
    return labels.suffix(2) == ["in-addr", "arpa"] || labels.suffix(2) == ["ip6", "arpa"]
  }

  /// Whether DKIM keys are looked for here: at selectors below a `_domainkey` label.
  var isDKIMKeyName: Bool {
    let labels = labels
    guard let place = labels.firstIndex(where: { $0.equalsFolded("_domainkey") }), place > 0 else {
      return false
    }
    return !labels.prefix(place).contains { $0.first == UInt8(ascii: "_") }
  }

  /// The presentation form without the final dot.
  var withoutFinalDot: String { isRoot ? "." : String(description.dropLast()) }

  /// Whether this is a name of the list: equal, or below one of them.
  func isAtOrBelow(anyOf names: [Name]) -> Bool { names.contains { isAtOrBelow($0) } }

  /// The label at a place from the left as lower-case text.
  func label(_ place: Int) -> String? {
    let labels = labels
    guard labels.indices.contains(place) else { return nil }
    return String(decoding: labels[place], as: UTF8.self).lowercased()
  }
}

extension LintContext {
  /// Whether an RRset is what Route 53 itself put into a new hosted zone: its SOA and its NS
  /// records, which nobody asks to be changed.
  func isRoute53Default(_ rrset: LintRRset) -> Bool {
    guard zone.isExport, rrset.owner == apex else { return false }
    switch rrset.type {
    case .ns: return rrset.values.allSatisfy { $0.data.names.first?.isRoute53Server ?? false }
    case .soa:
      return rrset.values.allSatisfy {
        SOA($0.data).map { $0.mname.isRoute53Server || $0.rname == Self.route53Mailbox } ?? false
      }
    default: return false
    }
  }

  /// The RNAME of the SOA record that Route 53 makes (developer guide, "NS and SOA records").
  private static let route53Mailbox = try? Name(
    parsing: "awsdns-hostmaster.amazon.com.")
}

extension Name {
  /// Whether it is one of Route 53's servers, `ns-NNNN.awsdns-NN.TLD`.
  var isRoute53Server: Bool {
    guard let host = label(0), let domain = label(1) else { return false }
    return host.hasPrefix("ns-") && domain.hasPrefix("awsdns-")
  }
}
