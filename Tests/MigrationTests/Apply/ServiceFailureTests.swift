import Diagnostics
import RecordSets
import Route53
import Synchronization
import Testing

@testable import Migration

@Suite("What the aws command and the service may answer")
struct ServiceFailureTests {
  private let change = "change-resource-record-sets"

  @Test("throttling and an earlier change are waited out, longer each time")
  func transient() throws {
    let service = SimulatedRoute53(startingZone())
    service.prepare(
      change, .answer(SimulatedRoute53.failed("Throttling", "Rate exceeded")),
      .answer(
        SimulatedRoute53.failed(
          "PriorRequestNotComplete",
          "The request was rejected because Route 53 was still processing a prior request.")),
      .answer(SimulatedRoute53.failed("Throttling", "Rate exceeded")))
    service.prepare(
      "list-resource-record-sets",
      .answer(SimulatedRoute53.failed("Throttling", "Rate exceeded")))
    let outcome = try applier(service, SimulatedDirectory()).run(.through(1))
    #expect(outcome.isDone)
    #expect(service.takenCount == 1)
    #expect(service.state.withLock { $0.slept } == [1, 1, 2, 4])
  }

  @Test("throttling without end stops with a message, and the next run goes on")
  func throttled() throws {
    let service = SimulatedRoute53(startingZone())
    let directory = SimulatedDirectory()
    for _ in 0..<8 {
      service.prepare(change, .answer(SimulatedRoute53.failed("Throttling", "Rate exceeded")))
    }
    let error = #expect(throws: ApplyError.self) { try applier(service, directory).run() }
    #expect(
      error?.messages == [
        "ChangeResourceRecordSets: Route 53 takes no more requests for the moment (Rate exceeded); "
          + "run the same again later",
        "batches/1.json was not applied: run the same again to go on with it",
      ])
    let events = EventLog()
    _ = try applier(service, directory, events: events).run()
    #expect(
      events.events.contains {
        if case .settled(file: "batches/1.json", wasApplied: false) = $0 { true } else { false }
      })
    #expect(service.takenCount == 3)
  }

  @Test("a change that is pending is waited for, and beyond the limit taken up by the next run")
  func pending() throws {
    let service = SimulatedRoute53(startingZone())
    service.state.withLock { $0.pendingCount = 5 }
    let directory = SimulatedDirectory()
    _ = try applier(service, directory).run(.through(1))
    #expect(service.state.withLock { $0.slept } == [10, 10, 10, 10, 10])

    service.state.withLock { $0.pendingCount = 200 }
    let error = #expect(throws: ApplyError.self) { try applier(service, directory).run() }
    #expect(error?.description.contains("change C2, and is still not in sync") == true)
    let events = EventLog()
    _ = try applier(service, directory, events: events).run()
    guard case .waiting(file: "batches/2.json")? = events.events.first else {
      Issue.record("not waited for: \(events.events)")
      return
    }
    #expect(service.takenCount == 3)
  }

  @Test("a change that the service no longer knows is done where the zone shows it")
  func forgotten() throws {
    let service = SimulatedRoute53(startingZone())
    let directory = SimulatedDirectory()
    service.state.withLock { $0.pendingCount = 2 }
    service.prepare("get-change", .fails(.timeout))
    #expect(throws: ApplyError.self) { try applier(service, directory).run() }
    service.prepare(
      "get-change",
      .answer(
        SimulatedRoute53.failed(
          "NoSuchChange", "Could not find resource with ID: C1", operation: "GetChange")))
    _ = try applier(service, directory).run()
    #expect(service.takenCount == 3)
  }

  @Test("a refused batch: the service's own sentences, and nothing was applied")
  func refused() {
    let service = SimulatedRoute53(startingZone())
    service.prepare(
      change,
      .answer(
        SimulatedRoute53.failed(
          "InvalidChangeBatch",
          "[Tried to create resource record set [name='mail.example.com.', type='MX'] but it "
            + "already exists, Tried to delete resource record set [name='www.example.com.', "
            + "type='CNAME'] but it was not found]")))
    let error = #expect(throws: ApplyError.self) {
      try applier(service, SimulatedDirectory()).run()
    }
    #expect(
      error?.messages.first
        == "ChangeResourceRecordSets: Route 53 refuses the batch, and has changed nothing "
        + "(Tried to create resource record set [name='mail.example.com.', type='MX'] but it "
        + "already exists; Tried to delete resource record set [name='www.example.com.', "
        + "type='CNAME'] but it was not found)")
    #expect(service.takenCount == 0)
  }

  @Test("an answer that is lost: the zone shows that the batch was taken, and the run goes on")
  func lostAnswer() throws {
    for failure in [CommandFailure.timeout, .system("broken pipe")] {
      let service = SimulatedRoute53(startingZone())
      service.prepare(change, .losesAnswer(failure))
      let events = EventLog()
      let outcome = try applier(service, SimulatedDirectory(), events: events).run()
      #expect(outcome.isDone)
      #expect(service.takenCount == 3)
      #expect(
        events.events.contains {
          if case .settled(file: "batches/1.json", wasApplied: true) = $0 { true } else { false }
        })
    }
  }

  @Test("an answer lost together with the line: the next run sees what became of the batch")
  func lostAnswerAndFetch() throws {
    let service = SimulatedRoute53(startingZone())
    let directory = SimulatedDirectory()
    service.prepare(
      change, .losesAnswer(.timeout))
    service.prepare(
      "list-resource-record-sets", .after { _ in }, .after { _ in }, .fails(.timeout))
    let error = #expect(throws: ApplyError.self) { try applier(service, directory).run() }
    #expect(error?.messages.first?.contains("did not answer in time, and was ended") == true)
    #expect(error?.messages.last?.contains("what became of batches/1.json is not known") == true)
    _ = try applier(service, directory).run()
    #expect(service.takenCount == 3)
    #expect(isSame(service.sets, ApplicablePlan.sample().zone(after: 3)))
  }

  @Test("truncated and empty answers are no answers")
  func truncated() {
    for (output, message) in [
      ("{\"ResourceRecordSets\": [{\"Name\": \"exa", "is not understood"), ("", "it is empty"),
    ] {
      let service = SimulatedRoute53(startingZone())
      service.prepare(
        "list-resource-record-sets", .answer(.init(status: 0, output: Array(output.utf8))))
      let error = #expect(throws: ApplyError.self) {
        try applier(service, SimulatedDirectory()).run()
      }
      #expect(error?.description.contains(message) == true)
      #expect(service.takenCount == 0)
    }
  }

  @Test("an incomplete listing is refused as such")
  func incomplete() {
    let service = SimulatedRoute53(startingZone())
    let page = """
      {"ResourceRecordSets": [], "NextToken": "abc"}
      """
    service.prepare(
      "list-resource-record-sets", .answer(.init(status: 0, output: Array(page.utf8))))
    let error = #expect(throws: ApplyError.self) {
      try applier(service, SimulatedDirectory()).run()
    }
    #expect(error?.findings.first?.rule == "r53-export-incomplete")
  }

  @Test(
    "what the aws command says is told apart",
    arguments: [
      (
        "Unable to locate credentials. You can configure credentials by running",
        AWSError.Kind.noCredentials
      ),
      (
        "Error when retrieving token from sso: Token has expired and refresh failed",
        .expiredCredentials
      ),
      ("An error occurred (ExpiredToken) when calling the X operation: old", .expiredCredentials),
      (
        "An error occurred (NoSuchHostedZone) when calling the X operation: none", .noSuchHostedZone
      ),
      ("An error occurred (AccessDenied) when calling the X operation: no", .accessDenied),
      (
        "An error occurred (Throttling) when calling the X operation (reached max retries: 4): "
          + "Rate exceeded", .throttled
      ),
      (
        "aws: [ERROR]: An error occurred (Odd) when calling the X operation: x", .other(code: "Odd")
      ),
      ("Could not connect to the endpoint URL: \"http://127.0.0.1:1/\"", .other(code: nil)),
      ("", .other(code: nil)),
    ])
  func kinds(text: String, kind: AWSError.Kind) {
    let error = AWSError(status: 254, messages: Array("\n\(text)\n".utf8), operation: "x")
    #expect(error.kind == kind)
    #expect(!error.messages.isEmpty)
    #expect(!error.description.hasSuffix("."))
  }

  @Test("profile, region and address are passed on, and no pager opens")
  func arguments() throws {
    let simulated = SimulatedRoute53(startingZone())
    var service = simulated.service
    service.settings.profile = "work"
    service.settings.region = "eu-central-1"
    service.settings.endpointURL = "http://127.0.0.1:1"
    _ = try service.recordSets(ofZone: "ZEXAMPLE")
    let call = try #require(simulated.state.withLock { $0.calls.first })
    #expect(call.command == "aws")
    #expect(
      call.arguments == [
        "route53", "list-resource-record-sets", "--hosted-zone-id", "ZEXAMPLE", "--output", "json",
        "--profile", "work", "--region", "eu-central-1", "--endpoint-url", "http://127.0.0.1:1",
      ])
    #expect(call.environment["AWS_PAGER"] == "")
  }
}
