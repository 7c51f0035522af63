/// How a server says that it could answer, or why not (IANA "DNS RCODEs"), open: any number is one.
///
/// The four bits of the header, and above them the eight of EDNS (RFC 6891 section 6.1.3).
public struct ResponseCode: RawRepresentable, Hashable, Sendable {
  /// The number: 0 to 4095.
  public let rawValue: UInt16

  /// A code by its number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// No error.
  public static let noError = ResponseCode(rawValue: 0)
  /// The server could not read the query.
  public static let formErr = ResponseCode(rawValue: 1)
  /// The server failed.
  public static let servFail = ResponseCode(rawValue: 2)
  /// No such name.
  public static let nxDomain = ResponseCode(rawValue: 3)
  /// The server does not know this kind of query.
  public static let notImp = ResponseCode(rawValue: 4)
  /// The server does not want to answer.
  public static let refused = ResponseCode(rawValue: 5)
  /// Not authoritative (RFC 2136), or not authorized (RFC 8945).
  public static let notAuth = ResponseCode(rawValue: 9)
  /// A version of EDNS that the server does not know (RFC 6891), or a TSIG that fails (RFC 8945).
  public static let badVers = ResponseCode(rawValue: 16)
  /// A missing or wrong server cookie (RFC 7873 section 8).
  public static let badCookie = ResponseCode(rawValue: 23)

  private static let mnemonics = [
    "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET",
    "NXRRSET", "NOTAUTH", "NOTZONE", "DSOTYPENI",
  ]
}

extension ResponseCode: CustomStringConvertible {
  /// IANA's mnemonic in capitals, or `RCODEnnn`.
  public var description: String {
    switch self {
    case .badVers: "BADVERS"
    case .badCookie: "BADCOOKIE"
    default:
      Int(rawValue) < Self.mnemonics.count ? Self.mnemonics[Int(rawValue)] : "RCODE\(rawValue)"
    }
  }
}
