import Diagnostics
import ZoneKit

extension Rule {
  static let suspectMissingDot = Rule(
    "syn-suspect-missing-dot", "name that seems to lack its final dot", .warning,
    group: .structure,
    rationale: """
      A name without final dot is completed with the origin: 'mail.example.com' becomes \
      'mail.example.com.example.com.'. It is the most frequent cause of mail outages after a move. \
      Consoles and exports that take every name as absolute hide it on one side only.
      """,
    reference: "RFC 1035 5.1", remedy: "write the final dot, or the name relative to the origin",
    triggering: [
      Example("@ IN MX 30 ↓mail.example.com", also: ["mx-target-no-address"]),
      "↓www.example.com IN A 192.0.2.1",
      Example("ftp IN CNAME ↓files.provider.net", also: ["cname-dangling-in-zone"]),
    ],
    nonTriggering: [
      "@ IN MX 30 mail.example.com.\nmail IN A 192.0.2.1",
      "www.example.com. IN A 192.0.2.1",
      "ftp IN CNAME files.net\nfiles.net IN A 192.0.2.1",
      "ftp IN CNAME files.provider.net.",
    ],
    fix: .records("add the final dot where the name is there with it") { context, record in
      let value = LintValue(zone: context.zone, record: record)
      guard let name = value.data.names.first, value.data.names.count == 1,
        let meant = context.nameWithoutOrigin(name),
        case .present(let there) =
          context.zone.standing(of: meant), !there.isEmptyNonTerminal,
        case .absent = context.zone.standing(of: name), let data = value.data.renaming(name, meant)
      else { return [] }
      return [.setData(record: record, data: data)]
    }
  ) { context, report in
    guard !context.apex.isRoot, !context.zone.isExport else { return }
    let leastCount = context.apex.wire.count * 2 - 1
    for name in context.zone.names where !name.isEmptyNonTerminal {
      guard context.zone.wireCount(ofName: name.number) >= leastCount,
        let short = name.name.rebased(from: context.apex, to: .root),
        short.isAtOrBelow(context.apex), let first = name.rrsets.first
      else { continue }
      report.add("\(name.name) repeats the zone's name", at: first.location)
    }
    for type in context.targets.types {
      for target in context.targets[type] where target.traits.contains(.inside) {
        // A name that is there is meant, unless it has the zone's name twice.
        if let number = target.number,
          context.zone.wireCount(ofName: Int(number)) < leastCount
        {
          continue
        }
        let name = context.zone.index.zone.name(at: Int(target.offset))
        let value = LintValue(zone: context.zone, record: Int(target.record))
        guard let meant = context.nameWithoutOrigin(name) else { continue }
        let word = value.word(spelling: name)
        report.add(
          "\(type) target \(name): is the final dot missing behind '\(meant.withoutFinalDot)'?",
          at: word?.location ?? value.location,
          fix: word.flatMap { $0.isRelative ? $0.location : nil }.map(addingFinalDot))
      }
    }
  }

  private static func addingFinalDot(_ word: Location) -> Fix {
    let end = word.range.upperBound
    return Fix(
      title: "add the final dot",
      edits: [Edit(Location(word.source, end..<end), replacement: [UInt8(ascii: ".")])])
  }
}

extension LintContext {
  /// What a target was probably meant to be, if it looks as if the origin had been added to an
  /// absolute name: it ends in the zone's name twice; or in a top-level domain and the zone's
  /// name, while nothing in the zone exists below that.
  fileprivate func nameWithoutOrigin(_ name: Name) -> Name? {
    guard name.isBelow(apex), let short = name.rebased(from: apex, to: .root) else { return nil }
    if short.isAtOrBelow(apex) { return short }
    guard short.labelCount >= 2, let top = short.label(short.labelCount - 1),
      Self.topLevelDomains.contains(top), case .absent = zone.standing(of: name),
      zone.index.closestEncloser(of: name) == apex
    else { return nil }
    return short
  }

  /// Top-level domains in which most targets lie. Country codes that are also everyday labels
  /// inside companies (`it`, `no`, `us`) are left out.
  private static let topLevelDomains: Set<String> = [
    "com", "net", "org", "edu", "gov", "mil", "info", "biz", "io", "co", "app", "dev", "cloud",
    "arpa", "eu", "uk", "de", "fr", "nl", "ch", "at", "es", "pl", "se", "dk", "fi", "jp", "cn",
    "au", "nz", "br", "ca", "ru", "ai",
  ]
}

extension RecordData {
  /// The data with a name at their end replaced by another; nil where it does not stand there.
  fileprivate func renaming(_ name: Name, _ other: Name) -> RecordData? {
    guard octets.suffix(name.wire.count).elementsEqual(name.wire) else { return nil }
    return RecordData(type: type, octets: octets.dropLast(name.wire.count) + other.wire)
  }
}
