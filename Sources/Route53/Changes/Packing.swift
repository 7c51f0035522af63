/// Groups of changes put into as few requests as their sizes and their order allow.
struct Packing {
  /// The requests: for each, its groups in the order in which they are made.
  let requests: [[Int]]

  /// - Parameters:
  ///   - sizes: what each group counts; each fits into a request of its own.
  ///   - order: all groups, in an order in which each stands behind those it needs.
  ///   - graph: for each group, those that must be made before it.
  ///   - leaders: groups that need no other and go into the first request.
  ///   - limit: what one request may count.
  init(
    sizes: [BothSizes], order: [Int], graph: DependencyGraph, leaders: [Int], limit: RequestSize
  ) {
    let inOrder = Packing.firstFit(leaders + order, sizes, graph, limit)
    let requestOf =
      (inOrder.max() ?? -1) < Packing.fewest(sizes, limit)
      ? inOrder : Packing.largestFirst(inOrder, leaders, order, sizes, graph, limit)
    var requests = Array(repeating: [Int](), count: (requestOf.max() ?? -1) + 1)
    for group in order { requests[requestOf[group]].append(group) }
    self.requests = requests
  }

  /// Fewer requests than these hold no groups of such sizes, whatever their order.
  private static func fewest(_ sizes: [BothSizes], _ limit: RequestSize) -> Int {
    let sum = sizes.reduce(BothSizes(), +)
    let needs = { (count: Int, limit: Int) in limit > 0 ? (count + limit - 1) / limit : count }
    return [sum.forward, sum.back].map { size in
      max(needs(size.elements, limit.elements), needs(size.characters, limit.characters))
    }.max() ?? 0
  }

  /// Where large and small groups mix, the large ones first may need fewer requests.
  private static func largestFirst(
    _ inOrder: [Int], _ leaders: [Int], _ order: [Int], _ sizes: [BothSizes],
    _ graph: DependencyGraph, _ limit: RequestSize
  ) -> [Int] {
    let bySize = order.sorted { a, b in
      let (x, y) = (sizes[a].forward, sizes[b].forward)
      return (x.characters, x.elements, b) > (y.characters, y.elements, a)
    }
    let largestFirst = graph.components(visiting: bySize).joined()
    let dense = Packing.firstFit(leaders + Array(largestFirst), sizes, graph, limit)
    return (dense.max() ?? 0) < (inOrder.max() ?? 0) ? dense : inOrder
  }

  /// The request of each group: the first that has room, none before those it needs.
  private static func firstFit(
    _ order: [Int], _ sizes: [BothSizes], _ graph: DependencyGraph, _ limit: RequestSize
  ) -> [Int] {
    var requestOf = Array(repeating: -1, count: sizes.count)
    var used: [BothSizes] = []
    /// All requests before this one are full.
    var firstOpen = 0
    for group in order where requestOf[group] < 0 {
      let earliest = graph.predecessors[group].map { requestOf[$0] }.max() ?? 0
      var request = max(firstOpen, earliest)
      while request < used.count, !(used[request] + sizes[group]).fits(limit) { request += 1 }
      if request == used.count { used.append(BothSizes()) }
      used[request] = used[request] + sizes[group]
      requestOf[group] = request
      while firstOpen < used.count, used[firstOpen].forward.elements >= limit.elements {
        firstOpen += 1
      }
    }
    return requestOf
  }
}
