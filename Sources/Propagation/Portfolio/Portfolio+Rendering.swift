import Diagnostics

extension Portfolio {
  /// The overview for a terminal: lines of at most `Schedule.textWidth` characters.
  public func text() -> String {
    var lines = [summary, ""]
    for wave in waves {
      lines += wrapped(
        "WAVE \(wave.number): " + heading(wave), width: Schedule.textWidth, indentation: 0)
      for move in wave.moves {
        lines.append(
          "  " + left(visible(move.schedule.zone), 36) + " TTLs \(move.schedule.start)"
            + "  old off \(move.schedule.end)")
      }
      if let note = loadNote(wave) {
        lines += wrapped("! " + note, width: Schedule.textWidth, indentation: 2)
      }
      lines.append("")
    }
    if !unplanned.isEmpty {
      lines.append("NOT PLANNED")
      for zone in unplanned {
        lines += wrapped(
          "\(zone.zone): \(zone.reason)", width: Schedule.textWidth, indentation: 2)
      }
      lines.append("")
    }
    return lines.dropLast().joined(separator: "\n") + "\n"
  }

  /// The overview as Markdown.
  public func markdown() -> String {
    var lines = ["# Moves to Route 53", "", summary]
    for wave in waves {
      lines += ["", "## Wave \(wave.number)", "", markdownWords(heading(wave))]
      if let note = loadNote(wave) { lines += ["", "**\(note)**"] }
      lines += [""]
      lines += markdownTable(
        ["Zone", "Registrar", "TTLs lowered", "Decided by", "Parent's NS TTL", "Old servers off"],
        wave.moves.map { move in
          let schedule = move.schedule
          let decider = schedule.waitBefore.decider?.description ?? "no TTL had to be lowered"
          let parent = schedule.parentNS
          return [
            markdownWords(schedule.zone), markdownWords(move.registrar ?? ""),
            "\(schedule.start)", markdownWords(decider),
            "\(parent.inForce.seconds) s" + (parent.isAssumed ? ", **assumed**" : ""),
            "\(schedule.end)",
          ]
        })
    }
    if !unplanned.isEmpty {
      lines += ["", "## Not planned", ""]
      lines += unplanned.map {
        "- \(markdownWords($0.zone)): \(markdownWords($0.reason))"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The overview as a JSON document (`zonecut.portfolio`, version 1).
  public func json() -> String {
    JSONOutput.object([
      "end": end.map { .string($0.description) } ?? .null,
      "schema": .object(["name": .string("zonecut.portfolio"), "version": .int(1)]),
      "start": start.map { .string($0.description) } ?? .null,
      "timeZone": .string(timeZone),
      "unplanned": .array(
        unplanned.map { .object(["reason": .string($0.reason), "zone": .string($0.zone)]) }),
      "waves": .array(
        waves.map { wave in
          .object([
            "cutover": .string(wave.cutover.description),
            "loadingSeconds": .int(Int(wave.loading.seconds)), "number": .int(wave.number),
            "overloaded": .bool(wave.isOverloaded), "requests": .int(wave.requests),
            "zones": .array(
              wave.moves.map { move in
                let schedule = move.schedule
                return .object([
                  "end": .string(schedule.end.description),
                  "parentNSAssumed": .bool(schedule.parentNS.isAssumed),
                  "parentNSTTL": .int(Int(schedule.parentNS.inForce.seconds)),
                  "registrar": move.registrar.map { .string($0) } ?? .null,
                  "start": .string(schedule.start.description),
                  "waitBefore": .int(Int(schedule.waitBefore.length.seconds)),
                  "zone": .string(schedule.zone),
                ])
              }),
          ])
        }),
    ]).text()
  }

  /// The changes of all zones as one iCalendar object (RFC 5545); the checks between them are in
  /// each zone's own.
  public func calendar(in localTime: LocalTime? = nil, sequence: Int = 0) -> String {
    let changes: Set<Step.ID> = [.lowerTTLs, .removeDS, .redelegate, .decommission]
    let events = waves.flatMap(\.schedules).flatMap { schedule in
      schedule.steps.filter { changes.contains($0.id) }.map { (schedule, $0) }
    }
    return iCalendar(named: "Moves to Route 53", events.map(\.1.instant), in: localTime) {
      calendar in
      for (schedule, step) in events {
        calendar.component("VEVENT") { event in
          schedule.write(step, in: localTime, sequence: sequence, to: &event)
        }
      }
    }
  }

  private var summary: String {
    guard let start, let end else { return "No zones to move." }
    let zones = waves.reduce(0) { $0 + $1.moves.count }
    return count(zones, "zone") + " in " + count(waves.count, "wave") + ", from \(start) to \(end)."
      + (unplanned.isEmpty ? "" : " NOT PLANNED: " + count(unplanned.count, "zone") + ".")
  }

  private func count(_ number: Int, _ what: String) -> String {
    "\(number) \(what)" + (number == 1 ? "" : "s")
  }

  private func heading(_ wave: Wave) -> String {
    let local = localDescription(wave.cutover, utcOffsets[wave.number - 1], timeZone)
    return "cutover \(local) (\(wave.cutover)), \(count(wave.moves.count, "zone")), "
      + count(wave.requests, "request")
  }

  private func loadNote(_ wave: Wave) -> String? {
    guard wave.isOverloaded else { return nil }
    return count(wave.requests, "request")
      + " take \(wave.loading) at the API's rate, longer than there "
      + "is between load and comparison: begin the load earlier."
  }
}
