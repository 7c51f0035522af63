import Nameservers
import RecordSets
import TestSupport
import Testing
import ZoneKit

@Suite("covering questions")
struct CoveringTests {
  @Test(
    "they show a difference exactly if any question does",
    arguments: SeededGenerator.seeds(40))
  func covering(seed: UInt64) {
    var generator = RandomContents(seed: seed)
    let universe = generator.universe(depth: 4)
    let types = RandomContents.types + [.cname, .dname, .ns, .ds, .soa, .srv]
    for _ in 0..<100 {
      let (old, new) = generator.pair()
      let (a, b) = (
        ZoneContent(ZoneIndex(old), label: "old"), ZoneContent(ZoneIndex(new), label: "new")
      )
      let shown = CoveringQuestions([a, b]).contains { differs($0.name, $0.type, a, b) }
      // A name server's address outlives its NS record, under a label that is not in the universe.
      let universe = universe + old.map(\.owner) + new.map(\.owner)
      let all = universe.contains { name in types.contains { differs(name, $0, a, b) } }
      if shown != all {
        let first = universe.lazy.flatMap { name in types.lazy.map { (name, $0) } }
          .first { differs($0.0, $0.1, a, b) }
        Issue.record(
          """
          shown \(shown), all \(all) \(first.map { "\($0.0) \($0.1)" } ?? "")
          \(old.map(\.description).joined(separator: "\n"))
          ---
          \(new.map(\.description).joined(separator: "\n"))
          """)
        return
      }
    }
  }

  private func differs(_ name: Name, _ type: RecordType, _ a: ZoneContent, _ b: ZoneContent) -> Bool
  {
    a.lookUp(name, type).answers != b.lookUp(name, type).answers
  }
}
