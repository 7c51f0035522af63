import Diagnostics
import RecordSets
import Route53
import Synchronization
import Testing
import ZoneKit

@testable import Migration

@Suite("Applying a plan, and undoing it")
struct ApplierTests {
  @Test("batches of the load are applied in order; the rest when it is named; and undone")
  func thereAndBack() throws {
    let plan = ApplicablePlan.sample()
    let service = SimulatedRoute53(startingZone())
    let directory = SimulatedDirectory()
    let applier = applier(service, directory)

    let load = try applier.run()
    #expect(load.sentCount == 3 && load.isDone)
    #expect(isSame(service.sets, plan.zone(after: 3)))

    let nothing = try applier.run()
    #expect(nothing.sentCount == 0 && nothing.isDone)

    let restore = try applier.run(.through(4))
    #expect(restore.sentCount == 1)
    #expect(isSame(service.sets, plan.zone(after: 4)))

    let part = try applier.run(.through(2, .rollback))
    #expect(part.sentCount == 2)
    #expect(isSame(service.sets, plan.zone(after: 2)))

    let back = try applier.run(.through(nil, .rollback))
    #expect(back.sentCount == 2)
    #expect(isSame(service.sets, startingZone().sets))
    #expect(
      service.sets.map(\.writtenValues) == startingZone().sets.map(\.writtenValues))
    #expect(service.takenCount == 8)

