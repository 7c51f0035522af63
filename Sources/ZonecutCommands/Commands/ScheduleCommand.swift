import ArgumentParser
import Migration
import Propagation
import Route53
import ZoneKit

/// `zonecut schedule ZONE`
struct ScheduleCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "schedule",
    abstract: "Prints the TTL half-life timetable of a migration.",
    discussion: """
      The dates follow from the TTLs of the zone and of its delegation at the parent. Without \
      --parent-ttl or --resolve the parent's is assumed, and the output says so.
      """)

  /// The forms of a timetable.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
    /// iCalendar (RFC 5545).
    case ics
    /// The chart of shares.
    case svg
  }

  @Argument(help: "The zone file, or - for standard input.")
  var zone: String

  @OptionGroup var inputs: InputOptions
  @OptionGroup(title: "Timetable") var timetable: TimetableArguments

  @Option(help: "The form of the output.")
  var format: Format = .text

  func run(on console: Console) throws -> ExitStatus {
    let reading = try InputReader(console: console, options: inputs).zone(zone)
    let timetable = try timetable.resolved(for: reading.zone.apex)
    let schedule = try makeSchedule(ZoneIndex(reading.zone), timetable.options(on: console))
    switch format {
    case .text: try console.print(schedule.text())
    case .json: try console.print(schedule.json())
    case .markdown: try console.print(schedule.markdown())
    case .ics: try console.print(schedule.calendar(in: timetable.localTime))
    case .svg: try console.print(schedule.chart())
    }
    return schedule.wish.map { $0.tooEarlyBy > .zero } == true ? .findings : .success
  }

  /// The schedule that `plan` gives a zone that moves into a new hosted zone.
  private func makeSchedule(
    _ index: ZoneIndex, _ options: TimetableOptions
  ) throws(CommandError) -> Schedule {
    do {
      let changing = try Translation(of: index, options: .init()).changingSets(of: index)
      return try Schedule(ScheduleInputs(of: index, changing: changing, options: options))
    } catch let error as LedgerError {
      throw .internalFault(error)
    } catch {
      throw CommandError("\(zone): \(error)")
    }
  }
}
