import Propagation

// Chapters 3 to 6: everything up to the cutover.
extension RunbookWriter {
  var lowerTTLs: RunbookStep {
    let sets = facts.loweredSets
    var actions: [Block] = []
    if sets.isEmpty {
      actions.append(.text("No TTL has to be lowered on the old servers."))
    } else {
      actions.append(
        .table(
          head: ["RRset", "TTL now", "TTL from now on"],
          rows: sets.prefix(20).map {
            ["\(code: $0.owner) \(code: $0.type)", "\($0.from) s", "\($0.to) s"]
          }))
      if sets.count > 20 { actions.append(.text("And \(sets.count - 20) more.")) }
      actions += oldZoneEdit(
        facts.loweredFiles,
        what: "the same file with these TTLs and a higher serial, everything else as it stood")
    }
    if schedule.parentNS.inForce < schedule.parentNS.ttl {
      actions.append(
        .text(
          "Have the registrar lower the parent's NS TTL from \(schedule.parentNS.ttl.seconds) s to \(schedule.parentNS.inForce.seconds) s."
        ))
    }
    let first = sets.first
    return RunbookStep(
      "lower-ttls", "Lower the TTLs on the old servers", owner: .dnsEngineer,
      at: instant(.lowerTTLs), takes: "30 min",
      why:
        "Caches keep what they have for the old TTL. The wait counts from when every old server answers with the lowered ones.",
      do: actions,
      verify: first.map { set in
        [
          .command(
            """
            for server in $OLD; do
              dig +norecurse +noall +answer "@$server" \(Shell.digName(set.owner)) \(set.type)
            done
            """,
            expect:
              "TTL \(code: "\(set.to)") from every server; the same for the other RRsets of the table."
          )
        ]
      } ?? [.text("Nothing to see.")],
      undo: [
        .text("Put the former zone file back, with a serial above the present one, and reload.")
      ]
    )
  }

  /// How an edited file of the old zone comes into use.
  func oldZoneEdit(_ files: [String], what: Prose) -> [Block] {
    guard let main = files.first else {
      return [
        .text(
          "Edit the old zone by hand and raise its serial: this plan holds no edited zone file."
        )
      ]
    }
    return [
      .text("\(codes: files): " + what + "."),
      .command(
        """
        diff -u "$ZONE_FILE" \(Shell.word(main))
        named-checkzone \(Shell.digName(zone)) \(Shell.word(main))
        """,
        expect: "The changes you expect and no others; then \(code: "OK")."),
      .checklist([
        "A zone with dynamic updates or inline signing: \(code: Shell.line("rndc", "freeze", zone)) first, \(code: Shell.line("rndc", "thaw", zone)) afterwards. Take the zone file anew before, if it has changed since.",
        "A zone signed by hand: sign it again after the edit.",
        "Put the file in place on the old primary and load it: \(code: Shell.line("rndc", "reload", zone)).",
        "The secondaries have the new serial.",
      ]),
    ]
  }

  var waitBefore: RunbookStep {
    let wait = schedule.waitBefore
    let decider: Prose = wait.decider.map { "The longest is \(code: $0.description)." } ?? ""
    return RunbookStep(
      "wait", "Wait for the old TTLs to leave the caches", owner: .lead,
      at: instant(.waitBefore), takes: "\(schedule.cutover - schedule.start)", mark: .gate,
      why: wait.length > .zero
        ? "\(schedule.periods) periods of the longest original TTL that was lowered: \(wait.length). "
          + decider
        : "Nothing was lowered, so there is nothing to wait for but the preparation.",
      do: [.text("Not before \(strong: schedule.cutover.description) is the delegation changed.")],
      verify: [.checklist(["The TTLs are still lowered on every old server."])],
      undo: [.text("Restore the TTLs on the old servers; nothing else was changed.")])
  }

  var recordDelegation: RunbookStep {
    let recorded = instant(.recordDelegation)
    let removed = schedule.dsWait == nil ? nil : instant(.removeDS)
    let first = [recorded, removed].compactMap { $0 }.min()
    return RunbookStep(
      "record-delegation", "Record the old delegation", owner: .dnsEngineer, at: first,
      takes: "15 min",
      why: """
        What is written down now is what a rollback restores: names, addresses, glue, DS and \
        TTLs, at the parent and at the registrar. \(code: "delegation.json") holds what the zone \
        file says; the parent may say something else.
        """,
      do: [
        .command(
          "{\n" + askParent + "\n} | tee old-delegation.txt",
          expect:
            "The NS set \(codes: oldServers) with the parent's TTL, glue, and the DS set if there is one."
        ),
        .command(
          """
          aws route53domains get-domain-detail --region us-east-1 \\
            --domain-name \(Shell.word(zone.droppingFinalDot)) > old-domain-detail.json
          """,
          expect: "Where Route 53 is the registrar. Elsewhere: a copy of the registrar's page."),
      ],
      verify: [
        .checklist([
          "The recorded names are those that the registrar shows.",
          "The parent's NS TTL is the one planned with, \(schedule.parentNS.inForce.seconds) s. If it is longer: plan again with \(code: "--parent-ttl").",
          schedule.dsWait == nil
            ? "No DS set in the answer. With one: stop, and plan again with \(code: "--parent-ds present")."
            : "The DS set is recorded.",
        ])
      ],
      undo: [.text("Nothing was changed.")])
  }

