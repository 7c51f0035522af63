import RecordSets
import ZoneKit

extension HostedZone {
  /// Applies a batch as the service does: its changes in their order, all of them or none.
  ///
  /// - Throws: `ChangeBatchRejection` with all faults; the zone is then as it was.
  public mutating func apply(_ batch: ChangeBatch) throws(ChangeBatchRejection) {
    _ = try applyNoting(batch)
  }

  /// The same.
  ///
  /// - Returns: each owner that the batch touched, with its sets as they were before.
  mutating func applyNoting(
    _ batch: ChangeBatch
  ) throws(ChangeBatchRejection) -> [TouchedOwner] {
    var request = Request(zone: take(), changeCount: batch.changes.count)
    request.check(batch)
    for (index, change) in batch.changes.enumerated() { request.apply(change, at: index) }
    request.checkEnd()
    let messages = request.messages
    if !messages.isEmpty { request.undo() }
    let touched = request.touched
    self = request.zone
    if !messages.isEmpty { throw ChangeBatchRejection(messages: messages) }
    return touched
  }
}

/// An owner that a batch touches.
struct TouchedOwner {
  /// Its place in the zone.
  let place: Int
  /// Its sets before the batch.
  let before: [HeldSet]
  /// The number of what was done last to one of its sets; nil if nothing was yet.
  fileprivate var lastAction: Int?
}

/// What was done to a set in a batch.
private struct NotedAction {
  let type: RecordType
  let identifier: String?
  let action: Change.Action
  /// The number of what was done before that to a set of the same owner.
  let previous: Int?
}

/// A batch while it is being applied.
private struct Request {
  var zone: HostedZone
  var messages: [ChangeBatchRejection.Message] = []
  /// The change that last put a weighted set of a name and type.
  private var weighted: [TypedName: Int] = [:]
  /// The names and types whose sets were deleted, with the change.
  private var deleted: [(name: TypedName, index: Int)] = []
  /// The owners of the sets that were named so far; the mark of each in the zone is its index.
  private(set) var touched: [TouchedOwner] = []
  private var actions: [NotedAction] = []
  private let startCount: Int
  private var reading: SetReading

  init(zone: consuming HostedZone, changeCount: Int) {
    startCount = zone.count
    reading = SetReading(apex: zone.apex, zoneID: zone.id)
    self.zone = zone
    touched.reserveCapacity(changeCount)
    actions.reserveCapacity(changeCount)
  }

  /// Leads the zone back to where it was.
  mutating func undo() {
    for former in touched { zone.replaceSets(in: former.place, with: former.before) }
  }

  private mutating func refuse(_ faults: [SetFault], change: Int?) {
    for fault in faults {
      messages.append(.init(change: change, code: fault.code, text: fault.text))
    }
  }

  private mutating func refuse(_ text: String, change: Int? = nil) {
    refuse([SetFault(text)], change: change)
  }

  // MARK: - The batch as a whole

  mutating func check(_ batch: ChangeBatch) {
    if let comment = batch.comment, comment.unicodeScalars.count > RequestLimits.commentCount {
      refuse(
        [
          SetFault(
            "Comment has more than \(RequestLimits.commentCount) characters", code: .invalidInput)
        ],
        change: nil)
    }
    if batch.changes.isEmpty {
      refuse(
        [SetFault("Invalid request: expected at least one Change", code: .invalidInput)],
        change: nil)
    }
    let size = batch.size
    if size.elements > RequestLimits.elements {
      refuse("Number of records limit of \(RequestLimits.elements) exceeded.")
    }
    if size.characters > RequestLimits.characters {
      refuse("RDATA character limit of \(RequestLimits.characters) exceeded.")
    }
  }

  // MARK: - One change

  mutating func apply(_ change: Change, at index: Int) {
    guard let key = reading.key(of: change.set) else {
      if change.action != .delete { _ = reading.set(change.set, nil, action: change.action) }
      return refuse(reading.takeFaults(), change: index)
    }
    let place = zone.place(of: key.owner)
    if change.action == .delete { return delete(change.set, key, in: place, at: index) }
    if let known = zone.startingSet(key.type, key.setIdentifier, in: place),
      change.set.isExactly(known.asRequest)
    {
      // What the zone had at the start is taken as it was then.
      return put(known, change.action, in: place, at: index)
    }
    let set = reading.set(change.set, key, action: change.action)
    refuse(reading.takeFaults(), change: index)
    if let set {
      put(HeldSet(set, requested: change.set), change.action, in: place, at: index)
    }
  }

  private mutating func delete(
    _ set: ResourceRecordSet, _ key: RecordSet.Key, in place: Int, at index: Int
  ) {
    note(.delete, key.type, key.setIdentifier, in: place, at: index)
    guard let current = zone.heldSets(in: place).set(key.type, key.setIdentifier) else {
      return refuse(
        "Tried to delete resource record set \(key.inMessages) but it was not found", change: index)
    }
    if !set.isExactly(current.asRequest) {
      refuse(
        "Tried to delete resource record set \(key.inMessages) but the values provided do not match "
          + "the current values", change: index)
    }
    if zone.isApexAuthority(key) {
      refuse(
        key.type == .soa
          ? "A HostedZone must contain exactly one SOA record."
          : "A HostedZone must contain at least one NS record for the zone itself.", change: index)
    }
    zone.remove(key.type, key.setIdentifier, in: place)
    deleted.append((TypedName(owner: key.owner, type: key.type), index))
  }

