import Propagation

// Commands that several steps have, with what they print.
extension RunbookWriter {
  /// A command, what it prints, and what that means.
  func run(
    _ command: String, prints output: [String]? = nil, isObserved: Bool = true,
    _ expected: Prose? = nil
  ) -> [Block] {
    [.command(command, expect: expected)]
      + (output.map { [.output($0.joined(separator: "\n"), isObserved: isObserved)] } ?? [])
  }

  /// What stands for any text, and alone on a line for any lines.
  var anything: String { RunbookStep.anything }

  // MARK: - Servers

  /// The old servers as they are asked.
  var askedOld: [String] {
    facts.settings.oldServers.isEmpty ? oldServers : facts.settings.oldServers
  }

  /// The new servers as they are asked.
  var askedNew: [String] {
    facts.settings.newServers.isEmpty ? newServers : facts.settings.newServers
  }

  /// A list of the shell, how many servers it holds, and how they are asked.
  struct Servers {
    let list: String
    /// Nil: not known here.
    let count: Int?
    var isRecursive = false

    /// The beginning of a line of `uniq -c`.
    var number: String { count.map(String.init) ?? RunbookStep.anything }
  }

  var old: Servers { Servers(list: "$OLD", count: askedOld.count) }
  var new: Servers { Servers(list: "$NEW", count: askedNew.count) }
  var resolvers: Servers {
    Servers(list: "$RESOLVERS", count: facts.settings.resolvers.count, isRecursive: true)
  }
  var parentServers: Servers {
    let count = facts.settings.parentServers.count
    return Servers(list: "$PARENT", count: count == 0 ? nil : count)
  }

