/// How servers are asked. Times are in nanoseconds, as everywhere in the engine.
public struct QueryOptions: Sendable {
  /// Queries a second that one address is asked at most; nil for no limit.
  public var queriesPerSecond: Int? = defaultQueriesPerSecond
  /// How many queries one address may have in flight.
  public var window = 128
  /// How many UDP sockets, each on a random port of its own, serve one address.
  public var socketsPerServer = 4
  /// How long each try waits; the last goes over TCP.
  public var timeouts: [UInt64] = [1_000_000_000, 2_000_000_000, 4_000_000_000]
  /// How long TCP may take for a reply that UDP truncated, connecting included.
  public var truncatedTimeout: UInt64 = 4_000_000_000
  /// The payload that the OPT record offers; nil to send none.
  public var payload: UInt16? = EDNS.defaultPayload
  /// Whether queries carry DNS cookies (RFC 7873).
  public var usesCookies = true
  /// Whether DNSSEC records are asked for: the DO bit.
  public var wantsDNSSEC = false
  /// Whether servers are asked as resolvers, to look further: the RD bit.
  public var isRecursionDesired = false
  /// After so many failures in a row a server is paused.
  public var failuresUntilPause = 10
  /// How long the pauses last. After each, one query finds out whether the server is back; after
  /// the last, it is given up.
  public var pauses: [UInt64] = [5_000_000_000, 15_000_000_000]
  /// The key that signs queries, and replies have to be signed with.
  public var key: TSIGKey?
  /// The keys of servers that have one of their own, in place of `key`.
  public var keys: [ServerAddress: TSIGKey] = [:]

  /// What is polite towards servers of others.
  public static let defaultQueriesPerSecond = 200

  /// The defaults.
  public init() {}

  /// How one server is asked.
  func forServer(_ server: ServerAddress) -> QueryOptions {
    var options = self
    options.key = keys[server] ?? key
    return options
  }
}
