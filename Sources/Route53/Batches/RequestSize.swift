/// The limits of one request to change record sets.
///
/// Source: "Quotas on ChangeResourceRecordSets" in the Amazon Route 53 developer guide.
public enum RequestLimits {
  /// The most `ResourceRecord` elements; those of an UPSERT count twice.
  public static let elements = 1_000
  /// The most characters of all `Value`s; those of an UPSERT count twice.
  public static let characters = 32_000
  /// The most characters of `Comment`.
  public static let commentCount = 256
}

/// What changes count against the limits of a request.
public struct RequestSize: Sendable, Hashable {
  /// `ResourceRecord` elements.
  public var elements: Int
  /// Characters of values, counted in octets of UTF-8.
  public var characters: Int

  /// A size.
  public init(elements: Int = 0, characters: Int = 0) {
    self.elements = elements
    self.characters = characters
  }

  /// What a set counts in a CREATE or DELETE. An alias or a traffic policy instance counts as one
  /// element; that an alias target's name counts is a cautious reading.
  init(values: [String]?, alias: ResourceRecordSet.Alias?) {
    let values = values ?? []
    elements = max(1, values.count)
    characters = values.reduce(alias?.dnsName.utf8.count ?? 0) { $0 + $1.utf8.count }
  }

  /// The most that a request may count.
  public static let limit = RequestSize(
    elements: RequestLimits.elements, characters: RequestLimits.characters)

  /// Whether both counts are within those of `limit`.
  public func fits(_ limit: RequestSize) -> Bool {
    elements <= limit.elements && characters <= limit.characters
  }

  /// The sum of both counts.
  public static func + (a: RequestSize, b: RequestSize) -> RequestSize {
    RequestSize(elements: a.elements + b.elements, characters: a.characters + b.characters)
  }

  static func * (size: RequestSize, factor: Int) -> RequestSize {
    RequestSize(elements: size.elements * factor, characters: size.characters * factor)
  }
}

extension RequestSize: CustomStringConvertible {
  /// `12 records, 340 characters`.
  public var description: String { "\(elements) records, \(characters) characters" }
}
