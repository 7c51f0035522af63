/// A run's state for one server: what is in flight, and the sockets.
///
/// Outcomes gather in `outcomes`; the run reports them when no table is being changed.
final class ServerRun {
  let address: ServerAddress
  let options: QueryOptions
  let environment: QueryEnvironment
  var random: any RandomNumberGenerator
  var encoder: QueryEncoder
  var health: ServerHealth
  var bucket: TokenBucket
  /// Cleared once the server has shown that it cannot read OPT records.
  var usesEDNS: Bool

  var sockets: [UDPSocket] = []
  var connection: TCPConnection?

  /// Queries in flight and free places.
  var slots: [InFlight] = []
  var freeSlots: [Int] = []
  /// The place of the query that has an id; -1 for none.
  var slotOfID = [Int32](repeating: -1, count: 65_536)
  var inFlight = 0
  /// Places that wait for TCP, in order, and how many were sent over the connection.
  var waitingForTCP: [Int] = []
  var sentOverTCP = 0
  /// No deadline is before this.
  var earliestDeadline = UInt64.max

  var statistics = QueryStatistics()
  var outcomes: [(query: Query, outcome: QueryOutcome)] = []
  /// Whether `next` had nothing when it was last asked.
  var isExhausted = false
  /// A query that was taken and waits for the end of a pause.
  private var held: Query?

  /// How many queries may be in flight. Beyond this many, free ids would take long to find.
  private var window: Int { min(max(1, options.window), Self.largestWindow) }

  /// A quarter of all ids.
  static let largestWindow = 16_384
  /// Queries that one TCP connection carries at a time.
  static let tcpWindow = 32
  /// Replies over one connection that fit no query, before it is given up.
  static let tcpIgnoredLimit = 64
  /// Times that a query goes again over a new connection.
  static let reopeningLimit = 2
  /// Times that BADCOOKIE makes a query go again at once (RFC 7873 section 5.3).
  static let cookieRoundLimit = 2
  /// What an ICMP "port unreachable" leaves of a try's time: a server that restarts is back soon.
  static let refusedDelay: UInt64 = 250_000_000
  /// Queries of a server that was given up are turned away so many at a time.
  static let turnAwayCount = 1_024

  init(_ address: ServerAddress, options: QueryOptions, environment: QueryEnvironment) {
    self.address = address
    self.options = options
    self.environment = environment
    random = environment.random()
    encoder = QueryEncoder(options, random: &random)
    health = ServerHealth(options)
    bucket = TokenBucket(perSecond: options.queriesPerSecond, now: environment.now())
    usesEDNS = options.payload != nil
  }

  // MARK: Taking queries

  /// Takes queries as far as window, tokens and pauses allow, and sends them.
  func fill(at now: UInt64, next: () -> Query?) {
    if health.isGivenUp {
      turnAway(next: next)
    } else {
      // A pause that nobody waits for is none: the next query is looked for in advance.
      if inFlight == 0, held == nil, health.window(window, at: now) == 0 {
        held = next()
        isExhausted = held == nil
      }
      while inFlight < health.window(window, at: now), !health.isGivenUp, bucket.isOpen(at: now) {
        guard let query = held ?? next() else {
          isExhausted = true
          break
        }
        held = nil
        bucket.pay(query.cost)
        start(query, at: now)
      }
    }
    flush(at: now)
  }

  private func turnAway(next: () -> Query?) {
    for _ in 0..<Self.turnAwayCount {
      guard let query = held ?? next() else {
        isExhausted = true
        return
      }
      held = nil
      statistics.failures += 1
      outcomes.append((query, .failure(.serverGivenUp)))
    }
  }

  private func start(_ query: Query, at now: UInt64) {
    let slot: Int
    if let free = freeSlots.popLast() {
      slot = free
      // The storage of the last message is used again.
      var octets: [UInt8] = []
      swap(&octets, &slots[slot].octets)
      slots[slot] = InFlight(query: query)
      swap(&octets, &slots[slot].octets)
    } else {
      slot = slots.count
      slots.append(InFlight(query: query))
    }
    slots[slot].usesEDNS = usesEDNS
    slots[slot].begunAt = now
    inFlight += 1
    if query.isOverTCP {
      slots[slot].tries = max(1, options.timeouts.count)
      goOverTCP(slot, at: now, timeout: options.timeouts.last ?? options.truncatedTimeout)
    } else {
      sendOverUDP(slot, at: now)
    }
  }

