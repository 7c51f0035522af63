/// How the commands of a runbook reach servers, files and the clock. Servers are named as `dig` and
/// `zonecut compare` take them: a name or an address.
public struct RunbookSettings: Hashable, Sendable {
  /// Prints the instant, such as `2026-12-01T09:00:00Z`.
  public var clockCommand: String
  /// Resolvers that are asked what clients see.
  public var resolvers: [String]
  /// The old servers; empty: those of the zone's NS set, by name.
  public var oldServers: [String]
  /// The new servers; empty: those of the hosted zone, by name.
  public var newServers: [String]
  /// The servers of the parent zone; empty: they are looked up.
  public var parentServers: [String]
  /// The directory from which the old primary reads the zone's file.
  public var primaryDirectory: String

  /// Prints the instant by the system's clock.
  public static let systemClock = "date -u +%Y-%m-%dT%H:%M:%SZ"
  /// Well-known public resolvers, by IPv4 and IPv6.
  public static let publicResolvers = [
    "1.1.1.1", "8.8.8.8", "9.9.9.9", "2606:4700:4700::1111", "2001:4860:4860::8888", "2620:fe::fe",
  ]
  /// Where Debian's BIND has its files.
  public static let usualPrimaryDirectory = "/etc/bind"

  /// The usual settings, unless others are given.
  public init(
    clockCommand: String = systemClock, resolvers: [String] = publicResolvers,
    oldServers: [String] = [], newServers: [String] = [], parentServers: [String] = [],
    primaryDirectory: String = usualPrimaryDirectory
  ) {
    self.clockCommand = clockCommand
    self.resolvers = resolvers
    self.oldServers = oldServers
    self.newServers = newServers
    self.parentServers = parentServers
    self.primaryDirectory = primaryDirectory
  }
}
