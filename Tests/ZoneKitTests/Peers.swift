import Foundation
import TestSupport
import Testing

/// Other readers of zone files, run where they are installed.
struct Peer: Sendable, CustomTestStringConvertible {
  let name: String
  /// The arguments, given the zone's name and the file.
  let arguments: @Sendable (_ zone: String, _ file: String) -> [String]

  var testDescription: String { name }

  var path: String? { pathOfTool(name) }

  /// BIND's reader; what it loads is written to standard output, one record a line.
  static let bind = Peer(
    name: "named-compilezone",
    arguments: { zone, file in
      [
        "-i", "none", "-k", "ignore", "-n", "ignore", "-m", "ignore", "-r", "ignore", "-M",
        "ignore", "-S", "ignore", "-s", "full", "-o", "-", zone, file,
      ]
    })

  /// NSD's reader; what it loads is printed behind a line for itself.
  static let nsd = Peer(
    name: "nsd-checkzone", arguments: { zone, file in ["-p", zone, file] })

  /// Knot DNS's reader; it says only whether it loads the zone.
  static let knot = Peer(
    name: "kzonecheck", arguments: { zone, file in ["-d", "off", "-o", zone, file] })

  /// The reader of libldns; what it loads is printed, all but the SOA in RFC 3597's form.
  static let ldns = Peer(name: "ldns-read-zone", arguments: { _, file in ["-U", "SOA", file] })

  /// Runs the program over a zone file with that text; nil where it is not installed.
  func run(_ text: String, zone: String = "example.com") throws
    -> (status: Int32, output: String, errors: String)?
  {
    guard let path else { return nil }
    return try withTemporaryDirectory { folder in
      let file = folder + "/zone"
      let (output, errors) = (folder + "/output", folder + "/errors")
      try Data(text.utf8).write(to: URL(fileURLWithPath: file))
      for path in [output, errors] {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
      }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = arguments(zone, file)
      process.currentDirectoryURL = URL(fileURLWithPath: folder)
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
      process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: errors))
      try process.run()
      process.waitUntilExit()
      let text = {
        String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self)
      }
      return (process.terminationStatus, text(output), text(errors))
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test, with a message, where the program is not installed.
  static func needs(_ peer: Peer) -> Self {
    .enabled(if: peer.path != nil, "\(peer.name) is not installed")
  }
}
