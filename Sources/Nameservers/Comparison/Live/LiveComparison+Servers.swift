import ZoneKit

extension LiveComparison {
  /// Asks every server for the SOA, over UDP and over TCP, to see which can be compared.
  func examineServers() throws(LiveComparisonError) -> [ComparedServer] {
    var servers =
      old.map { ComparedServer(side: .old, address: $0) }
      + new.map { ComparedServer(side: .new, address: $0) }
    let soa = Question(apex, .soa)
    let seen = askSlowly(
      servers.map { _ in [Query(soa), Query(soa, isOverTCP: true)] }, of: servers.map(\.address))
    for index in servers.indices {
      servers[index].examine(seen[index][0], overTCP: seen[index][1])
    }
    for side in [ComparedServer.Side.old, .new] {
      let ofSide = servers.filter { $0.side == side }
      guard !ofSide.contains(where: \.isUsable) else { continue }
      let faults = ofSide.map { "\($0.label): \($0.fault?.description ?? "")" }
      throw LiveComparisonError(
        "no \(side.rawValue) server can be asked: \(faults.joined(separator: "; "))")
    }
    return servers
  }

  /// What makes servers unusable, or incomplete, as findings.
  func addFaults(of servers: [ComparedServer], to report: inout ComparisonReport) {
    for server in servers {
      guard let fault = server.fault else { continue }
      let verdict: ComparisonClass =
        if case .lame = fault { .lame } else { .unreachable }
      report.add(
        ComparisonFinding(
          verdict, question: nil, servers: [server.label],
          cause: .server(server.label, fault.description), reason: "\(server.side.rawValue) server"
        ))
    }
  }

  /// Servers whose serial is no longer what it was, and sets the new one.
  func serialChanges(_ servers: inout [ComparedServer]) -> [String] {
    let asked = servers.indices.filter { servers[$0].isUsable }
    let seen = askSlowly(
      asked.map { _ in [Query(Question(apex, .soa))] }, of: asked.map { servers[$0].address })
    var changes: [String] = []
    for (index, observations) in zip(asked, seen) {
      guard let serial = observations[0].answer?.serial, let before = servers[index].serial,
        serial != before
      else { continue }
      changes.append("\(servers[index].label): the serial went from \(before) to \(serial)")
      servers[index].serial = serial
    }
    return changes
  }

  /// Servers of one side whose serials differ.
  func serialNotes(_ servers: [ComparedServer]) -> [String] {
    [ComparedServer.Side.old, .new].compactMap { side in
      let ofSide = servers.filter { $0.side == side && $0.serial != nil }
      guard Set(ofSide.map(\.serial)).count > 1 else { return nil }
      let list = ofSide.map { "\($0.label) \($0.serial.map(String.init) ?? "")" }
      return "serials of the \(side.rawValue) servers differ: \(list.joined(separator: ", "))"
    }
  }
}

extension ComparedServer {
  /// Whether it answers for the zone over UDP, so that it can be compared.
  var isUsable: Bool {
    switch fault {
    case nil, .withoutTCP: true
    case .lame, .unreachable: false
    }
  }

  fileprivate mutating func examine(_ udp: Observation, overTCP tcp: Observation) {
    switch udp {
    case .failure(let failure): fault = .unreachable(failure.description)
    case .answer(let answer):
      serial = answer.serial
      if answer.kind != .data {
        fault = .lame("asked for the SOA it answers: \(answer)")
      } else if !answer.isAuthoritative {
        fault = .lame("it answers for the SOA, but not as an authority")
      } else if case .failure(let failure) = tcp {
        fault = .withoutTCP(failure.description)
      }
    }
  }
}

extension ComparedServer.Fault: CustomStringConvertible {
  var description: String {
    switch self {
    case .lame(let text): "does not serve the zone: \(text)"
    case .unreachable(let text): "does not reply: \(text)"
    case .withoutTCP(let text): "does not reply over TCP (RFC 7766): \(text)"
    }
  }
}

extension Answer {
  /// The serial, if this is an SOA.
  var serial: UInt32? { sets.first?.data.first.flatMap { SOA($0) }?.serial }
}
