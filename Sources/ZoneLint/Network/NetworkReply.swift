public import ZoneKit

/// What became of a question.
public enum NetworkReply: Hashable, Sendable {
  /// An answer that may be believed.
  case answer(NetworkAnswer)
  /// None, for the reason given in a few words: no reply, SERVFAIL, REFUSED. It says something of
  /// a server or the way to it, never that a name does not exist.
  case failure(String)
}

/// What is known of a name and type.
public struct NetworkAnswer: Hashable, Sendable {
  /// What sort of answer it is.
  public var kind: Kind
  /// The data of the type asked for.
  public var data: [RecordData] = []
  /// The names that CNAMEs led to, in order; empty where the name itself has the answer.
  public var aliases: [Name] = []
  /// The zone that says so, of an answer without data; nil where it is not told.
  public var denier: Name?

  /// An answer.
  public init(
    _ kind: Kind, data: [RecordData] = [], aliases: [Name] = [], denier: Name? = nil
  ) {
    self.kind = kind
    self.data = data
    self.aliases = aliases
    self.denier = denier
  }

  /// The sorts of answer.
  public enum Kind: Hashable, Sendable {
    /// There are such data.
    case data
    /// The name exists, the type does not.
    case noData
    /// The name, or the last one that CNAMEs led to, does not exist (NXDOMAIN).
    case nameError
    /// The server that was asked directly does not serve the name; the text is what it said.
    case notServed(String)
  }
}

/// A message of the DNS, as far as an answer is read from it.
public struct NetworkMessage: Sendable {
  /// The RCODE (IANA "DNS RCODEs").
  public var responseCode: UInt16
  /// Its name, for messages.
  public var responseText: String
  /// AA.
  public var isAuthoritative: Bool
  /// RA.
  public var isRecursionAvailable: Bool
  /// The answer section.
  public var answer: [Record]
  /// The authority section.
  public var authority: [Record]

  /// A message.
  public init(
    responseCode: UInt16, responseText: String, isAuthoritative: Bool, isRecursionAvailable: Bool,
    answer: [Record], authority: [Record]
  ) {
    self.responseCode = responseCode
    self.responseText = responseText
    self.isAuthoritative = isAuthoritative
    self.isRecursionAvailable = isRecursionAvailable
    self.answer = answer
    self.authority = authority
  }
}

extension NetworkReply {
  private static let noError: UInt16 = 0
  private static let nameError: UInt16 = 3
  private static let refused: UInt16 = 5
  private static let notAuthoritative: UInt16 = 9

  /// What a reply says to a question. A server that is no resolver and sends the asker elsewhere
  /// gave no answer (RFC 2308 section 2).
  public init(_ message: NetworkMessage, to question: NetworkQuestion) {
    self =
      question.address == nil
      ? Self.resolved(message, question) : Self.served(message, question)
  }

  private static func resolved(
    _ message: NetworkMessage, _ question: NetworkQuestion
  ) -> NetworkReply {
    guard [noError, nameError].contains(message.responseCode) else {
      return .failure(message.responseText)
    }
    let (data, aliases) = message.followed(question)
    let denier = message.authority.first { $0.type == .soa }?.owner
    if !data.isEmpty { return .answer(NetworkAnswer(.data, data: data, aliases: aliases)) }
    guard message.isAuthoritative || message.isRecursionAvailable else {
      return .failure("\(message.responseText) of a server that is no resolver")
    }
    if message.responseCode == nameError {
      return .answer(NetworkAnswer(.nameError, aliases: aliases, denier: denier))
    }
    guard denier != nil || aliases.isEmpty && !message.authority.contains(where: { $0.type == .ns })
    else {
      return .failure(
        aliases.isEmpty ? "a referral, as of a server that is no resolver" : "a CNAME left alone")
    }
    return .answer(NetworkAnswer(.noData, aliases: aliases, denier: denier))
  }

  private static func served(
    _ message: NetworkMessage, _ question: NetworkQuestion
  ) -> NetworkReply {
    switch message.responseCode {
    case refused, notAuthoritative: return .answer(NetworkAnswer(.notServed(message.responseText)))
    case noError, nameError: break
    default: return .failure(message.responseText)
    }
    guard message.isAuthoritative else {
      return .answer(NetworkAnswer(.notServed("an answer without authority")))
    }
    let (data, aliases) = message.followed(question)
    let denier = message.authority.first { $0.type == .soa }?.owner
    let kind: NetworkAnswer.Kind =
      !data.isEmpty ? .data : message.responseCode == nameError ? .nameError : .noData
    return .answer(NetworkAnswer(kind, data: data, aliases: aliases, denier: denier))
  }
}

extension NetworkMessage {
  /// The data asked for, behind the CNAMEs of the answer section. Each record is used once: no
  /// circle goes on.
  fileprivate func followed(_ question: NetworkQuestion) -> (data: [RecordData], aliases: [Name]) {
    var name = question.name
    var aliases: [Name] = []
    for _ in 0...answer.count {
      let data = answer.filter { $0.owner == name && $0.type == question.type }.map(\.data)
      if !data.isEmpty { return (data, aliases) }
      guard let next = answer.first(where: { $0.owner == name && $0.type == .cname }),
        let target = next.data.names.first, !aliases.contains(target)
      else { break }
      aliases.append(target)
      name = target
    }
    return ([], aliases)
  }
}
