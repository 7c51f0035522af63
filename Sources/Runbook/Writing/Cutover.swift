import Propagation

// Chapters 7 to 10: the cutover and what follows.
extension RunbookWriter {
  var redelegate: RunbookStep {
    let new = newServers.map { RunbookFacts.Server(name: $0, addresses: []) }
    return RunbookStep(
      "redelegate", "Change the delegation at the registrar", owner: .registrant,
      at: instant(.redelegate), takes: "15 min, and what the registry takes", mark: .slowReturn,
      why:
        "t = 0 is when all servers of the parent publish the new set: write that time down. From then on a way back takes up to \(schedule.rollback) to reach the last cache.",
      do: [
        .text("Where Route 53 is the registrar:"),
        .command(
          updateNameservers(new),
          expect:
            "An operation id. \(code: "SUBMITTED") or \(code: "IN_PROGRESS") becomes \(code: "SUCCESSFUL") within minutes, as a rule."
        ),
        .text(
          "Elsewhere: put exactly these name servers into the registrar's form, and none of the old ones:"
        ),
        .table(head: ["Name server"], rows: newServers.map { ["\(code: $0.droppingFinalDot)"] }),
      ],
      verify: [
        .command(
          """
          for server in $(dig +short "$PARENT" NS); do
            echo "; $server"
            dig +norecurse +noall +authority +answer "@$server" \(Shell.digName(zone)) NS
          done
          """,
          expect:
            "The new names \(codes: newServers), and no others, from every server of the parent.")
      ],
      undo: [.text("Restore the recorded delegation: see \(strong: "Rollback").")])
  }

  /// The commands that replace the name servers at Route 53 Domains.
  func updateNameservers(_ servers: [RunbookFacts.Server]) -> String {
    """
    operation=$(aws route53domains update-domain-nameservers --region us-east-1 \\
      --domain-name \(Shell.word(zone.droppingFinalDot)) \\
      --nameservers \(nameserverList(servers)) \\
      --query OperationId --output text)
    aws route53domains get-operation-detail --region us-east-1 --operation-id "$operation"
    """
  }

  var switchOldNS: RunbookStep {
    RunbookStep(
      "switch-old-ns", "Switch the old servers' own NS set", owner: .dnsEngineer,
      at: instant(.redelegate), takes: "15 min", mark: .optional,
      why:
        "Resolvers that go by the zone's own NS set learn of the new servers from the old ones. This is part of the cutover: never before go, and only where the old operator allows it.",
      do: oldZoneEdit(
        facts.switchedFiles,
        what: "the file with the lowered TTLs, with the new name servers in the apex NS set"),
      verify: [
        .command(
          ask("NS", of: "$OLD"),
          expect:
            "The new names \(codes: newServers) with a TTL of \(schedule.childNS.lowered.seconds), from every old server."
        )
      ],
      undo: [
        .text(
          "Put the file with the lowered TTLs back, with a serial above the present one, and reload."
        )
      ])
  }

  // MARK: - Tests

  var testAtOnce: RunbookStep {
    test(
      "test-at-once", "Test at once", at: .checkNow,
      why: "Every new server directly, then public resolvers of both address families.",
      more: [
        .text("Every new server answers for the zone, over UDP and TCP:"),
        .command(
          """
          for server in $NEW; do
            dig +norecurse +noall +answer "@$server" \(Shell.digName(zone)) SOA
            dig +norecurse +noall +answer +tcp "@$server" \(Shell.digName(zone)) SOA
          done
          """, expect: "The SOA of Route 53, twice from each server."),
      ])
  }

  var testAt25Minutes: RunbookStep {
    test(
      "test-25-minutes", "Test again after 25 minutes", at: .checkAt25Minutes,
      why: share(at: Schedule.recheck) ?? "Five periods of 300 s have passed.")
  }

  var testAtParentTTL: RunbookStep {
    let ttl = schedule.parentNS.inForce
    return test(
      "test-parent-ttl", "Test at the parent's TTL", at: .checkAtParentTTL,
      why:
        "\(ttl) after the cutover the last cache that honours the parent's TTL has let go of the old delegation. "
        + (share(at: ttl) ?? ""))
  }

  var testAt24Hours: RunbookStep {
    test(
      "test-24-hours", "Test after 24 hours", at: .checkAt24Hours,
      why: "Some networks keep answers for at least 24 hours. "
        + (share(at: Schedule.lastCheck) ?? ""))
  }

  private func test(
    _ id: String, _ title: String, at step: Step.ID, why: Prose, more: [Block] = []
  ) -> RunbookStep {
    RunbookStep(
      id, title, owner: .dnsEngineer, at: instant(step), takes: "15 min", why: why,
      do: more + [
        .text("Which servers resolvers know of:"),
        .command(
          "for server in $RESOLVERS; do echo \"; $server\"; dig +noall +answer \"@$server\" \(Shell.digName(zone)) NS; done",
          expect:
            "The new names; the old ones, with a falling TTL, where a cache still holds them. Never \(code: "SERVFAIL")."
        ),
      ] + probeBlocks,
      verify: [
        .checklist([
          "Mail: queues do not grow, a mail from outside arrives, a mail to outside is accepted.",
          "Web: status codes and traffic are as at the same hour of other days.",
          "The query log of the old servers is thinning out.",
        ])
      ],
      undo: [.text("If it fails: restore the recorded delegation, see \(strong: "Rollback").")])
  }

