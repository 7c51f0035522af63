/// How a chart's time axis is divided.
public enum TimeAxis: String, Hashable, Sendable {
  /// Each decade as wide as the next: minutes and weeks are both readable.
  case logarithmic
  /// Each second as wide as the next.
  case linear
}

extension Schedule {
  /// The shares of clients over time as an SVG image: all models of the share table, the checks,
  /// the parent's TTL, the TTL bound and the end of the parallel run marked. Colours follow the
  /// reader's light or dark scheme; lines differ in dashes and labels as well as in colour; the
  /// image has a title and a description for screen readers.
  public func chart(_ axis: TimeAxis = .logarithmic) -> String {
    let chart = ShareChart(self, axis)
    var writer = SVGWriter()
    chart.write(to: &writer)
    return writer.text
  }

  /// The chart's style sheet, the same in every chart: for a page whose policy names it.
  public static var chartStyle: String { ShareChart.style }
}

/// The geometry and the parts of a chart.
private struct ShareChart {
  let schedule: Schedule
  let axis: TimeAxis
  /// The ends of the time axis, in seconds.
  let first: Double
  let last: Double

  static let width = 960.0
  static let height = 560.0
  static let plot = (left: 60.0, right: 940.0, top: 150.0, bottom: 500.0)

  init(_ schedule: Schedule, _ axis: TimeAxis) {
    self.schedule = schedule
    self.axis = axis
    first = axis == .linear ? 0 : 30
    let marks = schedule.shares.rows.map(\.after) + [schedule.end - schedule.cutover, .hours(24)]
    last = Double((marks.max() ?? .zero).seconds) * (axis == .linear ? 1.05 : 1.5)
  }