  private mutating func put(
    _ held: HeldSet, _ action: Change.Action, in place: Int, at index: Int
  ) {
    let set = held.set
    note(action, set.type, set.setIdentifier, in: place, at: index)
    if set.isWeighted { weighted[TypedName(owner: set.owner, type: set.type)] = index }
    var others = zone.heldSets(in: place)
    if !others.isEmpty {
      let former = others.remove(set.type, set.setIdentifier)
      if action == .create, former != nil {
        refuse(
          "Tried to create resource record set \(set.key.inMessages) but it already exists",
          change: index)
      }
      if !others.isEmpty {
        let faults = set.faults(beside: others.map(\.set), in: zone.apex)
        refuse(faults.map { SetFault($0) }, change: index)
      }
    }
    if let target = zone.aliasTarget(of: set) { checkAlias(set, to: target, at: index) }
    zone.put(held, in: place)
  }

  private mutating func checkAlias(_ set: RecordSet, to target: TypedName, at index: Int) {
    let isItself = target.owner == set.owner
    // Outside the zone was refused when the set was read.
    guard target.owner.isAtOrBelow(zone.apex), isItself || !zone.contains(target) else { return }
    refuse(
      "Tried to create an alias that targets \(target.owner.route53), type \(target.type) in zone "
        + "\(zone.id ?? zone.apex.route53), but that target was not found", change: index)
  }

  /// Remembers what is done to a set of the owner at a place. A set is changed once in a request,
  /// or deleted and then created.
  private mutating func note(
    _ action: Change.Action, _ type: RecordType, _ identifier: String?, in place: Int,
    at index: Int
  ) {
    var mark = zone[markIn: place]
    if mark >= touched.count || touched[mark].place != place {
      mark = touched.count
      zone[markIn: place] = mark
      touched.append(TouchedOwner(place: place, before: zone.heldSets(in: place)))
    }
    var earlier = touched[mark].lastAction
    let previous = earlier
    while let number = earlier,
      actions[number].type != type || actions[number].identifier != identifier
    {
      earlier = actions[number].previous
    }
    if let before = earlier.map({ actions[$0].action }), before != .delete || action != .create {
      refuse(
        "The request contains an invalid set of changes for a resource record set "
          + "'\(type) \(zone.owner(in: place).route53)'", change: index)
    }
    touched[mark].lastAction = actions.count
    actions.append(
      NotedAction(type: type, identifier: identifier, action: action, previous: previous))
  }

  // MARK: - The end of the request

  /// The rules that hold once all changes are made.
  mutating func checkEnd() {
    for (name, index) in weighted.sorted(by: { $0.value < $1.value }) {
      let weighted = zone.heldSets(at: name.owner).map(\.set)
        .filter { $0.type == name.type && $0.isWeighted }
      let ttls = Set(weighted.compactMap(\.ttl))
      if ttls.count > 1, let set = weighted.last {
        refuse(
          "RRSet with DNS name \(name.owner.route53) and type \(name.type), SetIdentifier "
            + "\(set.routing?.setIdentifier ?? "") cannot be created as weighted sets must contain "
            + "the same TTL.", change: index)
      }
    }
    // Of a name and type that several changes delete sets of, the last counts.
    var gone: [TypedName: Int] = [:]
    for (name, index) in deleted where zone.aliasCount(to: name) > 0 && !zone.contains(name) {
      gone[name] = index
    }
    for (name, index) in gone.sorted(by: { $0.value < $1.value }) {
      refuse(
        "Tried to delete \(name.owner.route53), type \(name.type), but an alias of the zone "
          + "targets it", change: index)
    }
    if zone.count > zone.setLimit, zone.count > startCount {
      refuse("Exceeded limit MAX_RRSETS_BY_ZONE for zone: \(zone.id ?? zone.apex.route53)")
    }
  }
}

extension RecordSet {
  var isWeighted: Bool { if case .weighted = routing?.policy { true } else { false } }
}

extension RecordSet.Key {
  /// The key as the service's messages write it.
  fileprivate var inMessages: String {
    let identifier = setIdentifier.map { ", set-identifier='\($0)'" } ?? ""
    return "[name='\(owner.route53)', type='\(type)'\(identifier)]"
  }
}

extension ResourceRecordSet {
  /// Whether two sets are the same as a DELETE must repeat a set: names aside from letter case and
  /// form, the TTL and each value exactly, values in any order.
  func isExactly(_ other: ResourceRecordSet) -> Bool { self == other || exact == other.exact }

  private var exact: ResourceRecordSet {
    var exact = self
    exact.name = HostedZone.normalized(name)
    exact.values?.sort()
    if let target = aliasTarget {
      exact.aliasTarget?.dnsName = HostedZone.normalized(target.dnsName)
      exact.aliasTarget?.hostedZoneID = HostedZone.bareID(target.hostedZoneID)
    }
    return exact
  }
}

extension HostedZone {
  /// A name as the service stores it, the text itself if it is none.
  fileprivate static func normalized(_ name: String) -> String {
    (try? Name(route53: name))?.route53 ?? name
  }
}