  private var probeBlocks: [Block] {
    guard !facts.probes.isEmpty else { return [] }
    let lines = facts.probes.map { probe in
      "  dig +short \"@$server\" \(Shell.digName(probe.owner)) \(probe.type)"
    }
    return [
      .text("What clients are told:"),
      .command(
        (["for server in $RESOLVERS; do", "  echo \"; $server\""] + lines + ["done"])
          .joined(separator: "\n"),
        expect: "From each resolver the values of this table, in any order."),
      .table(
        head: ["Name", "Type", "Values"],
        rows: facts.probes.map {
          ["\(code: $0.owner)", "\(code: $0.type)", "\(codes: $0.answers)"]
        }
      ),
    ]
  }

  // MARK: - After

  var parallelRun: RunbookStep {
    RunbookStep(
      "parallel-run", "Keep the old servers running", owner: .dnsEngineer,
      at: instant(.redelegate), takes: "\(schedule.parallelRun)",
      why: """
        Caches go on asking the old servers: they stay up, with the same data, until \
        \(schedule.end). The TTL bound, \(schedule.bound.length) after the cutover, is when the \
        last cache that honours TTLs has left; others have no bound.
        """,
      do: [
        .text("Every day, whether the sides still agree:"),
        .command(
          export(to: "today.json") + "\nzonecut diff \"$ZONE_FILE\" today.json",
          expect:
            "TTLs alone differ, where they are planned to; SOA and NS of the apex are listed as expected."
        ),
      ],
      verify: [.checklist(["The old servers answer, and their query log is read every day."])],
      undo: [.text("Restore the recorded delegation, see \(strong: "Rollback").")])
  }

  var restoreTTLs: RunbookStep {
    RunbookStep(
      "restore-ttls", "Restore the TTLs in Route 53", owner: .dnsEngineer,
      at: instant(.restoreTTLs), takes: "\(max(2, facts.restoreBatches.count * 2)) min",
      why:
        "The delegation goes back to a long TTL, the records to theirs; web and load-balancer records stay at 300 s or less. From then on a change takes as long as the restored TTLs.",
      do: facts.restoreBatches.isEmpty
        ? [.text("No TTL has to be restored.")] : [apply(facts.restoreBatches)],
      verify: [
        .command(
          ask("NS", of: "$NEW"),
          expect: facts.restoreBatches.isEmpty
            ? "The name servers of the hosted zone."
            : "The same names as before, with the restored TTL.")
      ],
      undo: facts.restoreRollback.isEmpty
        ? [.text("Nothing was changed.")] : [apply(facts.restoreRollback)])
  }

  var sign: RunbookStep {
    RunbookStep(
      "sign", "Sign the new zone and publish its DS set", owner: .dnsEngineer,
      at: instant(.publishDS) ?? instant(.restoreTTLs), takes: "some days", mark: .optional,
      why:
        "The zone was signed before. Sign it at Route 53 only after the parallel run, and publish the DS set last: it is the one step that can make the zone vanish.",
      do: [
        .checklist([
          "A key in KMS (us-east-1, \(code: "ECC_NIST_P256"), sign and verify), then \(code: "aws route53 create-key-signing-key") and \(code: "aws route53 enable-hosted-zone-dnssec").",
          "Wait for the longest TTL of the zone.",
          "The DS set at the registrar, from \(code: "aws route53 get-dnssec"): algorithm 13, digest type 2.",
        ])
      ],
      verify: [
        .command(
          "for server in $RESOLVERS; do dig +dnssec +noall +answer +comments \"@$server\" \(Shell.digName(zone)) SOA; done",
          expect: "The flag \(code: "ad") and an RRSIG; never \(code: "SERVFAIL").")
      ],
      undo: [
        .text(
          "Remove the DS set at the registrar; wait for its TTL; only then disable signing.")
      ])
  }

  var decommission: RunbookStep {
    RunbookStep(
      "decommission", "Switch the old servers off", owner: .dnsEngineer,
      at: instant(.decommission), takes: "some days", mark: .pointOfNoReturn,
      why: "Once the old data are gone, there is nothing to go back to.",
      do: [
        .checklist([
          "Not before \(strong: schedule.end.description).",
          "The query log of the old servers is dry: look at what the top sources still ask.",
          "No other domain delegates to a name server of this zone.",
          "A brown-out first: answer REFUSED for an hour, then for a day, and listen.",
          "Keep the zone file, and this directory.",
        ])
      ],
      verify: [.checklist(["A day of REFUSED brought no complaint."])],
      undo: [.text("During the brown-out: serve the zone again. Afterwards there is none.")])
  }

  var cleanUp: RunbookStep {
    RunbookStep(
      "clean-up", "Clean up", owner: .lead, takes: "1 h",
      why: "What was opened for the migration is closed.",
      do: [
        .checklist([
          "The rights of the cutover role are withdrawn, the registrar's locks set.",
          "The freeze is lifted; everybody knows how records are changed from now on.",
          "Host objects and glue of old servers are removed, once nothing delegates to them.",
          "Notes of the night go into the log of the migration.",
        ])
      ],
      verify: [.checklist(["The list above is ticked off."])],
      undo: [.text("There is nothing to undo.")])
  }
}
