import ArgumentParser
import Diagnostics
import Migration
import Nameservers
import ZoneKit

/// `zonecut fetch axfr ZONE --server SERVER`
struct FetchAXFRCommand: ZonecutCommand {
  static let configuration = CommandConfiguration(
    commandName: "axfr",
    abstract: "Transfers a zone from a name server that allows it.",
    discussion: """
      The zone file is written as a whole or not at all, however large it is. Each record stands on \
      a line of its own, in the server's order; reading it back gives the records that were served.

      A server that wants a signed query (TSIG) is given one with --tsig NAME:ALGORITHM:FILE. FILE \
      holds the secret in base64, or what tsig-keygen prints; without it the secret is taken from \
      the environment variable ZONECUT_TSIG_SECRET. ALGORITHM is hmac-sha256 where none is named.
      """)

  @Argument(help: "The zone's name.")
  var zone: String

  @Option(
    help: ArgumentHelp(
      "The server: an address or a name, and perhaps a port behind '@'.", valueName: "server"))
  var server: String

  @Option(
    help: ArgumentHelp(
      "The key that signs query and transfer.", valueName: "name[:algorithm[:file]]"))
  var tsig: String?

  @Option(
    help: ArgumentHelp(
      "The file to write; there must be none yet. Without it: standard output.", valueName: "file"))
  var out: String?

  @Flag(help: "Replace that file.")
  var replace = false

  @OptionGroup var messages: MessageOptions

  func run(on console: Console) throws -> ExitStatus {
    do {
      let apex: Name
      do throws(NameError) { apex = try Name(parsing: zone, origin: .root) } catch {
        throw CommandError("'\(zone)' is no zone's name: \(error)")
      }
      if let out { try WholeFile.checkFree(out, unless: replace) }
      let key = try TSIGArgument.key(tsig, on: console)
      let servers = try ServerAddress.resolve(server)
      let path = out ?? TemporaryFile.path()
      let (summary, server) = try transfer(apex, from: servers, key: key, to: path)
      if out == nil { try TemporaryFile.print(path, on: console) }
      if !messages.quiet {
        if summary.unusableTTLs > 0 {
          console.say(
            "\(summary.unusableTTLs) records with a TTL over \(TTL.maximum) got the TTL 0, "
              + "which resolvers take it for (RFC 2181 section 8)")
        }
        let serial = SOA(summary.soa.data).map { ", serial \($0.serial)" } ?? ""
        console.say(
          "\(out ?? apex.description): \(summary.recordCount) records\(serial), from \(server)")
      }
      return .success
    } catch let error as CommandError {
      throw error
    } catch let error as OutputError {
      throw error
    } catch {
      throw CommandError("\(error)")
    }
  }

  /// Transfers from the first of the server's addresses that lets it.
  private func transfer(
    _ apex: Name, from servers: [ServerAddress], key: TSIGKey?, to path: String
  ) throws -> (ZoneTransfer.Summary, ServerAddress) {
    var errors: [TransferError] = []
    for server in servers {
      do throws(TransferError) {
        let sink = try ZoneFileSink(path: path)
        let summary = try ZoneTransfer(apex, from: server, key: key).run {
          records throws(TransferError) in
          try sink.append(records)
        }
        try sink.finish()
        return (summary, server)
      } catch {
        errors.append(error)
      }
    }
    throw CommandError(errors.map(\.description).joined(separator: "\n"))
  }
}

/// A file that a transfer is kept in until it is complete and can be printed.
private enum TemporaryFile {
  /// Octets that are printed at a time.
  private static let chunk = 1 << 20

  static func path() -> String {
    "/tmp/zonecut-axfr-\(UInt64.random(in: .min ... .max))"
  }

  static func print(_ path: String, on console: Console) throws {
    let file = try SourceFile.open(path: path)
    removeFile(path)
    var start = 0
    while true {
      let octets = file.octets(in: start..<(start + chunk))
      guard !octets.isEmpty else { return }
      try console.writeData(octets)
      start += octets.count
    }
  }
}
