import RecordSets
import ZoneKit

/// A set as the model of a hosted zone holds it.
struct HeldSet: Sendable {
  /// The set. One that a request brought lacks the written forms of its values.
  let set: RecordSet
  /// The request that brought the set; nil for a set of the start.
  let request: ResourceRecordSet?

  /// A set of the start.
  init(_ set: RecordSet) {
    self.set = set
    request = nil
  }

  /// A set that a request brought.
  init(_ set: RecordSet, requested request: ResourceRecordSet) {
    self.set = set
    self.request = request
  }

  /// Whether this is the set of a type and identifier, among those of its owner.
  func has(_ type: RecordType, _ identifier: String?) -> Bool {
    set.type == type && set.setIdentifier == identifier
  }

  /// The set as a DELETE has to repeat it.
  var asRequest: ResourceRecordSet { request ?? ResourceRecordSet(set) }

  /// The set with the values whose text is not the one that we would write.
  var whole: RecordSet {
    guard let values = request?.values, case .records(_, let data) = set.content,
      data.count == values.count
    else { return set }
    var written: [RecordData: String] = [:]
    for (datum, value) in zip(data, values) where datum.route53 != value {
      written[datum] = value
    }
    if written.isEmpty { return set }
    var whole = set
    whole.writtenValues = written
    return whole
  }
}

extension [HeldSet] {
  /// The set of a type and identifier; nil if there is none.
  func set(_ type: RecordType, _ identifier: String?) -> HeldSet? {
    firstIndex { $0.has(type, identifier) }.map { self[$0] }
  }

  /// Puts a set of the same owner in its place in the order of keys.
  ///
  /// - Returns: the set of the same key that it takes the place of; nil if there was none.
  mutating func put(_ held: HeldSet) -> HeldSet? {
    if isEmpty {
      self = [held]
      return nil
    }
    let former = remove(held.set.type, held.set.setIdentifier)
    let key = held.set.key
    insert(held, at: firstIndex { key < $0.set.key } ?? endIndex)
    return former
  }

  /// Takes the set of a type and identifier away; nil if there is none.
  mutating func remove(_ type: RecordType, _ identifier: String?) -> HeldSet? {
    guard let index = firstIndex(where: { $0.has(type, identifier) }) else { return nil }
    if count > 1 { return remove(at: index) }
    // In place of a copy without it, where others look at the same sets.
    defer { self = [] }
    return self[index]
  }
}
