import Propagation

// Chapters 1 and 2: what is done days or weeks before anything changes.
extension RunbookWriter {
  var shell: RunbookStep {
    RunbookStep(
      "shell", "Set up a shell", owner: .dnsEngineer, takes: "5 min",
      why: """
        All commands of this runbook run in this plan's directory, in a shell with these \
        settings. Set them in every shell that you open.
        """,
      do: run(settings, prints: []) + [
        .checklist(
          (facts.hostedZoneID == nil
            ? ["Put the id of the hosted zone into \(code: "ZONE_ID") once you know it."] : [])
            + (facts.newServers.isEmpty
              ? ["Put the name servers of the hosted zone into \(code: "NEW") once it exists."]
              : [])
            + [
              "\(code: "ZONE_FILE") is the old zone's file, as seen from this directory: correct it.",
              "\(code: "PRIMARY_DIR") is where the old primary has that file.",
              "\(code: "PARENT") holds the servers of the zone above this one. Where \(code: parent) is no zone of its own, ask for the next zone above it.",
              "No IPv6 here? Take the addresses with colons out of \(code: "RESOLVERS").",
            ])
      ],
      verify: run(
        """
        zonecut --version && aws --version && dig -v && now
        test -s plan.json && test -r "$ZONE_FILE" && test -n "$PARENT" && echo 'all here'
        """, prints: [anything, "all here"], "Three versions, and a clock that is right."),
      undo: [.text("Nothing was changed.")])
  }

  /// What the commands of the runbook take from the shell.
  private var settings: String {
    let given = facts.settings
    let parents =
      given.parentServers.isEmpty
      ? "$(dig +short \(Shell.digName(parent)) NS | sort)"
      : Shell.word(given.parentServers.joined(separator: " "))
    return """
      export AWS_PAGER= AWS_DEFAULT_OUTPUT=json
      ZONE=\(Shell.word(zone))
      ZONE_ID=\(facts.hostedZoneID.map(Shell.word) ?? "")
      ZONE_FILE=\(Shell.word(facts.zoneFile))
      PRIMARY_DIR=\(Shell.word(given.primaryDirectory))
      OLD=\(Shell.word(askedOld.joined(separator: " ")))
      NEW=\(Shell.word(askedNew.joined(separator: " ")))
      PARENT=\(parents)
      RESOLVERS=\(Shell.word(given.resolvers.joined(separator: " ")))
      now() { \(given.clockCommand); }
      """
  }

  var access: RunbookStep {
    RunbookStep(
      "access", "Try every access", owner: .dnsEngineer, takes: "30 min",
      why: """
        Each login is tried before it is needed at night, by the person who will need it: AWS, \
        the registrar, the old servers.
        """,
      do:
        run(
          "aws sts get-caller-identity",
          prints: [
            "{", "\"UserId\": \"\(anything)\",", "\"Account\": \"\(anything)\",",
            "\"Arn\": \"\(anything)\"", "}",
          ], "The account and the role that you mean to use.")
        + (facts.newServers.isEmpty ? [] : rightHostedZone)
        + run(
          """
          aws route53domains get-domain-detail --region us-east-1 --output text \\
            --domain-name \(Shell.word(zone.droppingFinalDot)) \\
            --query 'Nameservers[].Name' | tr '\\t' '\\n' | LC_ALL=C sort
          """, prints: oldServers.map(\.droppingFinalDot).sorted(by: bytewise), isObserved: false,
          "Where Route 53 is the registrar: the present name servers. Where it is not, this and all other commands of \(code: "aws route53domains") are left out, and the registrar's form takes their place."
        ) + [
          .checklist([
            "Elsewhere: log in at the registrar, and find where name servers, glue and DS are changed.",
            "The registrar account has a second factor, and two people can log in.",
            "Registry lock and transfer lock: who lifts them, how long does it take?",
            "You can edit and reload the zone on the old primary.",
            "Least rights for AWS: the policy below for the migration; \(code: "route53domains:GetDomainDetail"), \(code: "route53domains:GetOperationDetail") and \(code: "route53domains:UpdateDomainNameservers") for a role that is used at the cutover alone.",
          ]),
          .file(Self.policy),
        ],
      verify: [.checklist(["Every login above worked, for the person on duty that night."])],
      undo: [.text("Nothing was changed.")])
  }

  /// Whether the id is that of the planned hosted zone.
  private var rightHostedZone: [Block] {
    run(
      """
      aws route53 get-hosted-zone --id "$ZONE_ID" --output text \\
        --query 'DelegationSet.NameServers' | tr '\\t' '\\n' | LC_ALL=C sort
      """, prints: facts.newServers.map(\.droppingFinalDot).sorted(by: bytewise),
      "The name servers of the plan: it is the right hosted zone, of several with one name.")
  }

  /// The least rights that the commands of this runbook need.
  private static let policy = """
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": [
            "route53:CreateHostedZone", "route53:DeleteHostedZone", "route53:GetHostedZone",
            "route53:ListHostedZonesByName", "route53:ListResourceRecordSets",
            "route53:ChangeResourceRecordSets", "route53:GetChange", "route53:TestDNSAnswer",
            "route53:GetHostedZoneLimit"
          ],
          "Resource": "*"
        }
      ]
    }
    """