  /// A question to all servers of a list, and how many of them gave which line: one line that all
  /// have given shows that they agree, and that none is missing.
  ///
  /// - Parameters:
  ///   - shown: the fields of `dig`'s answer that are counted, in the language of awk.
  ///   - filter: a command that shows them otherwise.
  ///   - lines: the lines that all servers are to give.
  func askAll(
    _ servers: Servers, _ questions: [(owner: String, type: String)], shown: String? = nil,
    sections: String = "+answer", filter: String? = nil, lines: [String], _ expected: Prose? = nil
  ) -> [Block] {
    let asked = questions.map { "\(Shell.digName($0.owner)) \($0.type)" }
    let flags = (servers.isRecursive ? "" : "+norecurse ") + "+noall \(sections)"
    let filter = filter ?? shown.map { "awk '\($0)'" }
    let unique = (filter.map { " |\n    \($0)" } ?? "") + " | LC_ALL=C sort -u"
    var body: [String]
    if asked.count == 1 {
      body = ["  dig \(flags) \"@$server\" \(asked[0])\(unique)"]
    } else {
      body = ["  {"] + asked.map { "    dig \(flags) \"@$server\" \($0)" } + ["  }\(unique)"]
    }
    body = ["for server in \(servers.list); do"] + body + ["done | LC_ALL=C sort | uniq -c"]
    return run(
      body.joined(separator: "\n"),
      prints: Set(lines).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
        "\(servers.number) \($0)"
      }, expected)
  }

  /// Shows the owner, TTL and type of answers.
  var ttls: String { "{ print $1, $2, $4 }" }
  /// Shows the name servers of answers and referrals.
  var nameServers: String { "$4 == \"NS\" || /^;/ { print $4 == \"NS\" ? $5 : $0 }" }

  /// Which name servers a list of servers gives for the zone.
  func askNS(
    _ servers: Servers, gives names: [String], sections: String = "+answer",
    _ expected: Prose? = nil
  ) -> [Block] {
    askAll(
      servers, [(zone, "NS")], shown: nameServers, sections: sections, lines: names, expected)
  }

  /// The delegation at the servers of the parent.
  func askParentNS(gives names: [String], _ expected: Prose? = nil) -> [Block] {
    askNS(parentServers, gives: names, sections: "+authority +answer", expected)
  }

  /// The questions that are felt first.
  func askProbes(_ servers: Servers, _ expected: Prose) -> [Block] {
    facts.probes.isEmpty
      ? []
      : askAll(
        servers, facts.probes.map { ($0.owner, $0.type) },
        sections: "+answer +nottlid +noclass", filter: "tr -s '\\t' ' '",
        lines: facts.probes.flatMap { probe in
          probe.answers.map { "\(probe.owner) \(probe.type) \($0)" }
        }, expected)
  }

  /// Whether no server of a list has a DS set for the zone.
  func askNoDS(_ servers: Servers, _ expected: Prose? = nil) -> [Block] {
    run(
      """
      for server in \(servers.list); do
        dig +short \(servers.isRecursive ? "" : "+norecurse ")"@$server" \(Shell.digName(zone)) DS
      done | grep . && echo 'STOP: a DS set stands' || echo 'no DS set'
      """, prints: ["no DS set"], expected)
  }

  // MARK: - Clock

  /// Whether an instant has come.
  func notBefore(_ instant: Instant) -> [Block] {
    run(
      "now; LC_ALL=C expr \"$(now)\" '>=' \(instant) >/dev/null && echo 'not too early'",
      prints: [anything, "not too early"], "Nothing of this before \(strong: "\(instant)").")
  }

  // MARK: - Hosted zone

  /// What `zonecut apply` prints at its end.
  func applied(_ count: Int) -> [String] {
    let all = facts.loadBatches.count + facts.restoreBatches.count
    return [
      anything,
      "zonecut: \(anything); fetched again: the hosted zone holds what it should, \(anything); "
        + "applied: \(count) of \(all)",
      anything,
    ]
  }

  /// Applies the batches up to one, or undoes them.
  func apply(_ options: String, leaves count: Int, _ expected: Prose? = nil) -> [Block] {
    run(
      "zonecut apply . --zone-id \"$ZONE_ID\" \(options) --yes", prints: applied(count), expected)
  }

  /// Undoes the load, and whatever was applied after it.
  var undoLoad: [Block] {
    facts.loadBatches.isEmpty
      ? [.text("Nothing was loaded.")]
      : apply(
        "--rollback", leaves: 0,
        "Each batch that was applied is undone, the last one first; what was not applied is left alone."
      )
  }

  /// Fetches the hosted zone into a file.
  func fetch(to file: String) -> [Block] {
    run(
      "zonecut fetch route53 \"$ZONE_ID\" --out \(Shell.word(file)) --replace",
      prints: [anything, "zonecut: \(file): \(anything)"])
  }

  // MARK: - Old servers

  /// Puts edited files of the old zone in place.
  ///
  /// - Parameter serial: how far the files' serial is above the planned one.
  func loadOldZone(_ files: [String], serial step: UInt32) -> [Block] {
    guard let main = files.first else {
      return [
        .text(
          "Edit the old zone by hand and raise its serial: this plan holds no edited zone file.")
      ]
    }
    let parts = main.split(separator: "/")
    let folder = parts.prefix(2).joined(separator: "/")
    let file = parts.dropFirst(2).joined(separator: "/")
    return run(
      """
      (cd \(Shell.word(folder)) && named-checkzone -i local \(Shell.words(zone, file))) &&
        cp -R \(Shell.word(folder))/. "$PRIMARY_DIR" && rndc reload \(Shell.word(zone))
      """, prints: [anything, "OK", "zone reload \(anything)"],
      "On the old primary, with this directory at hand there.")
      + askSerial(raisedBy: step)
  }

  /// The serial of all old servers.
  ///
  /// - Parameter step: how far it is above the planned one; nil: whatever it is, all have it.
  func askSerial(raisedBy step: UInt32?) -> [Block] {
    let serial = facts.serial.flatMap { serial in step.map { String(serial &+ $0) } } ?? anything
    return askAll(
      old, [(zone, "SOA")], shown: "/^;/ { print; next } { print \"serial\", $7 }",
      lines: ["serial \(serial)"],
      "The one serial from every old server. A secondary that still has another: let it transfer the zone, and ask again."
    )
  }

  /// The TTLs of the lowered sets at the old servers.
  var askLowered: [Block] {
    let sets = facts.loweredSets.prefix(Self.mostSetsShown)
    if sets.isEmpty { return [] }
    return askAll(
      old, sets.map { ($0.owner, $0.type) }, shown: ttls,
      lines: sets.map { "\($0.owner) \($0.to) \($0.type)" },
      "The lowered TTLs, each from every old server: the first number counts them.")
  }

  /// The most RRsets that a table or a command names.
  static let mostSetsShown = 20
}
