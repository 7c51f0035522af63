public import Diagnostics
import RecordSets
public import Route53
public import ZoneKit

/// Fetches hosted zones, and sees that they are whole and the ones that are meant.
public struct ZoneFetcher: Sendable {
  /// The service.
  public var service: AWSRoute53

  /// A fetcher.
  public init(service: AWSRoute53) { self.service = service }

  /// The export of a hosted zone, as `aws` prints it.
  public func export(of id: String) throws(ApplyError) -> SourceFile {
    do throws(AWSError) {
      return try service.recordSets(ofZone: id)
    } catch {
      throw ApplyError(error)
    }
  }

  /// A hosted zone as its export shows it.
  ///
  /// - Throws: `ApplyError` if the export is incomplete, or of another zone.
  public func zone(
    _ export: SourceFile, id: String, apex: Name
  ) throws(ApplyError) -> HostedZone {
    let reading = ExportReading(export)
    guard let content = reading.export else {
      throw ApplyError(
        "the export of the hosted zone \(id) is not whole",
        findings: reading.findings.filter { $0.severity == .error })
    }
    guard content.apex == apex else {
      throw ApplyError(
        "the hosted zone \(id) is \(content.apex.map { "\($0)" } ?? "without an SOA set"), and "
          + "the plan is of \(apex)")
    }
    return try Self.zone(content.recordSets, id: id, apex: apex)
  }

  /// A hosted zone of these sets.
  static func zone(
    _ sets: [RecordSet], id: String, apex: Name
  ) throws(ApplyError) -> HostedZone {
    do throws(HostedZoneError) {
      return try HostedZone(apex: apex, id: id, sets: sets)
    } catch {
      throw ApplyError("\(error)")
    }
  }

  // MARK: - Which zone

  /// What the service says of a hosted zone.
  public func description(
    of id: String
  ) throws(ApplyError) -> (source: SourceFile, zone: HostedZoneDescription) {
    let source: SourceFile
    do throws(AWSError) {
      source = try service.hostedZone(id)
    } catch {
      throw ApplyError(error)
    }
    let reading = ExportReading(source)
    guard !reading.hasErrors, case .descriptions(let zones)? = reading.document,
      let zone = zones.first
    else {
      throw ApplyError("the answer about \(id) is not understood", findings: reading.findings)
    }
    return (source, zone)
  }

  /// Sees that a hosted zone is the public one of a name.
  func check(_ id: String, isNamed apex: Name) throws(ApplyError) {
    let zone = try description(of: id).zone
    guard zone.name == apex else {
      throw ApplyError("the hosted zone \(id) is \(zone.name), and the plan is of \(apex)")
    }
    guard !zone.isPrivate else {
      throw ApplyError("the hosted zone \(id) is private: no delegation can lead to it")
    }
  }

  /// The id of the hosted zone that is meant by an id, or by a name that one zone alone has.
  public func id(of idOrName: String) throws(ApplyError) -> String {
    let bare = idOrName.hasPrefix("/hostedzone/") ? String(idOrName.dropFirst(12)) : idOrName
    if bare.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x41...0x5a ~= $0 }) { return bare }
    guard let name = try? Name(parsing: bare, origin: .root) else {
      throw ApplyError("\(visible(idOrName)): expected a hosted zone's id or its name")
    }
    var found: [(id: String, isPrivate: Bool)] = []
    do {
      let list = try service.hostedZones(from: name.route53)
      for zone in try list.member("HostedZones", of: "the answer").array("HostedZones") {
        let text = try zone.member("Name", of: "HostedZones").string("Name")
        guard (try? Name(route53: text)) == name else { continue }
        let id = try zone.member("Id", of: "HostedZones").string("Id")
        found.append(
          (
            id.hasPrefix("/hostedzone/") ? String(id.dropFirst(12)) : id,
            zone["Config"]?["PrivateZone"]?.kind == .bool(true)
          ))
      }
    } catch let error as JSONError {
      throw ApplyError("the list of hosted zones is not understood: \(error)")
    } catch let error as AWSError {
      throw ApplyError(error)
    } catch {
      throw ApplyError("\(error)")
    }
    guard let zone = found.first else {
      throw ApplyError("the account has no hosted zone named \(name)")
    }
    guard found.count == 1 else {
      let list = found.map { $0.id + ($0.isPrivate ? " (private)" : "") }.joined(separator: ", ")
      throw ApplyError("\(found.count) hosted zones are named \(name): \(list)", "give the id")
    }
    return zone.id
  }
}
