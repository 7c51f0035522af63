import ZoneKit

/// What is known of a host's addresses.
enum HostStanding {
  /// It has some. `aliases`: the names that CNAMEs led to.
  case hasAddress(aliases: [Name])
  /// It exists and has none.
  case noAddress(aliases: [Name])
  /// It, or the last of `aliases`, does not exist. `denier`: the zone that says so.
  case absent(aliases: [Name], denier: Name?)
}

extension LintContext {
  /// So many data of an RRset of the zone itself are in an answer: whoever needs all looks there.
  private static let zoneDataCount = 8

  /// What a name and type lead to: by the zone as far as it answers itself, then by the network.
  /// Nil where that is not known.
  func resolve(_ name: Name, _ type: RecordType, _ network: inout NetworkView) -> NetworkAnswer? {
    var name = name
    var aliases: [Name] = []
    for _ in 0..<LintZone.maximumChainCount {
      let there: LintName
      switch zone.standing(of: name) {
      case .outside, .delegated, .redirected:
        guard var answer = network.answer(name, type) else { return nil }
        answer.aliases = aliases + answer.aliases
        return answer
      case .absent: return NetworkAnswer(.nameError, aliases: aliases, denier: apex)
      case .present(let found), .synthesized(let found): there = found
      }
      if let rrset = there[type] {
        let data = rrset.values.prefix(Self.zoneDataCount).map(\.data)
        return NetworkAnswer(.data, data: data, aliases: aliases)
      }
      guard let target = there[.cname]?.values.first?.data.names.first else {
        return NetworkAnswer(.noData, aliases: aliases, denier: apex)
      }
      aliases.append(target)
      name = target
    }
    return nil
  }

  /// Whether a host has addresses of either family.
  func standing(ofHost host: Name, _ network: inout NetworkView) -> HostStanding? {
    guard let ipv4 = resolve(host, .a, &network) else { return nil }
    switch ipv4.kind {
    case .data: return .hasAddress(aliases: ipv4.aliases)
    case .nameError: return .absent(aliases: ipv4.aliases, denier: ipv4.denier)
    case .noData, .notServed: break
    }
    guard let ipv6 = resolve(host, .aaaa, &network) else { return nil }
    return ipv6.kind == .data
      ? .hasAddress(aliases: ipv6.aliases) : .noAddress(aliases: ipv4.aliases)
  }

  /// Whether a name is for the network to judge: neither in the zone, nor decidedly not in it.
  func isElsewhere(_ name: Name) -> Bool {
    switch zone.standing(of: name) {
    case .outside, .delegated, .redirected: true
    case .present, .synthesized, .absent: false
    }
  }
}

extension Name {
  /// The domain that would have to be registered for this name to exist, where a registry's zone
  /// says that it does not: the label below a top-level domain. Nil where a deeper zone says so,
  /// whose owner alone could add the name, or the root, which registers nothing.
  ///
  /// Registries below a second label, as of `co.uk`, are not told from other zones.
  func freeDomain(deniedBy denier: Name?) -> Name? {
    guard let denier, denier.labelCount == 1, isBelow(denier) else { return nil }
    var domain = self
    while domain.labelCount > 2, let parent = domain.parent { domain = parent }
    return domain
  }
}
