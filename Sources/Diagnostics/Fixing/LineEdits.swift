/// One step from an old list of lines to a new one.
enum LineEdit: Hashable {
  /// A line both have.
  case keep
  /// A line only the old one has.
  case delete
  /// A line only the new one has.
  case insert
}

/// The steps from `old` to `new`, found with Myers' greedy algorithm (E. Myers, "An O(ND)
/// Difference Algorithm and Its Variations", 1986).
///
/// After `stride` differences the furthest path so far is taken and the search begins anew there,
/// so that time stays in proportion to the number of differences and memory is bounded; the result
/// is always right, and shortest where the two differ little.
func lineEdits(from old: [Int], to new: [Int], stride: Int = 256) -> [LineEdit] {
  var edits: [LineEdit] = []
  var x = 0
  var y = 0
  while x < old.count || y < new.count {
    var search = Search(old: old, new: new, x: x, y: y)
    edits += search.run(limit: stride)
    x = search.x
    y = search.y
  }
  return edits
}

/// One search of Myers' algorithm from a point: `x` lines of the old list and `y` of the new done.
private struct Search {
  let old: [Int]
  let new: [Int]
  /// Where it begins, and after `run` where it ended.
  private(set) var x: Int
  private(set) var y: Int

  /// Lines left of the old list and of the new.
  private var width: Int { old.count - x }
  private var height: Int { new.count - y }

  init(old: [Int], new: [Int], x: Int, y: Int) {
    self.old = old
    self.new = new
    self.x = x
    self.y = y
  }

  /// The steps to the end, or to the furthest point that `limit` differences lead to.
  mutating func run(limit: Int) -> [LineEdit] {
    let (width, height) = (width, height)
    // How far each diagonal k = x - y was followed, relative to the start; -1: not reached.
    var furthest = Diagonals(reach: limit + 1)
    var trace: [Diagonals] = []
    var depth = 0
    while true {
      var best = (k: 0, sum: -1)
      for k in stride(from: -depth, through: depth, by: 2) {
        var reached = depth == 0 ? 0 : step(to: k, from: furthest)?.x ?? -1
        if reached >= 0 {
          while reached < width, reached - k < height, old[x + reached] == new[y + reached - k] {
            reached += 1
          }
          if 2 * reached - k > best.sum { best = (k, 2 * reached - k) }
        }
        furthest[k] = reached
      }
      trace.append(furthest.narrowed(to: depth + 1))
      if best.sum == width + height || depth == limit { return path(to: best.k, trace) }
      depth += 1
    }
  }

  /// The furthest point of diagonal `k` that one more difference leads to, before its run of equal
  /// lines; nil if none does.
  private func step(to k: Int, from furthest: Diagonals) -> (x: Int, isInsertion: Bool)? {
    let deleted = furthest[k - 1]
    let inserted = furthest[k + 1]
    let canDelete = deleted >= 0 && deleted < width
    let canInsert = inserted >= 0 && inserted - k <= height
    if canDelete, !canInsert || deleted + 1 > inserted { return (deleted + 1, false) }
    return canInsert ? (inserted, true) : nil
  }

  /// The steps to the furthest point of diagonal `k`; moves the search's point there.
  private mutating func path(to k: Int, _ trace: [Diagonals]) -> [LineEdit] {
    var steps: [LineEdit] = []
    var k = k
    var reached = trace[trace.count - 1][k]
    let end = (x: x + reached, y: y + reached - k)
    for before in trace.dropLast().reversed() {
      guard let step = step(to: k, from: before) else { break }
      steps += repeatElement(.keep, count: reached - step.x)
      steps.append(step.isInsertion ? .insert : .delete)
      k += step.isInsertion ? 1 : -1
      reached = before[k]
    }
    steps += repeatElement(.keep, count: reached)
    (x, y) = end
    return steps.reversed()
  }
}

/// A number for each diagonal from `-reach` to `reach`; -1 where none was set.
private struct Diagonals {
  let reach: Int
  private var values: [Int]

  init(reach: Int) {
    self.reach = reach
    values = [Int](repeating: -1, count: 2 * reach + 1)
  }

  subscript(k: Int) -> Int {
    get { abs(k) <= reach ? values[k + reach] : -1 }
    set { values[k + reach] = newValue }
  }

  /// A copy of the middle.
  func narrowed(to reach: Int) -> Diagonals {
    var copy = Diagonals(reach: reach)
    for k in -reach...reach { copy[k] = self[k] }
    return copy
  }
}
