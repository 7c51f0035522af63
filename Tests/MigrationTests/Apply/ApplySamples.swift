import Diagnostics
import Propagation
import RecordSets
import Route53
import Synchronization
import ZoneKit

@testable import Migration

let applyApex = name("example.com.")

func name(_ text: String) -> Name {
  do { return try Name(route53: text) } catch { preconditionFailure("\(error)") }
}

func set(
  _ owner: String, _ type: RecordType, _ ttl: UInt32, _ values: String...,
  weight: UInt8? = nil, identifier: String = "one"
) -> RecordSet {
  RecordSet(
    owner: name(owner), type: type,
    content: .records(
      ttl: TTL(ttl), data: values.compactMap { try? RecordData(route53: $0, type: type) }),
    routing: weight.map { Routing(setIdentifier: identifier, policy: .weighted($0)) })
}

/// The hosted zone before the first batch.
func startingZone() -> HostedZone {
  let new = HostedZone.new(
    apex: applyApex, delegationSet: [name("ns-1.example.net"), name("ns-2.example.org")],
    id: "ZEXAMPLE")
  let sets = [
    set("old.example.com", .txt, 60, "\"kept\"\"so\""), set("www.example.com", .cname, 300, "a."),
    set("\\052.example.com", .a, 300, "192.0.2.9"),
  ]
  do {
    return try HostedZone(apex: applyApex, id: "ZEXAMPLE", sets: new.sets + sets)
  } catch {
    preconditionFailure("\(error)")
  }
}

/// A change with what undoes it.
enum Edit {
  case create(RecordSet)
  case delete(RecordSet)
  case update(RecordSet, RecordSet)

  var forward: Change {
    switch self {
    case .create(let set): Change(.create, set)
    case .delete(let set): Change(.delete, set)
    case .update(_, let set): Change(.upsert, set)
    }
  }

  var back: Change {
    switch self {
    case .create(let set): Change(.delete, set)
    case .delete(let set): Change(.create, set)
    case .update(let set, _): Change(.upsert, set)
    }
  }
}

extension ApplicablePlan {
  /// Three batches to load the zone, one to restore.
  static func sample(hostedZoneID: String? = "ZEXAMPLE") -> ApplicablePlan {
    let ns = startingZone().sets(at: applyApex).filter { $0.type == .ns }
    let edits: [[Edit]] = [
      [
        .delete(set("www.example.com", .cname, 300, "a.")),
        .create(set("www.example.com", .a, 300, "192.0.2.1")),
        .create(set("mail.example.com", .mx, 300, "10 mx.example.com.")),
      ],
      [
        .update(
          set("\\052.example.com", .a, 300, "192.0.2.9"), set("*.example.com", .a, 60, "192.0.2.8"))
      ],
      [
        .create(set("w.example.com", .a, 60, "192.0.2.1", weight: 1, identifier: "a")),
        .create(set("w.example.com", .a, 60, "192.0.2.2", weight: 2, identifier: "b")),
      ],
      [
        .update(
          ns[0],
          RecordSet(
            owner: applyApex, type: .ns, content: .records(ttl: TTL(86_400), data: ns[0].data)))
      ],
    ]
    let steps = edits.enumerated().map { index, edits in
      Step(
        phase: index < 3 ? .load : .restore,
        batch: file("batches/\(index + 1).json", edits.map(\.forward)),
        rollback: file("rollback/\(4 - index).json", edits.reversed().map(\.back)))
    }
    return ApplicablePlan(
      id: "0123456789ab", zone: applyApex, hostedZoneID: hostedZoneID, steps: steps)
  }

  private static func file(_ path: String, _ changes: [Change]) -> File {
    let batch = ChangeBatch(changes: changes)
    let octets = batch.octets
    return File(path: path, sha256: SHA256.hex(of: octets), octets: octets, batch: batch)
  }

  /// The hosted zone with the first batches applied.
  func zone(after count: Int) -> [RecordSet] {
    var zone = startingZone()
    for step in steps.prefix(count) { try? zone.apply(step.batch.batch) }
    return zone.sets
  }
}

/// An applier of the sample plan.
func applier(
  _ service: SimulatedRoute53, _ directory: SimulatedDirectory, killer: Killer = Killer(at: nil),
  plan: ApplicablePlan = .sample(), events: EventLog = EventLog(), confirms: Bool = true
) -> Applier {
  Applier(
    plan: plan, service: service.service, store: directory.store(killer),
    now: { Instant(secondsSince1970: 1_796_115_600) }, report: { events.add($0) },
    confirm: { _ in confirms })
}

/// What was reported.
final class EventLog: Sendable {
  private let log = Mutex<[ApplyEvent]>([])
  func add(_ event: ApplyEvent) { log.withLock { $0.append(event) } }
  var events: [ApplyEvent] { log.withLock { $0 } }
}

extension Applier.Options {
  static func through(_ number: Int?, _ direction: Direction = .apply) -> Applier.Options {
    var options = Applier.Options()
    options.through = number
    options.direction = direction
    return options
  }
}

func isSame(_ a: [RecordSet], _ b: [RecordSet]) -> Bool { Diff(from: a, to: b).isEmpty }
