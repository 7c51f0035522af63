import Diagnostics
import ZoneKit

extension Rule {
  static let caaMissing = Rule(
    "caa-missing", "no CAA record at the apex", .warning, group: .caa,
    rationale: """
      CAA says which certificate authorities may issue for the domain. Without it every one may; a \
      move is the time to write down those that are used, Amazon's among them if ACM will be.
      """,
    reference: "RFC 8659 3", remedy: "publish CAA records with 'issue' and 'issuewild' at the apex",
    triggering: [Example("", omitting: [.caaIssue, .caaWild])], nonTriggering: [""]
  ) { context, report in
    guard context.isOrdinaryDomain, context.zone[context.apex, .caa] == nil,
      context.zone.location != nil
    else { return }
    report.add("\(context.apex) has no CAA record", at: context.zone.location)
  }
}
