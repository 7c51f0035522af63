import RecordSets
import ZoneKit

/// Which changes come before which, and the groups that this leaves.
///
/// A target is created before an alias to it, and deleted after the alias is gone; a set is
/// deleted before what takes its place.
struct ChangeDependencies {
  private let changes: [PlannedChange]
  private var order: DependencyGraph
  /// The groups in an order in which each stands behind those it needs; in each the indices of its
  /// changes, in order.
  private(set) var groups: [[Int]] = []
  /// What must come before what, among `groups`.
  private(set) var graph = DependencyGraph(count: 0)
  /// A change that needs itself; nil if there is none.
  private(set) var cycle: Int?

  init(_ changes: [PlannedChange], in zone: HostedZone) {
    self.changes = changes
    order = DependencyGraph(count: changes.count)
    addReplacements()
    addAliases(in: zone)
  }

  private mutating func addReplacements() {
    var start = 0
    while start < changes.count {
      let owner = changes[start].set.owner
      let end = changes[start...].firstIndex { $0.set.owner != owner } ?? changes.endIndex
      let deletes = (start..<end).filter { changes[$0].change.action == .delete }
      for delete in deletes {
        let former = changes[delete].set
        for put in start..<end where changes[put].change.action != .delete {
          let set = changes[put].set
          if set.type == former.type || (set.type == .cname) != (former.type == .cname) {
            order.add(delete, before: put)
          }
        }
      }
      start = end
    }
  }

  private mutating func addAliases(in zone: HostedZone) {
    var creates: [TypedName: [Int]] = [:]
    var deletes: [TypedName: [Int]] = [:]
    for (index, change) in changes.enumerated() {
      switch change.change.action {
      case .create: creates[change.typedName, default: []].append(index)
      case .delete: deletes[change.typedName, default: []].append(index)
      case .upsert: break
      }
    }
    for (index, change) in changes.enumerated() {
      if change.change.action != .delete, let target = zone.aliasTarget(of: change.set),
        !zone.contains(target) || deletes[target] != nil
      {
        for create in creates[target] ?? [] { order.add(create, before: index) }
      }
      if change.change.action != .create, let old = zone.set(change.set.key),
        let target = zone.aliasTarget(of: old), creates[target] == nil
      {
        for delete in deletes[target] ?? [] { order.add(index, before: delete) }
      }
    }
  }

  /// Joins groups that need each other, and puts all in order.
  ///
  /// - Parameter groups: the changes in groups, in the order in which they are numbered.
  mutating func merge(_ groups: [[PlannedChange]]) {
    let inOrder = order.components(visiting: changes.indices)
    cycle = inOrder.first { $0.count > 1 }?.min()
    if cycle != nil { return }
    let groupOf = groups.enumerated().flatMap {
      Array(repeating: $0.offset, count: $0.element.count)
    }
    var between = DependencyGraph(count: groups.count)
    for change in changes.indices {
      for earlier in order.predecessors[change] {
        between.add(groupOf[earlier], before: groupOf[change])
      }
    }
    let components = between.components(visiting: groups.indices)
    var componentOf = Array(repeating: 0, count: groups.count)
    for (index, component) in components.enumerated() {
      for group in component { componentOf[group] = index }
    }
    self.groups = Array(repeating: [], count: components.count)
    for change in inOrder.joined() { self.groups[componentOf[groupOf[change]]].append(change) }
    graph = DependencyGraph(count: components.count)
    for (group, earlier) in between.predecessors.enumerated() {
      for other in earlier { graph.add(componentOf[other], before: componentOf[group]) }
    }
  }
}
