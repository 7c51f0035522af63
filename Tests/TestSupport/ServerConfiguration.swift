/// The configuration files of the three name servers.
struct ServerConfiguration {
  let folder: String
  let port: UInt16
  let zones: [LoopbackServer.ServedZone]
  let settings: LoopbackServer.Settings

  func text(for brand: LoopbackServer.Brand) -> String {
    switch brand {
    case .bind: bind
    case .nsd: nsd
    case .knot: knot
    }
  }

  func arguments(for brand: LoopbackServer.Brand, file: String) -> [String] {
    switch brand {
    case .bind: ["-g", "-n", "1", "-c", file]
    case .nsd: ["-d", "-c", file]
    case .knot: ["-c", file]
    }
  }

  /// What the log says when all zones are served, and how often.
  func readyMarks(for brand: LoopbackServer.Brand) -> [String: Int] {
    switch brand {
    case .bind: ["all zones loaded": 1]
    case .nsd: ["nsd started": 1]
    case .knot: zones.isEmpty ? ["server started": 1] : ["] loaded, serial": zones.count]
    }
  }

  /// What the log of Knot says when a zone is not served; the others say that they are ready.
  func failureMark(for brand: LoopbackServer.Brand) -> String? {
    brand == .knot ? "event 'load' failed" : nil
  }

  private var four: [String] { settings.addresses.filter { !$0.contains(":") } }
  private var six: [String] { settings.addresses.filter { $0.contains(":") } }

  private func lines(_ lines: [String], indent: String) -> String {
    lines.map { indent + $0 + "\n" }.joined()
  }

  /// What BIND does with questions of other zones.
  private var recursion: String {
    guard let port = settings.forwarderPort else { return "recursion no;" }
    return "recursion yes; forward only; forwarders { 127.0.0.1 port \(port); };"
  }

  private var bind: String {
    let key = settings.key.map {
      "key \"\($0.name)\" { algorithm \($0.algorithm); secret \"\($0.secret)\"; };\n"
    }
    let listen = four.isEmpty ? "none;" : four.map { $0 + ";" }.joined(separator: " ")
    let listenV6 = six.isEmpty ? "none;" : six.map { $0 + ";" }.joined(separator: " ")
    var text = """
      \(key ?? "")controls { };
      options {
        directory "\(folder)";
        pid-file "\(folder)/pid";
        session-keyfile "\(folder)/session.key";
        managed-keys-directory "\(folder)";
        listen-on port \(port) { \(listen) };
        listen-on-v6 port \(port) { \(listenV6) };
        \(recursion) dnssec-validation no; notify no; empty-zones-enable no;
        allow-transfer { \(settings.key.map { "key \"\($0.name)\"" } ?? "any"); };
        check-integrity no; check-names primary ignore;
        check-wildcard no; check-mx ignore; check-mx-cname ignore; check-srv-cname ignore;
        check-sibling no; check-dup-records ignore; check-spf ignore; max-zone-ttl unlimited;

      """
    text += lines(settings.serverLines, indent: "  ") + "};\n"
    for zone in zones {
      text += "zone \"\(zone.name)\" { type primary; file \"\(zone.file)\";\n"
      text += lines(settings.zoneLines, indent: "  ") + "};\n"
    }
    return text
  }

  private var nsd: String {
    var text = "server:\n"
    text += lines(settings.addresses.map { "ip-address: \($0)@\(port)" }, indent: "  ")
    text += """
        server-count: 1
        username: ""
        database: ""
        zonesdir: "\(folder)"
        pidfile: "\(folder)/pid"
        xfrdfile: "\(folder)/xfrd.state"
        xfrdir: "\(folder)"
        zonelistfile: "\(folder)/zone.list"
        cookie-secret-file: ""
        rrl-ratelimit: 0

      """
    text += lines(settings.serverLines, indent: "  ") + "remote-control:\n  control-enable: no\n"
    if let key = settings.key {
      text += """
        key:
          name: "\(key.name)"
          algorithm: \(key.algorithm)
          secret: "\(key.secret)"

        """
    }
    let key = settings.key?.name ?? "NOKEY"
    for zone in zones {
      text += """
        zone:
          name: "\(zone.name)"
          zonefile: "\(zone.file)"
          provide-xfr: 0.0.0.0/0 \(key)
          provide-xfr: ::0/0 \(key)

        """
      text += lines(settings.zoneLines, indent: "  ")
    }
    return text
  }

  private var knot: String {
    var text = "server:\n"
    text += lines(settings.addresses.map { "listen: \($0)@\(port)" }, indent: "  ")
    text += """
        rundir: "\(folder)"
        udp-workers: 1
        tcp-workers: 1
        background-workers: 1

      """
    text += lines(settings.serverLines, indent: "  ")
    text += """
      log:
        - target: stderr
          any: info
      database:
        storage: "\(folder)"

      """
    if let key = settings.key {
      text += """
        key:
          - id: "\(key.name)"
            algorithm: \(key.algorithm)
            secret: "\(key.secret)"

        """
    }
    text += "acl:\n  - id: transfer\n    action: transfer\n"
    if let key = settings.key { text += "    key: \"\(key.name)\"\n" }
    text += """
      template:
        - id: default
          storage: "\(folder)"
          semantic-checks: off
          journal-content: none
          zonefile-sync: -1
          acl: transfer

      """
    text += lines(settings.zoneLines, indent: "    ")
    if !zones.isEmpty { text += "zone:\n" }
    for zone in zones {
      text += "  - domain: \"\(zone.name)\"\n    file: \"\(zone.file)\"\n"
    }
    return text
  }
}
