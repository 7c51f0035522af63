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
      do: [
        .command(
          """
          export AWS_PAGER=
          ZONE=\(Shell.word(zone))
          ZONE_ID=\(facts.hostedZoneID.map(Shell.word) ?? "")
          ZONE_FILE=\(Shell.word(facts.zoneFile))
          PARENT=\(Shell.word(parent))
          OLD=\(Shell.word(oldServers.joined(separator: " ")))
          NEW=\(Shell.word(newServers.joined(separator: " ")))
          RESOLVERS='1.1.1.1 8.8.8.8 9.9.9.9 2606:4700:4700::1111 2001:4860:4860::8888 2620:fe::fe'
          """, expect: nil),
        .checklist(
          (facts.hostedZoneID == nil
            ? ["Put the id of the hosted zone into \(code: "ZONE_ID") once you know it."] : [])
            + (facts.newServers.isEmpty
              ? ["Put the name servers of the hosted zone into \(code: "NEW") once it exists."]
              : [])
            + [
              "\(code: "ZONE_FILE") is the old zone's file, as seen from this directory: correct it.",
              "\(code: "PARENT") is the zone above this one. Where that name is no zone of its own, put the next zone above it.",
              "No IPv6 here? Take the last three addresses out of \(code: "RESOLVERS").",
            ]),
      ],
      verify: [
        .command(
          "zonecut --version && aws --version && dig -v && date -u",
          expect: "Three versions, and a clock that is right.")
      ],
      undo: [.text("Nothing was changed.")])
  }

  var access: RunbookStep {
    RunbookStep(
      "access", "Try every access", owner: .dnsEngineer, takes: "30 min",
      why: """
        Each login is tried before it is needed at night, by the person who will need it: AWS, \
        the registrar, the old servers.
        """,
      do: [
        .command(
          "aws sts get-caller-identity",
          expect: "The account and the role that you mean to use."),
        .command(
          "aws route53 get-hosted-zone --id \"$ZONE_ID\"",
          expect: facts.newServers.isEmpty
            ? "Only once the hosted zone exists: its name and its four name servers."
            : "The name \(code: zone) and the name servers \(codes: facts.newServers.map(\.droppingFinalDot)), in any order."
        ),
        .command(
          "aws route53domains get-domain-detail --region us-east-1 --domain-name \(Shell.word(zone.droppingFinalDot))",
          expect: "Where Route 53 is the registrar: the domain and its present name servers."),
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
      verify: [
        .command(
          "zonecut lint \"$ZONE_FILE\"",
          expect: "No finding that you do not mean to live with.")
      ],
      undo: [.text("Put the zone file back, with a higher serial.")])
  }

  var rehearsal: RunbookStep {
    let reference = "zonecut-rehearsal-\(facts.planID)"
    let options = facts.batchArguments.map { " " + Shell.word($0) }.joined()
    return RunbookStep(
      "rehearsal", "Load a throw-away hosted zone, compare it, delete it", owner: .dnsEngineer,
      takes: "30 min",
      why: """
        Nothing is delegated to the throw-away zone, so nobody can be hurt. It shows that \
        Route 53 takes every record.
        """,
      do: [
        .command(
          """
          REHEARSAL_ID=$(aws route53 create-hosted-zone --name "$ZONE" \\
            --caller-reference \(Shell.word(reference)) --query HostedZone.Id --output text)
          aws route53 list-resource-record-sets --hosted-zone-id "$REHEARSAL_ID" --output json \\
            > rehearsal.json
          zonecut batches "$ZONE_FILE" --into rehearsal.json\(options) --out rehearsal
          for batch in rehearsal/batches/*-load.json; do
            aws route53 change-resource-record-sets --hosted-zone-id "$REHEARSAL_ID" \\
              --change-batch "file://$batch" --query ChangeInfo.Status --output text || break
          done
          """,
          expect: "A line \(code: "PENDING") (or \(code: "INSYNC")) for each batch, and no error.")
      ],
      verify: [
        .command(
          """
          aws route53 list-resource-record-sets --hosted-zone-id "$REHEARSAL_ID" --output json \\
            > rehearsed.json
          zonecut diff "$ZONE_FILE" rehearsed.json
          """,
          expect:
            "TTLs alone differ, where they are planned to; SOA and NS of the apex are listed as expected."
        )
      ],
      undo: [
        .text("The throw-away zone is deleted in any case:"),
        .command(
          """
          for batch in rehearsal/rollback/*-load.json; do
            aws route53 change-resource-record-sets --hosted-zone-id "$REHEARSAL_ID" \\
              --change-batch "file://$batch" --query ChangeInfo.Status --output text || break
          done
          aws route53 delete-hosted-zone --id "$REHEARSAL_ID"
          rm -r rehearsal rehearsal.json rehearsed.json
          """,
          expect: "The change of the deletion. The zone's id is then gone for good."),
      ])
  }
}
