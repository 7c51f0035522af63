import Diagnostics
import Migration
import ZoneLint

/// Reads any octets as each of the files that hold settings.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSettings(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let octets = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let source = SourceFile(name: "settings", octets: octets)
  _ = try? LintFile(source)
  _ = Baseline(parsing: String(decoding: octets, as: UTF8.self))
  _ = FindingReport(PortfolioFile(source).findings).text()
  return 0
}
