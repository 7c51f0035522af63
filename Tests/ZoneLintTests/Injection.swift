import Diagnostics
import ZoneKit

@testable import ZoneLint

/// A zone of other people with a rule's fault put in, and the same zone without it.
struct Injection {
  let rule: Rule
  let base: Text
  let faulty: Text
  /// Where the finding must point, as an offset in `faulty`; nil: nowhere.
  var place: Int?
  /// Rules that find something new as well, since the fault is theirs too.
  var companions: Set<String> = []
  var configuration = LintConfiguration(sets: [.strict])

  /// A zone file in memory.
  struct Text {
    var octets: [UInt8]
    /// The origin that it is read with.
    var origin: Name?
  }

  /// What goes wrong: nil if exactly the rule's finding is new, where it should be, and nothing
  /// else but from its companions.
  func failure(named name: String) -> String? {
    var known: [Key: Int] = [:]
    for finding in findings(in: base, named: name) { known[Key(finding), default: 0] += 1 }
    let found = findings(in: faulty, named: name)
    var new: [Key] = []
    for key in found.map(Key.init) {
      if let count = known[key], count > 0 { known[key] = count - 1 } else { new.append(key) }
    }
    let own = new.filter { $0.rule == rule.id }
    let others = new.filter { $0.rule != rule.id && !companions.contains($0.rule) }
    let places = found.filter { own.contains(Key($0)) }.map { $0.location?.range.lowerBound }
    if own.count == 1, places.contains(place), others.isEmpty { return nil }
    return "expected at \(place ?? -1), found \(own.map(\.message)) at "
      + "\(places.map { $0 ?? -1 }), others \(others.map { "\($0.rule): \($0.message)" })"
  }

  /// Whether the rule finds something in the zone without the fault.
  func isFoundBefore(named name: String) -> Bool {
    findings(in: base, named: name).contains { $0.rule == rule.id }
  }

  private func findings(in text: Text, named name: String) -> [Finding] {
    Linter.lint(Self.read(text, named: name), configuration: configuration)
  }

  /// Reads a text as if it stood in the file `name`.
  static func read(_ text: Text, named name: String) -> ZoneReading {
    ZoneFileReader.read(
      SourceFile(name: name, octets: text.octets),
      options: ZoneFileOptions(
        origin: text.origin, presetTTL: TTL(3_600),
        open: { path, includedFrom throws(SourceFileError) in
          guard let text = includedFiles.first(where: { path.hasSuffix($0.name) })?.text else {
            return try SourceFile.open(path: path, includedFrom: includedFrom)
          }
          return SourceFile(name: path, octets: Array(text.utf8), includedFrom: includedFrom)
        }))
  }

  /// Files that any zone may include, by the end of their paths: one sets $TTL, one includes a file
  /// that lies beside the zone's own file, not beside itself.
  static let includedFiles: [(name: String, text: String?)] = [
    ("zonecut-fault-folder/inner.inc", nil), ("inner.inc", "; nothing\n"),
    ("zonecut-fault-folder/outer.inc", "$INCLUDE inner.inc\n"),
    ("zonecut-fault.inc", "$TTL 77\n"),
  ]

  /// What tells a finding from others, wherever text is put before or behind it: messages name
  /// the records that they are about.
  private struct Key: Hashable {
    let rule: String
    let message: String

    init(_ finding: Finding) {
      rule = finding.rule
      message = finding.message
    }
  }
}
