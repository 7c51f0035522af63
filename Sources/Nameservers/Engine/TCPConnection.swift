#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A TCP connection with a server that carries messages, each led by its length
/// (RFC 1035 section 4.2.2), several at a time and back in any order (RFC 7766 section 6.2.1.1).
final class TCPConnection {
  /// How a connection ended.
  enum End: Equatable {
    case refused
    case closed
    case noRoute(String)
  }

  let descriptor: Int32
  private(set) var isConnected = false
  /// Messages that came in whole.
  private(set) var received = 0
  /// Those that were not believed.
  var ignored = 0
  private var outgoing: [UInt8] = []
  private var outgoingStart = 0
  private var incoming: [UInt8] = []
  private var incomingStart = 0
  private var chunk = [UInt8](repeating: 0, count: 65_536)

  init(to address: ServerAddress) throws(SocketError) {
    descriptor = try Sockets.open(address, SOCK_STREAM)
    Sockets.set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    if let fault = Sockets.connect(descriptor, to: address) {
      close(descriptor)
      throw SocketError(fault: fault)
    }
  }

  deinit { close(descriptor) }

  /// What to wait for.
  var events: Int16 {
    Int16(truncatingIfNeeded: isConnected && !hasUnsent ? POLLIN : POLLIN | POLLOUT)
  }

  var hasUnsent: Bool { outgoingStart < outgoing.count }

  /// Adds a message to what `flush` sends.
  func queue(_ octets: [UInt8]) {
    outgoing.append(big: UInt16(truncatingIfNeeded: octets.count))
    outgoing.append(contentsOf: octets)
  }

  /// Sends as much as the system takes.
  func flush() -> End? {
    if !isConnected {
      var entry = [pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)]
      guard Sockets.wait(&entry, nanoseconds: 0) > 0 else { return nil }
      if let fault = Sockets.pendingFault(descriptor) { return Self.end(fault) }
      isConnected = true
    }
    while hasUnsent {
      let count = unsafe outgoing.withUnsafeBytes {
        unsafe send(
          descriptor, $0.baseAddress! + outgoingStart, $0.count - outgoingStart,
          Int32(truncatingIfNeeded: MSG_NOSIGNAL))
      }
      guard count > 0 else {
        let code = errno
        if code == ECONNRESET || code == EPIPE { return .closed }
        return SocketFault(code).map(Self.end)
      }
      outgoingStart += count
    }
    outgoing.removeAll(keepingCapacity: true)
    outgoingStart = 0
    return nil
  }

  private static func end(_ fault: SocketFault) -> End {
    switch fault {
    case .refused: .refused
    case .noRoute(let text): .noRoute(text)
    }
  }

  /// Reads what is there, at most one chunk.
  func fill() -> End? {
    let count = unsafe chunk.withUnsafeMutableBytes {
      unsafe recv(descriptor, $0.baseAddress!, $0.count, 0)
    }
    if count == 0 { return .closed }
    guard count > 0 else { return SocketFault(errno) == nil ? nil : .closed }
    if incomingStart > 0 {
      incoming.removeFirst(incomingStart)
      incomingStart = 0
    }
    incoming.append(contentsOf: chunk[..<count])
    return nil
  }

  /// The next whole message; nil where there is none yet.
  func nextMessage() -> [UInt8]? {
    let available = incoming.count - incomingStart
    guard available >= 2 else { return nil }
    let count = incoming.span.number16(at: incomingStart)
    guard available >= 2 + count else { return nil }
    let start = incomingStart + 2
    incomingStart = start + count
    received += 1
    return Array(incoming[start..<incomingStart])
  }
}
