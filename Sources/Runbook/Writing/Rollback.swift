import Propagation

// The way back, by how far one came.
extension RunbookWriter {
  var rollback: [RunbookStep] {
    var steps = [rollbackOfLoad, rollbackOfDelegation]
    if !facts.switchedFiles.isEmpty { steps.append(rollbackOfOldNS) }
    if schedule.dsWait != nil { steps.append(rollbackOfDS) }
    if !facts.restoreBatches.isEmpty { steps.append(rollbackOfRestore) }
    return steps
  }

  private var rollbackOfLoad: RunbookStep {
    RunbookStep(
      "rollback-load", "Before the redelegation: nothing to hurry for", owner: .dnsEngineer,
      takes: "10 min",
      why:
        "Nobody asks the new servers. Leave the delegation alone; restore the TTLs on the old servers, or keep them for the next date. The hosted zone may stay as it is, or go back to its start:",
      do: facts.loadRollback.isEmpty
        ? [.text("Nothing was loaded.")] : [apply(facts.loadRollback)],
      verify: facts.exports.isEmpty || facts.loadRollback.isEmpty
        ? [.text("The hosted zone holds SOA and NS alone.")]
        : [
          .command(
            export(to: "rolled-back.json") + "\n"
              + "zonecut diff \(words(facts.exports.prefix(1))) rolled-back.json",
            expect:
              "\(code: "no differences"). (The export is named as seen from where the plan was made.)"
          )
        ],
      undo: [.text("Load again.")])
  }

  private var rollbackOfDelegation: RunbookStep {
    RunbookStep(
      "rollback-delegation", "After the redelegation: restore the recorded delegation",
      owner: .registrant,
      takes: "15 min, then up to \(schedule.rollback) until the last cache follows",
      why:
        "Mail and web work for clients that see the old servers, which still run. Clients that know the new ones come back within the parent's NS TTL or that of the new zone's NS set, whichever is longer.",
      do: [
        .text("Where Route 53 is the registrar:"),
        .command(
          updateNameservers(facts.oldServers),
          expect: "An operation id, then \(code: "SUCCESSFUL")."),
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
      verify: [
        .command(
          """
          for server in $(dig +short "$PARENT" NS); do
            echo "; $server"
            dig +norecurse +noall +authority +answer +additional "@$server" \(Shell.digName(zone)) NS
          done
          """,
          expect:
            "The old names \(codes: oldServers) from every server of the parent, as in \(code: "old-delegation.txt")."
        )
      ],
      undo: [.text("Redelegate again, once the cause is found.")])
  }

  private var rollbackOfOldNS: RunbookStep {
    RunbookStep(
      "rollback-old-ns", "If the old NS set was switched: switch it back", owner: .dnsEngineer,
      takes: "15 min, then up to \(schedule.childNS.lowered) until the last cache follows",
      why: "Else the old servers go on sending resolvers to the new ones.",
      do: [
        .checklist([
          "The file with the lowered TTLs goes back, with a serial above the present one.",
          "Load it: \(code: Shell.line("rndc", "reload", zone)).",
        ])
      ],
      verify: [
        .command(
          ask("NS", of: "$OLD"), expect: "The old names \(codes: oldServers) from every old server."
        )
      ],
      undo: [.text("Switch again, after the next go.")])
  }

  private var rollbackOfDS: RunbookStep {
    RunbookStep(
      "rollback-ds", "Once the old delegation is back everywhere: publish the old DS set again",
      owner: .registrant, takes: "15 min",
      why:
        "Not before every cache has followed (\(schedule.rollback) after the restored delegation): as long as resolvers ask the new, unsigned servers, a DS set would make them refuse the zone.",
      do: [.text("Enter the recorded DS set at the registrar.")],
      verify: [
        .command(
          "for server in $RESOLVERS; do dig +dnssec +noall +answer +comments \"@$server\" \(Shell.digName(zone)) SOA; done",
          expect: "The flag \(code: "ad"); never \(code: "SERVFAIL").")
      ],
      undo: [.text("Remove the DS set again.")])
  }

  private var rollbackOfRestore: RunbookStep {
    RunbookStep(
      "rollback-restore", "After the TTLs were restored: lower them again first",
      owner: .dnsEngineer, takes: "10 min, then the restored TTLs",
      why:
        "The way back is as slow as the restored TTLs now, and the old servers may hold old data.",
      do: facts.restoreRollback.isEmpty ? [] : [apply(facts.restoreRollback)],
      verify: [.command(ask("NS", of: "$NEW"), expect: "The lowered TTL.")],
      undo: facts.restoreBatches.isEmpty ? [] : [apply(facts.restoreBatches)])
  }
}
