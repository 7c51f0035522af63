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

  /// Whether this is a hosted zone of Route 53.
  var isExport: Bool { if case .recordSets = content { true } else { false } }

  enum Content {
    case zone(ZoneIndex)
    /// A zone with the forms of cli53 in its file, aliases and routing policies.
    case annotated(AnnotatedZone)
    case recordSets([RecordSet])
  }
}

extension InputReader {
  /// Reads a zone file or an export, whichever it is.
  ///
  /// - Parameter hostedZoneID: what `$self` in a zone file stands for; nil if it is not known.
  func side(_ path: String, hostedZoneID: String? = nil) throws(CommandError) -> ComparedSide {
    let source = try open(path)
    if Self.isExport(source) {
      let export = try export([source])
      return ComparedSide(
        name: source.name, apex: export.apex, content: .recordSets(export.content.recordSets))
    }
    if AnnotatedZone.holdsForms(source) {
      let zone = try annotatedZone(source, hostedZoneID: hostedZoneID)
      return ComparedSide(
        name: source.name, apex: zone.index.zone.apex, content: .annotated(zone))
    }
    let reading = try zone(source)
    return ComparedSide(
      name: source.name, apex: reading.zone.apex, content: .zone(ZoneIndex(reading.zone)))
  }
}
