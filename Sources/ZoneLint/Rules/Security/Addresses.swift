import Diagnostics
import ZoneKit

extension Rule {
  static let privateIP = Rule(
    "private-ip", "address that is not public", .warning, group: .security,
    rationale: """
      An address of a private, local or documentation range leads outside clients nowhere, or to \
      a machine of their own network, and tells about yours. A move is the time to split the view. \
      Addresses of documentation ranges are told once; 127.0.0.1 and ::1 for 'localhost' not at all.
      """,
    reference: "RFC 6890, RFC 1918, RFC 4193, RFC 5737, RFC 3849",
    remedy: "publish a public address, or keep the name in the internal view",
    triggering: [
      "↓db IN A 10.0.0.5", "↓me IN A 127.0.0.1", "↓six IN AAAA fd00::1", "↓doc IN AAAA 2001:db8::1",
    ].map { Example($0, omitting: Example.Part.mail, also: ["no-mail-lockdown"]) },
    nonTriggering: [
      "www IN A 8.8.8.8", "www IN AAAA 2600:9000::1",
      "localhost IN A 127.0.0.1\nlocalhost IN AAAA ::1",
    ].map {
      Example($0, omitting: Example.Part.mail, also: ["no-mail-lockdown"])
    }
  ) { context, report in
    let storage = context.zone.storage
    let octets = storage.span
    var documentation: Int?
    for type in [RecordType.a, .aaaa] {
      for number in context.zone.rrsetNumbers(type) {
        for record in context.zone.index.records(ofRRset: number) {
          let place = context.zone.index.zone.dataRange(ofRecord: Int(record))
          guard !place.isEmpty,
            SpecialAddress.mayBeginOne(octets[place.lowerBound], count: place.count),
            let range = SpecialAddress.range(of: storage[place])
          else { continue }
          if range.isDocumentation {
            documentation = min(documentation ?? Int(record), Int(record))
            continue
          }
          let value = LintValue(zone: context.zone, record: Int(record))
          // The name that every zone may give to the own machine (RFC 1912 section 4.1).
          if range.isLoopback, value.owner.label(0) == "localhost" { continue }
          report.add(
            "\(value.owner) \(type) \(value.data) is \(range.purpose) address",
            at: value.location)
        }
      }
    }
    guard let documentation else { return }
    report.add(
      documentationMessage, at: context.zone.location(ofRecord: documentation), severity: .info)
  }
}
extension Rule {
  /// What is said of the first address of a documentation range, and not again of others.
  static let documentationMessage =
    "an address that is kept for documentation; others in the zone are not told"
}

/// Address ranges that do not lead to a host of the public Internet (IANA's special-purpose
/// address registries, RFC 6890).
enum SpecialAddress {
  struct Range: Sendable {
    let prefix: [UInt8]
    /// Bits of the prefix that count; it has at least as many.
    let length: Int
    /// With its article: "a loopback".
    let purpose: String
    var isDocumentation = false
    var isLoopback = false
  }

  /// The range that an address of 4 or 16 octets lies in.
  static func range(of address: ArraySlice<UInt8>) -> Range? {
    switch address.count {
    case 4: ipv4.first { $0.contains(address) }
    case 16: ipv6.first { $0.contains(address) }
    default: nil
    }
  }

  /// Whether an address of `count` octets may lie in a range, by its first octet, which rules most
  /// out.
  static func mayBeginOne(_ first: UInt8, count: Int) -> Bool {
    count == 4 ? ipv4Starts[Int(first)] : first != 0x2A && first != 0x26
  }

  private static let ipv4: [Range] = [
    Range(prefix: [0], length: 8, purpose: "a 'this network'"),
    Range(prefix: [10], length: 8, purpose: "a private"),
    Range(prefix: [100, 64], length: 10, purpose: "a carrier's shared"),
    Range(prefix: [127], length: 8, purpose: "a loopback", isLoopback: true),
    Range(prefix: [169, 254], length: 16, purpose: "a link-local"),
    Range(prefix: [172, 16], length: 12, purpose: "a private"),
    Range(prefix: [192, 0, 2], length: 24, purpose: "a documentation", isDocumentation: true),
    Range(prefix: [192, 168], length: 16, purpose: "a private"),
    Range(prefix: [198, 18], length: 15, purpose: "a benchmarking"),
    Range(prefix: [198, 51, 100], length: 24, purpose: "a documentation", isDocumentation: true),
    Range(prefix: [203, 0, 113], length: 24, purpose: "a documentation", isDocumentation: true),
    Range(prefix: [224], length: 4, purpose: "a multicast"),
    Range(prefix: [240], length: 4, purpose: "a reserved"),
  ]

  private static let ipv6: [Range] = [
    Range(prefix: [UInt8](repeating: 0, count: 16), length: 128, purpose: "the unspecified"),
    Range(
      prefix: [UInt8](repeating: 0, count: 15) + [1], length: 128, purpose: "the loopback",
      isLoopback: true),
    Range(
      prefix: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF], length: 96,
      purpose: "an IPv4-mapped"),
    Range(prefix: [0x01, 0, 0, 0, 0, 0, 0, 0], length: 64, purpose: "a discard-only"),
    Range(
      prefix: [0x20, 0x01, 0x0D, 0xB8], length: 32, purpose: "a documentation",
      isDocumentation: true),
    Range(
      prefix: [0x3F, 0xFF, 0x00], length: 20, purpose: "a documentation", isDocumentation: true),
    Range(prefix: [0xFC], length: 7, purpose: "a unique local"),
    Range(prefix: [0xFE, 0x80], length: 10, purpose: "a link-local"),
    Range(prefix: [0xFF], length: 8, purpose: "a multicast"),
  ]

  /// Whether a range begins with an octet.
  private static let ipv4Starts: [Bool] = (0..<256).map { first in
    ipv4.contains { range in
      let bits = min(8, range.length)
      return UInt8(first) >> (8 - bits) == range.prefix[0] >> (8 - bits)
    }
  }
}

extension SpecialAddress.Range {
  /// Whether an address begins with the prefix.
  func contains(_ address: ArraySlice<UInt8>) -> Bool {
    var bits = length
    for (a, b) in zip(address, prefix) {
      if bits <= 0 { return true }
      let unused = max(0, 8 - bits)
      if a >> unused != b >> unused { return false }
      bits -= 8
    }
    return bits <= 0
  }
}
