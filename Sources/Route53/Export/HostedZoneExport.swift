public import Diagnostics
public import RecordSets
public import ZoneKit

/// The record sets of a hosted zone as `aws route53 list-resource-record-sets` or an SDK wrote
/// them down.
public struct HostedZoneExport: Sendable {
  /// The sets, in the order of the export.
  public let recordSets: [RecordSet]
  /// Where the values of each set stand, by the index of the set.
  public let valueLocations: [[Location]]
  /// The zone's name: the owner of the SOA set, or else what a description of the zone says. Nil
  /// if neither is there.
  public let apex: Name?
  /// What `get-hosted-zone` says of the zone, where the input holds that too.
  public let description: HostedZoneDescription?
}

/// A hosted zone as `aws route53 get-hosted-zone` or `list-hosted-zones` describes it.
public struct HostedZoneDescription: Sendable, Hashable {
  /// The id without `/hostedzone/`.
  public let id: String
  /// The zone's name.
  public let name: Name
  /// Whether it answers in private networks only.
  public let isPrivate: Bool
  /// How many sets it holds; nil where that is not said.
  public let recordSetCount: Int?
  /// The four servers to delegate to; empty where that is not said.
  public let nameServers: [Name]
  /// Where it was read.
  public let location: Location
}

/// What reading an input as an export gave.
public struct ExportReading: Sendable {
  /// What the input is.
  public let document: Document?
  /// What was found on the way, in order. An error means that the document is not whole.
  public let findings: [Finding]

  /// Kinds of document that are told apart.
  public enum Document: Sendable {
    /// The record sets of a zone.
    case export(HostedZoneExport)
    /// Descriptions of hosted zones, without their sets.
    case descriptions([HostedZoneDescription])
  }

  /// Whether something could not be read or must not be used.
  public var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// The export; nil if the input is none, or is not whole.
  public var export: HostedZoneExport? {
    if case .export(let export) = document, !hasErrors { export } else { nil }
  }
}
