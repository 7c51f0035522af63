import Diagnostics
import Migration
import Propagation
import Route53
import TestSupport
import ZoneKit

/// Plans of zones that tests write down.
enum PlanSamples {
  /// 2026-12-01T09:00:00Z.
  static let start = Instant(secondsSince1970: 1_796_115_600)

  static var options: PlanOptions {
    PlanOptions(timetable: TimetableOptions(timing: .start(start)))
  }

  /// A small zone, the given records behind its own.
  static func reading(_ records: String = "", apex: String = "example.com.") -> ZoneReading {
    let text = """
      $ORIGIN \(apex)
      $TTL 3600
      @ IN SOA ns1 hostmaster (
        7 ; serial
        7200 900 1209600 600 )
      @ 86400 IN NS ns1
      @ 86400 IN NS ns.example.net.
      ns1 7200 IN A 192.0.2.53
      www IN A 192.0.2.80 ; the web
      \(records)

      """
    return ZoneFileReader.read(SourceFile(name: "zones/example.zone", text: text))
  }

  /// The export of a new hosted zone, the given sets behind its own.
  static func target(
    _ sets: String = "", apex: String = "example.com.",
    servers: [String] = ["ns-1.awsdns-01.com.", "ns-513.awsdns-01.net."], layout: String = ""
  ) throws -> PlanInputs.Target {
    let values = servers.map { "{\"Value\": \"\($0)\"}" }.joined(separator: ",")
    let text = """
      {\(layout)"ResourceRecordSets": [
        {"Name": "\(apex)", "Type": "NS", "TTL": 172800, "ResourceRecords": [\(values)]},
        {"Name": "\(apex)", "Type": "SOA", "TTL": 900, "ResourceRecords": [{"Value":
          "ns-1.awsdns-01.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"}]}
        \(sets.isEmpty ? "" : "," + sets)
      ]}
      """
    let source = SourceFile(name: "route53.json", text: text)
    let reading = ExportReading(source)
    guard let export = reading.export, let apex = export.apex else {
      throw JSONError("no export: \(reading.findings)", at: Location(source, 0..<0))
    }
    return PlanInputs.Target(sources: [source], apex: apex, recordSets: export.recordSets)
  }

  static func plan(
    _ records: String = "", into sets: String = "",
    _ change: (inout PlanOptions) -> Void = { _ in }
  ) throws -> Plan {
    var options = options
    change(&options)
    return try Planner.plan(
      PlanInputs(reading: reading(records), target: try target(sets)), options: options)
  }
}
