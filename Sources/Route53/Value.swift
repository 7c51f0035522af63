public import ZoneKit

// Names and values as Route 53 writes them: escapes are octal there, in names as in values, and a
// name is absolute with or without its final dot. Nothing else in the package reads or writes them.
//
// Source: "DNS domain name format" and "Supported DNS record types" in the Amazon Route 53
// developer guide.

extension Name {
  /// Reads a name as Route 53 writes it: octal escapes, absolute with or without a final dot.
  ///
  /// - Throws: `NameError`.
  public init(route53 text: some StringProtocol) throws(NameError) {
    let text = String(text)
    try self.init(parsing: text.utf8.span, origin: .root, escapes: .octal)
  }

  /// The name as Route 53 stores it: lower case, a final dot, everything but letters, digits,
  /// hyphen and underscore as an octal escape. A wildcard begins with `\052`.
  public var route53: String { lowercased.presentation(escapes: .octal) }
}

extension RecordData {
  /// Reads a `Value` of Route 53: octal escapes, names absolute with or without a final dot,
  /// strings of a TXT value with or without a space between them.
  ///
  /// - Throws: `RecordDataError` with the place of the fault in `text`.
  public init(route53 text: some StringProtocol, type: RecordType) throws(RecordDataError) {
    let text = String(text)
    try self.init(parsing: text.utf8.span, type: type, origin: .root, escapes: .octal)
  }

  /// The data as a `Value` of Route 53: octal escapes, absolute names, the strings of a TXT in
  /// quotes with one space between them.
  public var route53: String { presentation(escapes: .octal) }
}

extension RecordType {
  /// The types that Route 53 takes, in the order of the API reference (`RRType`).
  public static let route53: [RecordType] = [
    .soa, .a, .txt, .ns, .cname, .mx, .naptr, .ptr, .srv, .spf, .aaaa, .caa, .ds, .tlsa, .sshfp,
    .svcb, .https,
  ]

  /// Whether Route 53 takes the type.
  public var isRoute53: Bool { RecordType.route53.contains(self) }
}

/// Limits of Route 53 on one record set ("Quotas" in the developer guide, and the API model).
public enum RecordSetLimits {
  /// The most characters of a `Value`.
  public static let valueCount = 4_000
  /// The most values of a set.
  public static let valuesPerSet = 400
  /// The most characters of a set identifier.
  public static let setIdentifierCount = 128
  /// The most characters of a health check's id.
  public static let healthCheckIDCount = 64
  /// The most sets of one name and type.
  public static let setsPerNameAndType = 100
  /// The most geoproximity sets of one name and type.
  public static let geoproximitySetsPerNameAndType = 30
  /// The most sets of a zone, unless AWS raised the quota.
  public static let setsPerZone = 10_000
}
