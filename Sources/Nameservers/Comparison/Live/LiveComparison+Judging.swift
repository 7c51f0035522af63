extension LiveComparison {
  /// Judges an answer beside the old side's. What is known of the contents widens both: any member
  /// of a set that Route 53 chooses from is right.
  func judge(
    _ question: Question, old: Answer, new: Answer, at side: ComparedServer.Side
  ) -> Judgement {
    let before = expectation(of: question, old, oldContent)
    let after = expectation(of: question, new, side == .old ? oldContent : newContent)
    let judgement = expected.judge(question, old: before, new: after)
    guard judgement.verdict != .match, judgement.verdict != .expected else { return judgement }
    // The answers of a child zone that the old server holds too, where the new one refers to it.
    if side == .new, new.kind == .referral, old.isAuthoritative, old.kind != .referral,
      contents.contains(where: { content in
        let known = content.lookUp(question.name, question.type)
        if case .cut = known.basis { return known.admits(new) }
        return false
      })
    {
      return Judgement(
        verdict: .childHosted, reason: "the old server holds the zone below the cut as well")
    }
    return judgement
  }

  func expectation(of question: Question, _ answer: Answer, _ content: ZoneContent?) -> Expectation
  {
    var expectation = Expectation([answer])
    guard let content else { return expectation }
    let known = content.lookUp(question.name, question.type)
    if known.isVarying, known.resources.isEmpty, known.admits(answer) {
      expectation.answers = known.answers
      expectation.allowsPart = known.allowsPart
    }
    expectation.resourcesAtName = known.resourcesAtName
    return expectation
  }
}
