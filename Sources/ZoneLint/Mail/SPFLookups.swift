import ZoneKit

/// What a check of an SPF record asks for, as far as this zone can tell: what lies in other zones
/// counts with the one query that leads there, so that every number is a lower bound.
struct SPFLookups {
  /// Terms that cost a query (RFC 7208 section 4.6.4).
  private(set) var count = 0
  /// Queries that find nothing.
  private(set) var voids = 0
  /// The names on the way of an include or redirect that comes back to itself.
  private(set) var loop: [Name] = []
  /// Domains whose MX records name more than ten hosts.
  private(set) var crowdedExchanges: [Name] = []

  /// Follows includes and redirects inside the zone.
  ///
  /// - Parameter records: the first SPF record of each owner in the zone.
  static func of(
    _ record: SPFRecord, at owner: Name, in zone: LintZone, _ records: [Name: SPFRecord]
  ) -> SPFLookups {
    var lookups = SPFLookups()
    lookups.follow(record, path: [owner], zone, records)
    return lookups
  }

  /// The most terms that cost a query (RFC 7208 section 4.6.4).
  static let limit = 10
  /// The most queries that find nothing (RFC 7208 section 4.6.4).
  static let voidLimit = 2

  private mutating func follow(
    _ record: SPFRecord, path: [Name], _ zone: LintZone, _ records: [Name: SPFRecord]
  ) {
    for term in record.lookups {
      // Far over the limit the exact number is of no use, and includes may branch without end.
      guard count < 100, let owner = path.last else { return }
      count += 1
      let domain = term.domain ?? owner.withoutFinalDot
      guard !domain.contains("%"), let name = try? Name(parsing: domain, origin: .root) else {
        continue
      }
      switch term.kind {
      case .include, .redirect:
        if path.contains(name) {
          loop = path + [name]
          continue
        }
        let answer = zone.answer(name, .txt)
        if answer.isKnown, answer.rrset == nil { voids += 1 }
        if let next = answer.rrset.flatMap({ records[$0.owner] }) {
          follow(next, path: path + [name], zone, records)
        }
      case .a, .exists:
        if !zone.mayHaveAddress(name) { voids += 1 }
      case .mx:
        let answer = zone.answer(name, .mx)
        if answer.isKnown, answer.rrset == nil { voids += 1 }
        let most = SPFLookups.limit
        if let exchanges = answer.rrset, exchanges.values.prefix(most + 1).count > most {
          crowdedExchanges.append(name)
        }
      default: break
      }
    }
  }
}
