/// The extension that a message carries in its OPT record (RFC 6891 section 6.1).
public struct EDNS: Hashable, Sendable {
  /// An option: a number and octets (RFC 6891 section 6.1.2).
  public struct Option: Hashable, Sendable {
    /// IANA's number of the option.
    public var code: UInt16
    /// Its data.
    public var octets: [UInt8]

    /// An option.
    public init(code: UInt16, octets: [UInt8]) {
      self.code = code
      self.octets = octets
    }

    /// The number of the COOKIE option (RFC 7873 section 4).
    public static let cookie: UInt16 = 10
  }

  /// The largest datagram that the sender can receive, in octets.
  public var payload: UInt16
  /// The version; 0 is the only one there is.
  public var version: UInt8
  /// Whether DNSSEC records are wanted: the DO bit (RFC 3225).
  public var wantsDNSSEC: Bool
  /// The options, in their order.
  public var options: [Option]

  /// An OPT record's content.
  public init(
    payload: UInt16 = EDNS.defaultPayload, version: UInt8 = 0, wantsDNSSEC: Bool = false,
    options: [Option] = []
  ) {
    self.payload = payload
    self.version = version
    self.wantsDNSSEC = wantsDNSSEC
    self.options = options
  }

  /// What fits an IPv6 packet of 1,280 octets, so that no datagram is fragmented
  /// (DNS Flag Day 2020).
  public static let defaultPayload: UInt16 = 1_232
}
