public import ZoneKit

extension ZoneContent {
  /// What a server that holds the content says to a question: the algorithm of RFC 1034 section
  /// 4.3.2 with the wildcards of RFC 4592, DNAME as in RFC 6672, and DS on the parent's side of a
  /// cut (RFC 4035 section 3.1.4.1).
  ///
  /// What RFC 4592 section 4 leaves open, NS and DNAME at a wildcard, counts as ordinary data.
  public func lookUp(_ name: Name, _ type: RecordType) -> Expectation {
    guard name.isAtOrBelow(apex) else { return Expectation([.refused], basis: .outside) }
    if hasRedirections, let redirection = redirection(above: name, type) { return redirection }
    if let node = nodes[name] {
      return answer(
        from: node, owner: name, type: type,
        basis: node.sets.isEmpty ? .emptyNonTerminal : .name)
    }
    guard let wildcard = sourceOfSynthesis(of: name), let node = nodes[wildcard] else {
      return Expectation([Answer(.nameError, negativeTTL: negativeTTL)], basis: .nothing)
    }
    return answer(from: node, owner: name, type: type, basis: .wildcard(wildcard))
  }

  /// What the highest zone cut or DNAME on the way down to `name` says.
  private func redirection(above name: Name, _ type: RecordType) -> Expectation? {
    var path: [Name] = []
    var step = name
    while step.wire.count > apex.wire.count, let parent = step.parent {
      path.append(step)
      step = parent
    }
    path.append(apex)
    for ancestor in path.reversed() {
      guard let node = nodes[ancestor] else { return nil }
      let isName = ancestor.wire.count == name.wire.count
      if ancestor.wire.count > apex.wire.count, let servers = node[.ns], !(isName && type == .ds) {
        return Expectation([referral(at: ancestor, servers)], basis: .cut(ancestor))
      }
      if !isName, let dname = node[.dname] {
        return expectation(.dname, dname, owner: ancestor, basis: .dname(ancestor))
      }
    }
    return nil
  }

  private func referral(at cut: Name, _ servers: ContentSet) -> Answer {
    guard let variant = servers.variants.first else {
      return Answer(.noData, negativeTTL: negativeTTL)
    }
    var sets = [
      AnswerSet(owner: cut, type: .ns, ttl: variant.ttl, canonical: variant.data)
    ]
    for target in Set(variant.data.flatMap(\.names)) where target.isAtOrBelow(cut) {
      for type in [RecordType.a, .aaaa] {
        guard let glue = nodes[target]?[type]?.variants.first else { continue }
        sets.append(AnswerSet(owner: target, type: type, ttl: glue.ttl, canonical: glue.data))
      }
    }
    return Answer(.referral, isAuthoritative: false, sets: sets.sorted(by: AnswerSet.precedes))
  }

  private func answer(
    from node: Node, owner: Name, type: RecordType, basis: Expectation.Basis
  ) -> Expectation {
    var result =
      if let set = node[type] {
        expectation(.data, set, owner: owner, basis: basis)
      } else if let cname = node[.cname] {
        expectation(.cname, cname, owner: owner, basis: basis)
      } else {
        Expectation([Answer(.noData, negativeTTL: negativeTTL)], basis: basis)
      }
    result.resourcesAtName = node.sets.flatMap(\.resources)
    return result
  }

  private func expectation(
    _ kind: Answer.Kind, _ set: ContentSet, owner: Name, basis: Expectation.Basis
  ) -> Expectation {
    Expectation(
      set.variants.map {
        Answer(
          kind, sets: [AnswerSet(owner: owner, type: set.type, ttl: $0.ttl, canonical: $0.data)])
      }, allowsPart: set.allowsPart, resources: set.resources, basis: basis)
  }
}

extension AnswerSet {
  /// By owner, then type: the order of the sets of an answer.
  static func precedes(_ a: AnswerSet, _ b: AnswerSet) -> Bool {
    a.owner == b.owner ? a.type < b.type : a.owner < b.owner
  }
}
