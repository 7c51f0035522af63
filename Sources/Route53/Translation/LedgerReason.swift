import ZoneKit

/// Why a record is not carried into Route 53.
public struct LedgerReason: Sendable, Hashable {
  /// The reason's id, as in `Finding.rule`: `r53-unsupported-type`.
  public let id: String
  /// One sentence without a final full stop.
  public let message: String
  /// The ways out, where there are any.
  public let help: String?

  init(_ id: String, _ message: String, help: String? = nil) {
    self.id = id
    self.message = message
    self.help = help
  }
}

// MARK: - Records that Route 53 has no use for

extension LedgerReason {
  static let apexSOA = LedgerReason(
    "r53-apex-soa", "the hosted zone keeps the SOA that Route 53 gave it")

  static let apexNS = LedgerReason(
    "r53-apex-ns",
    "the hosted zone keeps its own name servers; the old servers never go into it")

  static let merged = LedgerReason(
    "r53-duplicate", "the record repeats another (RFC 2181 section 5)")

  static func zoneSigning(_ type: RecordType) -> LedgerReason {
    LedgerReason(
      "r53-zone-signing",
      "\(type) belongs to the old signer: Route 53 signs for itself, or the zone is unsigned")
  }
}

// MARK: - Records that cannot be carried as they are

extension LedgerReason {
  static func unsupportedType(_ type: RecordType) -> LedgerReason {
    LedgerReason(
      "r53-unsupported-type", "Route 53 takes no \(type) records",
      help: type == .dname
        ? "write out the names below it, or keep them in a child zone on another server"
        : "drop the record, or leave it out with --unsupported skip")
  }

  static func outOfZone(apex: Name) -> LedgerReason {
    LedgerReason(
      "r53-out-of-zone", "the name is not at or below the apex \(apex)",
      help: "a missing or a superfluous final dot? Else move the record to its own zone")
  }

  static func otherClass(_ recordClass: RecordClass) -> LedgerReason {
    LedgerReason("r53-class", "Route 53 serves class IN only, found \(recordClass)")
  }

  /// - Parameter way: the way out that fits the target; nil where only the general ones are known.
  static func apexCNAME(_ way: String?) -> LedgerReason {
    LedgerReason(
      "r53-apex-cname", "a CNAME cannot stand at the apex",
      help: way
        ?? "the target is neither a known resource of AWS nor a name of this zone: put its addresses "
        + "here, or a redirecting web server or CloudFront distribution of your own in front")
  }

  static let cnameAndOther = LedgerReason(
    "r53-cname-and-other", "a CNAME stands alone at its name, but other records are there",
    help: "keep either the CNAME or the others")

  static let severalCNAMEs = LedgerReason(
    "r53-several-cnames", "a name has one CNAME at most", help: "keep one of them")

  static let conflictingAnnotation = LedgerReason(
    "r53-conflicting-annotation",
    "another record of this name and type has other routing, or the same identifier",
    help: "give each set of a name and type its own identifier, or none of them any routing")

  static let wildcardNS = LedgerReason(
    "r53-wildcard-ns", "Route 53 takes no NS records at a wildcard",
    help: "delegate each name, or serve the names from this zone")

  static let soaBelowApex = LedgerReason(
    "r53-soa-below-apex", "an SOA stands at the apex only, here the records of another zone begin",
    help: "give that zone a hosted zone of its own and delegate it")

  static let malformedData = LedgerReason(
    "r53-malformed-data", "the data are not well formed for their type")

  static let ttlTooLarge = LedgerReason(
    "r53-ttl-too-large", "the TTL is over \(TTL.maximum) s, the most there is (RFC 2181 section 8)")

  static func valueTooLong(_ count: Int) -> LedgerReason {
    LedgerReason(
      "r53-value-too-long",
      "the value takes \(count) characters in Route 53, which takes \(RecordSetLimits.valueCount)",
      help: "shorten the value; octets outside printable ASCII take four characters each")
  }

  static func tooManyValues(_ count: Int) -> LedgerReason {
    LedgerReason(
      "r53-too-many-values",
      "the RRset has \(count) values, Route 53 takes \(RecordSetLimits.valuesPerSet)",
      help: "spread the values over several names")
  }

  static func setTooLong(_ count: Int) -> LedgerReason {
    LedgerReason(
      "r53-set-too-long",
      "the values of the RRset take \(count) characters, and one request carries "
        + "\(RequestLimits.characters)",
      help: "an RRset cannot be split over two requests: spread the values over several names")
  }
}
