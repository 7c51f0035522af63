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
      do: notBefore(schedule.cutover)
        + [.text("Where Route 53 is the registrar:")] + updateNameservers(new)
        + [
          .text(
            "Elsewhere: put exactly these name servers into the registrar's form, and none of the old ones:"
          ),
          .table(head: ["Name server"], rows: newServers.map { ["\(code: $0.droppingFinalDot)"] }),
        ],
      verify: askParentNS(
        gives: newServers,
        "The new names and no others, each from every server of the parent: ask until it is so. A registry may take an hour; a wrong name, or an old one that stays, is a failure."
      ),
      undo: [.text("Restore the recorded delegation, as the rollback step says.")],
      ifItFails: .rollback("rollback-delegation"))
  }

  /// Replaces the name servers at Route 53 Domains.
  func updateNameservers(_ servers: [RunbookFacts.Server]) -> [Block] {
    run(
      """
      operation=$(aws route53domains update-domain-nameservers --region us-east-1 \\
        --domain-name \(Shell.word(zone.droppingFinalDot)) \\
        --nameservers \(nameserverList(servers)) \\
        --query OperationId --output text)
      aws route53domains get-operation-detail --region us-east-1 --operation-id "$operation" \\
        --query Status --output text
      """, prints: [anything], isObserved: false,
      "\(code: "SUBMITTED") or \(code: "IN_PROGRESS") becomes \(code: "SUCCESSFUL") within minutes, as a rule; \(code: "ERROR") and \(code: "FAILED") are failures. The last two lines may be repeated."
    )
  }

  var switchOldNS: RunbookStep {
    RunbookStep(
      "switch-old-ns", "Switch the old servers' own NS set", owner: .dnsEngineer,
      at: instant(.redelegate), takes: "15 min", mark: .optional,
      why:
        "Resolvers that go by the zone's own NS set learn of the new servers from the old ones. This is part of the cutover: never before go, and only where the old operator allows it.",
      do: oldZoneEdit(
        facts.switchedFiles, serial: OldZoneSerial.switched,
        what: "the file with the lowered TTLs, with the new name servers in the apex NS set"),
      verify: askNS(old, gives: newServers, "The new names, each from every old server."),
      undo: loadOldZone(facts.restoredNSFiles, serial: OldZoneSerial.restoredNS))
  }

  // MARK: - Tests

  var testAtOnce: RunbookStep {
    test(
      "test-at-once", "Test at once", at: .checkNow,
      why: "Every new server directly, then public resolvers of both address families.",
      more: run(
        """
        for server in $NEW; do
          dig +norecurse +noall +answer "@$server" \(Shell.digName(zone)) SOA
          dig +norecurse +noall +answer +tcp "@$server" \(Shell.digName(zone)) SOA
        done | awk '{ print $4 }' | uniq -c
        """, prints: ["\(2 * askedNew.count) SOA"],
        "Every new server answers for the zone, over UDP and TCP.")
        + askProbes(new, "What is felt first, from every new server: the first number counts them.")
    )
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
        + (share(at: ttl) ?? ""),
      more: askNS(
        resolvers, gives: newServers,
        "The new names alone. A resolver that still gives the old ones is no failure of the move: it holds answers for longer than their TTL. Keep the old servers up for longer, and ask again."
      ), ifItFails: .undo)
  }

  var testAt24Hours: RunbookStep {
    test(
      "test-24-hours", "Test after 24 hours", at: .checkAt24Hours,
      why: "Some networks keep answers for at least 24 hours. "
        + (share(at: Schedule.lastCheck) ?? ""))
  }

  private func test(
    _ id: String, _ title: String, at step: Step.ID, why: Prose, more: [Block] = [],
    ifItFails wayBack: RunbookStep.WayBack = .rollback("rollback-delegation")
  ) -> RunbookStep {
    RunbookStep(
      id, title, owner: .dnsEngineer, at: instant(step), takes: "15 min", why: why,
      do: more
        + run(
          """
          for server in $RESOLVERS; do
            echo "; $server"
            dig +noall +answer +comments "@$server" \(Shell.digName(zone)) NS |
              grep -E 'status:|[[:space:]]NS[[:space:]]'
          done
          """, prints: [anything],
          "Which servers resolvers know of: the new names; the old ones, with a falling TTL, where a cache still holds them. Never \(code: "SERVFAIL")."
        )
        + askProbes(resolvers, "What clients are told: old and new servers give the same answers."),
      verify: [
        .checklist([
          "Mail: queues do not grow, a mail from outside arrives, a mail to outside is accepted.",
          "Web: status codes and traffic are as at the same hour of other days.",
          "The query log of the old servers is thinning out.",
        ])
      ],
      undo: wayBack == .undo
        ? [.text("Nothing was changed: the old servers stay up, and the test is made again.")]
        : [.text("Restore the recorded delegation, as the rollback step says.")],
      ifItFails: wayBack)
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
      do: [.text("Every day, whether the sides still agree:")] + fetch(to: "today.json")
        + run(
          "zonecut diff \"$ZONE_FILE\" today.json | tail -n 1", prints: [anything],
          "The summary of the differences: TTLs alone, where they are planned to differ.")
        + askSerial(raisedBy: nil),
      verify: [.checklist(["The old servers answer, and their query log is read every day."])],
      undo: [
        .text(
          "A change on one side alone is made on the other too, or taken back. Worse: restore the recorded delegation, as the rollback step says."
        )
      ])
  }

  var restoreTTLs: RunbookStep {
    RunbookStep(
      "restore-ttls", "Restore the TTLs in Route 53", owner: .dnsEngineer,
      at: instant(.restoreTTLs), takes: "\(max(2, facts.restoreBatches.count * 2)) min",
      why:
        "The delegation goes back to a long TTL, the records to theirs; web and load-balancer records stay at 300 s or less. From then on a change takes as long as the restored TTLs.",
      do: facts.restoreBatches.isEmpty
        ? [.text("No TTL has to be restored.")]
        : apply(
          "--through \(batchCount)", leaves: batchCount, "Each batch with \(code: "in sync")."),
      verify: facts.restoreBatches.isEmpty
        ? askNS(new, gives: newServers, "The names as before, each from every new server.")
        : askAll(
          new, [(zone, "NS")], shown: ttls, lines: ["\(zone) \(steadyNSTTL) NS"],
          "The restored TTL of the NS set, from every new server."),
      undo: facts.restoreBatches.isEmpty ? [.text("Nothing was changed.")] : undoRestore,
      ifItFails: facts.restoreBatches.isEmpty ? .undo : .rollback("rollback-restore"))
  }

  private var batchCount: Int { facts.loadBatches.count + facts.restoreBatches.count }

  /// The TTL of the new zone's apex NS set after the parallel run.
  private var steadyNSTTL: String {
    facts.newServers.isEmpty ? anything : String(facts.steadyNSTTL)
  }

  /// Undoes the batches that restore TTLs.
  var undoRestore: [Block] {
    apply(
      "--rollback --through \(facts.restoreRollback.count)", leaves: facts.loadBatches.count,
      "The lowered TTLs are back; the load stays.")
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
          "Then \(code: "dig +dnssec") at each resolver: the flag \(code: "ad") and an RRSIG, never \(code: "SERVFAIL").",
        ])
      ],
      verify: [.checklist(["Every resolver validates the zone."])],
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
