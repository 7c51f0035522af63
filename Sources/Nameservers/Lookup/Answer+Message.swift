public import ZoneKit

extension Answer {
  /// The first step of what a server replied: CNAMEs and DNAMEs that it followed on its own are
  /// left out, their owners being asked for themselves.
  ///
  /// - Parameters:
  ///   - message: the reply.
  ///   - question: the question it answers.
  ///   - apex: the apex of the zone that the server is asked as an authority for.
  public init(_ message: Message, to question: Question, apex: Name) {
    let sets = AnswerSet.sets(of: message.answer)
    let isAuthoritative = message.isAuthoritative
    if let dname = sets.first(where: { $0.type == .dname && question.name.isBelow($0.owner) }) {
      self.init(.dname, isAuthoritative: isAuthoritative, sets: [dname])
    } else if let data = sets.first(where: {
      $0.owner == question.name && $0.type == question.type
    }) {
      self.init(.data, isAuthoritative: isAuthoritative, sets: [data])
    } else if let cname = sets.first(where: { $0.owner == question.name && $0.type == .cname }) {
      self.init(.cname, isAuthoritative: isAuthoritative, sets: [cname])
    } else {
      self.init(withoutData: message, to: question, apex: apex)
    }
  }

  private init(withoutData message: Message, to question: Question, apex: Name) {
    let isAuthoritative = message.isAuthoritative
    let soa = message.authority.first { $0.type == .soa }
    let negativeTTL = soa.map { record in
      min(record.ttl, TTL(SOA(record.data)?.minimum ?? record.ttl.rawValue))
    }
    switch message.responseCode {
    case .nxDomain:
      self.init(.nameError, isAuthoritative: isAuthoritative, negativeTTL: negativeTTL)
    case .noError:
      if soa == nil, let referral = Self.referral(in: message, to: question, apex: apex) {
        self = referral
      } else if isAuthoritative || soa != nil {
        self.init(.noData, isAuthoritative: isAuthoritative, negativeTTL: negativeTTL)
      } else {
        self.init(.lame, isAuthoritative: false)
      }
    default:
      self.init(.failure(message.responseCode), isAuthoritative: false)
    }
  }

  /// A referral to a zone below the apex; nil for one that leads up, or none.
  private static func referral(in message: Message, to question: Question, apex: Name) -> Answer? {
    let sets = AnswerSet.sets(of: message.authority)
    guard
      let servers = sets.first(where: {
        $0.type == .ns && $0.owner.isBelow(apex) && question.name.isAtOrBelow($0.owner)
      })
    else { return nil }
    let targets = Set(servers.data.flatMap(\.names)).filter { $0.isAtOrBelow(servers.owner) }
    let glue = AnswerSet.sets(of: message.additional).filter {
      ($0.type == .a || $0.type == .aaaa) && targets.contains($0.owner)
    }
    return Answer(
      .referral, isAuthoritative: message.isAuthoritative,
      sets: ([servers] + glue).sorted(by: AnswerSet.precedes))
  }
}

extension AnswerSet {
  /// The RRsets of records of class IN, in order of their first record.
  static func sets(of records: [Record]) -> [AnswerSet] {
    struct Key: Hashable {
      let owner: Name
      let type: RecordType
    }
    var order: [Key] = []
    var members: [Key: [Record]] = [:]
    for record in records where record.recordClass == .in {
      let key = Key(owner: record.owner, type: record.type)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(record)
    }
    return order.map { key in
      let records = members[key] ?? []
      return AnswerSet(
        owner: key.owner, type: key.type, ttl: records.map(\.ttl).min() ?? TTL(0),
        data: records.map(\.data))
    }
  }
}
