#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One address of a name server, and its port.
///
/// Written `192.0.2.53`, `2001:db8::53`, `192.0.2.53@5353`, `[2001:db8::53]@5353`; the brackets
/// are optional, as the port stands behind `@`. A link-local address names its interface:
/// `fe80::1%eth0`.
public struct ServerAddress: Hashable, Sendable {
  /// The address: 4 octets for IPv4, 16 for IPv6.
  public let octets: [UInt8]
  /// The interface of a link-local IPv6 address by its number; 0 for none.
  public let scope: UInt32
  /// The port, the same for UDP and TCP.
  public let port: UInt16

  /// The port of the DNS (RFC 1035 section 4.2).
  public static let defaultPort: UInt16 = 53

  /// Whether the address is one of IPv6.
  public var isIPv6: Bool { octets.count == 16 }

  /// An address in text form, no name: nothing is looked up. Nil where `text` is none.
  public init?(_ text: some StringProtocol) {
    guard let parts = try? Parts(text), let address = Self.lookUp(parts, numeric: true)?.first
    else { return nil }
    self = address
  }

  /// An address in wire form; nil where it has neither 4 octets nor 16.
  public init?(octets: [UInt8], port: UInt16 = defaultPort) {
    guard octets.count == 4 || octets.count == 16 else { return nil }
    self.init(octets: octets, scope: 0, port: port)
  }

  fileprivate init(octets: [UInt8], scope: UInt32, port: UInt16) {
    self.octets = octets
    self.scope = scope
    self.port = port
  }

  /// All addresses of a server given by address or by name, each once, in the order in which the
  /// system's resolver names them. Waits for that resolver.
  ///
  /// - Throws: `ServerAddressError` where the text is malformed or the name has no address.
  public static func resolve(_ text: some StringProtocol) throws(ServerAddressError)
    -> [ServerAddress]
  {
    let parts = try Parts(text)
    if let address = lookUp(parts, numeric: true) { return address }
    guard !parts.host.contains(":") else {
      throw ServerAddressError("'\(text)': not an IPv6 address; a port is written behind '@'")
    }
    guard let addresses = lookUp(parts, numeric: false), !addresses.isEmpty else {
      throw ServerAddressError("'\(parts.host)': no address is known for this name")
    }
    var seen: Set<ServerAddress> = []
    return addresses.filter { seen.insert($0).inserted }
  }

  /// `host[@port]`, taken apart.
  private struct Parts {
    var host: String
    var port = ServerAddress.defaultPort

    init(_ text: some StringProtocol) throws(ServerAddressError) {
      var host = text[...]
      if let at = text.lastIndex(of: "@") {
        let digits = text[text.index(after: at)...]
        guard let port = UInt16(digits), port > 0 else {
          throw ServerAddressError("'\(text)': expected a port of 1 to 65535 behind '@'")
        }
        self.port = port
        host = text[..<at]
      }
      if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
      guard !host.isEmpty, !host.utf8.contains(0) else {
        throw ServerAddressError("'\(text)': expected an address or a name")
      }
      self.host = String(host)
    }
  }

  private static func lookUp(_ parts: Parts, numeric: Bool) -> [ServerAddress]? {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = AF_UNSPEC
    unsafe hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
    unsafe hints.ai_flags = numeric ? AI_NUMERICHOST : 0
    var list: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(parts.host, nil, &hints, &list) == 0 else { return nil }
    defer { unsafe freeaddrinfo(list) }
    var addresses: [ServerAddress] = []
    var next = unsafe list
    while let entry = unsafe next {
      if let address = unsafe ServerAddress(entry.pointee.ai_addr, port: parts.port) {
        addresses.append(address)
      }
      unsafe next = entry.pointee.ai_next
    }
    return addresses
  }
}

/// Why a text names no server.
public struct ServerAddressError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found and what was expected.
  public let description: String

  init(_ description: String) { self.description = description }
}

extension ServerAddress: CustomStringConvertible {
  /// The address, and the port behind `@` where it is not 53.
  public var description: String { port == Self.defaultPort ? host : "\(host)@\(port)" }

  /// The address alone.
  public var host: String {
    var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status = unsafe withSocketAddress { address, count in
      unsafe getnameinfo(
        address, count, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
    }
    guard status == 0 else { return "?" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

// MARK: - Socket addresses

extension ServerAddress {
  /// The address that the system has in its own form; nil where it is of another family.
  private init?(_ address: UnsafeMutablePointer<sockaddr>?, port: UInt16) {
    guard let address = unsafe address else { return nil }
    switch Int32(unsafe address.pointee.sa_family) {
    case AF_INET:
      let four = unsafe UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self)
      self.init(
        octets: unsafe withUnsafeBytes(of: four.sin_addr) { unsafe Array($0) }, scope: 0, port: port
      )
    case AF_INET6:
      let six = unsafe UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self)
      self.init(
        octets: unsafe withUnsafeBytes(of: six.sin6_addr) { unsafe Array($0) },
        scope: six.sin6_scope_id, port: port)
    default: return nil
    }
  }

  /// Lends the address in the system's own form.
  func withSocketAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    if isIPv6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      address.sin6_scope_id = scope
      unsafe withUnsafeMutableBytes(of: &address.sin6_addr) { unsafe $0.copyBytes(from: octets) }
      return unsafe Self.lend(&address, body)
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    unsafe withUnsafeMutableBytes(of: &address.sin_addr) { unsafe $0.copyBytes(from: octets) }
    return unsafe Self.lend(&address, body)
  }

  private static func lend<Address, Result>(
    _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(MemoryLayout<Address>.size))
      }
    }
  }
}
