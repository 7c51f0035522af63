extension Rule {
  /// Every rule, group by group.
  public static let all: [Rule] =
    syntax + structure + timesToLive + mail + caa + route53

  /// The rule with an id.
  public static func find(_ id: String) -> Rule? { byID[id] }

  private static let byID = Dictionary(
    all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  private static let syntax: [Rule] = readerRules + [.obsoleteType]

  private static let structure: [Rule] = [
    .zoneSOAMissing, .zoneSOAMultiple, .zoneSOANotApex, .zoneNSMissing, .zoneOutOfZone,
    .zoneDuplicateRecord, .cnameAndOther, .cnameApex, .cnameMultiple, .nsTargetCNAME,
    .mxTargetCNAME, .glueMissing, .suspectMissingDot,
  ]

  private static let timesToLive: [Rule] = [.ttlRRsetMismatch, .webTTL, .delegationTTL]

  private static let mail: [Rule] = [
    .spfMissing, .dmarcMissing, .tlsRPTMissing, .mtaSTSMissing, .noMailLockdown,
  ]

  private static let caa: [Rule] = [.caaMissing]

  private static let route53: [Rule] = [.route53UnsupportedType]
}
