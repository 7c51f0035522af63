public import ZoneKit

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What a transfer may take, so that no server can keep it going for ever. Times are in
/// nanoseconds.
public struct TransferLimits: Sendable {
  /// Until the connection is there.
  public var connecting: UInt64 = 10_000_000_000
  /// Without an octet from the server; it may have to read the zone first.
  public var silence: UInt64 = 60_000_000_000
  /// For all of it: two hours.
  public var total: UInt64 = 7_200_000_000_000
  /// Records of a zone.
  public var recordCount = 50_000_000
  /// Octets of all messages: 16 GiB.
  public var octetCount = 1 << 34

  /// The defaults.
  public init() {}
}

/// Transfers a zone: AXFR over TCP (RFC 5936).
///
/// Records are handed on as they come, a message's at a time, so that a zone of any size takes
/// little memory. They may only be believed once `run` has returned: until then the SOA at the end,
/// and with TSIG the signature over the last messages, are missing.
public struct ZoneTransfer: Sendable {
  /// The zone.
  public var zone: Name
  /// The server.
  public var server: ServerAddress
  /// The key that signs the query, and that the transfer has to be signed with.
  public var key: TSIGKey?
  /// What the transfer may take.
  public var limits = TransferLimits()
  /// Time and chance.
  public var environment: QueryEnvironment

  /// What was transferred.
  public struct Summary: Hashable, Sendable {
    /// The SOA record.
    public let soa: Record
    /// Records, the SOA counted once.
    public let recordCount: Int
    /// Messages.
    public let messageCount: Int
    /// Octets of the messages.
    public let octetCount: Int
    /// Records whose TTL was over 2^31-1 and is taken for 0 (RFC 2181 section 8).
    public let unusableTTLs: Int
  }

  /// A transfer.
  public init(
    _ zone: Name, from server: ServerAddress, key: TSIGKey? = nil,
    environment: QueryEnvironment = .system
  ) {
    self.zone = zone
    self.server = server
    self.key = key
    self.environment = environment
  }

  /// Transfers the zone. Blocks the calling thread.
  ///
  /// - Parameters:
  ///   - cancellation: ends the transfer within a tenth of a second, with an error.
  ///   - records: takes the records of a message, in the server's order, the SOA first and once.
  /// - Throws: `TransferError`, also one that `records` throws.
  public func run(
    cancellation: QueryCancellation? = nil,
    records: ([Record]) throws(TransferError) -> Void
  ) throws(TransferError) -> Summary {
    let connection: TCPConnection
    do throws(SocketError) {
      connection = try TCPConnection(to: server)
    } catch {
      switch error.fault {
      case .refused: throw failure(.refused)
      case .noRoute(let text): throw failure(.noRoute(text))
      }
    }
    var random = environment.random()
    let id = UInt16(truncatingIfNeeded: random.next())
    let question = Question(zone, RecordType(rawValue: 252))
    var verifier: TSIGVerifier?
    do throws(MessageError) {
      var query = try Message(id: id, question: question, edns: nil).octets()
      if let key {
        let mac = key.sign(&query, at: environment.wallClock())
        verifier = TSIGVerifier(key: key, requestMAC: mac)
      }
      connection.queue(query)
    } catch {
      throw TransferError("\(zone): no query can be made of this name: \(error)")
    }
    var reader = TransferReader(
      question: question, id: id, server: server, key: key, limits: limits)
    var messages = 0
    var octets = 0
    let start = environment.now()
    var lastOctet = start
    while reader.state != .complete {
      if cancellation?.isCancelled == true { throw TransferError("cancelled") }
      let end = try wait(connection, since: start, lastOctet: &lastOctet)
      while reader.state != .complete, let message = connection.nextMessage() {
        messages += 1
        octets += message.count
        guard octets <= limits.octetCount else {
          throw TransferError("\(server) sends more than \(limits.octetCount) octets")
        }
        try take(message, &reader, &verifier, records)
      }
      if let end, reader.state != .complete { throw failure(end) }
    }
    do throws(TSIGError) { try verifier?.finish() } catch { throw notSigned(error) }
    guard let soa = reader.soa else { throw TransferError("\(server) sends no SOA") }
    return Summary(
      soa: soa, recordCount: reader.count, messageCount: messages, octetCount: octets,
      unusableTTLs: reader.unusableTTLs)
  }

  private func take(
    _ octets: [UInt8], _ reader: inout TransferReader, _ verifier: inout TSIGVerifier?,
    _ records: ([Record]) throws(TransferError) -> Void
  ) throws(TransferError) {
    let message: Message
    do throws(MessageError) { message = try Message(parsing: octets) } catch {
      throw TransferError("\(server) sends a malformed message: \(error)")
    }
    do throws(TSIGError) {
      try verifier?.take(octets[...], at: environment.wallClock())
    } catch {
      // A refusal need not be signed; what it says helps more.
      if message.responseCode != .noError, message.responseCode != .notAuth {
        _ = try reader.take(message)
      }
      throw notSigned(error)
    }
    try records(try reader.take(message))
  }

  /// Sends and receives what there is; returns how the connection ended, if it did.
  private func wait(
    _ connection: TCPConnection, since start: UInt64, lastOctet: inout UInt64
  ) throws(TransferError) -> TCPConnection.End? {
    if let end = connection.flush() { return end }
    var entry = [pollfd(fd: connection.descriptor, events: connection.events, revents: 0)]
    let ready = Sockets.wait(&entry, nanoseconds: environment.waiting(Self.longestWait))
    if ready <= 0 { environment.waited(Self.longestWait) }
    let now = environment.now()
    guard now - start <= limits.total else {
      throw TransferError(
        "\(server): the transfer takes longer than \(limits.total / 1_000_000_000) s")
    }
    guard ready > 0, connection.isConnected else {
      let limit = connection.isConnected ? limits.silence : limits.connecting
      guard now - lastOctet <= limit else {
        throw TransferError(
          "\(server): \(connection.isConnected ? "no octet" : "no connection over TCP") within "
            + "\(limit / 1_000_000_000) s")
      }
      return nil
    }
    if entry[0].revents & ~Int16(POLLOUT) == 0 { return nil }
    lastOctet = now
    return connection.fill()
  }

  /// A wait is no longer than this, so that a cancellation is noticed: a tenth of a second.
  private static let longestWait: UInt64 = 100_000_000

  private func notSigned(_ error: TSIGError) -> TransferError {
    TransferError("\(server): the transfer is not signed as it should be: \(error)")
  }

  private func failure(_ end: TCPConnection.End) -> TransferError {
    switch end {
    case .refused:
      TransferError(
        "\(server): connection refused over TCP, which transfers need; check the address and port, "
          + "and firewalls on the way")
    case .closed:
      TransferError("\(server) closed the connection before the transfer was complete")
    case .noRoute(let text): TransferError("\(server): \(text)")
    }
  }
}
