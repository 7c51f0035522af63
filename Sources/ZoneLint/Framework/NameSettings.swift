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
  /// Sorted by where they begin.
  private let sets: [(range: Range<Int>, source: ObjectIdentifier, owner: Name)]

  init(_ recordSets: [RecordSet]) {
    sets = recordSets.compactMap { set in
      set.location.map { ($0.range, ObjectIdentifier($0.source), set.owner) }
    }
    .sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
  }

  func owner(at location: Location) -> Name? {
    let source = ObjectIdentifier(location.source)
    return sets.last {
      $0.range.lowerBound <= location.range.lowerBound && $0.source == source
        && location.range.lowerBound <= $0.range.upperBound
    }?.owner
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
