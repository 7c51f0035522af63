public import Propagation
import RecordSets
public import Route53
import ZoneKit

extension PlanFiles {
  /// The file that tells a directory of an overview.
  public static let portfolioFile = "portfolio.json"

  /// The files of a portfolio's overview.
  ///
  /// - Parameter localTime: the zone in which the calendar shows its events; nil: UTC.
  public static func files(of portfolio: Portfolio, in localTime: LocalTime?) -> [File] {
    [
      File(portfolioFile, portfolio.json()), File("portfolio.md", portfolio.markdown()),
      File("portfolio.ics", portfolio.calendar(in: localTime)),
    ]
  }

  /// The name of the directory of a zone's plan among those of others.
  public static func directoryName(of plan: Plan) -> String { FileName.of(plan.apex) }
}

extension Translation {
  /// About how many requests of the Route 53 API loading the zone takes: the hosted zone is made,
  /// its sets are changed, each batch is waited for, and the sets are listed for comparison.
  public var loadRequests: Int {
    var size = RequestSize()
    for set in recordSets {
      size.elements += max(1, set.data.count)
      size.characters += set.data.reduce(0) { $0 + $1.octets.count }
    }
    let batches = max(
      Self.parts(size.elements, RequestLimits.elements),
      Self.parts(size.characters, RequestLimits.characters))
    return 1 + 2 * batches + Self.parts(recordSets.count, Self.listedAtOnce)
  }

  /// The most record sets in an answer of `ListResourceRecordSets` (Route 53 API reference).
  private static let listedAtOnce = 300

  private static func parts(_ count: Int, _ most: Int) -> Int { max(1, (count + most - 1) / most) }
}
