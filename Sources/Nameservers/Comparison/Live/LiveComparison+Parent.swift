import ZoneKit

extension LiveComparison {
  /// Checks what a server of the parent zone says of the delegation: its NS set beside that of the
  /// old and the new servers, its glue beside the addresses they give, and DS.
  func check(_ parent: ServerAddress, servers: [ComparedServer], report: inout ComparisonReport) {
    let label = parent.description
    guard let oldServer = servers.first(where: { $0.side == .old && $0.isUsable })?.address,
      let newServer = servers.first(where: { $0.side == .new && $0.isUsable })?.address
    else { return }
    // To its parent's servers the apex is a cut.
    let own = [Query(Question(apex, .ns)), Query(Question(apex, .dnskey))]
    let seen =
      askSlowly(
        [[Query(Question(apex, .ns)), Query(Question(apex, .ds))]], of: [parent],
        zone: apex.parent ?? apex)
      + askSlowly([own, own], of: [oldServer, newServer])
    func add(
      _ verdict: ComparisonClass, _ type: RecordType, _ old: [String], _ new: [String],
      _ reason: String
    ) {
      report.add(
        ComparisonFinding(
          verdict, question: Question(apex, type), servers: [label], old: old, new: new,
          cause: .parent, reason: reason))
    }
    guard case .answer(let reply) = seen[0][0] else {
      let failure = if case .failure(let failure) = seen[0][0] { "\(failure)" } else { "" }
      add(.unreachable, .ns, [], [failure], "the parent's server gives no reply")
      return
    }
    // A server that holds parent and child answers with data; both are the delegation's NS.
    guard let delegation = reply.sets.first(where: { $0.type == .ns && $0.owner == apex }) else {
      add(.missing, .ns, [], reply.lines, "the parent's server does not delegate the zone")
      return
    }
    let sides = [seen[1][0], seen[2][0]].map { $0.answer?.sets.first { $0.type == .ns } }
    if !sides.contains(where: { $0?.data == delegation.data }) {
      add(
        .value, .ns, sides[0].map { Answer(.data, sets: [$0]).lines } ?? [], reply.lines,
        "the parent delegates to neither the old nor the new servers' NS set")
    } else {
      let side = sides[0]?.data == delegation.data ? "old" : "new"
      report.parentNotes.append(
        "\(label): delegates to the \(side) servers' NS set, TTL \(delegation.ttl) s")
    }
    checkGlue(of: delegation, reply, oldServer, add)
    if let ds = seen[0][1].answer?.sets.first(where: { $0.type == .ds }) {
      if let keys = seen[2][1].answer, keys.kind != .data {
        add(
          .kind, .ds, Answer(.data, sets: [ds]).lines, keys.lines,
          "the parent has DS, and the new servers have no DNSKEY: the zone would fail validation")
      }
    }
  }

  /// Compares glue with what the old servers say of the same names.
  private func checkGlue(
    of delegation: AnswerSet, _ reply: Answer, _ server: ServerAddress,
    _ add: (ComparisonClass, RecordType, [String], [String], String) -> Void
  ) {
    let targets = delegation.data.flatMap(\.names).filter { $0.isAtOrBelow(apex) }
    let questions = targets.flatMap { [Question($0, .a), Question($0, .aaaa)] }
    guard !questions.isEmpty, reply.kind == .referral else { return }
    let seen = askSlowly([questions.map { Query($0) }], of: [server])[0]
    for target in targets
    where !reply.sets.contains(where: { $0.owner == target && $0.type != .ns }) {
      add(.missing, .ns, [], reply.lines, "no glue for \(target), which lies in the zone itself")
    }
    for (question, observation) in zip(questions, seen) {
      guard
        let glue = reply.sets.first(where: {
          $0.owner == question.name && $0.type == question.type
        }), let own = observation.answer, own.sets.first?.data != glue.data
      else { continue }
      add(
        .value, question.type, own.lines, Answer(.data, sets: [glue]).lines,
        "glue of \(question.name) is not what the zone says")
    }
  }
}
