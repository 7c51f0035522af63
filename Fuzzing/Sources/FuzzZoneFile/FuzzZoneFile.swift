import Diagnostics
import Route53
import ZoneLint

@testable import ZoneKit

/// Reads any octets as a zone file in both ways, and does with the zone what the commands do.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzZoneFile(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let octets = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let source = SourceFile(name: "zone", octets: octets)
  var options = ZoneFileOptions(origin: try? Name(parsing: "example.com."))
  // No file is opened.
  options.open = { path, place in
    SourceFile(name: path, octets: Array("$TTL 60\n@ A 192.0.2.1\n".utf8), includedFrom: place)
  }
  let reading = ZoneFileReader.read(source, options: options)
  let reference = ZoneFileReader.read(source, options: options, method: .reference)
  precondition(Array(reading.zone) == Array(reference.zone), "the fast path reads other records")
  precondition(
    FindingReport(reading.findings).text() == FindingReport(reference.findings).text(),
    "the fast path finds other things")
  for finding in reading.findings {
    guard let location = finding.location else { continue }
    precondition(location.range.upperBound <= location.source.count, "beyond the text: \(finding)")
  }
  for writer in [ZoneFileWriter(), ZoneFileWriter(isPortable: true, isSorted: true)]
  where !reading.hasErrors {
    let written = SourceFile(name: "written", octets: writer.write(reading.zone))
    let again = ZoneFileReader.read(written, options: options)
    precondition(again.zone.count == reading.zone.count, "what is written reads back otherwise")
  }
  let fixer = ZoneFixer(
    options: options, configuration: LintConfiguration(sets: [.strict], now: 1_796_115_600))
  _ = fixer.fix(reading)
  do {
    _ = try Translation(of: ZoneIndex(reading.zone)).ledger.text()
  } catch {
    fatalError("\(error)")
  }
  return 0
}