  var removeDS: RunbookStep {
    let wait = schedule.dsWait ?? .zero
    return RunbookStep(
      "remove-ds", "Have the DS set taken out at the parent", owner: .registrant,
      at: instant(.removeDS), takes: "\(wait) of waiting", mark: .hardStop,
      why: """
        Route 53 cannot sign with the old keys: the zone goes insecure for the move. As long as a \
        DS set is published or cached, validators refuse the new servers' answers. The old side \
        stays signed until the end.
        """,
      do: [
        .command(
          """
          aws route53domains get-domain-detail --region us-east-1 \\
            --domain-name \(Shell.word(zone.droppingFinalDot)) --query DnssecKeys
          """,
          expect: "Where Route 53 is the registrar: the keys, each with its \(code: "Id")."),
        .command(
          """
          aws route53domains disassociate-delegation-signer-from-domain --region us-east-1 \\
            --domain-name \(Shell.word(zone.droppingFinalDot)) --id "$KEY_ID"
          """,
          expect:
            "An \(code: "OperationId"), for each key put into \(code: "KEY_ID"). Elsewhere: remove the DS records in the registrar's form."
        ),
      ],
      verify: [
        .command(
          """
          for server in $(dig +short "$PARENT" NS); do
            dig +norecurse +noall +answer "@$server" \(Shell.digName(zone)) DS
          done
          """,
          expect:
            "Nothing, from any server of the parent. From then on wait \(wait): the DS set's TTL and the negative TTL."
        )
      ],
      undo: [
        .text("Publish the recorded DS set again; the old side is still signed with its keys.")
      ]
    )
  }

  var freeze: RunbookStep {
    RunbookStep(
      "freeze", "Freeze changes to the zone", owner: .lead, at: instant(.freeze),
      takes: "until \(schedule.end)",
      why:
        "Until the end of the parallel run old and new servers must give the same answers: no changes, or every change on both sides.",
      do: [
        .checklist([
          "Everybody who changes records knows, and knows whom to ask.",
          "Automated updates are stopped, or write to both sides.",
        ])
      ],
      verify: [.checklist(["The serial of the old zone no longer rises."])],
      undo: [.text("Lift the freeze; take up with the first step of this chapter again later.")])
  }

