public import Propagation

/// What is true of one migration: all that its runbook is written from. Names are absolute and in
/// presentation form, with a zone file's decimal escapes.
public struct RunbookFacts: Sendable {
  /// The zone.
  public var zone: String
  /// The plan's id.
  public var planID: String
  /// What stands in the way of the migration.
  public var blockers: [String] = []
  /// What the plan does or assumes that the reader might not expect.
  public var notes: [String] = []
  /// The dates.
  public var schedule: Schedule
  /// The zone file that was planned from, as it was named.
  public var zoneFile: String
  /// The options that the plan was made with; inputs and output directory left out.
  public var planArguments: [String] = []
  /// Those of these words that decide what the batches hold.
  public var batchArguments: [String] = []
  /// The exports that were planned into; none for a new hosted zone.
  public var exports: [String] = []
  /// The hosted zone's id; nil if it is not known.
  public var hostedZoneID: String?
  /// The name servers of the hosted zone; empty if they are not known yet.
  public var newServers: [String] = []
  /// The name servers of the zone as it is.
  public var oldServers: [Server] = []
  /// Whether the zone is signed.
  public var isSigned = false
  /// What is known of a DS set at the parent.
  public var parentDS: ParentDS = .unknown
  /// Files of change batches that load the hosted zone, in order.
  public var loadBatches: [String] = []
  /// Files that restore TTLs after the parallel run, in order.
  public var restoreBatches: [String] = []
  /// Files that undo the load batches, in the order to apply them.
  public var loadRollback: [String] = []
  /// Files that undo the restore batches, in the order to apply them.
  public var restoreRollback: [String] = []
  /// The TTL of the new zone's apex NS set until TTLs are restored, in seconds.
  public var cutoverNSTTL: Int64 = 300
  /// The same from then on.
  public var steadyNSTTL: Int64 = 86_400
  /// How the commands reach servers and clock.
  public var settings = RunbookSettings()
  /// The serial of the zone as it was planned from.
  public var serial: UInt32?
  /// The keys of the zone that a DS set at the parent stands for (RFC 4034 section 2.1.1).
  public var entryKeys: [Key] = []
  /// The old zone's files with lowered TTLs, the one that includes the others first.
  public var loweredFiles: [String] = []
  /// The same with the NS set switched to the new servers.
  public var switchedFiles: [String] = []
  /// With lowered TTLs and its own NS set again, the serial above that of the switched files.
  public var restoredNSFiles: [String] = []
  /// With the original TTLs again, the serial above all others.
  public var restoredTTLFiles: [String] = []
  /// The RRsets whose TTL is lowered.
  public var loweredSets: [LoweredSet] = []
  /// What the hosted zone does not hold: `name/type`, or `name` alone where all of it is gone, as
  /// `zonecut compare` takes them.
  public var leftBehind: [String] = []
  /// Names to ask by hand, those that hurt most first.
  public var probes: [Probe] = []
  /// Signs in the zone that machines update it.
  public var updaters: [Prose] = []
  /// Zones below this one that it delegates.
  public var childZones: [String] = []
  /// Records to add or mend before the move, from the findings.
  public var toSettle: [String] = []
  /// How many findings there are: `3 errors, 2 warnings`.
  public var findingsSummary = "no findings"
  /// What became of the records.
  public var ledgerSummary = ""
  /// How zone and hosted zone differ.
  public var differenceSummary = ""

  /// A name server.
  public struct Server: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Its addresses, where the zone itself has them.
    public var addresses: [String]

    /// A name server.
    public init(name: String, addresses: [String]) {
      self.name = name
      self.addresses = addresses
    }
  }

  /// An RRset whose TTL is lowered at the old side.
  public struct LoweredSet: Hashable, Sendable {
    /// The owner.
    public var owner: String
    /// The type.
    public var type: String
    /// The TTL as it is, in seconds.
    public var from: Int64
    /// What it is lowered to.
    public var to: Int64

    /// A lowered RRset.
    public init(owner: String, type: String, from: Int64, to: Int64) {
      self.owner = owner
      self.type = type
      self.from = from
      self.to = to
    }
  }

  /// A DNSKEY of the zone.
  public struct Key: Hashable, Sendable {
    /// The flags.
    public var flags: UInt16
    /// The algorithm's number.
    public var algorithm: UInt8
    /// The public key in Base64.
    public var publicKey: String

    /// A key.
    public init(flags: UInt16, algorithm: UInt8, publicKey: String) {
      self.flags = flags
      self.algorithm = algorithm
      self.publicKey = publicKey
    }
  }

  /// A question with its answer.
  public struct Probe: Hashable, Sendable {
    /// The name.
    public var owner: String
    /// The type.
    public var type: String
    /// The data of the answer, as `dig +short` prints them.
    public var answers: [String]

    /// A question with its answer.
    public init(owner: String, type: String, answers: [String]) {
      self.owner = owner
      self.type = type
      self.answers = answers
    }
  }

  /// The least that a runbook is written from.
  public init(zone: String, planID: String, schedule: Schedule, zoneFile: String) {
    self.zone = zone
    self.planID = planID
    self.schedule = schedule
    self.zoneFile = zoneFile
  }
}