  var inventory: RunbookStep {
    var points: [Prose] = [
      "Names that no export shows: DKIM selectors in use, \(code: "_acme-challenge") names, names that a provider answers for.",
      "Split views: does the old server answer some clients otherwise than others?",
      "Machines that update the zone: dynamic updates, DHCP, certificate clients, scripts. Each needs a new way by the cutover.",
      "Consumers of zone transfers: secondaries, monitoring, address management. Route 53 gives no AXFR.",
      "Other domains that delegate to a name server with a name in this zone.",
      "Query logging of the new zone: kept how long (CloudWatch keeps for ever unless told), analysed and read by whom, encrypted how?",
    ]
    if !facts.childZones.isEmpty {
      points.append(
        "Delegated from here: \(codes: facts.childZones.prefix(10))\(facts.childZones.count > 10 ? " and \(facts.childZones.count - 10) more" : ""). An old server that serves a child itself answers without a delegation; Route 53 needs the NS records."
      )
    }
    var actions: [Block] = [.checklist(points)]
    if !facts.updaters.isEmpty {
      actions += [.text("Signs of machines that update this zone:"), .checklist(facts.updaters)]
    }
    return RunbookStep(
      "inventory", "Take the inventory", owner: .lead, takes: "some days",
      why: "What nobody wrote down is what fails: look for what is in no file.",
      do: actions,
      verify: [.checklist(["Each point has an answer and a name beside it."])],
      undo: [.text("Nothing was changed.")])
  }

  var findings: RunbookStep {
    RunbookStep(
      "findings", "Settle the findings", owner: .dnsEngineer, takes: "1 h",
      why:
        "Faults that the old zone has, the new one inherits. \(facts.findingsSummary): see \(code: "lint.txt"); what became of each record is in \(code: "ledger.json").",
      do: facts.toSettle.isEmpty
        ? [.text("Nothing was found that has to be settled before the move.")]
        : [
          .checklist(facts.toSettle.prefix(20).map { "\($0)" })
        ]
          + (facts.toSettle.count > 20
            ? [.text("And \(facts.toSettle.count - 20) more in \(code: "lint.txt").")] : []),
      verify: run(
        "zonecut lint \"$ZONE_FILE\" 2>&1 | tail -n 1", prints: [anything],
        "How many findings are left: none that you do not mean to live with."),
      undo: [.text("Put the zone file back, with a higher serial.")])
  }

  var rehearsal: RunbookStep {
    let reference = "zonecut-rehearsal-\(facts.planID)"
    let options = facts.batchArguments.map { " " + Shell.word($0) }.joined()
    return RunbookStep(
      "rehearsal", "Load a throw-away hosted zone and compare it", owner: .dnsEngineer,
      takes: "30 min",
      why: """
        Nothing is delegated to the throw-away zone, so nobody can be hurt. It shows that \
        Route 53 takes every record.
        """,
      do: run(
        """
        REHEARSAL_ID=$(aws route53 create-hosted-zone --name "$ZONE" --output text \\
          --caller-reference \(Shell.word(reference)) --query HostedZone.Id)
        REHEARSAL_ID=${REHEARSAL_ID#/hostedzone/}
        zonecut fetch route53 "$REHEARSAL_ID" --out rehearsal.json --replace
        zonecut batches "$ZONE_FILE" --into rehearsal.json\(options) --out rehearsal
        zonecut apply rehearsal --zone-id "$REHEARSAL_ID" --yes
        """, prints: [anything, held, anything],
        "Every batch is taken, and the throw-away zone then holds what the plan says."),
      verify: run(
        """
        zonecut fetch route53 "$REHEARSAL_ID" --out rehearsed.json --replace
        zonecut diff "$ZONE_FILE" rehearsed.json | tail -n 1
        """, prints: [anything],
        "The summary of the differences: TTLs alone, where they are planned to differ."),
      undo: run(
        """
        zonecut fetch route53 "$REHEARSAL_ID" --out rehearsed.json --replace &&
          zonecut batches --empty --into rehearsed.json --out emptying &&
          zonecut apply emptying --zone-id "$REHEARSAL_ID" --yes &&
          \(deleteRehearsal) &&
          rm -rf rehearsal rehearsal.json rehearsed.json emptying && echo deleted
        """, prints: [anything, held, anything, "deleted"],
        "However far the load came, the throw-away zone is emptied and then deleted; the next step is done."
      ))
  }

  /// Route 53 deletes no hosted zone that holds more than SOA and NS of its apex.
  private var deleteRehearsal: String {
    """
    aws route53 delete-hosted-zone --id "$REHEARSAL_ID" --output text \\
        --query ChangeInfo.Status
    """
  }

  var rehearsalEnd: RunbookStep {
    RunbookStep(
      "rehearsal-end", "Delete the throw-away hosted zone", owner: .dnsEngineer, takes: "5 min",
      why:
        "It is deleted in any case: two hosted zones of one name are confused at night. The real one gets a fresh load later.",
      do: run(
        """
        zonecut apply rehearsal --zone-id "$REHEARSAL_ID" --rollback --yes &&
          \(deleteRehearsal) &&
          rm -r rehearsal rehearsal.json rehearsed.json && echo deleted
        """, prints: [anything, held, anything, "deleted"],
        "The way back of the batches works too; then the zone and its id are gone for good."),
      verify: run(
        """
        aws route53 list-hosted-zones-by-name --dns-name "$ZONE" --output text \\
          --query "HostedZones[?Id=='/hostedzone/$REHEARSAL_ID'].Id"; echo 'end of list'
        """, prints: ["end of list"]),
      undo: [.text("There is nothing to undo.")])
  }

  /// What `zonecut apply` says once the hosted zone is as it should be.
  private var held: String { "zonecut: \(anything)the hosted zone holds what it should\(anything)" }
}
