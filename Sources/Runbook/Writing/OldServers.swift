import Propagation

// Chapters 3 and 4: what is done to the old servers and the delegation before anything is loaded.
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
          rows: sets.prefix(Self.mostSetsShown).map {
            ["\(code: $0.owner) \(code: $0.type)", "\($0.from) s", "\($0.to) s"]
          }))
      if sets.count > Self.mostSetsShown {
        actions.append(.text("And \(sets.count - Self.mostSetsShown) more."))
      }
      actions += oldZoneEdit(
        facts.loweredFiles, serial: 1,
        what: "the same file with these TTLs and a higher serial, everything else as it stood")
    }
    if schedule.parentNS.inForce < schedule.parentNS.ttl {
      actions.append(
        .text(
          "Have the registrar lower the parent's NS TTL from \(schedule.parentNS.ttl.seconds) s to \(schedule.parentNS.inForce.seconds) s."
        ))
    }
    return RunbookStep(
      "lower-ttls", "Lower the TTLs on the old servers", owner: .dnsEngineer,
      at: instant(.lowerTTLs), takes: "30 min",
      why:
        "Caches keep what they have for the old TTL. The wait counts from when every old server answers with the lowered ones.",
      do: actions, verify: sets.isEmpty ? [.text("Nothing to see.")] : askLowered,
      undo: restoreOldTTLs)
  }

  /// Puts the original TTLs back on the old servers.
  var restoreOldTTLs: [Block] {
    facts.loweredSets.isEmpty
      ? [.text("Nothing was changed.")]
      : [.text("The original TTLs, with a serial above all others of this plan:")]
        + loadOldZone(facts.restoredTTLFiles, serial: OldZoneSerial.restoredTTLs)
  }

  /// How an edited file of the old zone comes into use.
  func oldZoneEdit(_ files: [String], serial step: UInt32, what: Prose) -> [Block] {
    guard let main = files.first else { return loadOldZone(files, serial: step) }
    let zone = Shell.word(zone)
    return [.text("\(codes: files): " + what + ".")]
      + run(
        "diff -u \"$ZONE_FILE\" \(Shell.word(main)) || echo 'these are the changes'",
        prints: [anything, "these are the changes"], "The changes you expect and no others.")
      + [
        .checklist([
          "Dynamic updates or inline signing? The server's file is ahead of yours: \(code: "rndc freeze \(zone)") first, plan again from its file, and \(code: "rndc thaw \(zone)") in place of \(code: "rndc reload").",
          "Signed by hand? Sign the file again before it is loaded: the SOA has changed.",
          "Another server: \(code: "nsd-control reload \(zone)"), \(code: "knotc zone-reload \(zone)"), \(code: "pdnsutil load-zone \(zone) FILE"), or the provider's form, by the table above.",
        ])
      ] + loadOldZone(files, serial: step)
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
      do: [
        .text("Not before \(strong: schedule.cutover.description) is the delegation changed."),
        .text(
          "Were the TTLs lowered later than \(schedule.start)? The cutover moves by as much: plan again with \(code: "--start")."
        ),
      ],
      verify: [.checklist(["Somebody holds the date, and calls the next step."])],
      undo: restoreOldTTLs)
  }

  var recordDelegation: RunbookStep {
    let recorded = instant(.recordDelegation)
    let removed = schedule.dsWait == nil ? nil : instant(.removeDS)
    let first = [recorded, removed].compactMap { $0 }.min()
    let ttl = schedule.parentNS.inForce.seconds
    return RunbookStep(
      "record-delegation", "Record the old delegation", owner: .dnsEngineer, at: first,
      takes: "15 min",
      why: """
        What is written down now is what a rollback restores: names, addresses, glue, DS and \
        TTLs, at the parent and at the registrar. \(code: "delegation.json") holds what the zone \
        file says; the parent may say something else.
        """,
      do: run(
        delegationAtParent + " | tee old-delegation.txt",
        prints: [anything]
          + oldServers.sorted(by: bytewise).flatMap { ["\(zone) \(ttl) IN NS \($0)", anything] },
        "From every server of the parent the old NS set, with the TTL that was planned with, and its glue. Another TTL: plan again with \(code: "--parent-ttl"). Other names: the zone file is wrong about its own servers; settle that first."
      )
        + run(
          """
          for server in $PARENT; do
            dig +norecurse +short "@$server" \(Shell.digName(zone)) DS
          done | LC_ALL=C sort -u | tee old-ds.txt
          """, prints: schedule.dsWait == nil ? [] : [anything],
          schedule.dsWait == nil
            ? "Nothing. With a DS set: stop, and plan again with \(code: "--parent-ds present")."
            : "The DS set, if there is one.")
        + run(
          """
          aws route53domains get-domain-detail --region us-east-1 \\
            --domain-name \(Shell.word(zone.droppingFinalDot)) > old-domain-detail.json
          """, prints: [], isObserved: false,
          "Where Route 53 is the registrar. Elsewhere: keep a copy of the registrar's page."),
      verify: run(
        "test -s old-delegation.txt && cat old-delegation.txt | wc -l", prints: [anything],
        "The record is there: how many lines it has.")
        + [.checklist(["The recorded names are those that the registrar shows."])],
      undo: [.text("Nothing was changed.")])
  }

  /// The delegation as all servers of the parent give it.
  var delegationAtParent: String {
    """
    for server in $PARENT; do
      echo "; $server"
      dig +norecurse +noall +authority +additional +answer "@$server" \(Shell.digName(zone)) NS |
        LC_ALL=C sort
    done
    """
  }

  var removeDS: RunbookStep {
    let wait = schedule.dsWait ?? .zero
    let domain = Shell.word(zone.droppingFinalDot)
    return RunbookStep(
      "remove-ds", "Have the DS set taken out at the parent", owner: .registrant,
      at: instant(.removeDS), takes: "\(wait) of waiting", mark: .hardStop,
      why: """
        Route 53 cannot sign with the old keys: the zone goes insecure for the move. As long as a \
        DS set is published or cached, validators refuse the new servers' answers. The old side \
        stays signed until the end.
        """,
      do: run(
        """
        aws route53domains get-domain-detail --region us-east-1 --output text \\
          --domain-name \(domain) --query 'DnssecKeys[].Id' | tr '\\t' '\\n' |
          sed '/^None$/d' > old-keys.txt
        while read -r key; do
          aws route53domains disassociate-delegation-signer-from-domain --region us-east-1 \\
            --domain-name \(domain) --id "$key" --query OperationId --output text
        done < old-keys.txt
        """, prints: [anything], isObserved: false,
        "Where Route 53 is the registrar: an operation id for each key. Elsewhere: remove the DS records in the registrar's form; some registries take a day."
      ),
      verify: askNoDS(
        parentServers,
        "From no server of the parent. From then on wait \(wait): the DS set's TTL and the negative TTL. If it was later than \(schedule.cutover - wait), the cutover moves by as much."
      ),
      undo: publishDS)
  }

  /// Publishes the recorded DS set again.
  var publishDS: [Block] {
    let domain = Shell.word(zone.droppingFinalDot)
    let keys = facts.entryKeys.map { key in
      """
      aws route53domains associate-delegation-signer-to-domain --region us-east-1 \\
        --domain-name \(domain) --query OperationId --output text --signing-attributes \\
        \(Shell.word("Algorithm=\(key.algorithm),Flags=\(key.flags),PublicKey=\(key.publicKey)"))
      """
    }
    return keys.isEmpty
      ? [.text("Enter the recorded DS set, \(code: "old-ds.txt"), at the registrar.")]
      : run(
        keys.joined(separator: "\n"), prints: [anything], isObserved: false,
        "Where Route 53 is the registrar: an operation id. Elsewhere: enter the recorded DS set, \(code: "old-ds.txt"), in the registrar's form."
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
      verify: askSerial(raisedBy: facts.loweredFiles.isEmpty ? 0 : OldZoneSerial.lowered)
        + [.text("Ask again later: the serial no longer rises.")],
      undo: [.text("Lift the freeze; take up with the first step of this chapter again later.")],
      ifItFails: wayBackBeforeCutover)
  }

  /// Where to go back to once the DS set is gone, and the delegation not yet changed.
  var wayBackBeforeCutover: RunbookStep.WayBack {
    .rollback(schedule.dsWait == nil ? "rollback-load" : "rollback-ds")
  }

  func bytewise(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}

/// How far the serials of the old zone's edited files are above the one it was planned from.
public enum OldZoneSerial {
  /// With lowered TTLs.
  public static let lowered: UInt32 = 1
  /// With the new name servers.
  public static let switched: UInt32 = 2
  /// With its own name servers again.
  public static let restoredNS: UInt32 = 3
  /// With the original TTLs again.
  public static let restoredTTLs: UInt32 = 4
}
