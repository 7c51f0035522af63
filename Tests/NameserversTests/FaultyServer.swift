import Foundation
import TestSupport

/// Stands before a real server and answers with its replies, spoilt in one way.
final class FaultyServer: Sendable {
  enum Fault: Sendable {
    /// No reply fits a datagram.
    case truncating
    /// Nobody listens at TCP.
    case withoutTCP
    /// Replies over UDP beyond so many a second are dropped, and every second of those truncated.
    case limiting(Int)
    /// A name does not exist, whatever the server says.
    case denying(String)
    /// The first reply to each question has another address in it.
    case wavering

    var words: [String] {
      switch self {
      case .truncating: ["truncating"]
      case .withoutTCP: ["withoutTCP"]
      case .limiting(let rate): ["limiting", "\(rate)"]
      case .denying(let name): ["denying", name]
      case .wavering: ["wavering"]
      }
    }
  }

  /// `127.0.0.1@20123`
  let address: String
  private let process = Process()

  init(_ fault: Fault, before server: LoopbackServer) throws {
    let port = try LoopbackServer.freePort(at: ["127.0.0.1"])
    address = "127.0.0.1@\(port)"
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["python3", "-c", Self.script, "\(port)", "\(server.port)"] + fault.words
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = FileHandle.nullDevice
    try process.run()
    _ = output.fileHandleForReading.availableData
  }

  deinit {
    // It may have been started with SIGTERM blocked.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private static let script = """
    import socket, struct, sys, threading, time
    port, upstream, fault = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    option = sys.argv[4] if len(sys.argv) > 4 else ""

    def name_end(message):
        position, labels = 12, []
        while message[position]:
            labels.append(message[position + 1:position + 1 + message[position]].decode("latin-1"))
            position += 1 + message[position]
        return position + 5, ".".join(labels).lower() + "."

    def question_alone(message, flags, rcode=None):
        end, _ = name_end(message)
        code = message[3] if rcode is None else (message[3] & 0xF0) | rcode
        return message[:2] + bytes([message[2] | flags, code]) + struct.pack(">HHHH", 1, 0, 0, 0) + message[12:end]

    def denied(message):
        return fault == "denying" and name_end(message)[1] == option

    def ask_tcp(query):
        with socket.create_connection(("127.0.0.1", upstream), 5) as stream:
            stream.sendall(struct.pack(">H", len(query)) + query)
            return read(stream)

    def read(stream):
        def octets(count):
            data = b""
            while len(data) < count:
                part = stream.recv(count - len(data))
                if not part:
                    raise EOFError
                data += part
            return data
        return octets(struct.unpack(">H", octets(2))[0])

    def serve_tcp(stream):
        try:
            while True:
                query = read(stream)
                reply = ask_tcp(query)
                if denied(query):
                    reply = question_alone(reply, 0, 3)
                stream.sendall(struct.pack(">H", len(reply)) + reply)
        except (EOFError, OSError):
            stream.close()

    def accept(listener):
        while True:
            stream, _ = listener.accept()
            threading.Thread(target=serve_tcp, args=(stream,), daemon=True).start()

    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("127.0.0.1", port))
    if fault != "withoutTCP":
        listener = socket.create_server(("127.0.0.1", port), backlog=64)
        threading.Thread(target=accept, args=(listener,), daemon=True).start()
    print("ready", flush=True)
    inner = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    inner.connect(("127.0.0.1", upstream))
    inner.settimeout(2)
    window, sent, over, seen = 0, 0, 0, set()
    while True:
        query, sender = datagrams.recvfrom(65535)
        inner.send(query)
        try:
            reply = inner.recv(65535)
            while reply[:2] != query[:2]:
                reply = inner.recv(65535)
        except OSError:
            continue
        if fault == "truncating":
            reply = question_alone(reply, 2)
        elif denied(query):
            reply = question_alone(reply, 0, 3)
        elif fault == "wavering" and question_alone(query, 0)[12:] not in seen:
            seen.add(question_alone(query, 0)[12:])
            reply = reply.replace(bytes([192, 0, 2, 1]), bytes([192, 0, 2, 77]))
        elif fault == "limiting":
            second = int(time.monotonic() * 10)
            if second != window:
                window, sent = second, 0
            sent += 1
            if sent > int(option) / 10:
                over += 1
                if over % 2:
                    continue
                reply = question_alone(reply, 2)
        datagrams.sendto(reply, sender)
    """
}

/// Runs a body that blocks on a thread of its own, away from the pool that the tests run on.
func onOwnThread<Result: Sendable>(
  _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread {
      continuation.resume(with: Swift.Result { try body() })
    }
  }
}
