import Route53
import ZoneKit

/// Domains to look a name up in: whether it is one of them or lies below one.
struct DomainSet: Sendable {
  /// The domains by a hash of their last two labels, which rules most names out at once.
  private let byTail: [UInt64: [Name]]

  /// The domains, each of two labels or more.
  init(_ domains: [Name]) {
    byTail = Dictionary(grouping: domains.filter { $0.labelCount >= 2 }) { name in
      DomainSet.tail(ofNameAt: 0, in: Array(name.wire).span)
    }
  }

  /// The domain that `name` is or lies below.
  func domain(of name: Name) -> Name? {
    let tail = DomainSet.tail(ofNameAt: 0, in: name.wire.span)
    return byTail[tail]?.first { name.isAtOrBelow($0) }
  }

  /// Whether `name` is one of the domains or lies below one.
  func contains(_ name: Name) -> Bool { domain(of: name) != nil }

  /// Whether a name with that hash of its last two labels may be one of the domains or lie below
  /// one.
  func mayContain(tail: UInt64) -> Bool { byTail[tail] != nil }

  /// A hash of the last two labels of a name, without regard to letter case (FNV-1a).
  static func tail(ofNameAt offset: Int, in octets: Span<UInt8>) -> UInt64 {
    // Where the last label begins, and the one before it.
    var (last, before) = (offset, offset)
    var end = offset
    while octets[end] != 0 {
      (before, last) = (last, end)
      end += 1 + Int(octets[end])
    }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in before..<end {
      let octet = octets[index]
      let folded = octet &- 65 < 26 ? octet | 0x20 : octet
      hash = (hash ^ UInt64(folded)) &* 0x100_0000_01B3
    }
    return hash
  }
}

/// Domains of content delivery networks, load balancers and platforms that serve web sites.
enum WebDomains {
  static let all = DomainSet(WebServices.domains)
}
