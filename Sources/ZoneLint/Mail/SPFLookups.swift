import ZoneKit

/// What a check of an SPF record asks for, as far as is known: what lies in other zones counts with
/// the one query that leads there unless the network tells more, so that every number is a lower
/// bound.
struct SPFLookups {
  /// Terms that cost a query (RFC 7208 section 4.6.4).
  private(set) var count = 0
  /// Queries that find nothing.
  private(set) var voids = 0
  /// The names on the way of an include or redirect that comes back to itself.
  private(set) var loop: [Name] = []
  /// Domains whose MX records name more than ten hosts.
  private(set) var crowdedExchanges: [Name] = []

  /// Domains of includes and redirects that have no SPF record, or do not exist; with each the
  /// domain that others could register to have it.
  private(set) var withoutRecord: [(domain: Name, free: Name?)] = []

  /// Follows includes and redirects, out of the zone where the network may be asked.
  ///
  /// - Parameter records: the first SPF record of each owner in the zone.
  static func of(
    _ record: SPFRecord, at owner: Name, in context: LintContext, _ records: [Name: SPFRecord],
    _ network: inout NetworkView
  ) -> SPFLookups {
    var lookups = SPFLookups()
    lookups.follow(record, path: [owner], context, records, &network)
    return lookups
  }

  /// The most terms that cost a query (RFC 7208 section 4.6.4).
  static let limit = 10
  /// The most queries that find nothing (RFC 7208 section 4.6.4).
  static let voidLimit = 2
  /// Far over the limit the exact number is of no use, and includes may branch without end.
  private static let maximumCount = 100

  private mutating func follow(
    _ record: SPFRecord, path: [Name], _ context: LintContext, _ records: [Name: SPFRecord],
    _ network: inout NetworkView
  ) {
    for term in record.lookups {
      guard count < Self.maximumCount, let owner = path.last else { return }
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
        let next: SPFRecord?
        var free: Name?
        let inside = context.zone.answer(name, .txt)
        if inside.isKnown {
          if inside.rrset == nil { voids += 1 }
          next = inside.rrset.flatMap { records[$0.owner] }
        } else {
          guard let answer = context.resolve(name, .txt, &network) else { continue }
          if answer.data.isEmpty { voids += 1 }
          free = answer.freeDomain(from: name)
          next = answer.texts.first(where: LintText.isSPF).map(SPFRecord.init)
        }
        guard let next else {
          withoutRecord.append((name, free))
          continue
        }
        follow(next, path: path + [name], context, records, &network)
      case .a, .exists:
        switch context.standing(ofHost: name, &network) {
        case .absent, .noAddress: voids += 1
        case .hasAddress, nil: break
        }
      case .mx:
        guard let count = exchangeCount(of: name, context, &network) else { continue }
        if count == 0 { voids += 1 }
        if count > Self.limit { crowdedExchanges.append(name) }
      default: break
      }
    }
  }

  /// How many MX records a domain has, counted no further than needed; nil where that is not known.
  private func exchangeCount(
    of name: Name, _ context: LintContext, _ network: inout NetworkView
  ) -> Int? {
    let inside = context.zone.answer(name, .mx)
    if inside.isKnown { return inside.rrset?.values.prefix(Self.limit + 1).count ?? 0 }
    return context.resolve(name, .mx, &network)?.data.count
  }
}
