extension LiveComparison {
  /// A difference that was there each time.
  private struct Confirmed {
    let question: Question
    var servers: [Int]
    let verdict: ComparisonClass
    let old: Answer
    let new: Answer
  }

  /// How often a difference is asked for again.
  private static let rounds = 2

  /// Asks again for every difference, and reports what stays.
  func addConfirmed(
    _ suspects: [Sweep.Suspect], servers: [ComparedServer], questions: LiveQuestions,
    to report: inout ComparisonReport
  ) {
    guard !suspects.isEmpty else { return }
    let rounds = (0..<Self.rounds).map { _ in askAgain(suspects, servers) }
    var confirmed: [Confirmed] = []
    var position: [Question: [Int]] = [:]
    for (index, suspect) in suspects.enumerated() {
      let seen = rounds.map { $0[index] }
      let label = servers[suspect.server].label
      guard seen.allSatisfy({ $0.old.answer != nil && $0.new.answer != nil }) else {
        addUnconfirmed(suspect, seen, label, to: &report)
        continue
      }
      let verdicts = seen.map { pair -> Judgement in
        guard let old = pair.old.answer, let new = pair.new.answer else { return .match }
        return judge(suspect.question, old: old, new: new, at: servers[suspect.server].side)
      }
      guard let old = seen[0].old.answer, let new = seen[0].new.answer else { continue }
      guard Set(verdicts).count == 1, !verdicts[0].verdict.isExplained else {
        report.add(
          ComparisonFinding(
            .flaky, question: suspect.question, servers: [label], old: old.lines, new: new.lines,
            cause: .server(label, "gives answers that change from one time to the next"),
            reason: "asked again: \(verdicts.map(\.verdict.rawValue).joined(separator: ", "))"))
        continue
      }
      let verdict = verdicts[0].verdict
      // Servers that give the same wrong answer share a finding.
      let alike = position[suspect.question]?.first {
        confirmed[$0].verdict == verdict && confirmed[$0].new == new && confirmed[$0].old == old
          && servers[confirmed[$0].servers[0]].side == servers[suspect.server].side
      }
      if let alike {
        confirmed[alike].servers.append(suspect.server)
      } else {
        position[suspect.question, default: []].append(confirmed.count)
        confirmed.append(
          Confirmed(
            question: suspect.question, servers: [suspect.server], verdict: verdict, old: old,
            new: new))
      }
    }
    var disagreeing: [Question: Set<Int>] = [:]
    for finding in confirmed {
      disagreeing[finding.question, default: []].formUnion(finding.servers)
    }
    for finding in confirmed {
      let cause = cause(
        of: finding, disagreeing: disagreeing[finding.question] ?? [], servers: servers)
      report.add(
        ComparisonFinding(
          finding.verdict, question: finding.question,
          servers: finding.servers.map { servers[$0].label }, old: finding.old.lines,
          new: finding.new.lines, cause: cause,
          reason: questions.covering.meaning(of: finding.question)))
    }
  }

  /// One server of several alone is the cause itself; all of them point to the content.
  private func cause(
    of finding: Confirmed, disagreeing: Set<Int>, servers: [ComparedServer]
  ) -> ComparisonFinding.Cause {
    let side = servers[finding.servers[0]].side
    let siblings = servers.indices.filter { servers[$0].side == side && servers[$0].isUsable }
    let alike = siblings.filter { !disagreeing.contains($0) }
    if side == .old || !alike.isEmpty, let server = finding.servers.first {
      let others = alike.isEmpty ? siblings.filter { $0 != server } : alike
      let serials = Set(others.compactMap { servers[$0].serial })
      let label = finding.servers.map { servers[$0].label }.joined(separator: ", ")
      if let serial = servers[server].serial, let other = serials.max(), !serials.contains(serial) {
        return .server(
          label,
          "answers otherwise than the other \(side.rawValue) servers: it serves serial "
            + "\(serial), they \(other)")
      }
      return .server(label, "answers otherwise than the other \(side.rawValue) servers")
    }
    let expectations = [(finding.old, oldContent), (finding.new, newContent)].map {
      answer, content in
      var expectation = Expectation([answer])
      if let known = (content ?? oldContent ?? newContent)?.lookUp(
        finding.question.name, finding.question.type)
      {
        expectation.basis = known.basis
      }
      return expectation
    }
    return ComparisonFinding.Cause(
      finding.question, old: expectations[0], new: expectations[1], contents: contents)
  }

  private func addUnconfirmed(
    _ suspect: Sweep.Suspect, _ seen: [(old: Observation, new: Observation)], _ label: String,
    to report: inout ComparisonReport
  ) {
    report.add(
      ComparisonFinding(
        .unreachable, question: suspect.question, servers: [label],
        old: seen.last?.old.answer?.lines ?? [], new: seen.last?.new.answer?.lines ?? [],
        cause: .server(label, "no reply when a difference was asked for again"),
        reason: "a difference that was seen once could not be confirmed"))
  }

  /// Both answers to each suspect's question, one question at a time.
  private func askAgain(
    _ suspects: [Sweep.Suspect], _ servers: [ComparedServer]
  ) -> [(old: Observation, new: Observation)] {
    var queries = servers.map { _ in [Query]() }
    var places: [(old: (Int, Int), new: (Int, Int))] = []
    for suspect in suspects {
      places.append(
        (
          (suspect.reference, queries[suspect.reference].count),
          (suspect.server, queries[suspect.server].count)
        ))
      queries[suspect.reference].append(Query(suspect.question))
      queries[suspect.server].append(Query(suspect.question))
    }
    let seen = askSlowly(queries, of: servers.map(\.address))
    return places.map { place in
      (seen[place.old.0][place.old.1], seen[place.new.0][place.new.1])
    }
  }
}
