import ArgumentParser
import Nameservers

/// Which servers a comparison asks, and how.
struct ServerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "An old server: an address or a name, @port behind it where it is not 53. Every address of "
        + "a name is asked. Repeatable.", valueName: "server"))
  var old: [String] = []

  @Option(help: ArgumentHelp("A new server, written likewise. Repeatable.", valueName: "server"))
  var new: [String] = []

  @Option(
    help: ArgumentHelp(
      "The key that signs what the old servers are asked, a transfer as well; as of fetch axfr.",
      valueName: "name[:algorithm[:file]]"))
  var tsig: String?

  @Option(
    help: ArgumentHelp(
      "A server of the parent zone, whose delegation, glue and DS are checked. Repeatable.",
      valueName: "server"))
  var parent: [String] = []

  @Option(
    help: ArgumentHelp(
      "How many queries a second one address gets at most, or unlimited.", valueName: "number"),
    transform: parseRate)
  var qps: QueryRate = QueryRate(perSecond: QueryOptions.defaultQueriesPerSecond)

  @Option(help: "Ask only so many questions, spread evenly over all.")
  var sample: Int?

  @Option(
    help: ArgumentHelp(
      "Keep in this file how far the comparison is, and go on from there if it exists.",
      valueName: "file"))
  var resume: String?

  func validate() throws {
    if let sample, sample < 1 { throw ValidationError("--sample: expected 1 or more") }
  }

  /// All addresses of servers, each once.
  func addresses(of servers: [String]) throws(CommandError) -> [ServerAddress] {
    var addresses: [ServerAddress] = []
    for server in servers {
      do throws(ServerAddressError) {
        for address in try ServerAddress.resolve(server) where !addresses.contains(address) {
          addresses.append(address)
        }
      } catch {
        throw CommandError(error.description)
      }
    }
    return addresses
  }
}

/// Queries a second; nil for no limit.
struct QueryRate: Sendable {
  var perSecond: Int?
}

/// Reads a number of queries a second, or `unlimited`.
@Sendable func parseRate(_ text: String) throws -> QueryRate {
  if text == "unlimited" { return QueryRate(perSecond: nil) }
  guard let number = Int(text), number > 0 else {
    throw ValidationError("found '\(text)', expected a number of queries a second, or unlimited")
  }
  return QueryRate(perSecond: number)
}
