import ZoneKit

/// Why a zone could not be transferred. The description says what to do.
public struct TransferError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened, and what to do about it.
  public let description: String

  init(_ description: String) { self.description = description }

  /// A refusal by RCODE.
  init(_ code: ResponseCode, zone: Name, server: ServerAddress, key: TSIGKey?) {
    let place = "\(server) answers \(code)"
    switch code {
    case .refused:
      self.init(
        "\(place): it does not transfer \(zone) to this computer\(key == nil ? "" : " and key"); "
          + "allow the address or a key on the server (BIND: allow-transfer, NSD: provide-xfr, "
          + "Knot: acl)\(key == nil ? ", and name the key with --tsig" : "")")
    case .notAuth:
      self.init(
        "\(place): it is not authoritative for \(zone)\(key == nil ? "" : ", or rejects the key"); "
          + "check the zone's name, and ask one of its own servers (BIND says NOTAUTH too where "
          + "a zone has expired or did not load)")
    case .notImp, .formErr:
      self.init(
        "\(place): it does not know transfers; Route 53 and most hosting services have none: "
          + "export the zone with their own tools")
    case .servFail:
      self.init("\(place): it has \(zone), but cannot serve it now; see the server's log")
    case .nxDomain: self.init("\(place): it knows no zone \(zone); check the name")
    default: self.init("\(place) to the transfer of \(zone)")
    }
  }
}
