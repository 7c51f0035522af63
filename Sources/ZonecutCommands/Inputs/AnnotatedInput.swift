import Diagnostics
import Route53
import ZoneKit

extension InputReader {
  /// Reads a zone file that may hold the forms of cli53 and has to be whole.
  func annotatedZone(
    _ source: SourceFile, hostedZoneID: String?
  ) throws(CommandError) -> AnnotatedZone {
    if source.count == 0 { throw CommandError("\(source.name): is empty, expected a zone file") }
    let zone = AnnotatedZone(source, options: options.zoneFile, hostedZoneID: hostedZoneID)
    try refuseErrors(in: zone.findings, of: source.name, what: "the zone is incomplete")
    guard zone.index.zone.hasSOA || options.origin != nil else {
      throw CommandError(
        "\(source.name): no SOA record, so the zone's name is not known; give --origin")
    }
    return zone
  }
}
