public import ZoneKit

/// A message of the DNS protocol (RFC 1035 section 4) as a value.
///
/// Owners and names in record data are uncompressed, as everywhere in ZoneKit, so that records of
/// a message compare with those of a zone. The OPT record stands in `edns`, a TSIG record nowhere
/// (`TSIGKey` works on the octets).
public struct Message: Hashable, Sendable {
  /// The number that joins a reply to its query.
  public var id: UInt16
  /// QR: whether it is a reply.
  public var isResponse = false
  /// OPCODE: 0 for a query.
  public var opcode: UInt8 = 0
  /// AA: whether the server answers from a zone of its own.
  public var isAuthoritative = false
  /// TC: whether something did not fit.
  public var isTruncated = false
  /// RD: whether the client asks the server to look further.
  public var isRecursionDesired = false
  /// RA: whether the server would.
  public var isRecursionAvailable = false
  /// The RCODE with the bits that EDNS adds.
  public var responseCode = ResponseCode.noError
  /// The question section: one question, but for odd servers.
  public var questions: [Question]
  /// The answer section.
  public var answer: [Record] = []
  /// The authority section.
  public var authority: [Record] = []
  /// The additional section, without OPT and TSIG.
  public var additional: [Record] = []
  /// The content of the OPT record; nil where there is none.
  public var edns: EDNS?

  /// A query with the RD bit off, as one asks a server for its own data.
  public init(id: UInt16, question: Question, edns: EDNS? = EDNS()) {
    self.id = id
    questions = [question]
    self.edns = edns
  }

  /// The most octets of a message (RFC 1035 section 4.2.2).
  public static let maximumCount = 65_535
}

/// Why octets are no message, or a message cannot be put into octets.
public struct MessageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a phrase.
  public let description: String

  init(_ description: String) { self.description = description }
}
