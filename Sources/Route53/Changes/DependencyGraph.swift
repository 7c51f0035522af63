/// What must come before what, among things numbered from 0.
struct DependencyGraph {
  /// For each thing, those that come before it.
  private(set) var predecessors: [[Int]]
  /// Whether nothing must come before anything.
  private(set) var isEmpty = true

  init(count: Int) { predecessors = Array(repeating: [], count: count) }

  mutating func add(_ first: Int, before second: Int) {
    if first == second { return }
    predecessors[second].append(first)
    isEmpty = false
  }

  /// The things in an order in which each stands behind all that come before it; those that need
  /// each other together in one component. Where nothing else decides, in the order of `visits`.
  ///
  /// Tarjan, "Depth-first search and linear graph algorithms", 1972; without recursion, so that a
  /// long chain does not exhaust the stack.
  func components(visiting visits: some Sequence<Int>) -> [[Int]] {
    if isEmpty { return visits.map { [$0] } }
    let unvisited = -1
    var number = Array(repeating: unvisited, count: predecessors.count)
    var low = number
    var isOpen = Array(repeating: false, count: predecessors.count)
    var open: [Int] = []
    var path: [(node: Int, next: Int)] = []
    var components: [[Int]] = []
    var visited = 0
    for root in visits where number[root] == unvisited {
      path.append((root, 0))
      while let (node, next) = path.popLast() {
        if next == 0 {
          number[node] = visited
          low[node] = visited
          visited += 1
          open.append(node)
          isOpen[node] = true
        } else {
          low[node] = min(low[node], low[predecessors[node][next - 1]])
        }
        var index = next
        var descends = false
        while !descends, index < predecessors[node].count {
          let other = predecessors[node][index]
          index += 1
          if number[other] == unvisited {
            path.append((node, index))
            path.append((other, 0))
            descends = true
          } else if isOpen[other] {
            low[node] = min(low[node], number[other])
          }
        }
        if descends || low[node] != number[node] { continue }
        var component: [Int] = []
        while let member = open.popLast() {
          isOpen[member] = false
          component.append(member)
          if member == node { break }
        }
        components.append(component)
      }
    }
    return components
  }
}