  var planAgain: RunbookStep {
    let isNew = facts.exports.isEmpty
    var actions: [Block] = []
    if isNew {
      actions += [
        .text(
          "This plan was made for a hosted zone that does not exist yet. Create it, and work on with the new plan and its runbook: its batches know the name servers."
        ),
        .command(
          """
          aws route53 create-hosted-zone --name "$ZONE" \\
            --caller-reference \(Shell.word("zonecut-\(facts.planID)"))
          """,
          expect:
            "\(code: "HostedZone.Id"), which goes into \(code: "ZONE_ID"), and four \(code: "NameServers"), which go into \(code: "NEW")."
        ),
      ]
    }
    let arguments = facts.planArguments.map { " " + Shell.word($0) }.joined()
    actions += [
      .text(
        "Take the zone that the old primary serves now as \(code: "current.zone"): a copy of its file, or a zone transfer."
      ),
      .command(
        "zonecut diff \(facts.loweredFiles.first.map(Shell.word) ?? "\"$ZONE_FILE\"") current.zone",
        expect:
          "\(code: "no differences"), or the serial alone. Whatever else has changed: make the same change in \(code: "ZONE_FILE"), which keeps the original TTLs."
      ),
      .command(
        export(to: "fresh.json") + "\n" + """
          zonecut plan "$ZONE_FILE" --into fresh.json --zone-id "$ZONE_ID"\(arguments) \\
            --out ../fresh-plan
          """,
        expect: "A plan without blockers."),
    ]
    return RunbookStep(
      "plan-again", "Export afresh and plan again", owner: .dnsEngineer, at: instant(.load),
      takes: "15 min", mark: .gate,
      why:
        "Weeks have passed since this plan was made: fresh inputs show whether anything has changed.",
      do: actions,
      verify: isNew
        ? [.checklist(["The new plan has no blockers; its runbook takes the place of this one."])]
        : [
          .command(
            "diff -r batches ../fresh-plan/batches && echo same",
            expect: "\(code: "same"). If not: work on with the fresh plan and its runbook.")
        ],
      undo: [.text("Nothing was changed but new files.")])
  }

  var load: RunbookStep {
    RunbookStep(
      "load", "Load the hosted zone", owner: .dnsEngineer, at: instant(.load),
      takes: "\(max(2, facts.loadBatches.count * 2)) min",
      why: """
        Nobody asks the new servers yet. Each batch is taken as a whole or not at all, and was \
        proven against a model of the hosted zone; the apex NS set keeps its names and gets a \
        TTL that allows a quick rollback.
        """,
      do: facts.loadBatches.isEmpty
        ? [.text("The hosted zone holds all records already: there is nothing to load.")]
        : [apply(facts.loadBatches)],
      verify: [
        .command(
          export(to: "loaded.json") + "\nzonecut diff \"$ZONE_FILE\" loaded.json",
          expect:
            "TTLs alone differ, where they are planned to; SOA and NS of the apex are listed as expected."
        )
      ],
      undo: facts.loadRollback.isEmpty
        ? [.text("Nothing was changed.")] : [apply(facts.loadRollback)])
  }

  var compare: RunbookStep {
    RunbookStep(
      "compare", "Compare every server, old and new", owner: .dnsEngineer, at: instant(.compare),
      takes: "20 min",
      why:
        "The same questions go to every server: \(facts.queryCount) of them, in \(code: "queries.txt"). TTLs are left out of the comparison.",
      do: [
        .command(
          """
          for server in $OLD $NEW; do
            dig "@$server" -f queries.txt +norecurse +noall +answer +nottlid |
              tr -s '\\t ' ' ' | LC_ALL=C sort > "answers-$server"
          done
          """, expect: "No error message, and a file of answers for each server.")
      ],
      verify: [
        .command(
          """
          set -- $OLD
          for server in $OLD $NEW; do
            diff "answers-$1" "answers-$server" && echo "$server: the same"
          done
          """,
          expect:
            "\(code: "the same") for each server. Letter case of names may differ; sets with a routing policy give any of their members."
        )
      ],
      undo: [.text("Nothing was changed.")])
  }

  var goNoGo: RunbookStep {
    var conditions: [Prose] = [
      "The cutover is not before \(schedule.cutover), and the old servers still answer with the lowered TTLs.",
      "Every server gave the same answers.",
      "The recorded delegation is at hand, and somebody can restore it right now.",
      "The owners of mail and web are awake, and know what they look at.",
    ]
    if schedule.dsWait != nil {
      conditions.append("No server of the parent has a DS set, and the wait for it is over.")
    }
    return RunbookStep(
      "go-no-go", "Go or no-go", owner: .lead, at: instant(.goNoGo), takes: "15 min", mark: .gate,
      why: "Up to here stopping costs nothing. Go only if every point holds.",
      do: [.checklist(conditions)],
      verify: [.checklist(["The decision, its time and its maker are written down."])],
      undo: [.text("No-go: leave the delegation alone, and choose a new date.")])
  }

  var glueAndLocks: RunbookStep {
    let inside = facts.oldServers.filter { isInZone($0.name) }
    return RunbookStep(
      "glue-and-locks", "Look at glue, host objects and locks", owner: .registrant,
      takes: "15 min",
      why: inside.isEmpty
        ? "The old servers have names outside the zone: no glue depends on it."
        : "The old servers \(codes: inside.map(\.name)) have names in this zone. Their host objects and glue must stay for as long as any domain delegates to them.",
      do: [
        .checklist([
          "Registry lock and update lock are lifted for the cutover.",
          "Host objects at the registry are left as they are; nothing is deleted now.",
          "The new servers need no glue: their names lie outside the zone.",
        ])
      ],
      verify: [.checklist(["The registrar's form would take a new set of name servers now."])],
      undo: [.text("Set the locks again.")])
  }

  var noDS: RunbookStep {
    RunbookStep(
      "no-ds", "Make sure that the parent has no DS set", owner: .dnsEngineer, takes: "5 min",
      mark: .hardStop,
      why:
        "Never redelegate while the parent has a DS set that only the old servers can satisfy: every validating resolver would refuse the zone.",
      do: [
        .command(
          """
          for server in $(dig +short "$PARENT" NS); do
            dig +norecurse +noall +answer +comments "@$server" \(Shell.digName(zone)) DS |
              grep -E 'status:|IN[[:space:]]+DS'
          done
          """,
          expect:
            "\(code: "status: NOERROR") from each server, and no line with \(code: "DS"). With one: \(strong: "stop")."
        )
      ],
      verify: [
        .command(
          "for server in $RESOLVERS; do dig +short \"@$server\" \(Shell.digName(zone)) DS; done",
          expect: "Nothing: the resolvers have forgotten it too.")
      ],
      undo: [.text("Nothing was changed.")])
  }
}