  // MARK: Time

  /// Ends the tries whose time is over.
  func expire(at now: UInt64) {
    guard now >= earliestDeadline else { return }
    for slot in slots.indices where slots[slot].isActive && slots[slot].deadline <= now {
      switch slots[slot].way {
      case .udp: tryAgain(slot, at: now)
      case .waitingForTCP: failOverTCP(slot, .timedOut, at: now)
      case .tcp:
        failOverTCP(slot, .timedOut, at: now)
        // Whether the rest of it will come, and when, nobody knows.
        connectionEnded(.closed, byUs: true, at: now)
      }
    }
    earliestDeadline = slots.lazy.filter(\.isActive).map(\.deadline).min() ?? .max
  }

  /// When this server wants to be looked at again, replies aside.
  func nextEvent(at now: UInt64) -> UInt64 {
    var event = earliestDeadline
    if !isExhausted {
      if let paused = health.pausedUntil, now < paused {
        event = min(event, paused)
      } else if inFlight < health.window(window, at: now) {
        event = min(event, now + bucket.closedFor)
      }
    }
    return event
  }

  private func tryAgain(_ slot: Int, at now: UInt64) {
    slots[slot].tries += 1
    statistics.retries += 1
    let tries = slots[slot].tries
    if tries > options.timeouts.count {
      statistics.retries -= 1
      slots[slot].tries -= 1
      fail(slot, slots[slot].lastFailure ?? .timedOut, at: now)
    } else if tries == options.timeouts.count {
      goOverTCP(slot, at: now, timeout: options.timeouts[tries - 1])
    } else {
      sendOverUDP(slot, at: now)
    }
  }

  // MARK: Ends

  /// Ends a query without a reply.
  func fail(_ slot: Int, _ failure: QueryFailure, at now: UInt64) {
    statistics.failures += 1
    outcomes.append((slots[slot].query, .failure(failure)))
    let begin = slots[slot].begunAt
    release(slot)
    switch failure {
    case .timedOut, .connectionRefused, .noRoute:
      if health.noteFailure(begunAt: begin, at: now) { statistics.pauses += 1 }
    default: break
    }
  }

  /// Ends a query with a reply.
  func succeed(_ slot: Int, _ octets: ArraySlice<UInt8>, at now: UInt64) {
    health.noteReply()
    let isOverTCP = slots[slot].way == .tcp
    let roundTrip = now - min(now, slots[slot].sentAt)
    statistics.replies += 1
    if isOverTCP { statistics.repliesOverTCP += 1 }
    statistics.roundTrips += roundTrip
    let reply = Reply(
      octets: Array(octets), isOverTCP: isOverTCP, wasTruncated: slots[slot].wasTruncated,
      usedEDNS: slots[slot].usesEDNS, tries: slots[slot].tries, roundTrip: roundTrip)
    outcomes.append((slots[slot].query, .reply(reply)))
    release(slot)
  }

  private func release(_ slot: Int) {
    leave(slot)
    slots[slot].isActive = false
    freeSlots.append(slot)
    inFlight -= 1
  }

  /// Gives up the id of a try, and its place on the way; what comes for it later is ignored.
  func leave(_ slot: Int) {
    let id = Int(slots[slot].id)
    if slotOfID[id] == Int32(slot) { slotOfID[id] = -1 }
    switch slots[slot].way {
    case .udp: break
    case .waitingForTCP: waitingForTCP.removeAll { $0 == slot }
    case .tcp: sentOverTCP -= 1
    }
    slots[slot].way = .waitingForTCP
  }

  /// Ends all queries in flight as cancelled.
  func cancel(at now: UInt64) {
    if let held { outcomes.append((held, .failure(.cancelled))) }
    held = nil
    for slot in slots.indices where slots[slot].isActive { fail(slot, .cancelled, at: now) }
  }
}
