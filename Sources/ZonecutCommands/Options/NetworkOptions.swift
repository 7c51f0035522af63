import ArgumentParser
import Nameservers

/// Whether and where lint rules ask the network.
struct NetworkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A resolver to ask what the zone cannot tell: targets elsewhere, SPF behind includes, glue; "
        + "name servers of delegations and the SOA record are then asked directly. An address or a "
        + "name, @port behind it where it is not 53.", valueName: "server"))
  var resolve: String?

  /// The resolver; nil where none is named.
  func inquirer(on console: Console, isQuiet: Bool) throws(CommandError) -> NetworkInquirer? {
    guard let resolve else { return nil }
    let addresses: [ServerAddress]
    do throws(ServerAddressError) {
      addresses = try ServerAddress.resolve(resolve)
    } catch {
      throw .usage("--resolve: \(error)")
    }
    let inquirer = NetworkInquirer(addresses, named: resolve)
    if console.messagesAreOnTerminal, !isQuiet {
      inquirer.progress = { progress in
        let text = progress.map { "asked \($0.done) of \($0.asked) questions" } ?? ""
        console.writeMessage(Array("\r\(text)\u{1b}[K".utf8))
      }
    }
    return inquirer
  }
}
