import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Migration

/// The edge to real processes: a shell script stands in for the `aws` command.
@Suite("Running the aws command", .serialized)
struct CommandRunnerTests {
  /// Runs blocking work on a thread of its own: it would starve the tests' pool.
  private func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread { continuation.resume(with: Result { try work() }) }.start()
    }
  }

  private func run(
    _ script: String, input: [UInt8] = [], timeLimit: Int = 60
  ) async throws -> CommandRunner.Result {
    try await onThread {
      try CommandRunner.system.run(
        CommandRunner.Invocation(
          command: "/bin/sh", arguments: ["-c", script, "aws"],
          environment: ["ZONECUT_TEST": "a b"], input: input, timeLimit: timeLimit))
    }
  }

  @Test("status, output, messages, standard input by its path, and the environment")
  func streams() async throws {
    let result = try await run(
      "cat /dev/stdin; echo \"$ZONECUT_TEST\" >&2; exit 254", input: Array("batch".utf8))
    #expect(
      result == .init(status: 254, output: Array("batch".utf8), messages: Array("a b\n".utf8)))
  }

  @Test("output of any length")
  func long() async throws {
    let result = try await run("head -c 3000000 /dev/zero; head -c 300000 /dev/zero >&2")
    #expect(result.output.count == 3_000_000)
    #expect(result.messages.count == 300_000)
  }

  @Test("a command that hangs is ended, whatever it has started and left behind")
  func hang() async throws {
    for script in ["trap '' TERM; while :; do sleep 0.1; done", "sleep 30 & sleep 30"] {
      let clock = ContinuousClock()
      let start = clock.now
      let error = await #expect(throws: CommandFailure.self) { try await run(script, timeLimit: 1) }
      #expect(error == .timeout)
      #expect(clock.now - start < .seconds(20))
    }
  }

  @Test("a command that a signal ends")
  func signal() async throws {
    let result = try await run("kill -9 $$")
    #expect(result.status == 137)
  }

  @Test("no such command")
  func missing() async throws {
    for command in ["no-such-command-of-zonecut", "/no/such/command"] {
      let error = await #expect(throws: CommandFailure.self) {
        try await onThread {
          try CommandRunner.system.run(
            CommandRunner.Invocation(
              command: command, arguments: [], environment: [:], input: [], timeLimit: 10))
        }
      }
      #expect(error == .notFound)
    }
  }

  @Test("what a stand-in says comes out as the right failure")
  func standIn() async throws {
    let scripts: [(String, AWSError.Kind)] = [
      ("echo '{\"ResourceRecordSets\": [{\"Na'", .badAnswer),
      ("exit 0", .badAnswer),
      ("echo 'Unable to locate credentials.' >&2; exit 253", .noCredentials),
      (
        "echo 'An error occurred (NoSuchHostedZone) when calling the ListResourceRecordSets "
          + "operation: No hosted zone found with ID: Z' >&2; exit 254", .noSuchHostedZone
      ),
      ("sleep 30", .timeout),
    ]
    for (script, kind) in scripts {
      let path = try standIn(script)
      defer { try? FileManager.default.removeItem(atPath: path) }
      let error = await #expect(throws: AWSError.self) {
        try await onThread {
          var settings = AWSRoute53.Settings()
          settings.command = path
          settings.callLimit = 1
          return try AWSRoute53(settings: settings, runner: .system, pace: .system)
            .recordSets(ofZone: "Z").count
        }
      }
      #expect(error?.kind == kind, "\(script)")
    }
  }

  private func standIn(_ script: String) throws -> String {
    let path = NSTemporaryDirectory() + "/zonecut-aws-\(UUID().uuidString)"
    try "#!/bin/sh\n\(script)\n".write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    return path
  }
}
