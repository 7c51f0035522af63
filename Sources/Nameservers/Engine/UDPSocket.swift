import CPlatform

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Datagrams that were received together.
struct DatagramBuffer {
  /// What one datagram may have; a longer one is no reply to a query that offers 1,232 octets.
  static let stride = 4_096
  fileprivate(set) var octets = [UInt8](repeating: 0, count: stride * Int(DATAGRAMS_MOST))
  fileprivate(set) var lengths = [UInt16](repeating: 0, count: Int(DATAGRAMS_MOST))
}

/// What the system says of a socket, beside octets.
enum SocketFault: Equatable {
  /// Nobody listens at the other end.
  case refused
  /// No way there, or none out; the system's words.
  case noRoute(String)

  /// Nil where it is only a matter of waiting.
  init?(_ code: Int32) {
    switch code {
    case EAGAIN, EWOULDBLOCK, EINTR, ENOBUFS, ENOMEM, EINPROGRESS: return nil
    case ECONNREFUSED: self = .refused
    default: self = unsafe .noRoute(String(cString: strerror(code)))
    }
  }
}

/// A UDP socket that is connected to a server, so that the system passes on datagrams from that
/// address and port alone; its own port is one that the system picks at random.
final class UDPSocket {
  let descriptor: Int32
  private var outgoing: [UInt8] = []
  private var lengths: [UInt16] = []

  /// Room for a window of large replies.
  private static let receiveBuffer: Int32 = 1 << 20

  init(to address: ServerAddress) throws(SocketError) {
    descriptor = try Sockets.open(address, SOCK_DGRAM)
    Sockets.set(descriptor, SOL_SOCKET, SO_RCVBUF, Self.receiveBuffer)
    if let fault = Sockets.connect(descriptor, to: address) {
      close(descriptor)
      throw SocketError(fault: fault)
    }
  }

  deinit { close(descriptor) }

  var hasUnsent: Bool { !lengths.isEmpty }

  /// Adds a datagram to those that `flush` sends.
  func queue(_ octets: [UInt8]) {
    outgoing.append(contentsOf: octets)
    lengths.append(UInt16(truncatingIfNeeded: octets.count))
  }

  /// Sends what is queued, as far as the system takes it.
  func flush() -> SocketFault? {
    var (first, offset) = (0, 0)
    var fault: SocketFault?
    while first < lengths.count {
      let sent = unsafe outgoing.withUnsafeBufferPointer { octets in
        unsafe lengths.withUnsafeBufferPointer { lengths in
          unsafe datagrams_send(
            descriptor, octets.baseAddress! + offset, lengths.baseAddress! + first,
            Int32(truncatingIfNeeded: lengths.count - first))
        }
      }
      if sent > 0 {
        for length in lengths[first..<(first + Int(sent))] { offset += Int(length) }
        first += Int(sent)
      } else {
        let found = SocketFault(errno)
        guard let found else { break }
        // The system reports an earlier datagram's fault once, and then goes on.
        if fault != nil || found != .refused {
          fault = found
          first = lengths.count
          offset = outgoing.count
        }
        fault = found
      }
    }
    if first == lengths.count {
      outgoing.removeAll(keepingCapacity: true)
      lengths.removeAll(keepingCapacity: true)
    } else if first > 0 {
      outgoing.removeFirst(offset)
      lengths.removeFirst(first)
    }
    return fault
  }

  /// Receives what is there. Returns how many datagrams came, and what fault there is besides.
  func receive(into buffer: inout DatagramBuffer) -> (count: Int, fault: SocketFault?) {
    let count = unsafe buffer.octets.withUnsafeMutableBufferPointer { octets in
      unsafe buffer.lengths.withUnsafeMutableBufferPointer { lengths in
        unsafe datagrams_receive(
          descriptor, octets.baseAddress, DatagramBuffer.stride, lengths.baseAddress,
          Int32(lengths.count))
      }
    }
    return count > 0 ? (Int(count), nil) : (0, count < 0 ? SocketFault(errno) : nil)
  }
}
