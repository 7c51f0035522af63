extension Rule {
  /// Every rule, group by group.
  public static let all: [Rule] =
    syntax + structure + timesToLive + startOfAuthority + mail + caa + dnssec + naming + security
    + route53 + migration + leftOut

  /// The rule with an id.
  public static func find(_ id: String) -> Rule? { byID[id] }

  private static let byID = Dictionary(
    all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  private static let syntax: [Rule] = readerRules + exportRules + suppressionRules + [.obsoleteType]

  private static let structure: [Rule] = [
    .zoneClass, .zoneSOAMissing, .zoneSOAMultiple, .zoneSOANotApex, .zoneNSMissing,
    .zoneNSSingle, .zoneOutOfZone, .zoneDuplicateRecord, .zoneDNSSECEqualRecords, .cnameAndOther,
    .cnameApex,
    .cnameMultiple, .cnameLoop,
    .cnameChain, .cnameDangling, .dnameMultiple, .dnameChildren, .dnameWithNS, .nsTargetCNAME,
    .nsTargetNoAddress, .nsTargetBelowDNAME, .nsTargetIsIP, .nsWildcard, .nameserverNamesInZone,
    .familyNotServed, .glueMissing, .glueOccluded, .childWithoutDelegation, .mxTargetCNAME,
    .mxTargetNoAddress, .mxTargetIsIP, .srvTargetCNAME, .srvTargetNoAddress,
    .svcbTargetNoAddress, .svcbAliasParams, .svcbAliasMultiple, .svcbSelfTarget,
    .svcbDNSInvalid, .wildcardNonterminal,
    .rpTextMissing, .suspectMissingDot, .glueMismatch, .cnameDanglingElsewhere, .resolveUndecided,
  ]

  private static let startOfAuthority: [Rule] = [
    .soaRNAMEAt, .soaMNAME, .soaRefreshLow, .soaRetryVsRefresh, .soaRetryLow, .soaExpireLow,
    .soaMinimumRange, .soaSerialRegress,
  ]

  private static let timesToLive: [Rule] = [
    .ttlRRsetMismatch, .webTTL, .delegationTTL, .ttlLow, .ttlHigh,
  ]

  private static let mail: [Rule] = [
    .spfMissing, .spfMissingBelow, .dmarcMissing, .tlsRPTMissing, .mtaSTSMissing, .noMailLockdown,
    .spfMultiple, .spfSyntax, .spfLookups, .spfVoid, .spfMX10, .spfLoop, .spfIncludeNone, .spfAll,
    .spfPTR,
    .spfLength, .spfSenderID, .spfType, .dmarcMultiple, .dmarcSyntax, .dmarcPolicy,
    .dmarcRemovedTag, .dmarcUnknownTag, .dmarcLocation, .dkimSyntax, .dkimWeak, .dkimRevoked,
    .dkimTesting, .mtaSTS, .tlsRPT, .bimi, .dmarcExternalAuthorization,
    .mailNullMX, .mailMXSingle, .mailMXDuplicateHost,
  ]

  private static let caa: [Rule] = [
    .caaMissing, .caaValue, .caaNoIssue, .caaIssuewildImplicit, .caaBlocksAmazon,
  ]

  private static let dnssec: [Rule] = [
    .dsApex, .dsNoDelegation, .dsDigest, .dnssecDeprecated, .dnskeyInvalid, .dnskeyTagDuplicate,
    .dnskeyNoKSK, .cdsCDNSKEY, .signedDataOnExport, .rrsigMissing, .rrsigExpired, .rrsigBad,
    .rrsigBogus, .nsecChain, .nsec3Chain, .nsec3Params, .nsec3NameLength, .zonemd,
  ]

  private static let naming: [Rule] = [
    .nameHostChars, .nameHyphen34, .nameLeadingHyphen, .nameSlash, .srvOwnerName, .tlsaOwner,
    .reversePTR,
  ]

  private static let security: [Rule] = [
    .privateIP, .takeoverCNAME, .takeoverMX, .takeoverNS, .wildcardRisk, .infoLeak, .tlsaFields,
  ]

  private static let route53: [Rule] = [
    .route53UnsupportedType, .route53Values, .route53Escape, .wildcardBesideENT, .route53Import,
    .route53ImportLimit,
  ]

  private static let migration: [Rule] = [.updaterFound]
}
