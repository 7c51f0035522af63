#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A socket that cannot be had, or not be connected.
struct SocketError: Error {
  let fault: SocketFault
}

/// What UDP and TCP have in common.
enum Sockets {
  #if canImport(Glibc)
    typealias Kind = __socket_type
  #else
    typealias Kind = Int32
  #endif

  /// A socket that never blocks, and that child processes do not inherit.
  static func open(_ address: ServerAddress, _ kind: Kind) throws(SocketError) -> Int32 {
    #if canImport(Glibc)
      let number = Int32(kind.rawValue)
    #else
      let number = kind
    #endif
    let descriptor = socket(address.isIPv6 ? AF_INET6 : AF_INET, number, 0)
    guard descriptor >= 0 else { throw SocketError(fault: fault(errno)) }
    guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0,
      fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0
    else {
      let error = SocketError(fault: fault(errno))
      close(descriptor)
      throw error
    }
    return descriptor
  }

  private static func fault(_ code: Int32) -> SocketFault {
    SocketFault(code) ?? .noRoute(unsafe String(cString: strerror(code)))
  }

  /// Begins to connect. Nil where that is under way or done.
  static func connect(_ descriptor: Int32, to address: ServerAddress) -> SocketFault? {
    let status = unsafe address.withSocketAddress { address, count in
      #if canImport(Glibc)
        unsafe Glibc.connect(descriptor, address, count)
      #else
        unsafe Musl.connect(descriptor, address, count)
      #endif
    }
    return status == 0 ? nil : SocketFault(errno)
  }

  /// Sets an option; where that fails, the default will do.
  static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    _ = unsafe setsockopt(
      descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  /// The fault that ended an attempt to connect; nil where it succeeded.
  static func pendingFault(_ descriptor: Int32) -> SocketFault? {
    var code: Int32 = 0
    var count = socklen_t(MemoryLayout<Int32>.size)
    guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &count) == 0 else {
      return SocketFault(errno)
    }
    return code == 0 ? nil : SocketFault(code)
  }

  /// Waits until one of the descriptors is ready, at most so many nanoseconds.
  static func wait(_ descriptors: inout [pollfd], nanoseconds: UInt64) -> Int {
    let milliseconds = Int32(clamping: (nanoseconds + 999_999) / 1_000_000)
    return Int(
      unsafe poll(&descriptors, nfds_t(descriptors.count), milliseconds))
  }
}
