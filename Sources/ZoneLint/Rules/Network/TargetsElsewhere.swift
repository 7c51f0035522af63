import Diagnostics
import RecordSets
import ZoneKit

extension Rule {
  static let cnameDanglingElsewhere = Rule(
    "cname-dangling", "CNAME or alias to a name of another zone that does not exist", .warning,
    group: .structure,
    rationale: """
      The name answers nothing, and is likely forgotten: a service that was given up. It is better \
      removed than moved.
      """,
    reference: "RFC 1034 3.6.2, RFC 2308 2.1",
    remedy: "correct the target, or remove the record",
    triggering: [
      Example("ftp IN CNAME ↓files.example.net.", answers: "files.example.net. NXDOMAIN"),
      Example(
        "ftp IN CNAME ↓files.example.net.",
        answers: """
          files.example.net. 60 IN CNAME old.example.org.
          old.example.org. NXDOMAIN
          """),
      Example(
        "ftp IN CNAME ↓files.child\nchild IN NS ns1.example.net.",
        answers: "files.child.example.com. NXDOMAIN"),
    ],
    nonTriggering: [
      Example("ftp IN CNAME files.example.net.", answers: ""),
      Example(
        "ftp IN CNAME files.example.net.", also: ["resolve-undecided"],
        answers: "files.example.net. SERVFAIL"),
      Example(
        "_acme-challenge.www IN CNAME x.example.net.", also: ["updater-found"],
        answers: "x.example.net. NXDOMAIN"),
      Example(
        "key._domainkey IN CNAME key.example.net.",
        answers: "key.example.net. 300 IN TXT \"v=DKIM1; p=\""),
    ],
    network: .only
  ) { context, report in
    for (value, target, _) in context.lastTargets(of: .cname) where context.isElsewhere(target) {
      // What a challenge leads to is there while a certificate is asked for, and then gone again.
      if value.owner.label(0) == "_acme-challenge" { continue }
      guard let answer = context.resolve(target, .a, &report.network), answer.kind == .nameError,
        !answer.isClaimable(from: target)
      else { continue }
      report.add(
        "CNAME target \(answer.path(from: target)) does not exist",
        at: value.location(of: target))
    }
    for set in context.zone.recordSets {
      guard case .alias(let alias) = set.content, context.isElsewhere(alias.name),
        let answer = context.resolve(alias.name, .a, &report.network), answer.kind == .nameError
      else { continue }
      report.add(
        "alias target \(answer.path(from: alias.name)) of \(set.owner) \(set.type) does not exist",
        at: set.location)
    }
  }

  /// Targets of `type` that the network decides to have no address, or not to exist.
  /// Names that others could claim have rules of their own.
  static func reportTargetsWithoutAddressElsewhere(
    _ type: RecordType, _ context: LintContext, _ report: inout RuleReport
  ) {
    guard report.network.isConnected else { return }
    for (value, target, _) in context.lastTargets(of: type)
    where !target.isRoot && !target.isAddress && context.isElsewhere(target) {
      // Glue has a rule of its own.
      if type == .ns, context.isDelegated(target) { continue }
      switch context.standing(ofHost: target, &report.network) {
      case nil, .hasAddress: continue
      case .noAddress(let aliases):
        report.add(
          "\(type) target \(path(target, aliases)) has no address", at: value.location(of: target))
      case .absent(let aliases, let denier):
        let answer = NetworkAnswer(.nameError, aliases: aliases, denier: denier)
        switch type {
        case .mx, .srv: if answer.isClaimable(from: target) { continue }
        case .ns: if answer.freeDomain(from: target) != nil { continue }
        default: break
        }
        report.add(
          "\(type) target \(path(target, aliases)) does not exist", at: value.location(of: target))
      }
    }
  }

  /// Targets of `type` elsewhere that are CNAMEs.
  static func findTargetsThatAreCNAMEsElsewhere(
    _ type: RecordType, _ context: LintContext, _ report: inout RuleReport
  ) {
    guard report.network.isConnected else { return }
    for (value, target, _) in context.lastTargets(of: type)
    where !target.isRoot && !target.isAddress && context.isElsewhere(target) {
      guard let next = context.resolve(target, .a, &report.network)?.aliases.first else { continue }
      report.add(
        "\(type) target \(target) is a CNAME, to \(next)", at: value.location(of: target))
    }
  }

  private static func path(_ target: Name, _ aliases: [Name]) -> String {
    NetworkAnswer(.noData, aliases: aliases).path(from: target)
  }
}

extension LintContext {
  /// Whether a name lies at or below a zone cut of this zone.
  func isDelegated(_ name: Name) -> Bool {
    if case .delegated = zone.standing(of: name) { return true }
    return false
  }
}

extension NetworkAnswer {
  /// The name in question as a message names it: with the last one that CNAMEs led to.
  func path(from name: Name) -> String {
    aliases.last.map { "\(name), by way of \($0)," } ?? "\(name)"
  }

  /// Whether the name that does not exist could be claimed by others: at a service where one asks
  /// for names, or by registering the domain.
  func isClaimable(from name: Name) -> Bool {
    kind == .nameError
      && (ClaimableServices.service(of: aliases.last ?? name) != nil
        || freeDomain(from: name) != nil)
  }

  /// The domain that is free for others to register.
  func freeDomain(from name: Name) -> Name? {
    kind == .nameError ? (aliases.last ?? name).freeDomain(deniedBy: denier) : nil
  }
}
