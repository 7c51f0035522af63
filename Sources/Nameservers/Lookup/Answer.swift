import RecordSets
public import ZoneKit

/// What a name server says to a question in one step (RFC 1034 section 4.3.2): before it follows a
/// CNAME or DNAME, and before it adds what it thinks the asker may want next.
public struct Answer: Sendable, Hashable {
  /// What sort of answer it is.
  public var kind: Kind
  /// Whether the server speaks as an authority (AA, RFC 1035 section 4.1.1).
  public var isAuthoritative: Bool
  /// The RRsets that make up the step, by owner and type: the data asked for, the CNAME or the
  /// DNAME; for a referral the NS set of the cut and its glue.
  public var sets: [AnswerSet]
  /// How long a negative answer is kept (RFC 2308 section 5); nil where the answer is positive, or
  /// the server says nothing of it.
  public var negativeTTL: TTL?

  /// An answer.
  public init(
    _ kind: Kind, isAuthoritative: Bool = true, sets: [AnswerSet] = [], negativeTTL: TTL? = nil
  ) {
    self.kind = kind
    self.isAuthoritative = isAuthoritative
    self.sets = sets
    self.negativeTTL = negativeTTL
  }

  /// The sorts of answer.
  public enum Kind: Sendable, Hashable {
    /// The RRset asked for.
    case data
    /// A CNAME at the name asked for.
    case cname
    /// A DNAME above the name asked for (RFC 6672).
    case dname
    /// The name servers of a zone below.
    case referral
    /// The name exists, the type does not.
    case noData
    /// The name does not exist (NXDOMAIN).
    case nameError
    /// NOERROR that is neither data nor a referral to below: the server does not serve the zone.
    case lame
    /// Another response code (RFC 6895 section 2.3).
    case failure(ResponseCode)

    /// Whether data of the zone come with it.
    public var isPositive: Bool {
      switch self {
      case .data, .cname, .dname, .referral: true
      default: false
      }
    }

    /// Whether it says that there are no such data.
    public var isNegative: Bool { self == .noData || self == .nameError }
  }
}

/// An RRset as an answer holds it. Two are alike if their data are the same set, whatever the
/// order, and letter case of names does not count.
public struct AnswerSet: Sendable, Hashable {
  /// The owner.
  public var owner: Name
  /// The type.
  public var type: RecordType
  /// The TTL; the lowest where the records of an answer differ in it.
  public var ttl: TTL
  /// The data in canonical form, each once, in order of their octets.
  public var data: [RecordData]

  /// A set, from data in any order and form.
  public init(owner: Name, type: RecordType, ttl: TTL, data: some Sequence<RecordData>) {
    self.owner = owner
    self.type = type
    self.ttl = ttl
    self.data = data.canonical
  }

  /// A set of data that are canonical already.
  init(owner: Name, type: RecordType, ttl: TTL, canonical data: [RecordData]) {
    self.owner = owner
    self.type = type
    self.ttl = ttl
    self.data = data
  }

  func hasSameData(as other: AnswerSet) -> Bool {
    owner == other.owner && type == other.type && data == other.data
  }
}

extension Answer {
  /// What a server says of a zone that it does not serve.
  static let refused = Answer(.failure(.refused), isAuthoritative: false)
}
