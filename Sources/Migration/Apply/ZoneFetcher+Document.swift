import Diagnostics
import Route53
import ZoneKit

extension ZoneFetcher {
  /// A hosted zone in one document: what `get-hosted-zone` and `list-resource-record-sets` print.
  public struct Document: Sendable {
    /// The document.
    public let octets: [UInt8]
    /// What it holds, in a line.
    public let summary: String
    /// What is odd about it; nil if nothing is.
    public let note: String?
  }

  /// Fetches a hosted zone.
  ///
  /// - Parameter idOrName: its id, or its name if one hosted zone alone has it.
  /// - Throws: `ApplyError` also where the export is not whole.
  public func fetch(_ idOrName: String) throws(ApplyError) -> Document {
    let id = try id(of: idOrName)
    let (about, description) = try description(of: id)
    let export = try export(of: id)
    let count = try zone(export, id: id, apex: description.name).count
    // The service's own text, not a copy that would lose what this program does not know.
    var octets = Array("{\n".utf8)
    for (source, keys) in [
      (about, ["HostedZone", "DelegationSet", "VPCs"]), (export, ["ResourceRecordSets"]),
    ] {
      let document: JSONValue
      do throws(JSONError) {
        document = try JSONReader.read(source)
      } catch {
        throw ApplyError("\(error)")
      }
      for key in keys {
        guard let range = document[key]?.location.range else { continue }
        octets += (octets.count > 2 ? ",\n" : "").utf8
        octets += Array("    \"\(key)\": ".utf8) + source.octets(in: range)
      }
    }
    octets += "\n}\n".utf8
    let servers = description.nameServers.map(\.description).joined(separator: " ")
    let said = description.recordSetCount ?? count
    return Document(
      octets: octets,
      summary: "\(description.name) \(id), \(count) record sets"
        + (servers.isEmpty ? "" : ", delegate to \(servers)"),
      note: said == count
        ? nil
        : "the service counts \(said) record sets, and lists \(count): was the zone changed just now? Fetch it again: no plan is made of this"
    )
  }
}
