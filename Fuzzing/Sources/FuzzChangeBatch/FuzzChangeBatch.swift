import Diagnostics
import Route53
import ZoneKit

/// Reads any octets as a change batch, and applies it to the model of a hosted zone.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzChangeBatch(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let octets = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let document = try? JSONReader.read(SourceFile(name: "batch", octets: octets)),
    let apex = try? Name(parsing: "example.com.")
  else { return 0 }
  let reading = ChangeBatchReading(document)
  _ = FindingReport(reading.findings).text()
  var zone = HostedZone.new(apex: apex)
  let before = zone.sets
  do {
    try zone.apply(reading.batch)
  } catch {
    precondition(zone.sets == before, "a rejected batch changed the zone")
    _ = "\(error)"
  }
  return 0
}