  func write(to writer: inout SVGWriter) {
    writer.element(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", "0 0 \(Int(Self.width)) \(Int(Self.height))"), ("role", "img"),
        ("class", Self.name), ("aria-labelledby", "\(Self.name)-title \(Self.name)-description"),
      ]
    ) { svg in
      svg.element("title", [("id", "\(Self.name)-title")], text: title)
      svg.element("desc", [("id", "\(Self.name)-description")], text: description)
      svg.element("style", text: Self.style)
      svg.element("rect", [("class", "ground"), ("width", "100%"), ("height", "100%")])
      svg.element(
        "text", at(Self.plot.left, 28, "title"), text: title.count > 90 ? Self.shortTitle : title)
      legend(&svg)
      grid(&svg)
      events(&svg)
      // The planned curves last, on top of broader ones that may run beneath them.
      for (index, curve) in schedule.shares.curves.enumerated().reversed() {
        svg.element("path", [("class", Self.lineClass(index, curve)), ("d", path(curve))])
      }
    }
  }

  // MARK: Words

  private var title: String { "Clients of \(schedule.zone) that ask the new servers" }

  /// What fits where the zone's name is very long.
  private static let shortTitle = "Clients that ask the new servers"

  private var description: String {
    var sentences = [
      "The share of clients, from 0 to 100 %, by time after the cutover, on a "
        + "\(axis.rawValue) time axis."
    ]
    for curve in schedule.shares.curves {
      let quantiles = curve.quantiles
      sentences.append(
        "\(curve.title), \(curve.model.rule.name): 50 % after \(approximate(quantiles.p50)), "
          + "95 % after \(approximate(quantiles.p95)), 99 % after \(approximate(quantiles.p99)).")
    }
    sentences.append(schedule.planningRuleNote)
    return sentences.joined(separator: " ")
  }

  // MARK: Parts

  private func legend(_ svg: inout SVGWriter) {
    for (index, curve) in schedule.shares.curves.enumerated() {
      let x = Self.plot.left + Double(index % 2) * 400
      let y = 50 + Double(index / 2) * 18
      svg.element(
        "path",
        [
          ("class", Self.lineClass(index, curve)),
          ("d", "M\(SVGWriter.number(x)) \(SVGWriter.number(y - 4))h34"),
        ])
      let rule =
        curve.model.rule == .halfLife ? "half-life (planning rule)" : curve.model.rule.name
      svg.element("text", at(x + 42, y), text: "\(curve.title): \(rule)")
    }
  }

  private func grid(_ svg: inout SVGWriter) {
    for tenths in stride(from: 0, through: 10, by: 2) {
      let y = self.y(Double(tenths) / 10)
      svg.element("path", [("class", "grid"), ("d", horizontal(y))])
      svg.element("text", at(Self.plot.left - 8, y + 4, "end"), text: "\(tenths * 10) %")
    }
    for (seconds, label) in ticks {
      let x = self.x(seconds)
      svg.element(
        "path",
        [("class", "grid"), ("d", vertical(x, from: Self.plot.top, to: Self.plot.bottom + 5))])
      svg.element("text", at(x, Self.plot.bottom + 20, "middle"), text: label)
    }
    svg.element(
      "text", at((Self.plot.left + Self.plot.right) / 2, Self.plot.bottom + 44, "middle"),
      text: "time after the cutover (\(schedule.cutover))")
  }

  private func events(_ svg: inout SVGWriter) {
    // Labels take turns on three lines above the plot, so that neighbours do not overlap.
    for (index, event) in marks.enumerated() {
      let x = self.x(Double(event.after.seconds))
      let top = Self.plot.top - 12 - Double(2 - index % 3) * 18
      svg.element(
        "path", [("class", "event"), ("d", vertical(x, from: top + 4, to: Self.plot.bottom))])
      let anchor = x > Self.width * 0.75 ? "event end" : x < 160 ? "event" : "event middle"
      svg.element("text", at(x, top, anchor), text: event.label)
    }
  }

  /// The moments worth a line, those of one instant joined, in order.
  private var marks: [(after: TimeSpan, label: String)] {
    let all: [(TimeSpan, String)] = [
      (Schedule.recheck, "check"), (Schedule.lastCheck, "check"),
      (schedule.parentNS.inForce, "parent's TTL"), (schedule.bound.length, "TTL bound"),
      (schedule.end - schedule.cutover, "old servers off"),
    ]
    var joined: [TimeSpan: [String]] = [:]
    for (after, label) in all where Double(after.seconds) >= first && after > .zero {
      joined[after, default: []].append(label)
    }
    return joined.sorted { $0.key < $1.key }
      .map { ($0.key, $0.value.joined(separator: ", ") + " \($0.key.rounded)") }
  }

  /// Round times along the axis, not too close to each other.
  private var ticks: [(seconds: Double, label: String)] {
    var result: [(Double, String)] = []
    var free = Self.plot.left - 40
    let times: [(Double, String)] =
      axis == .logarithmic ? Self.roundTimes : linearTimes
    for (seconds, label) in times where seconds >= first && seconds <= last {
      guard x(seconds) >= free + 40 else { continue }
      result.append((seconds, label))
      free = x(seconds) + 8
    }
    return result
  }

  private static let roundTimes: [(Double, String)] = [
    (30, "30 s"), (60, "1 min"), (300, "5 min"), (900, "15 min"), (3_600, "1 h"),
    (14_400, "4 h"), (43_200, "12 h"), (86_400, "1 d"), (172_800, "2 d"), (432_000, "5 d"),
    (864_000, "10 d"), (2_592_000, "30 d"), (8_640_000, "100 d"), (31_536_000, "1 year"),
    (315_360_000, "10 years"), (3_153_600_000, "100 years"),
  ]

  private var linearTimes: [(Double, String)] {
    let units: [(seconds: Double, name: String)] = [(86_400, "d"), (3_600, "h"), (60, "min")]
    let unit = units.first { last / $0.seconds >= 3 } ?? (1, "s")
    var step = 1.0
    for factor in [2.0, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000]
    where last / unit.seconds / step > 10 {
      step = factor
    }
    return (0...10).map { index in
      let count = Double(index) * step
      return (count * unit.seconds, "\(Int64(count)) \(unit.name)")
    }
  }

  // MARK: Geometry

  private func x(_ seconds: Double) -> Double {
    let part: Double
    switch axis {
    case .linear: part = seconds / last
    case .logarithmic:
      part = log2(max(seconds, first) / first) / log2(last / first)
    }
    return Self.plot.left + part * (Self.plot.right - Self.plot.left)
  }

  private func y(_ share: Double) -> Double {
    Self.plot.bottom - share * (Self.plot.bottom - Self.plot.top)
  }

  /// A curve through evenly spaced points of the axis and the corners that the TTLs make.
  private func path(_ curve: ShareTable.Curve) -> String {
    var times = (0...200).map { step -> Double in
      let part = Double(step) / 200
      switch axis {
      case .linear: return part * last
      case .logarithmic:
        // The last point is the axis's end to the bit.
        return step == 200 ? last : first / halvings(part * log2(last / first))
      }
    }
    for case let cached? in curve.model.parts.map(\.cached) {
      times += [Double(cached.ttl.seconds), Double(cached.original.seconds)]
    }
    let points = Set(times).filter { $0 >= first && $0 <= last }.sorted().map { time in
      SVGWriter.number(x(time)) + " " + SVGWriter.number(y(curve.model.share(after: time)))
    }
    return "M" + points.joined(separator: "L")
  }

  private func at(_ x: Double, _ y: Double, _ style: String? = nil) -> [(String, String)] {
    [("x", SVGWriter.number(x)), ("y", SVGWriter.number(y))] + (style.map { [("class", $0)] } ?? [])
  }

  private func horizontal(_ y: Double) -> String {
    "M\(SVGWriter.number(Self.plot.left)) \(SVGWriter.number(y))H\(SVGWriter.number(Self.plot.right))"
  }

  private func vertical(_ x: Double, from top: Double, to bottom: Double) -> String {
    "M\(SVGWriter.number(x)) \(SVGWriter.number(top))V\(SVGWriter.number(bottom))"
  }

  // MARK: Looks

  /// Curves of one kind of caches share a colour; half-life is dashed.
  private static func lineClass(_ index: Int, _ curve: ShareTable.Curve) -> String {
    "line kind\(index / 2)" + (curve.model.rule == .halfLife ? " planning" : "")
  }

  /// The root's class. Within a page a style sheet holds for all of it: every rule is bound to
  /// the chart.
  private static let name = "zonecut-shares"

  /// The colours are told apart by the colour-blind too (after Okabe and Ito, 2008), darker on
  /// white and lighter on black.
  static let style =
    scoped([
      ("", "color-scheme: light dark; font: 13px system-ui, sans-serif"),
      ("text", "fill: #222"), (".ground", "fill: #fff"), (".grid", "stroke: #ddd; fill: none"),
      (".title", "font-size: 18px; font-weight: 600"), (".end", "text-anchor: end"),
      (".middle", "text-anchor: middle"), ("text.event", "fill: #444; font-size: 12px"),
      ("path.event", "stroke: #777; stroke-dasharray: 2 3; fill: none"),
      (".line", "fill: none; stroke-width: 2.5"), (".planning", "stroke-dasharray: 8 5"),
      (".kind0", "stroke: #0060a8"),
      (".kind1", "stroke: #b84300; stroke-width: 4.5; stroke-opacity: 0.6"),
      (".kind2", "stroke: #00735a; stroke-width: 7; stroke-opacity: 0.45"),
    ]) + " @media (prefers-color-scheme: dark) { "
    + scoped([
      ("text", "fill: #eee"), (".ground", "fill: #16181c"), (".grid", "stroke: #3a3d44"),
      ("text.event", "fill: #ccc"), ("path.event", "stroke: #999"), (".kind0", "stroke: #56b4e9"),
      (".kind1", "stroke: #f0a040"), (".kind2", "stroke: #3fd0a8"),
    ]) + " }"

  private static func scoped(_ rules: [(selector: String, declarations: String)]) -> String {
    rules.map { rule in
      let selector = rule.selector.isEmpty ? ".\(name)" : ".\(name) \(rule.selector)"
      return selector + " { \(rule.declarations) }"
    }.joined(separator: " ")
  }
}
