import RecordSets

/// For each name and type, the change of one set that aliases to it can rely on: one that is no
/// alias itself, or relies on no other of these in turn.
///
/// An alias needs one set at its target, not all: among routed sets some may be aliases that
/// point back.
struct AliasAnchors {
  private var indices: [TypedName: [Int]] = [:]
  private var anchor: [TypedName: Int] = [:]

  /// - Parameter action: CREATE or DELETE: the changes to choose from.
  init(_ changes: [PlannedChange], _ action: Change.Action, in zone: HostedZone) {
    for (index, change) in changes.enumerated() where change.action == action {
      indices[change.typedName, default: []].append(index)
    }
    // From what relies on nothing here, along the aliases.
    var waiting: [TypedName: [Int]] = [:]
    var ready: [Int] = []
    for index in indices.values.joined().sorted() {
      if let target = zone.aliasTarget(of: changes[index].set), indices[target] != nil {
        waiting[target, default: []].append(index)
      } else {
        ready.append(index)
      }
    }
    var next = 0
    while next < ready.count {
      let index = ready[next]
      let name = changes[index].typedName
      next += 1
      if anchor[name] != nil { continue }
      anchor[name] = index
      ready += waiting[name] ?? []
    }
  }

  /// How many of the changes are at a name and type.
  func count(at name: TypedName) -> Int { indices[name]?.count ?? 0 }

  /// The change to rely on; all, if aliases point in a circle and there is none.
  func anchors(of name: TypedName) -> [Int] {
    anchor[name].map { [$0] } ?? indices[name] ?? []
  }
}