    let again = try applier.run()
    #expect(again.sentCount == 3)
    #expect(isSame(service.sets, plan.zone(after: 3)))
  }

  @Test("a dry run proves and sends nothing and writes nothing")
  func dryRun() throws {
    let service = SimulatedRoute53(startingZone())
    let directory = SimulatedDirectory()
    var options = Applier.Options()
    options.isDryRun = true
    let outcome = try applier(service, directory).run(options)
    #expect(!outcome.isDone && outcome.outlook.files.count == 3)
    #expect(service.takenCount == 0)
    #expect(directory.journal.isEmpty)
  }

  @Test("without confirmation nothing is sent")
  func unconfirmed() {
    let service = SimulatedRoute53(startingZone())
    let directory = SimulatedDirectory()
    let error = #expect(throws: ApplyError.self) {
      try applier(service, directory, confirms: false).run()
    }
    #expect(error?.kind == .failure)
    #expect(service.takenCount == 0)
    #expect(directory.journal.isEmpty)
  }

  // MARK: - Ends at any point

  @Test("killed at any point, a second run ends the same and sends nothing twice")
  func killedAnywhere() throws {
    let plan = ApplicablePlan.sample()
    var point = 0
    while true {
      let killer = Killer(at: point)
      let service = SimulatedRoute53(startingZone(), killer: killer)
      let directory = SimulatedDirectory()
      let ended = try? applier(service, directory, killer: killer).run(.through(4))
      if ended != nil { break }
      let next = service.seen(by: Killer(at: nil))
      _ = try applier(next, directory).run(.through(4))
      #expect(isSame(next.sets, plan.zone(after: 4)), "killed at point \(point)")
      #expect(next.takenCount == 4, "killed at point \(point)")
      _ = try applier(next, directory).run(.through(nil, .rollback))
      #expect(isSame(next.sets, startingZone().sets), "killed at point \(point)")
      point += 1
    }
    // Each batch alone has a fetch, an intent, the sending, a journal line, and in sync.
    #expect(point > 4 * 10)
  }

  @Test("killed at any point of a rollback, a second run ends the same and sends nothing twice")
  func rollbackKilledAnywhere() throws {
    var point = 0
    while true {
      let directory = SimulatedDirectory()
      let first = SimulatedRoute53(startingZone())
      _ = try applier(first, directory).run(.through(4))
      let killer = Killer(at: point)
      let service = first.seen(by: killer)
      let back = Applier.Options.through(nil, .rollback)
      let ended = try? applier(service, directory, killer: killer).run(back)
      if ended != nil { break }
      let next = service.seen(by: Killer(at: nil))
      _ = try applier(next, directory).run(back)
      #expect(isSame(next.sets, startingZone().sets), "killed at point \(point)")
      #expect(next.takenCount == 8, "killed at point \(point)")
      point += 1
    }
    #expect(point > 4 * 10)
  }

  @Test("killed again and again, and turned around after each kill, it still ends right")
  func killedRepeatedly() throws {
    let plan = ApplicablePlan.sample()
    for period in [7, 11, 13, 17, 19, 23] {
      let directory = SimulatedDirectory()
      var service = SimulatedRoute53(startingZone())
      for round in 0..<20 {
        let killer = Killer(at: period + round % 5)
        service = service.seen(by: killer)
        _ = try? applier(service, directory, killer: killer)
          .run(.through(round.isMultiple(of: 3) ? nil : 4, round % 3 == 2 ? .rollback : .apply))
      }
      service = service.seen(by: Killer(at: nil))
      _ = try applier(service, directory).run(.through(4))
      #expect(isSame(service.sets, plan.zone(after: 4)))
      _ = try applier(service, directory).run(.through(nil, .rollback))
      #expect(isSame(service.sets, startingZone().sets))
    }
  }

  // MARK: - Changes of others

  @Test("someone else's change between two batches stops with a diff, and nothing more is sent")
  func foreignChange() {
    let service = SimulatedRoute53(startingZone())
    // The first batch's own check, and then the second's.
    service.prepare(
      "change-resource-record-sets",
      .after { state in
        try? state.zone.apply(
          ChangeBatch(changes: [Change(.create, set("foreign.example.com", .a, 5, "192.0.2.7"))]))
      })
    let error = #expect(throws: ApplyError.self) {
      try applier(service, SimulatedDirectory()).run()
    }
    #expect(error?.kind == .difference)
    #expect(error?.difference?.text.contains("+ foreign.example.com. 5 A 192.0.2.7") == true)
    #expect(error?.messages.last?.contains("--allow-other-changes") == true)
    #expect(service.takenCount == 1)
  }

  @Test("a change elsewhere can be borne with, one of the plan's own sets cannot")
  func allowedChange() throws {
    let service = SimulatedRoute53(startingZone())
    let directory = SimulatedDirectory()
    let events = EventLog()
    _ = try applier(service, directory).run(.through(1))
    let foreign = set("foreign.example.com", .a, 5, "192.0.2.7")
    try service.state.withLock {
      try $0.zone.apply(ChangeBatch(changes: [Change(.create, foreign)]))
    }
    var options = Applier.Options()
    options.allowsOtherChanges = true
    _ = try applier(service, directory, events: events).run(options)
    #expect(isSame(service.sets, ApplicablePlan.sample().zone(after: 3) + [foreign]))
    #expect(
      events.events.contains { if case .otherChanges(count: 1) = $0 { true } else { false } })

    try service.state.withLock {
      try $0.zone.apply(
        ChangeBatch(changes: [Change(.upsert, set("www.example.com", .a, 300, "192.0.2.66"))]))
    }
    options.direction = .rollback
    let error = #expect(throws: ApplyError.self) { try applier(service, directory).run(options) }
    #expect(error?.kind == .difference)
    #expect(error?.difference?.text.contains("192.0.2.66") == true)
    #expect(service.takenCount == 3)
  }

  @Test("a hosted zone that changed since the plan was made is found before anything is sent")
  func stale() throws {
    for change in [
      // CREATE would be refused.
      Change(.create, set("mail.example.com", .mx, 5, "1 elsewhere.example.com.")),
      // UPSERT would be taken, and its rollback would lead elsewhere.
      Change(.upsert, set("*.example.com", .a, 77, "192.0.2.99")),
    ] {
      var zone = startingZone()
      try zone.apply(ChangeBatch(changes: [change]))
      let service = SimulatedRoute53(zone)
      let directory = SimulatedDirectory()
      let error = #expect(throws: ApplyError.self) { try applier(service, directory).run() }
      #expect(error?.kind == .difference)
      #expect(error?.description.contains("nothing was sent") == true)
      #expect(error?.difference != nil || error?.findings.isEmpty == false)
      #expect(service.takenCount == 0)
      #expect(directory.journal.isEmpty)
    }
  }

  // MARK: - The right zone, the right plan

  @Test("another zone, another id, other batches, a lost export: refused, nothing is sent")
  func wrongZone() throws {
    let service = SimulatedRoute53(
      HostedZone.new(apex: name("example.net."), delegationSet: nil, id: "ZEXAMPLE"))
    #expect(throws: ApplyError.self) { try applier(service, SimulatedDirectory()).run() }

    let right = SimulatedRoute53(startingZone())
    var options = Applier.Options()
    options.hostedZoneID = "ZOTHER"
    #expect(throws: ApplyError.self) { try applier(right, SimulatedDirectory()).run(options) }
    #expect(throws: ApplyError.self) {
      try applier(right, SimulatedDirectory(), plan: .sample(hostedZoneID: nil)).run()
    }

    let directory = SimulatedDirectory()
    _ = try applier(right, directory).run(.through(1))
    let sample = ApplicablePlan.sample()
    let other = ApplicablePlan(
      id: sample.id, zone: sample.zone, hostedZoneID: sample.hostedZoneID,
      steps: sample.steps.reversed())
    #expect(throws: ApplyError.self) { try applier(right, directory, plan: other).run() }
    directory.files.withLock { $0.export?[40] ^= 1 }
    #expect(throws: ApplyError.self) { try applier(right, directory).run() }
    #expect(right.takenCount == 1)
    #expect(service.takenCount == 0)
  }

  @Test("a journal that does not follow is refused with its line")
  func brokenJournal() throws {
    let service = SimulatedRoute53(startingZone())
    let directory = SimulatedDirectory()
    _ = try applier(service, directory).run(.through(1))
    let journal = directory.journal
    let lines = journal.split(separator: UInt8(ascii: "\n"))
    for bad in [
      journal + lines[3] + [10], journal + Array("{\"at\":1}\n".utf8), journal + Array("x\n".utf8),
      Array(lines[1] + [10]), journal + lines[0] + [10],
    ] {
      directory.files.withLock { $0.journal = bad }
      let error = #expect(throws: ApplyError.self) { try applier(service, directory).run() }
      let line = bad.count { $0 == 10 }
      #expect(error?.findings.first?.location?.start.line == line)
    }
    directory.files.withLock { $0.journal = journal + Array("{\"at\":\"20".utf8) }
    _ = try applier(service, directory).run()
    #expect(service.takenCount == 3)
  }
}
