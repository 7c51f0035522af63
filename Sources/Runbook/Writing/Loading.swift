import Propagation

// Chapters 5 and 6: the hosted zone, up to the moment before the cutover.
extension RunbookWriter {
  var planAgain: RunbookStep {
    let isNew = facts.exports.isEmpty
    var actions: [Block] = []
    if isNew {
      actions.append(
        .text(
          "This plan was made for a hosted zone that does not exist yet. Create it, and work on with the new plan and its runbook: its batches know the name servers."
        ))
      actions += run(
        """
        ZONE_ID=$(aws route53 create-hosted-zone --name "$ZONE" --output text \\
          --caller-reference \(Shell.word("zonecut-\(facts.planID)")) --query HostedZone.Id)
        ZONE_ID=${ZONE_ID#/hostedzone/}; echo "hosted zone $ZONE_ID"
        """, prints: ["hosted zone \(anything)"], "The hosted zone's id.")
    }
    let arguments = facts.planArguments.map { " " + Shell.word($0) }.joined()
    actions += [.text("The zone that the old primary serves now:")]
    actions += run(
      """
      zonecut fetch axfr "$ZONE" --server "${OLD%% *}" --out current.zone --replace
      zonecut diff \(facts.loweredFiles.first.map(Shell.word) ?? "\"$ZONE_FILE\"") current.zone
      """, prints: [anything, "no differences\(anything)"],
      "Whatever has changed: make the same change in \(code: "ZONE_FILE"), which keeps the original TTLs. No zone transfer allowed? Copy the server's file to \(code: "current.zone")."
    )
    actions += fetch(to: "fresh.json")
    actions += run(
      """
      zonecut plan "$ZONE_FILE" --into fresh.json --zone-id "$ZONE_ID"\(arguments) \\
        --delegation-from . --out ../fresh-plan | sed -n 's/^batches *//p'
      """, prints: ["\(anything); proven, there and back"],
      "A plan without blockers. It carries the recorded delegation with it. If \(code: "../fresh-plan") is there from an earlier try, remove it first."
    )
    return RunbookStep(
      "plan-again", "Export afresh and plan again", owner: .dnsEngineer, at: instant(.load),
      takes: "15 min", mark: .gate,
      why:
        "Weeks have passed since this plan was made: fresh inputs show whether anything has changed.",
      do: actions,
      verify: isNew
        ? [.checklist(["The new plan has no blockers; its runbook takes the place of this one."])]
        : run(
          "diff -r batches ../fresh-plan/batches && echo same", prints: ["same"],
          "If not: work on with the fresh plan and its runbook."),
      undo: [.text("Nothing was changed but new files.")], ifItFails: wayBackBeforeCutover)
  }

  var load: RunbookStep {
    let count = facts.loadBatches.count
    return RunbookStep(
      "load", "Load the hosted zone", owner: .dnsEngineer, at: instant(.load),
      takes: "\(max(2, count * 2)) min",
      why: """
        Nobody asks the new servers yet. Each batch is taken as a whole or not at all, and was \
        proven against a model of the hosted zone; the apex NS set keeps its names and gets a \
        TTL that allows a quick rollback. The hosted zone is fetched before each batch, and the \
        journal of this directory says how far one came: after a failure the same command goes on.
        """,
      do: count == 0
        ? [.text("The hosted zone holds all records already: there is nothing to load.")]
        : run(
          "zonecut apply . --zone-id \"$ZONE_ID\" --through \(count) --dry-run",
          prints: [anything, "zonecut: proven, and nothing was sent: a dry run"],
          "What would be sent.")
          + apply(
            "--through \(count)", leaves: count,
            "Each batch with \(code: "in sync"). A batch that is refused changes nothing: read the message. Without this command: the appendix."
          ),
      verify: fetch(to: "loaded.json")
        + run(
          "zonecut diff \"$ZONE_FILE\" loaded.json | tail -n 1", prints: [anything],
          "The summary of the differences: TTLs alone, where they are planned to differ."),
      undo: undoLoad, ifItFails: wayBackBeforeCutover)
  }

  var compare: RunbookStep {
    RunbookStep(
      "compare", "Compare every server, old and new", owner: .dnsEngineer, at: instant(.compare),
      takes: "20 min", mark: .gate,
      why:
        "Every question whose answer could differ goes to every address of every server, old and new.",
      do: compareServers, verify: [.checklist(["What differs is declared, or settled."])],
      undo: [.text("Nothing was changed.")], ifItFails: wayBackBeforeCutover)
  }

  /// The comparison of all servers.
  var compareServers: [Block] {
    let sides = [("--old", askedOld), ("--new", askedNew)].map { option, servers in
      " \\\n  " + servers.map { "\(option) \(Shell.word($0))" }.joined(separator: " ")
    }
    let expected = ["--expect-ttl"] + facts.leftBehind.map { "--expect \(Shell.word($0))" }
    let words = sides + expected.map { " \\\n  " + $0 }
    return run(
      "zonecut compare \"$ZONE_FILE\"\(words.joined()) &&\n  echo 'the same answers'",
      prints: [anything, "the same answers"],
      "No difference but those that the plan declares: SOA and NS of the apex, and planned TTLs.")
  }

  var goNoGo: RunbookStep {
    let answers = askAll(
      new, [(zone, "SOA")], shown: "{ print $4 }", lines: ["SOA"],
      "Every new server has the zone.")
    let unchanged = run(
      "{\n\(delegationAtParent)\n} | diff old-delegation.txt - && echo 'as it was recorded'",
      prints: ["as it was recorded"], "Nobody has changed the delegation since it was recorded.")
    var actions: [Block] = []
    if let instant = instant(.goNoGo) { actions += notBefore(instant) }
    actions += askSerial(raisedBy: facts.loweredFiles.isEmpty ? 0 : OldZoneSerial.lowered)
    actions += askLowered + unchanged + answers
    actions += askProbes(
      new, "What is felt first, from every new server: the first number counts them.")
    if schedule.dsWait != nil { actions += askNoDS(parentServers, "The DS set is gone.") }
    return RunbookStep(
      "go-no-go", "Go or no-go", owner: .lead, at: instant(.goNoGo), takes: "15 min", mark: .gate,
      why: "Up to here stopping costs nothing. Go only if every command prints what it should.",
      do: actions,
      verify: [
        .checklist([
          "The comparison of the step before found nothing.",
          "The recorded delegation is at hand, and somebody can restore it right now.",
          "The owners of mail and web are awake, and know what they look at.",
          "The decision, its time and its maker are written down.",
        ])
      ],
      undo: [.text("No-go: leave the delegation alone, and choose a new date.")],
      ifItFails: wayBackBeforeCutover)
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
      undo: [.text("Set the locks again.")], ifItFails: wayBackBeforeCutover)
  }

  var noDS: RunbookStep {
    RunbookStep(
      "no-ds", "Make sure that the parent has no DS set", owner: .dnsEngineer, takes: "5 min",
      mark: .hardStop,
      why:
        "Never redelegate while the parent has a DS set that only the old servers can satisfy: every validating resolver would refuse the zone.",
      do: askNoDS(
        parentServers,
        "With a DS set: \(strong: "stop"). Take it out as the plan of a signed zone says (\(code: "--parent-ds present")), and wait for its TTL."
      ),
      verify: askNoDS(resolvers, "The resolvers have forgotten it too."),
      undo: [.text("Nothing was changed.")], ifItFails: wayBackBeforeCutover)
  }
}
