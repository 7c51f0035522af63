import ArgumentParser
import Migration
import Propagation
import Runbook

/// Dates, TTLs and caches: the options of every command that makes a timetable.
struct TimetableArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The earliest instant for TTLs to be lowered, such as 2026-12-01T09:00:00Z (default: now).",
      valueName: "instant"),
    transform: { try Instant(parsing: $0) })
  var start: Instant?

  @Option(
    help: ArgumentHelp(
      "The wished cutover; one that comes too early is moved, and that is a finding.",
      valueName: "instant"),
    transform: { try Instant(parsing: $0) })
  var cutover: Instant?

  @Option(
    help: ArgumentHelp("The NS set's TTL at the parent (default: assumed).", valueName: "ttl"),
    transform: { try TimeSpan(parsing: $0) })
  var parentTTL: TimeSpan?

  @Option(
    help: ArgumentHelp(
      "What the registry lets the parent's NS TTL be lowered to.", valueName: "ttl"),
    transform: { try TimeSpan(parsing: $0) })
  var loweredParentTTL: TimeSpan?

  @Option(
    name: .customLong("resolve"), parsing: .singleValue,
    help: ArgumentHelp(
      "A server of the parent zone to ask for the TTLs of NS and DS there. Repeats.",
      valueName: "server"))
  var parentServers: [String] = []

  @Option(name: .customLong("parent-ds"), help: "Whether the parent has a DS set for the zone.")
  var parentDS: ParentDS = .unknown

  @Option(
    name: .customLong("ds-ttl"),
    help: ArgumentHelp("The DS set's TTL at the parent (default: 24h).", valueName: "ttl"),
    transform: { try TimeSpan(parsing: $0) })
  var dsTTL: TimeSpan?

  @Option(
    help: ArgumentHelp("What the TTLs that matter are lowered to.", valueName: "ttl"),
    transform: { try TimeSpan(parsing: $0) })
  var loweredTTL: TimeSpan = LoweredTTL.usual

  @Option(
    help: ArgumentHelp("The delegation's TTL after the migration.", valueName: "ttl"),
    transform: { try TimeSpan(parsing: $0) })
  var steadyTTL: TimeSpan = TimetableOptions.steadyDelegationTTL

  @Option(
    name: .customLong("floor"), parsing: .singleValue,
    help: ArgumentHelp(
      "Caches that keep every answer so long, and their share: 24h:5%, never:1%. Repeats.",
      valueName: "time:share"),
    transform: { try CacheClass(parsing: $0) })
  var floors: [CacheClass] = []

  @Option(
    help: ArgumentHelp(
      "The share (0 to 1) of caches that go by the parent's NS TTL.", valueName: "share"))
  var parentShare = 1.0

  @Option(help: "How many periods of the longest TTL the cutover waits.")
  var periods = 5

  @Option(
    help: ArgumentHelp(
      "How long the old servers stay up (default: as the models ask).", valueName: "time"),
    transform: { try TimeSpan(parsing: $0) })
  var parallelRun: TimeSpan?

  @Option(
    name: .customLong("window"), parsing: .singleValue,
    help: ArgumentHelp(
      "When changes may be made, in the time of --tz: 'Tue-Thu 09:00-16:00'. Repeats.",
      valueName: "window"),
    transform: { try ChangeWindow(parsing: $0) })
  var windows: [ChangeWindow] = []

  @Option(
    name: .customLong("freeze"), parsing: .singleValue,
    help: ArgumentHelp(
      "Days without changes: 2026-12-18..2027-01-05. Repeats.", valueName: "days"),
    transform: { try ChangeFreeze(parsing: $0) })
  var freezes: [ChangeFreeze] = []

  @Option(
    name: .customLong("tz"),
    help: ArgumentHelp(
      "The time zone of windows, freezes and readers, such as Australia/Perth (default: UTC).",
      valueName: "name"),
    transform: { try LocalTime(named: $0) })
  var localTime: LocalTime?

  func validate() throws {
    if loweredParentTTL != nil, parentTTL == nil, parentServers.isEmpty {
      throw ValidationError(
        "--lowered-parent-ttl needs the TTL as it is now: --parent-ttl, or --resolve to ask for it")
    }
    if !parentServers.isEmpty, parentTTL != nil || parentDS != .unknown || dsTTL != nil {
      throw ValidationError(
        "--resolve asks for what --parent-ttl, --parent-ds and --ds-ttl give: expected one or the "
          + "other")
    }
    if let parentTTL, let loweredParentTTL, loweredParentTTL > parentTTL {
      throw ValidationError("--lowered-parent-ttl is above --parent-ttl")
    }
    guard (0...1).contains(parentShare) else {
      throw ValidationError("found --parent-share \(parentShare), expected 0 to 1")
    }
  }

  /// The words that give the dates.
  static func words(for timing: ScheduleInputs.Timing) -> [String] {
    switch timing {
    case .start(let start): ["--start", start.description]
    case .cutover(let cutover, let start):
      (start.map { ["--start", $0.description] } ?? []) + ["--cutover", cutover.description]
    }
  }

  /// The words that give what is not the default, dates left out.
  var words: [String] {
    func word(_ name: String, _ span: TimeSpan?) -> [String] {
      span.map { [name, String($0.seconds)] } ?? []
    }
    var words = word("--parent-ttl", parentTTL) + word("--lowered-parent-ttl", loweredParentTTL)
    if parentDS != .unknown { words += ["--parent-ds", parentDS.rawValue] }
    words += word("--ds-ttl", dsTTL)
    if loweredTTL != LoweredTTL.usual { words += word("--lowered-ttl", loweredTTL) }
    if steadyTTL != TimetableOptions.steadyDelegationTTL {
      words += word("--steady-ttl", steadyTTL)
    }
    for kind in floors {
      let floor = kind.isSticky ? "never" : String(kind.floor.seconds)
      words += ["--floor", "\(floor):\(kind.share * 100)%"]
    }
    if parentShare != 1 { words += ["--parent-share", "\(parentShare)"] }
    if periods != 5 { words += ["--periods", String(periods)] }
    words += word("--parallel-run", parallelRun)
    words += windows.flatMap { ["--window", $0.description] }
    words += freezes.flatMap { ["--freeze", $0.description] }
    if let localTime { words += ["--tz", localTime.name] }
    return words
  }

  /// The options as the planner has them. Without `--start` nothing is done before now.
  func options(on console: Console) -> TimetableOptions {
    let start = start ?? console.now()
    let timing: ScheduleInputs.Timing =
      if let cutover { .cutover(cutover, notBefore: start) } else { .start(start) }
    var options = TimetableOptions(timing: timing)
    options.parentNS = parentTTL.map {
      ParentTTL(
        $0, lowered: loweredParentTTL,
        source: parentServers.isEmpty
          ? "given with --parent-ttl" : "asked of \(parentServers.joined(separator: ", "))")
    }
    options.parentDS = parentDS
    options.dsTTL = dsTTL
    options.loweredTTL = loweredTTL
    options.steadyDelegationTTL = steadyTTL
    options.cacheClasses = floors
    options.parentCentricShare = parentShare
    options.periods = periods
    options.parallelRun = parallelRun
    if localTime != nil || !windows.isEmpty || !freezes.isEmpty {
      options.calendar = ChangeCalendar(
        localTime: localTime ?? .utc, windows: windows, freezes: freezes)
    }
    return options
  }
}
