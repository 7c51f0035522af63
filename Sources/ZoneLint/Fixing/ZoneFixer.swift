import Diagnostics
public import ZoneKit

/// Settles what the rules find in a zone file, where a rule has a safe fix.
///
/// Every octet that no fix touches stays; what results is read again and linted again. The text is
/// mended first, so that all records are there when they are judged.
public struct ZoneFixer: Sendable {
  /// How zone files are read.
  public var options: ZoneFileOptions
  /// Which rules run.
  public var configuration: LintConfiguration
  /// Whether the serial of the SOA record is raised by one where records change (RFC 1982).
  public var raisesSerial: Bool
  /// Findings that are accepted for now, and so left alone.
  public var baseline: Baseline?

  /// How often the text is mended: an error may hide another.
  private static let maximumRoundCount = 8

  /// A fixer.
  public init(
    options: ZoneFileOptions = .init(), configuration: LintConfiguration = .init(),
    raisesSerial: Bool = true, baseline: Baseline? = nil
  ) {
    self.options = options
    self.configuration = configuration
    self.configuration.maximumFindings = .max
    self.raisesSerial = raisesSerial
    self.baseline = baseline
  }

  /// Fixes a zone.
  ///
  /// - Parameter reading: the zone as it was read with the fixer's options.
  public func fix(_ reading: ZoneReading) -> FixedZone {
    var result = FixedZone(original: reading)
    for _ in 0..<Self.maximumRoundCount where mendText(&result) {}
    changeRecords(&result)
    result.findings = Linter.lint(result.reading, configuration: configuration)
    if let note = noteOfAccepted(among: result.findings) { result.notes.append(note) }
    return result
  }

  /// What is to be settled: the findings that are not accepted.
  private func openFindings(_ reading: ZoneReading) -> [Finding] {
    let findings = Linter.lint(reading, configuration: configuration)
    return baseline?.newFindings(in: findings) ?? findings
  }

  /// Says which accepted findings might have been settled.
  private func noteOfAccepted(among findings: [Finding]) -> String? {
    let accepted =
      baseline?.acceptedFindings(in: findings)
      .filter { Rule.find($0.rule)?.fix != nil } ?? []
    guard !accepted.isEmpty else { return nil }
    let counts = Dictionary(grouping: accepted, by: \.rule).sorted { $0.key < $1.key }
      .map { "\($0.value.count) \($0.key)" }
    return "left alone, as the baseline accepts them: \(counts.joined(separator: ", "))"
  }

  // MARK: - The text

  /// Applies the fixes of the text; true if another round may find more.
  private func mendText(_ result: inout FixedZone) -> Bool {
    let findings = openFindings(result.reading).compactMap(withEdits)
    guard !findings.isEmpty else { return false }
    let sources = result.reading.zone.sources
    var fixed: [Finding] = []
    let files = sources.map { source in
      let applied = FixApplier.apply(findings, to: source)
      guard !applied.applied.isEmpty else { return source }
      fixed += applied.applied
      return SourceFile(
        name: source.name, octets: applied.octets, includedFrom: source.includedFrom)
    }
    guard !fixed.isEmpty else { return false }
    let editor = ZoneFileEditor(result.reading.zone, options: options)
    let next = editor.reread(files)
    // A mended error may bring records, but nothing that was read is lost or altered.
    guard next.zone.contains(inOrder: result.reading.zone) else {
      result.notes.append("the text is left alone: mending it would change records")
      return false
    }
    result.adopt(next)
    result.fixed += fixed
    return true
  }

  /// The finding with the edits of a safe fix of the text; nil if there is none.
  private func withEdits(_ finding: Finding) -> Finding? {
    guard let fix = Rule.find(finding.rule)?.fix else { return nil }
    switch fix.change {
    case .records: return nil
    case .asFound: return finding.fix == nil ? nil : finding
    case .text(let edits):
      let edits = edits(finding)
      guard !edits.isEmpty else { return nil }
      var finding = finding
      finding.fix = Fix(title: fix.title, edits: edits)
      return finding
    }
  }

  // MARK: - The records

  private func changeRecords(_ result: inout FixedZone) {
    let zone = result.reading.zone
    let findings = openFindings(result.reading)
    let context = LintContext(LintZone(ZoneIndex(zone)), configuration)
    var edits = RecordEdits()
    let locator = RecordLocator(zone)
    var fixed: [Finding] = []
    for finding in findings {
      guard case .records(let change)? = Rule.find(finding.rule)?.fix?.change,
        let record = finding.location.flatMap(locator.record)
      else { continue }
      let changes = change(context, record)
      guard !changes.isEmpty else { continue }
      edits.add(changes)
      fixed.append(finding)
    }
    let hasNewRecords = zone.count != result.original.zone.count
    guard !fixed.isEmpty || hasNewRecords else { return }
    if let reason = reasonToLeaveRecords(result.reading, context) {
      if !fixed.isEmpty { result.notes.append("records are left alone: \(reason)") }
      return
    }
    let soa = raisesSerial ? context.zone[context.apex, .soa]?.records.first.map(Int.init) : nil
    if let soa, let raised = SOA.raisingSerial(of: zone.data(ofRecord: soa)) {
      edits.add([.setData(record: soa, data: raised)])
    }
    let editor = ZoneFileEditor(zone, options: options)
    do throws(ZoneEditError) {
      result.adopt(editor.reread(try editor.apply(edits.merged)))
      result.fixed += fixed
    } catch {
      result.notes.append("records are left alone: \(error)")
    }
  }

  private func reasonToLeaveRecords(_ reading: ZoneReading, _ context: LintContext) -> String? {
    if reading.hasErrors { return "the file has errors, so not all of it is known" }
    if context.zone.types.contains(where: { $0 == .rrsig || $0 == .zonemd }) {
      return "the zone is signed, and a change breaks its signatures; "
        + "change the unsigned file and sign it again"
    }
    return nil
  }
}

/// Changes of records, each record changed once.
private struct RecordEdits {
  private var ttls: [Int: TTL] = [:]
  private var data: [Int: RecordData] = [:]
  private var removed: Set<Int> = []

  /// Takes more changes; of two TTLs for a record the lower one counts.
  mutating func add(_ edits: [ZoneEdit]) {
    for edit in edits {
      switch edit {
      case .setTTL(let records, let ttl):
        for record in records {
          ttls[record] = ttls[record].map { $0.rawValue < ttl.rawValue ? $0 : ttl } ?? ttl
        }
      case .setData(let record, let new): data[record] = data[record] ?? new
      case .remove(let record): removed.insert(record)
      case .insert: break
      }
    }
  }

  /// All changes, in the order of the records.
  var merged: [ZoneEdit] {
    ttls.sorted { $0.key < $1.key }.filter { !removed.contains($0.key) }
      .map { .setTTL(records: [$0.key], ttl: $0.value) }
      + data.sorted { $0.key < $1.key }.filter { !removed.contains($0.key) }
      .map { .setData(record: $0.key, data: $0.value) }
      + removed.sorted().map { .remove(record: $0) }
  }
}

extension Zone {
  /// Whether every record of another zone is here too, in the same order.
  fileprivate func contains(inOrder other: Zone) -> Bool {
    var place = startIndex
    for record in other {
      while place < endIndex, self[place] != record { place += 1 }
      if place == endIndex { return false }
      place += 1
    }
    return true
  }
}
