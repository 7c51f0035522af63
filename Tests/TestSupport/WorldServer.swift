import Foundation

/// A resolver on a loopback address that knows a small world, as a child process, until it goes
/// away.
///
/// The world is text: a line is a record (`www.example.net. A 127.0.0.9`; types A, AAAA, CNAME, NS,
/// MX, TXT, SOA) or a mark: `NAME NXDOMAIN` (with all below), `NAME SERVFAIL`, `NAME REFUSED`,
/// `NAME SILENT`. Names that are not mentioned do not exist, and the top-level domain says so.
public final class WorldServer: Sendable {
  /// `127.0.0.1@20123`
  public let address: String
  /// The port of it.
  public let port: UInt16
  private let process = Process()

  /// Starts a server.
  ///
  /// - Parameter lifetime: after so many queries it ends, without a reply to the last.
  public init(_ world: String, lifetime: Int = .max) throws {
    port = try LoopbackServer.freePort(at: ["127.0.0.1"])
    address = "127.0.0.1@\(port)"
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", Self.script, "\(port)", "\(lifetime)", world]
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    _ = output.fileHandleForReading.availableData
  }

  deinit {
    // It may have been started with SIGTERM blocked.
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  private static let script = #"""
    import ipaddress, shlex, socket, struct, sys
    port, lifetime, world = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "MX": 15, "TXT": 16, "AAAA": 28}
    CODES = {"NXDOMAIN": 3, "SERVFAIL": 2, "REFUSED": 5, "SILENT": None}

    def wire(name):
        labels = [label for label in name.split(".") if label]
        return b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"

    def data(kind, words):
        if kind in ("A", "AAAA"):
            return ipaddress.ip_address(words[0]).packed
        if kind == "MX":
            return struct.pack(">H", int(words[0])) + wire(words[1])
        if kind == "TXT":
            return b"".join(bytes([len(word)]) + word.encode() for word in words)
        if kind == "SOA":
            return wire(words[0]) + wire(words[1]) + struct.pack(">5I", *map(int, words[2:]))
        return wire(words[0])

    records, marks = {}, {}
    for line in world.splitlines():
        words = shlex.split(line)
        if len(words) == 2 and words[1] in CODES:
            marks[words[0].lower()] = words[1]
        elif words:
            records.setdefault(words[0].lower(), []).append((words[1], data(words[1], words[2:])))

    def record(owner, kind, octets):
        return wire(owner) + struct.pack(">HHIH", TYPES[kind], 1, 60, len(octets)) + octets

    def ancestors(name):
        labels = name.rstrip(".").split(".")
        return [".".join(labels[index:]) + "." for index in range(len(labels))]

    def answer(name, kind):
        """RCODE (None: silence), answer and the zone that denies."""
        found = []
        for _ in range(9):
            if marks.get(name) not in (None, "NXDOMAIN"):
                return CODES[marks[name]], found, None
            gone = [name for name in ancestors(name) if marks.get(name) == "NXDOMAIN"]
            if gone:
                return 3, found, ancestors(gone[-1])[1]
            here = records.get(name, [])
            wanted = [record(name, k, d) for k, d in here if TYPES[k] == kind]
            if wanted:
                return 0, found + wanted, None
            alias = [d for k, d in here if k == "CNAME"]
            if not alias:
                below = any(other.endswith("." + name) for other in records)
                return (0 if here or below else 3), found, ancestors(name)[-1]
            found.append(record(name, "CNAME", alias[0]))
            name, octets = "", alias[0]
            while octets[0]:
                name += octets[1:1 + octets[0]].decode() + "."
                octets = octets[1 + octets[0]:]
            name = name.lower()
        return 2, [], None

    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("127.0.0.1", port))
    print("ready", flush=True)
    for _ in range(lifetime):
        query, sender = datagrams.recvfrom(65535)
        position, name = 12, ""
        while query[position]:
            name += query[position + 1:position + 1 + query[position]].decode("latin-1").lower() + "."
            position += 1 + query[position]
        kind = struct.unpack(">H", query[position + 1:position + 3])[0]
        code, found, denier = answer(name, kind)
        if code is None or not query[2] & 1:
            continue
        soa = [record(denier, "SOA", data("SOA", ["ns.", "h.", "1", "1", "1", "1", "1"]))] if denier else []
        header = query[:2] + bytes([0x81, 0x80 | code])
        header += struct.pack(">HHHH", 1, len(found), len(soa), 0)
        datagrams.sendto(header + query[12:position + 5] + b"".join(found + soa), sender)
    """#
}
