/// Why a call of the `aws` command failed, in the words of the service or of the command.
public struct AWSError: Error, Sendable, Hashable {
  /// What kind of failure it is.
  public let kind: Kind
  /// The operation: `ChangeResourceRecordSets`, or the subcommand.
  public let operation: String
  /// What was said, one sentence each, without final full stops.
  public let messages: [String]

  /// Kinds of failure that are told apart.
  public enum Kind: Sendable, Hashable {
    /// More requests than the account may send: five a second (`Throttling`).
    case throttled
    /// An earlier change of the zone is still being made (`PriorRequestNotComplete`).
    case priorRequestNotComplete
    /// The batch does not go with the zone: nothing of it was done.
    case invalidChangeBatch
    /// The request is malformed: nothing was done.
    case invalidInput
    /// No such zone in the account.
    case noSuchHostedZone
    /// The service does not know that change, or no longer.
    case noSuchChange
    /// The credentials have expired.
    case expiredCredentials
    /// There are no credentials.
    case noCredentials
    /// The credentials do not allow the call.
    case accessDenied
    /// The `aws` command is not there.
    case commandNotFound
    /// It did not end in time.
    case timeout
    /// Its answer could not be understood.
    case badAnswer
    /// Anything else; the error code of the service, if there is one.
    case other(code: String?)
  }

  /// A failure.
  public init(_ kind: Kind, operation: String, messages: [String]) {
    self.kind = kind
    self.operation = operation
    self.messages = messages
  }

  /// Whether the same call may succeed a little later, and has certainly done nothing yet.
  public var isTransient: Bool { kind == .throttled || kind == .priorRequestNotComplete }
}

// MARK: - Reading what the command said

extension AWSError {
  /// Reads what `aws` wrote to standard error when it failed.
  ///
  /// The form of a service's error is botocore's `ClientError.MSG_TEMPLATE`: `An error occurred
  /// (CODE) when calling the OPERATION operation (reached max retries: 4): MESSAGE`.
  init(status: Int32, messages octets: [UInt8], operation: String) {
    let text = String(decoding: octets, as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).map(Self.trimmed).filter { !$0.isEmpty }
    if let start = text.firstRange(of: "An error occurred ("),
      let end = text[start.upperBound...].firstIndex(of: ")")
    {
      let code = String(text[start.upperBound..<end])
      let rest = text[end...]
      var called = operation
      if let calling = rest.firstRange(of: "when calling the ") {
        called = String(rest[calling.upperBound...].prefix { $0 != " " })
      }
      let message = rest.firstRange(of: ": ").map { rest[$0.upperBound...] } ?? rest
      self.init(
        Self.kind(ofCode: code), operation: called, messages: Self.sentences(in: message))
    } else {
      let last = lines.last ?? "exit status \(status) without a message"
      self.init(Self.kind(ofMessage: text), operation: operation, messages: [last])
    }
  }

  private static func kind(ofCode code: String) -> Kind {
    switch code {
    case "Throttling", "ThrottlingException", "TooManyRequestsException", "RequestLimitExceeded":
      .throttled
    case "PriorRequestNotComplete": .priorRequestNotComplete
    case "InvalidChangeBatch": .invalidChangeBatch
    case "InvalidInput", "ValidationError": .invalidInput
    case "NoSuchHostedZone": .noSuchHostedZone
    case "NoSuchChange": .noSuchChange
    case "ExpiredToken", "ExpiredTokenException", "RequestExpired": .expiredCredentials
    case "AccessDenied", "AccessDeniedException", "InvalidClientTokenId", "SignatureDoesNotMatch":
      .accessDenied
    default: .other(code: code)
    }
  }

  /// What the command says before it has asked the service.
  private static func kind(ofMessage text: String) -> Kind {
    if text.contains("Unable to locate credentials")
      || text.contains("Partial credentials found")
    {
      return .noCredentials
    }
    if text.contains("Token has expired") || text.contains("SSO session associated")
      || text.contains("Error loading SSO Token")
    {
      return .expiredCredentials
    }
    return .other(code: nil)
  }

  /// The sentences of a message; `InvalidChangeBatch` lists several in brackets.
  private static func sentences(in message: Substring) -> [String] {
    let text = trimmed(message)
    guard text.hasPrefix("["), text.hasSuffix("]") else { return text.isEmpty ? [] : [text] }
    var sentences: [String] = []
    var sentence: [Character] = []
    let characters = Array(text.dropFirst().dropLast())
    for (index, character) in characters.enumerated() {
      // A comma parts two sentences where a capital follows it; names and types stand in brackets
      // within one, and are quoted.
      if character == ",", index + 2 < characters.count, characters[index + 1] == " ",
        characters[index + 2].isUppercase, sentence.count(where: { $0 == "'" }).isMultiple(of: 2)
      {
        sentences.append(trimmed(sentence))
        sentence = []
      } else {
        sentence.append(character)
      }
    }
    sentences.append(trimmed(sentence))
    return sentences.filter { !$0.isEmpty }
  }

  private static func trimmed(_ text: some Collection<Character>) -> String {
    let start = text.drop { $0.isWhitespace }
    let count = start.reversed().drop { $0.isWhitespace || $0 == "." }.count
    return String(start.prefix(count))
  }
}

// MARK: - For the person

extension AWSError: CustomStringConvertible {
  /// What happened and what to do, in one line without a final full stop.
  public var description: String {
    let said = messages.joined(separator: "; ")
    let text = explanation + (said.isEmpty ? "" : " (\(said))")
    return help.map { "\(text); \($0)" } ?? text
  }

  private var explanation: String {
    switch kind {
    case .throttled: "\(operation): Route 53 takes no more requests for the moment"
    case .priorRequestNotComplete: "\(operation): an earlier change of this zone is not done yet"
    case .invalidChangeBatch: "\(operation): Route 53 refuses the batch, and has changed nothing"
    case .invalidInput: "\(operation): Route 53 does not understand the request"
    case .noSuchHostedZone: "\(operation): the account has no such hosted zone"
    case .noSuchChange: "\(operation): Route 53 does not know that change"
    case .expiredCredentials: "\(operation): the AWS credentials have expired"
    case .noCredentials: "\(operation): there are no AWS credentials"
    case .accessDenied: "\(operation): the AWS credentials do not allow this"
    case .commandNotFound: "there is no aws command in PATH"
    case .timeout: "\(operation): the aws command did not answer in time, and was ended"
    case .badAnswer: "\(operation): the answer of the aws command is not understood"
    case .other(let code): "\(operation): the aws command failed" + (code.map { ": \($0)" } ?? "")
    }
  }

  private var help: String? {
    switch kind {
    case .throttled, .priorRequestNotComplete: "run the same again later"
    case .noSuchHostedZone: "check the id, and with it --profile"
    case .expiredCredentials: "sign in again, then run the same"
    case .noCredentials: "sign in, or give --profile"
    case .commandNotFound: "install the AWS CLI"
    case .timeout: "check the network, then run the same again"
    default: nil
    }
  }
}
