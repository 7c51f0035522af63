import Propagation

// The way back, in the order in which it is gone: from whatever was done last.
extension RunbookWriter {
  var rollback: [RunbookStep] {
    var steps: [RunbookStep] = []
    if !facts.restoreBatches.isEmpty { steps.append(rollbackOfRestore) }
    steps.append(rollbackOfDelegation)
    if !facts.switchedFiles.isEmpty { steps.append(rollbackOfOldNS) }
    if schedule.dsWait != nil { steps.append(rollbackOfDS) }
    return steps + [rollbackOfLoad]
  }

  private var rollbackOfRestore: RunbookStep {
    RunbookStep(
      "rollback-restore", "If the TTLs were restored: lower them again first",
      owner: .dnsEngineer, takes: "10 min, then the restored TTLs",
      why:
        "The way back is as slow as the restored TTLs now, and the old servers may hold old data: compare before you go on. If no batch named \(code: "restore") was applied, nothing is sent.",
      do: undoRestore,
      verify: askAll(
        new, [(zone, "NS")], shown: ttls, lines: ["\(zone) \(newNSTTL) NS"], "The lowered TTL."),
      undo: [.text("Restore the TTLs again, as the step of that name says.")])
  }

  /// The TTL of the new zone's apex NS set from the load to the end of the parallel run.
  private var newNSTTL: String {
    facts.newServers.isEmpty ? anything : String(facts.cutoverNSTTL)
  }

  private var rollbackOfDelegation: RunbookStep {
    RunbookStep(
      "rollback-delegation", "After the redelegation: restore the recorded delegation",
      owner: .registrant,
      takes: "15 min, then up to \(schedule.rollback) until the last cache follows",
      why:
        "Mail and web work for clients that see the old servers, which still run. Clients that know the new ones come back within the parent's NS TTL or that of the new zone's NS set, whichever is longer.",
      do: [.text("Where Route 53 is the registrar:")] + updateNameservers(facts.oldServers)
        + [
          .text(
            "Elsewhere: put exactly these into the registrar's form. \(strong: "What was recorded at the time counts, not this table."):"
          ),
          .table(
            head: ["Name server", "Addresses (glue)"],
            rows: facts.oldServers.map {
              [
                "\(code: $0.name.droppingFinalDot)",
                $0.addresses.isEmpty ? "-" : "\(codes: $0.addresses)",
              ]
            }),
        ],
      verify: askParentNS(
        gives: oldServers,
        "The old names, each from every server of the parent: ask until it is so.")
        + run(
          "{\n\(delegationAtParent)\n} | diff old-delegation.txt - && echo 'as it was recorded'",
          prints: ["as it was recorded"], "Names, TTLs and glue are those of the record."),
      undo: [.text("Redelegate again, once the cause is found.")])
  }

  private var rollbackOfOldNS: RunbookStep {
    RunbookStep(
      "rollback-old-ns", "If the old NS set was switched: switch it back", owner: .dnsEngineer,
      takes: "15 min, then up to \(schedule.childNS.lowered) until the last cache follows",
      why:
        "Else the old servers go on sending resolvers to the new ones. Where it was not switched, this loads the same records under a higher serial, and does no harm.",
      do: loadOldZone(facts.restoredNSFiles, serial: OldZoneSerial.restoredNS),
      verify: askNS(old, gives: oldServers, "The old names, each from every old server."),
      undo: [.text("Switch again, after the next go.")])
  }

  private var rollbackOfDS: RunbookStep {
    RunbookStep(
      "rollback-ds", "Publish the old DS set again",
      owner: .registrant, takes: "15 min",
      why:
        "Was the zone redelegated? Then not before every cache has followed, \(schedule.rollback) after the restored delegation: as long as resolvers ask the new, unsigned servers, a DS set would make them refuse the zone. If the DS set still stands, there is nothing to do.",
      do: publishDS,
      verify: run(
        """
        for server in $PARENT; do
          dig +norecurse +short "@$server" \(Shell.digName(zone)) DS
        done | LC_ALL=C sort -u | diff old-ds.txt - && echo 'as it was recorded'
        """, prints: ["as it was recorded"],
        "The DS set of the record, and no other. Then \(code: "dig +dnssec") at each resolver: the flag \(code: "ad"), never \(code: "SERVFAIL")."
      ),
      undo: [.text("Remove the DS set again.")])
  }

  private var rollbackOfLoad: RunbookStep {
    RunbookStep(
      "rollback-load", "The hosted zone and the old TTLs: nothing to hurry for",
      owner: .dnsEngineer, takes: "20 min",
      why:
        "Nobody asks the new servers any more. For another date soon, the hosted zone and the lowered TTLs may stay as they are; otherwise everything goes back to its start.",
      do: undoLoad + (facts.loweredSets.isEmpty ? [] : restoreOldTTLs),
      verify: fetch(to: "rolled-back.json")
        + run(
          "test ! -e fresh.json || zonecut diff fresh.json rolled-back.json",
          prints: [anything],
          "\(code: "no differences"), where the hosted zone was exported afresh before the load.")
        + (facts.restoredTTLFiles.isEmpty
          ? [] : askSerial(raisedBy: OldZoneSerial.restoredTTLs)),
      undo: [.text("Begin again with lowering the TTLs: a new plan raises the serial further.")])
  }
}
