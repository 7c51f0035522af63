import Diagnostics

/// Breaks text into lines of at most `width` characters, between words where it can.
func wrapped(_ text: String, width: Int, indentation: Int) -> [String] {
  let margin = String(repeating: " ", count: indentation)
  let room = max(1, width - indentation)
  var lines: [String] = []
  var line = ""
  for word in visible(text).split(separator: " ") {
    var word = word
    if !line.isEmpty, line.count + 1 + word.count > room {
      lines.append(margin + line)
      line = ""
    }
    while word.count > room {
      lines.append(margin + word.prefix(room))
      word = word.dropFirst(room)
    }
    line += (line.isEmpty ? "" : " ") + word
  }
  if !line.isEmpty { lines.append(margin + line) }
  return lines
}

/// Text in a column: cut where it is too long, filled up with spaces on the right.
func left(_ text: String, _ width: Int) -> String {
  let shown = text.count > width ? text.prefix(max(0, width - 3)) + "..." : Substring(text)
  return shown + String(repeating: " ", count: width - shown.count)
}

/// Text in a column, filled up with spaces on the left.
func right(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

/// An instant in the reader's local time: `Sun 2026-12-06T17:00:00+08:00 Australia/Perth`.
func localDescription(_ instant: Instant, _ offset: TimeSpan, _ timeZone: String) -> String {
  "\(instant.weekdayName(offset: offset)) \(instant.description(offset: offset)) \(timeZone)"
}

extension Instant {
  /// The day of the week in local time, `offset` seconds east of UTC: `Sun`.
  package func weekdayName(offset: TimeSpan) -> String {
    let weekday = CivilDate(dayNumber: (self + offset).dayNumber).weekday
    return ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][weekday - 1]
  }
}

/// The sentences both the text and the Markdown form print.
extension Schedule {
  /// What half-life figures are worth.
  var planningRuleNote: String {
    "Half-life figures are a planning rule (half of the clients follow within one TTL, half of "
      + "the rest within the next) and have no end. The TTL bound, \(bound.length) after the "
      + "cutover, is when the last cache that honours TTLs has followed; caches that stretch "
      + "TTLs or serve stale answers have no bound."
  }

  /// What the columns of the share table stand for.
  var columnNote: String {
    "Parent 100 %: so many resolvers go by the parent's NS TTL, the others by the zone's own. The "
      + "plan's share is the first; 10 % were measured in 2019 (RFC 9199), and the share grows."
  }

  /// What the lead leaves behind, among caches that go by the child's TTL.
  var leadNote: String? {
    let recheck = percent(lead.shareAtRecheck)
    let withoutOld = percent(lead.shareAtRecheckWithoutOld)
    guard recheck != withoutOld else { return nil }
    return "Of the caches that go by the zone's own NS TTL, \(percent(lead.holdingOriginal)) "
      + "still hold the old \(childNS.original) at the cutover by half-life: "
      + "\(recheck) have followed after 25 minutes, not \(withoutOld)."
  }

  /// What became of the wished cutover.
  var wishNote: String? {
    guard let wish else { return nil }
    guard wish.tooEarlyBy > .zero else {
      return "The wished cutover \(wish.cutover) "
        + (wish.isOutsideWindows
          ? "lies outside the change windows: \(cutover) is the next instant within."
          : "can be had if TTLs are lowered by \(wish.latestStart).")
    }
    var note = "The wished cutover \(wish.cutover) is \(wish.tooEarlyBy) too early."
    if let decider = waitBefore.decider, wish.strandedHalfLife > 0 {
      note +=
        " \(percent(wish.strandedHalfLife)) of the caches (half-life; strict: "
        + "\(percent(wish.strandedStrict))) would still hold \(decider) and be stranded."
    }
    if wish.dsStillCached {
      note += " Validators could still hold the DS set: a hard stop."
    }
    return note + " This schedule uses the earliest sound cutover."
  }

  /// The reader's local time of a step, if a time zone is known: `Sun 2026-12-06T17:00:00+08:00`.
  func local(_ step: Step) -> String? {
    guard let timeZone, let offset = step.utcOffset else { return nil }
    return localDescription(step.instant, offset, timeZone)
  }

  /// When relative to the cutover: `T-5 d`, `T+25 min`, `T`.
  func relative(_ instant: Instant) -> String {
    let span = instant - cutover
    if span == .zero { return "T" }
    return span > .zero ? "T+\(span)" : "T-\(TimeSpan.zero - span)"
  }
}

extension ShareTable.Curve {
  /// The rule's name, with the mark of the note on the planning rule.
  var ruleName: String { model.rule.name + (model.rule == .halfLife ? "*" : "") }

  /// What the column is about, above the rule's name.
  var title: String {
    let tenths = Int64((parentCentricShare * 1_000).rounded())
    let share = tenths % 10 == 0 ? "\(tenths / 10) %" : percent(parentCentricShare)
    return countsClasses ? "\(share), floors" : "parent \(share)"
  }
}
