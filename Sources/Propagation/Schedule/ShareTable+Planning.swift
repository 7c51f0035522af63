extension ShareTable {
  /// The share of parent-centric resolvers measured in 2019 (RFC 9199), shown
  /// beside the planned one.
  public static let measuredParentCentricShare = 0.1

  init(_ inputs: ScheduleInputs, lead: TimeSpan, bound: TimeSpan) {
    let child = inputs.childNS
    let parent = inputs.parentNS
    let parentCached = CachedTTL(parent.inForce, loweredFrom: parent.ttl, lead: lead)
    let childCached = CachedTTL(child.lowered, loweredFrom: child.original, lead: lead)

    func models(_ share: Double, _ classes: [CacheClass]) -> [(CacheModel, Double, Bool)] {
      [HoldingRule.halfLife, .strict].map { rule in
        let model = CacheModel(
          rule, parent: parentCached, child: childCached, parentCentricShare: share,
          classes: classes)
        return (model, share, !classes.isEmpty)
      }
    }
    var all = models(inputs.parentCentricShare, [])
    if inputs.parentCentricShare != Self.measuredParentCentricShare {
      all += models(Self.measuredParentCentricShare, [])
    }
    if !inputs.cacheClasses.isEmpty {
      all += models(inputs.parentCentricShare, inputs.cacheClasses)
    }
    curves = all.map { model, share, countsClasses in
      Curve(
        model: model, parentCentricShare: share, countsClasses: countsClasses,
        quantiles: Quantiles(model))
    }
    rows = Self.marks(inputs, bound: bound).map { after, labels in
      Row(after: after, labels: labels, shares: all.map { $0.0.share(after: after) })
    }
  }

  /// The moments worth a row, each with what it is.
  private static func marks(
    _ inputs: ScheduleInputs, bound: TimeSpan
  ) -> [(after: TimeSpan, labels: [String])] {
    var labels: [TimeSpan: [String]] = [:]
    func mark(_ after: TimeSpan, _ label: String) {
      if after > .zero { labels[after, default: []].append(label) }
    }
    let child = inputs.childNS.lowered
    let parent = inputs.parentNS.inForce
    for period in 1...Int64(inputs.periods) {
      mark(child * period, "\(period) x child NS")
    }
    for period in 1...Int64(inputs.periods) where parent != child {
      mark(parent * period, "\(period) x parent NS")
    }
    mark(Schedule.recheck, "check")
    mark(Schedule.lastCheck, "check")
    mark(bound, "TTL bound")
    return labels.map { ($0.key, $0.value) }.sorted { $0.after < $1.after }
  }
}
