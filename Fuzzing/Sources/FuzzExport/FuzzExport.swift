import Diagnostics
import RecordSets
import Route53
import ZoneKit

/// Reads any octets as an export, and takes the sets to a zone file and back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzExport(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let octets = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let reading = ExportReading(SourceFile(name: "export", octets: octets))
  _ = FindingReport(reading.findings).text()
  guard let export = reading.export, let apex = export.apex else { return 0 }
  _ = export.recordSets.cloudFormation(apex: apex).text
  _ = export.recordSets.terraform(apex: apex).text
  _ = export.recordSets.octoDNS(apex: apex).text
  let written = ExportReading(
    SourceFile(name: "written", octets: export.recordSets.exportJSON.octets(pretty: true)))
  precondition(written.export?.recordSets.count == export.recordSets.count, "lost sets")
  let text = export.recordSets.zoneText(apex: apex)
  let zone = AnnotatedZone(
    SourceFile(name: "text", text: text), options: ZoneFileOptions(origin: apex))
  do {
    _ = try Translation(of: zone, options: .init(ttl: .keep, alias: .never)).ledger.text()
  } catch {
    fatalError("\(error)")
  }
  return 0
}
