import ZoneKit

/// Domains to look a name up in: whether it is one of them or lies below one.
struct DomainSet: Sendable {
  /// The domains by their last two labels, which rule most names out at once.
  private let byTail: [String: [Name]]

  /// The domains, in presentation form and lower case, each of two labels or more.
  init(_ domains: [String]) {
    let names = domains.compactMap { try? Name(parsing: $0, origin: .root) }
    byTail = Dictionary(grouping: names) { DomainSet.tail(of: $0) ?? "" }
  }

  /// The domain that `name` is or lies below.
  func domain(of name: Name) -> Name? {
    guard let tail = DomainSet.tail(of: name), let domains = byTail[tail] else { return nil }
    return domains.first { name.isAtOrBelow($0) }
  }

  /// Whether `name` is one of the domains or lies below one.
  func contains(_ name: Name) -> Bool { domain(of: name) != nil }

  /// The last two labels in wire form and lower case.
  private static func tail(of name: Name) -> String? {
    var rest = name
    var excess = name.labelCount - 2
    guard excess >= 0 else { return nil }
    while excess > 0, let parent = rest.parent {
      rest = parent
      excess -= 1
    }
    return String(decoding: rest.wire, as: UTF8.self).lowercased()
  }
}
