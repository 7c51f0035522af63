public import ZoneKit

/// What servers of the parent zone publish of a delegation: the TTLs that decide how long caches
/// keep it, which the child zone cannot know.
public struct ParentDelegation: Hashable, Sendable {
  /// The TTL of the NS set in the referral; where servers differ, the longest.
  public let ttl: TTL
  /// The TTL of the DS set; nil where the parent has none.
  public let dsTTL: TTL?

  /// Asks servers of the parent zone for the delegation and its DS set.
  ///
  /// Blocks the calling thread, as `QueryEngine.run` does.
  ///
  /// - Throws: `ParentDelegationError` where a server gives no referral to the zone: it is not the
  ///   parent's, is down, or is a resolver, whose TTLs run down and may be the child's.
  public static func ask(
    _ servers: [ServerAddress], for zone: Name, options: QueryOptions = QueryOptions()
  ) throws(ParentDelegationError) -> ParentDelegation {
    let questions = [Question(zone, .ns), Question(zone, .ds)]
    var asked = Array(repeating: 0, count: servers.count)
    var outcomes = Array(
      repeating: [QueryOutcome?](repeating: nil, count: questions.count), count: servers.count)
    _ = QueryEngine(servers: servers, options: options).run { server in
      guard asked[server] < questions.count else { return nil }
      defer { asked[server] += 1 }
      return Query(questions[asked[server]], tag: asked[server])
    } finished: { server, query, outcome in
      outcomes[server][query.tag] = outcome
    }
    var (ttls, dsTTLs): ([TTL], [TTL]) = ([], [])
    for (server, outcome) in zip(servers, outcomes) {
      let referral = try message(outcome[0], from: server)
      ttls.append(try ttl(ofReferral: referral, to: zone, from: server))
      let answer = try message(outcome[1], from: server)
      // No answer is not "no DS": on that a signed zone would be redelegated into failure.
      guard answer.responseCode == .noError, answer.isAuthoritative else {
        throw ParentDelegationError(
          "\(server) gives no authoritative answer for the DS set of \(zone) "
            + "(\(answer.responseCode)): expected a server of its parent")
      }
      dsTTLs += answer.answer.filter { $0.type == .ds && $0.owner == zone }.map(\.ttl)
    }
    guard let ttl = ttls.max() else { throw ParentDelegationError("no server of the parent given") }
    return ParentDelegation(ttl: ttl, dsTTL: dsTTLs.max())
  }

  private static func message(
    _ outcome: QueryOutcome?, from server: ServerAddress
  ) throws(ParentDelegationError) -> Message {
    switch outcome {
    case .reply(let reply):
      do {
        return try reply.message()
      } catch {
        throw ParentDelegationError("\(server): a malformed reply: \(error)")
      }
    case .failure(let failure): throw ParentDelegationError("\(server): \(failure)")
    case nil: throw ParentDelegationError("\(server) was not asked")
    }
  }

  private static func ttl(
    ofReferral message: Message, to zone: Name, from server: ServerAddress
  ) throws(ParentDelegationError) -> TTL {
    guard message.responseCode == .noError else {
      throw ParentDelegationError(
        "\(server) answers \(message.responseCode) for \(zone): expected a server of its parent")
    }
    guard !message.answer.contains(where: { $0.type == .ns && $0.owner == zone }) else {
      throw ParentDelegationError(
        message.isAuthoritative
          ? "\(server) serves \(zone) itself: expected a server of its parent"
          : "\(server) is a resolver, whose TTLs run down: expected a server of the parent of \(zone)"
      )
    }
    let set = message.authority.filter { $0.type == .ns && $0.owner == zone }
    guard let ttl = set.map(\.ttl).max() else {
      throw ParentDelegationError("\(server) does not delegate \(zone)")
    }
    return ttl
  }
}

/// Why the parent's view of a delegation is not known.
public struct ParentDelegationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The server, what it said and what was expected.
  public let description: String

  init(_ description: String) { self.description = description }
}
