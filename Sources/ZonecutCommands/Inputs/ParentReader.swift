import Nameservers
import Propagation
import Runbook
import ZoneKit

extension TimetableArguments {
  /// The options with the parent's TTLs and DS as its own servers give them, where `--resolve`
  /// names some.
  func resolved(for zone: Name) throws(CommandError) -> TimetableArguments {
    guard !parentServers.isEmpty else { return self }
    var servers: [ServerAddress] = []
    for server in parentServers {
      do {
        servers += try ServerAddress.resolve(server)
      } catch {
        throw CommandError("--resolve: \(error)")
      }
    }
    do {
      let delegation = try ParentDelegation.ask(servers, for: zone)
      var resolved = self
      resolved.parentTTL = TimeSpan(seconds: Int64(delegation.ttl.rawValue))
      resolved.parentDS = delegation.dsTTL == nil ? .absent : .present
      resolved.dsTTL = delegation.dsTTL.map { TimeSpan(seconds: Int64($0.rawValue)) }
      return resolved
    } catch {
      throw CommandError("--resolve: \(error)")
    }
  }
}
