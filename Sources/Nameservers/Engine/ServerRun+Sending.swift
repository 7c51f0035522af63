extension ServerRun {
  // MARK: UDP

  /// Sends the current try from one of the sockets, with an id of its own.
  func sendOverUDP(_ slot: Int, at now: UInt64) {
    leave(slot)
    if sockets.isEmpty {
      do throws(SocketError) {
        for _ in 0..<max(1, options.socketsPerServer) {
          sockets.append(try UDPSocket(to: address))
        }
      } catch {
        if sockets.isEmpty { return fail(slot, Self.failure(error.fault), at: now) }
      }
    }
    let bits = random.next()
    let socket = Int(truncatingIfNeeded: (bits >> 48) % UInt64(sockets.count))
    encode(slot, bits: bits, way: .udp(socket), at: now)
    let index = max(0, min(slots[slot].tries, options.timeouts.count) - 1)
    let timeout = options.timeouts.isEmpty ? options.truncatedTimeout : options.timeouts[index]
    wait(slot, timeout, bits: bits >> 16, at: now)
    sockets[socket].queue(slots[slot].octets)
  }

  /// Makes the message of the current try, under a random id that no other query in flight has.
  private func encode(_ slot: Int, bits: UInt64, way: InFlight.Way, at now: UInt64) {
    var id = UInt16(truncatingIfNeeded: bits)
    while slotOfID[Int(id)] >= 0 { id = UInt16(truncatingIfNeeded: random.next()) }
    slotOfID[Int(id)] = Int32(slot)
    slots[slot].id = id
    slots[slot].way = way
    slots[slot].sentAt = now
    slots[slot].questionEnd = encoder.encode(
      slots[slot].query.question, id: id, usingEDNS: slots[slot].usesEDNS,
      into: &slots[slot].octets)
    if let key = options.key {
      slots[slot].mac = key.sign(&slots[slot].octets, at: environment.wallClock())
    }
    statistics.sent += 1
    statistics.octetsSent += slots[slot].octets.count
  }

  /// Sets the deadline: the time-out and up to an eighth more, so that queries that were sent
  /// together do not go again together.
  private func wait(_ slot: Int, _ timeout: UInt64, bits: UInt64, at now: UInt64) {
    let jitter = (timeout / 8 / 65_536) &* (bits & 0xFFFF)
    slots[slot].deadline = now + timeout + jitter
    earliestDeadline = min(earliestDeadline, slots[slot].deadline)
  }

  /// Hands what is queued to the system.
  func flush(at now: UInt64) {
    for socket in sockets.indices where sockets[socket].hasUnsent {
      if let fault = sockets[socket].flush() { note(fault, atSocket: socket, now) }
    }
    pumpTCP(at: now)
  }

  /// What the system said of a UDP socket concerns every query that was sent from it.
  func note(_ fault: SocketFault, atSocket socket: Int, _ now: UInt64) {
    for slot in slots.indices
    where slots[slot].isActive && slots[slot].way == .udp(socket) {
      slots[slot].lastFailure = Self.failure(fault)
      slots[slot].deadline = min(slots[slot].deadline, now + Self.refusedDelay)
      earliestDeadline = min(earliestDeadline, slots[slot].deadline)
    }
  }

  static func failure(_ fault: SocketFault) -> QueryFailure {
    switch fault {
    case .refused: .connectionRefused
    case .noRoute(let text): .noRoute(text)
    }
  }

  // MARK: TCP

  /// Lets a query wait for its turn on the TCP connection.
  func goOverTCP(_ slot: Int, at now: UInt64, timeout: UInt64) {
    leave(slot)
    slots[slot].sentAt = now
    wait(slot, timeout, bits: random.next(), at: now)
    waitingForTCP.append(slot)
  }

  /// Opens the connection where it is needed, and sends what waits, as far as its window allows.
  func pumpTCP(at now: UInt64) {
    if connection == nil, !waitingForTCP.isEmpty {
      do throws(SocketError) {
        connection = try TCPConnection(to: address)
        statistics.connections += 1
      } catch {
        let end: TCPConnection.End =
          switch error.fault {
          case .refused: .refused
          case .noRoute(let text): .noRoute(text)
          }
        return connectionEnded(end, at: now)
      }
    }
    guard let connection else { return }
    while sentOverTCP < Self.tcpWindow, !waitingForTCP.isEmpty {
      let slot = waitingForTCP.removeFirst()
      encode(slot, bits: random.next(), way: .tcp, at: now)
      sentOverTCP += 1
      connection.queue(slots[slot].octets)
    }
    if connection.hasUnsent || !connection.isConnected, let end = connection.flush() {
      connectionEnded(end, at: now)
    }
  }

  /// Deals with the queries of a connection that is no more: they go over another where this one
  /// had served for a while, as servers close connections when they like (RFC 7766 section 6.2.4).
  func connectionEnded(
    _ end: TCPConnection.End, byUs isByUs: Bool = false, at now: UInt64
  ) {
    let mayGoOn = isByUs || (connection?.received ?? 0) > 0
    connection = nil
    for slot in slots.indices where slots[slot].isActive {
      switch (slots[slot].way, end) {
      case (.udp, _): continue
      case (.waitingForTCP, .closed): continue
      case (.tcp, .closed) where mayGoOn && slots[slot].reopenings < Self.reopeningLimit:
        leave(slot)
        slots[slot].reopenings += 1
        waitingForTCP.append(slot)
      case (_, .closed): failOverTCP(slot, .closed, at: now)
      case (_, .refused): failOverTCP(slot, .refused, at: now)
      case (_, .noRoute(let text)): fail(slot, .noRoute(text), at: now)
      }
    }
  }

  /// Ends a query that TCP did not help.
  func failOverTCP(_ slot: Int, _ failure: QueryFailure.TCPFailure, at now: UInt64) {
    if slots[slot].wasTruncated { return fail(slot, .truncated(failure), at: now) }
    let last = slots[slot].lastFailure
    switch failure {
    case .refused: fail(slot, .connectionRefused, at: now)
    case .closed, .timedOut: fail(slot, last ?? .timedOut, at: now)
    case .malformed: fail(slot, .malformed, at: now)
    }
  }
}
