// zoneload [--index] FILE
//
// Loads a zone file and says how many records it has; with --index also how many names and RRsets,
// which makes it ready for lookups as lint and diff need it. No product: Scripts/benchmark measures
// it beside the field's readers.

import Diagnostics
import ZoneKit

let arguments = CommandLine.arguments.dropFirst()
do {
  let reading = ZoneFileReader.read(try SourceFile.open(path: arguments.last ?? "-"))
  print("\(reading.zone.count) records, \(reading.findings.count) findings")
  if arguments.contains("--index") {
    let index = ZoneIndex(reading.zone)
    print("\(index.names.count) names, \(index.rrsetCount) RRsets")
  }
} catch {
  fatalError("\(error)")
}
