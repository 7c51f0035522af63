import Diagnostics
import RecordSets
import ZoneKit

/// Finds the owner that a finding speaks of, by its place.
protocol OwnerLocating {
  /// The owner of the record at a place; nil if there is none.
  func owner(at location: Location) -> Name?
}

extension RecordLocator: OwnerLocating {}

/// Finds the owners of an export's record sets.
struct RecordSetLocator: OwnerLocating {
  /// The sets of each source, in the order of the text.
  private let sets: [ObjectIdentifier: [(range: Range<Int>, owner: Name)]]

  init(_ recordSets: [RecordSet]) {
    let placed = recordSets.compactMap { set in
      set.location.map { (source: ObjectIdentifier($0.source), range: $0.range, owner: set.owner) }
    }
    sets = Dictionary(grouping: placed, by: \.source).mapValues { sets in
      sets.map { ($0.range, $0.owner) }.sorted { $0.0.lowerBound < $1.0.lowerBound }
    }
  }

  func owner(at location: Location) -> Name? {
    guard let sets = sets[ObjectIdentifier(location.source)] else { return nil }
    // The last set that does not begin behind the place.
    var low = 0
    var high = sets.count
    while low < high {
      let middle = (low + high) / 2
      if sets[middle].range.lowerBound <= location.range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low > 0, location.range.lowerBound <= sets[low - 1].range.upperBound else { return nil }
    return sets[low - 1].owner
  }
}

extension LintConfiguration {
  /// The findings with what is set for their names.
  func settled(_ findings: [Finding], by locator: @autoclosure () -> any OwnerLocating) -> [Finding]
  {
    if names.isEmpty || findings.isEmpty { return findings }
    let locator = locator()
    return findings.compactMap { finding in
      guard let owner = finding.location.flatMap(locator.owner) else { return finding }
      let settings = names.filter { $0.apply(to: owner) }
      if settings.contains(where: { $0.disabled.contains(finding.rule) }) { return nil }
      var finding = finding
      finding.severity =
        settings.compactMap { $0.severities[finding.rule] }.first ?? finding.severity
      return finding
    }
  }
}
