import RecordSets
import ZoneKit

/// Which changes come before which, and the groups that this leaves.
///
/// A target is created before an alias to it, and deleted after the alias is gone; a set is
/// deleted before what takes its place.
struct ChangeDependencies {
  private let changes: [PlannedChange]
  private var order: DependencyGraph
  /// The indices of the changes, those of a group one behind the other, the groups in an order in
  /// which each stands behind those it needs.
  private var members: [Int] = []
  /// Where each group ends in `members`.
  private var ends: [Int] = []
  /// What must come before what, among the groups.
  private(set) var graph = DependencyGraph(count: 0)
  /// A change that needs itself; nil if there is none.
  private(set) var cycle: Int?

  /// - Parameters:
  ///   - changes: all of them, those of an owner one behind the other.
  ///   - sharedOwners: where the changes of an owner stand that has several.
  init(_ changes: [PlannedChange], sharedOwners: [Range<Int>], in zone: HostedZone) {
    self.changes = changes
    order = DependencyGraph(count: changes.count)
    for place in sharedOwners { addReplacements(place) }
    addAliases(in: zone)
  }

  var groupCount: Int { ends.count }

  /// The indices of a group's changes, in their order.
  func changes(ofGroup group: Int) -> ArraySlice<Int> {
    members[(group > 0 ? ends[group - 1] : 0)..<ends[group]]
  }

  /// The changes of one owner.
  private mutating func addReplacements(_ place: Range<Int>) {
    for delete in place where changes[delete].action == .delete {
      let former = changes[delete].type
      for put in place where changes[put].action != .delete {
        let type = changes[put].type
        if type == former || (type == .cname) != (former == .cname) {
          order.add(delete, before: put)
        }
      }
    }
  }

  private mutating func addAliases(in zone: HostedZone) {
    // Without one on either side there is nothing to follow.
    if !zone.hasAliases, !changes.contains(where: \.isAlias) { return }
    let creates = AliasAnchors(changes, .create, in: zone)
    let deletes = AliasAnchors(changes, .delete, in: zone)
    /// Whether all sets of a name and type are deleted, if there are any.
    let vanishes = { (name: TypedName) in
      deletes.count(at: name) == zone.heldSets(at: name.owner).count { $0.set.type == name.type }
    }
    for (index, change) in changes.enumerated() {
      let action = change.action
      let wanted = action == .delete ? nil : zone.aliasTarget(of: change.set)
      let old = action == .create ? nil : zone.heldSet(change.set.key)?.set
      let former = old.flatMap(zone.aliasTarget)
      if let former, vanishes(former) {
        for delete in deletes.anchors(of: former) { order.add(index, before: delete) }
      }
      if let wanted, wanted != former, vanishes(wanted) {
        for create in creates.anchors(of: wanted) { order.add(create, before: index) }
      }
    }
  }

  /// Joins groups that need each other, and puts all in order.
  ///
  /// - Parameter counts: how many changes each group has, in the order in which they are numbered.
  mutating func merge(_ counts: [Int]) {
    if order.isEmpty {
      members = Array(changes.indices)
      var end = 0
      ends = counts.map { count in
        end += count
        return end
      }
      graph = DependencyGraph(count: counts.count)
      return
    }
    let inOrder = order.components(visiting: changes.indices)
    cycle = inOrder.first { $0.count > 1 }?.min()
    if cycle != nil { return }
    let groupOf = counts.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
    var between = DependencyGraph(count: counts.count)
    for change in changes.indices {
      for earlier in order.predecessors[change] {
        between.add(groupOf[earlier], before: groupOf[change])
      }
    }
    let components = between.components(visiting: counts.indices)
    var componentOf = Array(repeating: 0, count: counts.count)
    for (index, component) in components.enumerated() {
      for group in component { componentOf[group] = index }
    }
    var groups = Array(repeating: [Int](), count: components.count)
    for change in inOrder.joined() { groups[componentOf[groupOf[change]]].append(change) }
    for group in groups {
      members += group
      ends.append(members.count)
    }
    graph = DependencyGraph(count: components.count)
    for (group, earlier) in between.predecessors.enumerated() {
      for other in earlier { graph.add(componentOf[other], before: componentOf[group]) }
    }
  }
}
