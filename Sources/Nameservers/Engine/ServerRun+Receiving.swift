extension ServerRun {
  /// Receives what a UDP socket has.
  func receive(fromSocket socket: Int, _ buffer: inout DatagramBuffer, at now: UInt64) {
    while true {
      let (count, fault) = sockets[socket].receive(into: &buffer)
      for index in 0..<count {
        let start = index * DatagramBuffer.stride
        let length = Int(buffer.lengths[index])
        statistics.octetsReceived += length
        if !take(buffer.octets[start..<(start + length)], way: .udp(socket), at: now) {
          statistics.ignored += 1
        }
      }
      if let fault { note(fault, atSocket: socket, now) }
      if count < buffer.lengths.count { return }
    }
  }

  /// Receives what the TCP connection has.
  func receiveOverTCP(at now: UInt64) {
    guard let connection else { return }
    let end = connection.fill()
    while let message = connection.nextMessage() {
      statistics.octetsReceived += message.count
      if !take(message[...], way: .tcp, at: now) {
        statistics.ignored += 1
        connection.ignored += 1
        guard connection.ignored < Self.tcpIgnoredLimit else {
          return connectionEnded(.closed, at: now)
        }
      }
    }
    if let end { connectionEnded(end, at: now) }
  }

  /// Takes a message for the reply to a query in flight if it is one. Returns false, and leaves
  /// the query waiting, if it may not be believed.
  private func take(_ octets: ArraySlice<UInt8>, way: InFlight.Way, at now: UInt64) -> Bool {
    let span = octets.span
    guard span.count >= MessageLayout.headerCount else { return false }
    let slot = Int(slotOfID[span.number16(at: 0)])
    // QR set, opcode 0.
    guard slot >= 0, slots[slot].way == way, span[2] & 0xF8 == 0x80 else { return false }
    let code = span[3] & 15
    guard repeatsQuestion(of: slot, span) else {
      // A server that cannot read OPT may send back a header alone (RFC 6891 section 7).
      guard span.count == MessageLayout.headerCount, span.number16(at: 4) == 0,
        slots[slot].usesEDNS, code == 1 || code == 4
      else { return false }
      return goWithoutEDNS(slot, at: now)
    }
    let isTruncated = span[2] & 2 != 0
    guard let layout = MessageLayout(span), !(isTruncated && way == .tcp) else {
      // Some servers cut a reply in the middle of a record; it is asked for again anyway.
      if isTruncated, way != .tcp { return goOverTCP(truncated: slot, at: now) }
      // Over UDP somebody else may have sent it.
      slots[slot].lastFailure = .malformed
      if way == .tcp { failOverTCP(slot, .malformed, at: now) }
      return false
    }
    if let key = options.key {
      do throws(TSIGError) {
        try key.verify(octets, requestMAC: slots[slot].mac, at: environment.wallClock())
      } catch {
        slots[slot].lastFailure = .notSigned(error.description)
        return false
      }
    }
    guard encoder.take(cookieOf: layout, span) != .foreign else { return false }
    if isTruncated { return goOverTCP(truncated: slot, at: now) }
    switch layout.responseCode(span) {
    case .badCookie where slots[slot].cookieRounds < Self.cookieRoundLimit:
      slots[slot].cookieRounds += 1
      return goAgain(slot, at: now)
    case .badCookie where way != .tcp:
      // A server has to take a query over TCP whatever its cookie (RFC 7873 section 5.2.3).
      goOverTCP(slot, at: now, timeout: options.truncatedTimeout)
      return true
    case .formErr where layout.opt == nil && slots[slot].usesEDNS,
      .notImp where layout.opt == nil && slots[slot].usesEDNS,
      .badVers where slots[slot].usesEDNS && options.key == nil:
      return goWithoutEDNS(slot, at: now)
    default:
      if !slots[slot].usesEDNS, code != 1, code != 4 { usesEDNS = false }
      succeed(slot, octets, at: now)
      return true
    }
  }

  /// Whether there is one question, octet for octet the one that was asked.
  private func repeatsQuestion(of slot: Int, _ reply: Span<UInt8>) -> Bool {
    let end = slots[slot].questionEnd
    guard reply.count >= end, reply.number16(at: 4) == 1 else { return false }
    let asked = slots[slot].octets
    let span = asked.span
    for index in MessageLayout.headerCount..<end where reply[index] != span[index] {
      return false
    }
    return true
  }

  private func goOverTCP(truncated slot: Int, at now: UInt64) -> Bool {
    health.noteReply()
    statistics.truncated += 1
    slots[slot].wasTruncated = true
    goOverTCP(slot, at: now, timeout: options.truncatedTimeout)
    return true
  }

  private func goWithoutEDNS(_ slot: Int, at now: UInt64) -> Bool {
    slots[slot].usesEDNS = false
    return goAgain(slot, at: now)
  }

  /// Sends a query again at once, over the way it went.
  private func goAgain(_ slot: Int, at now: UInt64) -> Bool {
    statistics.retries += 1
    bucket.pay(slots[slot].query.cost)
    if slots[slot].way == .tcp {
      goOverTCP(slot, at: now, timeout: options.truncatedTimeout)
    } else {
      sendOverUDP(slot, at: now)
    }
    return true
  }
}
