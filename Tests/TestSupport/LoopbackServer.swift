import Foundation
public import Testing

/// A name server of the field as a child process that serves zones on loopback addresses, until
/// this value is stopped or goes away.
///
///     let server = try LoopbackServer(.nsd, zones: [.init("example.com", file: path)])
///     defer { server.stop() }
///     ... server.address ...             // 127.0.0.1@20123
public final class LoopbackServer: Sendable {
  /// Whose server it is.
  public enum Brand: String, CaseIterable, Sendable {
    case bind, nsd, knot

    var program: String {
      switch self {
      case .bind: "/usr/sbin/named"
      case .nsd: "/usr/sbin/nsd"
      case .knot: "/usr/sbin/knotd"
      }
    }

    /// Whether the program is installed.
    public var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }
  }

  /// A zone and its file in zone-file form.
  public struct ServedZone: Sendable {
    /// Its name, with the final dot.
    public var name: String
    /// The file's absolute path.
    public var file: String
    /// A zone.
    public init(_ name: String, file: String) {
      self.name = name.hasSuffix(".") ? name : name + "."
      self.file = file
    }
  }

  /// What else the server is told.
  public struct Settings: Sendable {
    /// The addresses to listen at: any of 127.0.0.0/8, and `::1`.
    public var addresses = ["127.0.0.1"]
    /// The port; nil for a random one that is free.
    public var port: UInt16?
    /// A TSIG key that transfers have to be signed with, in base64; nil to let everybody transfer.
    public var key: (name: String, algorithm: String, secret: String)?
    /// BIND: a resolver that asks the server at this port of 127.0.0.1; nil for none.
    public var forwarderPort: UInt16?
    /// Lines for the `options`, `server` or `server` section of BIND, NSD or Knot.
    public var serverLines: [String] = []
    /// Lines for each zone's section.
    public var zoneLines: [String] = []
    /// The CPU core the server is bound to; nil for any.
    public var core: Int?
    /// The defaults.
    public init() {}
  }

  /// Why a server did not start: its own last lines.
  public struct StartError: Error, CustomStringConvertible {
    /// The lines.
    public let description: String
  }

  /// Whose server it is.
  public let brand: Brand
  /// The port, the same at every address, for UDP and TCP.
  public let port: UInt16
  /// The addresses with the port, as `ServerAddress` reads them.
  public let addresses: [String]
  /// The first of them.
  public var address: String { addresses[0] }
  /// The process; the tests may stop and continue it.
  public var processID: Int32 { process.processIdentifier }

  private let process: Process
  private let ended = DispatchSemaphore(value: 0)
  private let folder: String

  /// How long a server may take to end before it is killed.
  private static let patience = DispatchTimeInterval.seconds(10)

  /// Starts a server and waits until it says that it serves all zones.
  public init(_ brand: Brand, zones: [ServedZone], settings: Settings = Settings()) throws {
    self.brand = brand
    port = try settings.port ?? Self.freePort(at: settings.addresses)
    let port = port
    addresses = settings.addresses.map { "\($0)@\(port)" }
    folder =
      FileManager.default.temporaryDirectory.path
      + "/zonecut-server-" + UUID().uuidString.prefix(8).lowercased()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let configuration = ServerConfiguration(
      folder: folder, port: port, zones: zones, settings: settings)
    let file = folder + "/server.conf"
    try Data(configuration.text(for: brand).utf8).write(to: URL(filePath: file))
    process = Process()
    var command = [brand.program] + configuration.arguments(for: brand, file: file)
    if let core = settings.core { command = ["/usr/bin/taskset", "-c", "\(core)"] + command }
    process.executableURL = URL(filePath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = URL(filePath: folder)
    let log = Pipe()
    process.standardOutput = log
    process.standardError = log
    process.standardInput = FileHandle.nullDevice
    let ended = self.ended
    process.terminationHandler = { _ in ended.signal() }
    try Self.withoutBlockedSignals { try process.run() }
    try? log.fileHandleForWriting.close()
    let reader = log.fileHandleForReading
    do {
      try Self.waitUntilReady(
        reader, configuration.readyMarks(for: brand), unless: configuration.failureMark(for: brand))
    } catch {
      stop()
      throw error
    }
    // The pipe would fill, and the server wait for it.
    Thread.detachNewThread {
      while !reader.availableData.isEmpty {}
    }
  }

  deinit { stop() }

  /// Ends the process and removes its files.
  public func stop() {
    if process.isRunning {
      kill(process.processIdentifier, SIGCONT)
      process.terminate()
      if ended.wait(timeout: .now() + Self.patience) == .timedOut {
        kill(process.processIdentifier, SIGKILL)
      }
    }
    // Lets go of its run loop source, which holds the process: else neither is ever freed.
    process.waitUntilExit()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Runs the body with no signal blocked: threads of the concurrency pool block all, a child
  /// process inherits that, and NSD would never hear that it should end.
  private static func withoutBlockedSignals<Value>(_ body: () throws -> Value) rethrows -> Value {
    var none = sigset_t()
    var old = sigset_t()
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, &old)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &old, nil) }
    return try body()
  }

  /// Reads the log until each mark came as often as it should, or the mark of a failure came.
  private static func waitUntilReady(
    _ log: FileHandle, _ marks: [String: Int], unless failure: String?
  ) throws {
    var text = ""
    while true {
      let data = log.availableData
      text += String(decoding: data, as: UTF8.self)
      guard !data.isEmpty, failure.map({ text.contains($0) }) != true else {
        throw StartError(description: String(text.suffix(2_000)))
      }
      if marks.allSatisfy({ text.components(separatedBy: $0.key).count > $0.value }) { return }
    }
  }

  /// Whether the machine has an address of the loopback, such as `::1`.
  public static func canListen(at address: String) -> Bool {
    (try? freePort(at: [address])) != nil
  }

  /// A port that nobody has at any of the addresses, below those that the system gives to clients.
  public static func freePort(at addresses: [String]) throws -> UInt16 {
    for _ in 0..<200 {
      let port = UInt16.random(in: 10_100...32_000)
      if addresses.allSatisfy({ isFree(port, at: $0) }) { return port }
    }
    throw StartError(description: "no free port at \(addresses)")
  }

  private static func isFree(_ port: UInt16, at address: String) -> Bool {
    for kind in [SOCK_DGRAM, SOCK_STREAM] {
      let descriptor = socket(address.contains(":") ? AF_INET6 : AF_INET, Int32(kind.rawValue), 0)
      guard descriptor >= 0 else { return false }
      defer { close(descriptor) }
      var status: Int32
      if address.contains(":") {
        var socketAddress = sockaddr_in6()
        socketAddress.sin6_family = sa_family_t(AF_INET6)
        socketAddress.sin6_port = port.bigEndian
        _ = unsafe inet_pton(AF_INET6, address, &socketAddress.sin6_addr)
        status = unsafe withUnsafePointer(to: &socketAddress) {
          unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
          }
        }
      } else {
        var socketAddress = sockaddr_in()
        socketAddress.sin_family = sa_family_t(AF_INET)
        socketAddress.sin_port = port.bigEndian
        _ = unsafe inet_pton(AF_INET, address, &socketAddress.sin_addr)
        status = unsafe withUnsafePointer(to: &socketAddress) {
          unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
          }
        }
      }
      if status != 0 { return false }
    }
    return true
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test, with a message, where not all three name servers are installed.
  public static var needsNameServers: Self {
    .enabled(
      if: LoopbackServer.Brand.allCases.allSatisfy(\.isInstalled),
      "no name servers: install bind9, nsd and knot")
  }

  /// Skips the test, with a message, where the machine has no `::1`.
  public static var needsIPv6: Self {
    .enabled(
      if: LoopbackServer.canListen(at: "::1"), "no IPv6 here: nothing can be at ::1")
  }
}
