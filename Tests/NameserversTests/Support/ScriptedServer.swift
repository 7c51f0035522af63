import Foundation
import Nameservers
import Synchronization
import TestSupport
import ZoneKit

/// A server at 127.0.0.1 that does what a test says, on a thread of its own: also what no server
/// should.
final class ScriptedServer: Sendable {
  /// What it does upon a query.
  enum Action: Sendable {
    /// Sends octets: a datagram, or over TCP a message led by its length.
    case send([UInt8])
    /// Sends a datagram from another port.
    case sendFromElsewhere([UInt8])
    /// Sends octets over TCP as they are.
    case sendRaw([UInt8])
    /// Closes the connection.
    case close
    /// Closes the half of the connection that it sends with.
    case closeHalf
    /// Sends the octets over TCP again and again, until the client goes away.
    case sendForEver([UInt8])
  }
  typealias Script = @Sendable (_ query: [UInt8], _ number: Int) -> [Action]

  let address: ServerAddress
  private let stopper: Int32
  private let thread: Mutex<Int> = Mutex(0)
  private let done = DispatchSemaphore(value: 0)

  /// A server. `udp` and `tcp` get a query and how many came before it; no `tcp` refuses TCP.
  init(udp: @escaping Script = { _, _ in [] }, tcp: Script? = nil) throws {
    let port = try LoopbackServer.freePort(at: ["127.0.0.1"])
    address = ServerAddress("127.0.0.1@\(port)")!
    let datagrams = Self.socket(SOCK_DGRAM, port: port)
    let listener = tcp == nil ? -1 : Self.socket(SOCK_STREAM, port: port)
    if listener >= 0 { listen(listener, 16) }
    var ends: [Int32] = [0, 0]
    unsafe pipe(&ends)
    stopper = ends[1]
    let stop = ends[0]
    let done = self.done
    Thread.detachNewThread {
      Self.serve(datagrams, listener, stop, udp, tcp ?? { _, _ in [] })
      for descriptor in [datagrams, listener, stop] where descriptor >= 0 { close(descriptor) }
      done.signal()
    }
  }

  /// Ends the thread.
  func stop() {
    close(stopper)
    done.wait()
  }

  private static func socket(_ kind: __socket_type, port: UInt16) -> Int32 {
    let descriptor = Glibc.socket(AF_INET, Int32(kind.rawValue), 0)
    var on: Int32 = 1
    unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, 4)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(descriptor, $0, 16)
      }
    }
    precondition(status == 0, "cannot bind port \(port)")
    return descriptor
  }

  private static func serve(
    _ datagrams: Int32, _ listener: Int32, _ stop: Int32, _ udp: Script, _ tcp: Script
  ) {
    var streams: [Int32: [UInt8]] = [:]
    var (udpCount, tcpCount) = (0, 0)
    defer { for descriptor in streams.keys { close(descriptor) } }
    while true {
      var entries = [stop, datagrams, listener].map { pollfd(fd: $0, events: 1, revents: 0) }
      entries += streams.keys.map { pollfd(fd: $0, events: 1, revents: 0) }
      guard unsafe poll(&entries, nfds_t(entries.count), -1) > 0, entries[0].revents == 0 else {
        return
      }
      if entries[1].revents != 0 {
        var query = [UInt8](repeating: 0, count: 65_535)
        var from = sockaddr_in()
        var size: socklen_t = 16
        let count = unsafe withUnsafeMutablePointer(to: &from) {
          unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe recvfrom(datagrams, &query, query.count, 0, $0, &size)
          }
        }
        if count >= 0 {
          for action in udp(Array(query.prefix(count)), udpCount) {
            perform(action, datagrams, to: from)
          }
          udpCount += 1
        }
      }
      if listener >= 0, entries[2].revents != 0 {
        let stream = accept(listener, nil, nil)
        if stream >= 0 { streams[stream] = [] }
      }
      for entry in entries.dropFirst(3) where entry.revents != 0 {
        var chunk = [UInt8](repeating: 0, count: 65_537)
        let count = unsafe recv(entry.fd, &chunk, chunk.count, 0)
        guard count > 0 else {
          close(entry.fd)
          streams[entry.fd] = nil
          continue
        }
        streams[entry.fd, default: []] += chunk.prefix(count)
        while let octets = streams[entry.fd], octets.count >= 2,
          octets.count >= 2 + Int(octets[0]) << 8 + Int(octets[1])
        {
          let length = Int(octets[0]) << 8 + Int(octets[1])
          streams[entry.fd] = Array(octets.dropFirst(2 + length))
          let query = Array(octets[2..<(2 + length)])
          var isOpen = true
          for action in tcp(query, tcpCount) where isOpen {
            isOpen = perform(action, onStream: entry.fd, stop: stop)
          }
          tcpCount += 1
          if !isOpen {
            close(entry.fd)
            streams[entry.fd] = nil
          }
        }
      }
    }
  }

  private static func perform(_ action: Action, _ datagrams: Int32, to client: sockaddr_in) {
    switch action {
    case .send(let octets): send(octets, from: datagrams, to: client)
    case .sendFromElsewhere(let octets):
      let other = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
      send(octets, from: other, to: client)
      close(other)
    default: break
    }
  }

  private static func send(_ octets: [UInt8], from descriptor: Int32, to client: sockaddr_in) {
    var client = client
    _ = unsafe withUnsafePointer(to: &client) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe sendto(descriptor, octets, octets.count, 0, $0, 16)
      }
    }
  }

  private static func perform(_ action: Action, onStream stream: Int32, stop: Int32) -> Bool {
    switch action {
    case .send(let octets):
      return sendAll([UInt8(octets.count >> 8), UInt8(octets.count & 255)] + octets, stream)
    case .sendRaw(let octets): return sendAll(octets, stream)
    case .sendFromElsewhere: return true
    case .close: return false
    case .closeHalf:
      shutdown(stream, Int32(SHUT_WR))
      return true
    case .sendForEver(let octets):
      while sendAll([UInt8(octets.count >> 8), UInt8(octets.count & 255)] + octets, stream) {
        var entry = pollfd(fd: stop, events: 1, revents: 0)
        if unsafe poll(&entry, 1, 0) != 0 { return false }
      }
      return false
    }
  }

  private static func sendAll(_ octets: [UInt8], _ stream: Int32) -> Bool {
    var rest = octets[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.send(stream, $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
