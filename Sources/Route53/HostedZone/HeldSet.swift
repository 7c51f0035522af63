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

  /// Whether this is the set of a key, the owner of which is known to be the same.
  func has(_ key: RecordSet.Key) -> Bool {
    set.type == key.type && set.routing?.setIdentifier == key.setIdentifier
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
  /// Puts a set of the same owner in its place in the order of keys.
  ///
  /// - Returns: false, and nothing is put, if there is one of the same key.
  mutating func insert(_ held: HeldSet) -> Bool {
    let key = held.set.key
    if contains(where: { $0.has(key) }) { return false }
    insert(held, at: firstIndex { key < $0.set.key } ?? endIndex)
    return true
  }
}
