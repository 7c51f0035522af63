import Diagnostics
public import Propagation
import RecordSets
import Route53
public import Runbook
import ZoneKit

/// The files of a plan's directory.
public enum PlanFiles {
  /// The file that tells a plan directory from any other.
  public static let planFile = "plan.json"
  /// Files that show that a plan was carried out, wholly or in part: a journal of applied batches,
  /// and the delegation as it was recorded before the cutover. A directory with one of them is
  /// never replaced.
  public static let recordsOfARun = ["journal.jsonl"] + delegationRecords
  /// The delegation as it was recorded before the cutover: what a rollback restores. A plan that
  /// takes the place of another carries them over.
  static let delegationRecords = [
    "old-delegation.txt", "old-ds.txt", "old-keys.txt", "old-domain-detail.json",
  ]
  /// The file that tells a directory of batches alone.
  public static let batchesFile = "batches.json"
  /// All that a directory of this program holds at its top.
  static let topLevelNames: Set<String> = [
    planFile, batchesFile, "ledger.json", "lint.txt", "runbook.md", "runbook.html", "runbook.txt",
    "diff.txt",
    "schedule.ics", "schedule.svg", "delegation.json", "queries.txt", "batches", "rollback",
    "old-zone", portfolioFile, "portfolio.md", "portfolio.ics",
  ]
  /// The folder of the old zone's files with lowered TTLs.
  static let lowered = "old-zone/1-ttls-lowered/"
  /// The folder of the old zone's files with the new name servers.
  static let switched = "old-zone/2-ns-switched/"

  /// The folder of the files with lowered TTLs and the old name servers again.
  static let restoredNS = "old-zone/3-ns-restored/"
  /// The folder of the files with the original TTLs again.
  static let restoredTTLs = "old-zone/4-ttls-restored/"

  /// A file to be written.
  public struct File: Sendable {
    /// Its path below the directory, of components that are no `..`.
    public let path: String
    /// What it holds.
    public let octets: [UInt8]

    init(_ path: String, _ octets: [UInt8]) {
      self.path = path
      self.octets = octets
    }

    init(_ path: String, _ text: String) { self.init(path, Array(text.utf8)) }
  }

  /// All files of a plan. Of one that is blocked: the plan, what was found, the ledger, and a
  /// runbook that says by what it is blocked.
  ///
  /// - Parameters:
  ///   - localTime: the zone in which the calendar shows its events; nil: UTC.
  ///   - template: what writes the runbook of its kind (`runbook.md`, `runbook.html`, or
  ///     `runbook.txt` besides these) in place of the built-in form; not that of a blocked plan.
  public static func files(
    of plan: Plan, in localTime: LocalTime? = nil, template: RunbookTemplate? = nil
  ) -> [File] {
    // The page takes about as long as all the others.
    let (page, others) = concurrentMap(1) { _ in
      File("runbook.html", plan.runbook.html())
    } beside: {
      filesBesidePage(of: plan, in: localTime)
    }
    var files = others + page
    if let template, !plan.isBlocked {
      let written = File(
        "runbook.\(template.target.rawValue)", template.render(plan.runbook))
      files.removeAll { $0.path == written.path }
      files.append(written)
    }
    return files
  }

  private static func filesBesidePage(of plan: Plan, in localTime: LocalTime?) -> [File] {
    let files = [
      File(planFile, plan.json.text()),
      File("ledger.json", plan.ledger.json.text()),
      File("lint.txt", lint(plan)),
      File("runbook.md", plan.runbook.markdown()),
    ]
    if plan.isBlocked { return files }
    return files + [
      File("diff.txt", plan.diff.text),
      File("schedule.ics", plan.schedule.calendar(in: localTime)),
      File("schedule.svg", plan.schedule.chart()),
      File("delegation.json", plan.delegation.json.text()),
      File("queries.txt", queries(plan.queries)),
    ] + batches(plan.batches) + oldZone(plan.oldZone)
  }

  /// The old zone's files with changes.
  static func oldZone(_ zone: OldZone) -> [File] {
    [
      (lowered, zone.lowered), (switched, zone.switched), (restoredNS, zone.restoredNS),
      (restoredTTLs, zone.restoredTTLs),
    ].flatMap { folder, files in files.map { File(folder + $0.path, $0.octets) } }
  }

  private static func batches(_ batches: [Plan.BatchFile]) -> [File] {
    batches.map { File($0.path, $0.texts.batch) }
      + batches.map { File($0.rollbackPath, $0.texts.rollback) }
  }

  /// Batches and rollbacks alone, with a list of them.
  public static func files(of set: BatchSet) -> [File] {
    let list: JSONOutput = [
      "schema": ["name": "zonecut.batches", "version": 1],
      "zone": .string(set.apex.description), "id": .string(set.id),
      "hostedZoneId": set.hostedZoneID.map { .string($0) } ?? .null,
      "batches": .array(set.batches.map(\.json)),
    ]
    return [File(batchesFile, list.text())] + batches(set.batches)
  }

  private static func lint(_ plan: Plan) -> String {
    let text = plan.findings.text()
    return text + (text.isEmpty ? "" : "\n") + plan.findings.summary + "\n"
  }

  /// A line for each question, for `dig -f`.
  private static func queries(_ queries: [Plan.Query]) -> String {
    queries.map { query in
      let name = query.owner.description
      // What dig would take for an option, a server or a comment is named as a question.
      let isPlain = name.utf8.first.map { !"-+@;#!".utf8.contains($0) } ?? false
      return (isPlain ? "" : "-q ") + "\(name) \(query.type)\n"
    }.joined()
  }
}
