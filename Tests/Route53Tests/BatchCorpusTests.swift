import Diagnostics
import RecordSets
import Route53
import TestSupport
import Testing
import ZoneKit

/// Exports of real zones and of the samples: loaded into a new zone, and emptied again.
@Suite struct BatchCorpusTests {
  /// Exports that no zone could hold, with why: they are made up by other projects' tests.
  private static let impossible = [
    "octodns-rrsets-5214.cli.json": "CollectionId"
  ]

  private static let exports =
    files(below: zoneSamples, ending: ["route53.json"])
    + SharedCorpus.files(below: "route53", ending: [".cli.json"])

  @Test(arguments: exports)
  func loadsIntoANewZoneAndEmptiesIt(path: String) throws {
    guard let export = ExportReading(try SourceFile.open(path: path)).export,
      let apex = export.apex
    else { return }
    let id = export.description?.id ?? "ZTEST"
    let new = HostedZone.new(apex: apex, delegationSet: HostedZone.exampleNameServers, id: id)
    let plan = ChangePlan(from: new, to: export.recordSets)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if let reason = Self.impossible[name] {
      #expect(plan.blockers.contains { $0.reason.contains(reason) })
      return
    }
    #expect(plan.blockers.map(\.description) == [], "\(name)")
    #expect(plan.proof?.setCount == plan.wanted.count)
    let difference = Diff(from: export.recordSets, to: plan.wanted, route53Apex: apex)
    #expect(difference.isEmpty, "\(name): \(difference.summary)")
    let loaded = try HostedZone(apex: apex, id: id, sets: plan.wanted)
    #expect(ChangePlan(emptying: loaded).wanted.count == 2)
  }
}
