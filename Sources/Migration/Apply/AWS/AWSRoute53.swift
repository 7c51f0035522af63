public import Diagnostics

/// Route 53 through the `aws` command: credentials, profiles and sign-in stay that command's.
public struct AWSRoute53: Sendable {
  /// How the `aws` command is called.
  public struct Settings: Sendable {
    /// The command: its name, or its path.
    public var command = "aws"
    /// `--profile`.
    public var profile: String?
    /// `--region`. Route 53 has none, yet some credentials need one.
    public var region: String?
    /// `--endpoint-url`, for a stand-in of the service.
    public var endpointURL: String?
    /// How many seconds a call may take: listing 10,000 sets takes 34 pages at five a second.
    public var callLimit = 300
    /// How many seconds to wait between two questions whether a change is in sync.
    public var pollInterval = 10.0
    /// How many times that is asked; with the interval 30 minutes, as AWS's own waiter has it
    /// (`resource-record-sets-changed`: 60 times after 30 s).
    public var pollCount = 180
    /// How many times a call is tried that the service has no time for.
    public var tries = 8

    /// The usual settings.
    public init() {}
  }

  /// How the command is called.
  public var settings: Settings
  /// What runs it.
  public var runner: CommandRunner
  /// Time and chance.
  public var pace: Pace

  /// Route 53 behind a runner.
  public init(settings: Settings = .init(), runner: CommandRunner, pace: Pace) {
    self.settings = settings
    self.runner = runner
    self.pace = pace
  }

  /// A change as the service reports on it (`ChangeInfo`).
  public struct ChangeInfo: Sendable, Hashable {
    /// Its id, without `/change/`.
    public let id: String
    /// Whether all servers of Route 53 have it.
    public let isInSync: Bool
  }
}

// MARK: - Calls

extension AWSRoute53 {
  /// The record sets of a hosted zone, as `aws` prints them with all pages merged. Changes that
  /// are still PENDING are among them (`ListResourceRecordSets` in the API reference).
  public func recordSets(ofZone id: String) throws(AWSError) -> SourceFile {
    try call(["list-resource-record-sets", "--hosted-zone-id", id]).source
  }

  /// A hosted zone's name, name servers and kind.
  public func hostedZone(_ id: String) throws(AWSError) -> SourceFile {
    try call(["get-hosted-zone", "--id", id]).source
  }

  /// The hosted zones from a name on, at most 100, those of that name first.
  public func hostedZones(from name: String) throws(AWSError) -> JSONValue {
    try call(["list-hosted-zones-by-name", "--dns-name", name]).document
  }

  /// Sends a change batch.
  ///
  /// - Parameter batch: the document as `--change-batch` takes it.
  public func change(zone id: String, batch: [UInt8]) throws(AWSError) -> ChangeInfo {
    // By way of standard input, what is sent is what was checked, whatever becomes of the file.
    let answer = try call(
      ["change-resource-record-sets", "--hosted-zone-id", id]
        + ["--change-batch", "file:///dev/stdin"], input: batch)
    return try changeInfo(answer)
  }

  /// How far a change is.
  public func status(ofChange id: String) throws(AWSError) -> ChangeInfo {
    try changeInfo(call(["get-change", "--id", id]))
  }

  /// Waits until a change is in sync.
  ///
  /// - Returns: whether it is, within the time that `settings` allow.
  public func waitUntilInSync(_ change: ChangeInfo) throws(AWSError) -> Bool {
    var change = change
    for _ in 0..<settings.pollCount {
      if change.isInSync { return true }
      pace.sleep(settings.pollInterval)
      change = try status(ofChange: change.id)
    }
    return change.isInSync
  }

  private func changeInfo(_ answer: Answer) throws(AWSError) -> ChangeInfo {
    do throws(JSONError) {
      let info = try answer.document.member("ChangeInfo", of: "the answer")
      let id = try info.member("Id", of: "ChangeInfo").string("Id")
      let status = try info.member("Status", of: "ChangeInfo").string("Status")
      let prefix = "/change/"
      return ChangeInfo(
        id: id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id,
        isInSync: status == "INSYNC")
    } catch {
      throw answer.misunderstood(error)
    }
  }
}

// MARK: - The command

extension AWSRoute53 {
  /// What a call gave: a JSON document.
  private struct Answer {
    let operation: String
    let source: SourceFile
    let document: JSONValue

    func misunderstood(_ error: JSONError) -> AWSError {
      AWSError(.badAnswer, operation: operation, messages: ["\(error)"])
    }
  }

  /// The wait before a second try, in seconds; it doubles with each further one.
  private static let firstWait = 1.0
  /// The longest wait between two tries, in seconds.
  private static let longestWait = 30.0

  /// Calls `aws route53`, again and again while the service has no time for it.
  private func call(
    _ arguments: [String], input: [UInt8] = []
  ) throws(AWSError) -> Answer {
    var wait = Self.firstWait
    for _ in 1..<max(settings.tries, 1) {
      do throws(AWSError) {
        return try callOnce(arguments, input: input)
      } catch {
        guard error.isTransient else { throw error }
        // Half of the wait is left to chance, so that several callers do not meet again.
        pace.sleep(wait * (0.5 + pace.random() / 2))
        wait = min(wait * 2, Self.longestWait)
      }
    }
    return try callOnce(arguments, input: input)
  }

  private func callOnce(_ arguments: [String], input: [UInt8]) throws(AWSError) -> Answer {
    let operation = arguments[0]
    let result: CommandRunner.Result
    do throws(CommandFailure) {
      result = try runner.run(invocation(arguments, input: input))
    } catch {
      switch error {
      case .notFound: throw AWSError(.commandNotFound, operation: operation, messages: [])
      case .timeout: throw AWSError(.timeout, operation: operation, messages: [])
      case .system(let text):
        throw AWSError(.other(code: nil), operation: operation, messages: [text])
      }
    }
    guard result.status == 0 else {
      throw AWSError(status: result.status, messages: result.messages, operation: operation)
    }
    let source = SourceFile(name: "<aws route53 \(operation)>", octets: result.output)
    do throws(JSONError) {
      return Answer(
        operation: operation, source: source, document: try JSONReader.read(source))
    } catch {
      let message = "\(error)"
      throw AWSError(
        .badAnswer, operation: operation,
        messages: [result.output.isEmpty ? "it is empty" : message])
    }
  }

  private func invocation(_ arguments: [String], input: [UInt8]) -> CommandRunner.Invocation {
    var all = ["route53"] + arguments + ["--output", "json"]
    if let profile = settings.profile { all += ["--profile", profile] }
    if let region = settings.region { all += ["--region", region] }
    if let url = settings.endpointURL { all += ["--endpoint-url", url] }
    return CommandRunner.Invocation(
      command: settings.command, arguments: all,
      // Version 2 would open a pager, or ask; both versions would take the locale's encoding for
      // files.
      environment: [
        "AWS_PAGER": "", "AWS_CLI_AUTO_PROMPT": "off", "AWS_CLI_FILE_ENCODING": "UTF-8",
      ],
      input: input, timeLimit: settings.callLimit)
  }
}
