public import Diagnostics
public import RecordSets
public import Route53
public import Runbook
public import ZoneKit
public import ZoneLint

/// What a plan is made from: the zone as the old servers serve it, and the hosted zone that is to
/// take over.
public struct PlanInputs: Sendable {
  /// The zone, whole and without errors.
  public var reading: ZoneReading
  /// How it was read; its files are edited by the same rules.
  public var zoneFileOptions: ZoneFileOptions
  /// The zone with the forms of cli53 in its file, aliases and routing policies; nil if it holds
  /// none.
  public var annotated: AnnotatedZone?
  /// The hosted zone; nil for a new, empty one.
  public var target: Target?
  /// The file that lint's settings were read from, if there is one.
  public var settings: SourceFile?

  /// The zone's files as they stand, the one that includes the others first.
  var zoneSources: [SourceFile] {
    let sources = reading.zone.sources
    return annotated.map { [$0.file] + sources.dropFirst() } ?? sources
  }

  /// A hosted zone as it was exported.
  public struct Target: Sendable {
    /// The files of the export.
    public var sources: [SourceFile]
    /// The hosted zone's name.
    public var apex: Name
    /// Its record sets.
    public var recordSets: [RecordSet]
    /// What `get-hosted-zone` says of it, if the export holds that.
    public var description: HostedZoneDescription?

    /// A hosted zone.
    public init(
      sources: [SourceFile], apex: Name, recordSets: [RecordSet],
      description: HostedZoneDescription? = nil
    ) {
      self.sources = sources
      self.apex = apex
      self.recordSets = recordSets
      self.description = description
    }
  }

  /// Inputs.
  public init(
    reading: ZoneReading, zoneFileOptions: ZoneFileOptions = .init(), target: Target? = nil
  ) {
    self.reading = reading
    self.zoneFileOptions = zoneFileOptions
    self.target = target
  }

  /// Inputs of which the zone's file holds the forms of cli53.
  public init(annotated: AnnotatedZone, zoneFileOptions: ZoneFileOptions = .init()) {
    self.init(
      reading: ZoneReading(zone: annotated.index.zone, findings: annotated.findings),
      zoneFileOptions: zoneFileOptions)
    self.annotated = annotated
  }
}

/// How a migration is planned.
public struct PlanOptions: Sendable {
  /// Dates, TTLs and caches.
  public var timetable: TimetableOptions
  /// How records become record sets.
  public var translation = Translation.Options()
  /// What becomes of the SOA record; carried only where the hosted zone's is known.
  public var soa = SOAPolicy.keep
  /// Whether sets that only the hosted zone has are deleted.
  public var prunes = false
  /// The most sets that may be deleted, in percent.
  public var maximumDeletedPercent = 30
  /// Sets that are never deleted.
  public var keep: [KeepPattern] = []
  /// Which lint rules run.
  public var lint = LintConfiguration(sets: [.migration])
  /// The hosted zone's id, where the export does not say it.
  public var hostedZoneID: String?
  /// The most record sets that the hosted zone takes, where AWS has raised the quota.
  public var setLimit: Int?
  /// What each request leaves free of its limits.
  public var reserve = RequestSize()
  /// The words of the command line that names the inputs of this plan.
  public var inputArguments: [String] = []
  /// Those that say how it is made, without dates: part of the plan's id.
  public var choices: [String] = []
  /// Those of them that decide what the batches hold.
  public var batchChoices: [String] = []
  /// Those that give its dates.
  public var dates: [String] = []

  /// How the runbook's commands reach servers and clock.
  public var settings = RunbookSettings()
  /// The words that say so; no part of the plan's id.
  public var settingWords: [String] = []

  /// The words of the command line that makes this plan, without the output directory.
  var arguments: [String] { inputArguments + choices + dates + settingWords }

  /// The usual choices, for a timetable.
  public init(timetable: TimetableOptions) { self.timetable = timetable }
}

/// An input as the plan records it.
public struct InputRecord: Hashable, Sendable {
  /// What it is to the plan.
  public enum Role: String, Sendable {
    /// The zone file, or a file that it includes.
    case zone
    /// A file of the export.
    case export
    /// The file of lint's settings.
    case settings
  }

  /// What it is to the plan.
  public let role: Role
  /// The path as given, or `<stdin>`.
  public let name: String
  /// How many octets it has.
  public let count: Int
  /// The SHA-256 of its octets in hexadecimal.
  public let sha256: String

  /// The record of a source.
  public init(_ role: Role, _ source: SourceFile) {
    self.role = role
    name = source.name
    count = source.count
    sha256 = source.withOctets { octets in
      var hash = SHA256()
      hash.update(octets)
      return hash.hexDigest()
    }
  }
}

/// Why there is no plan, not even a blocked one.
public enum PlanError: Error, Sendable, CustomStringConvertible {
  /// The export is of another zone, or is no hosted zone at all.
  case target(String)
  /// There is no timetable.
  case timetable(String)
  /// The ledger does not add up: a fault of this program.
  case ledger(LedgerError)
  /// The batches are not what they should be: a fault of this program.
  case proof(ProofFailure)

  /// What happened, in a sentence without a final full stop.
  public var description: String {
    switch self {
    case .target(let text), .timetable(let text): text
    case .ledger(let error): "\(error)"
    case .proof(let failure): "the batches cannot be proven: \(failure)"
    }
  }
}
