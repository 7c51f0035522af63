import Diagnostics
import RecordSets
import Route53
import ZoneKit

/// One side of a comparison.
struct ComparedSide {
  /// What the user calls it.
  let name: String
  let apex: Name
  let content: Content

  enum Content {
    case zone(ZoneIndex)
    case recordSets([RecordSet])
  }
}

extension InputReader {
  /// Reads a zone file or an export, whichever it is.
  func side(_ path: String) throws(CommandError) -> ComparedSide {
    let source = try open(path)
    if Self.isExport(source) {
      let export = try export([source])
      return ComparedSide(
        name: source.name, apex: export.apex, content: .recordSets(export.content.recordSets))
    }
    if AnnotatedZone.holdsForms(source) {
      // Aliases and routing, as an export has them.
      let zone = try annotatedZone(source, hostedZoneID: nil)
      return ComparedSide(
        name: source.name, apex: zone.index.zone.apex, content: .recordSets(zone.recordSets))
    }
    let reading = try zone(source)
    return ComparedSide(
      name: source.name, apex: reading.zone.apex, content: .zone(ZoneIndex(reading.zone)))
  }
}
