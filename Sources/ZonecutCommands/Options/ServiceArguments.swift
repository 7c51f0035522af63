import ArgumentParser
import Migration

/// How the `aws` command is called.
struct ServiceArguments: ParsableArguments {
  @Option(help: ArgumentHelp("The profile of the aws command.", valueName: "name"))
  var profile: String?

  @Option(help: ArgumentHelp("The region that the aws command signs for.", valueName: "name"))
  var region: String?

  @Option(
    help: ArgumentHelp(
      "The address of a stand-in for Route 53, for rehearsals.", valueName: "url"))
  var endpointURL: String?

  /// Route 53 by way of the `aws` command.
  func service(on console: Console) -> AWSRoute53 {
    var settings = AWSRoute53.Settings()
    settings.profile = profile
    settings.region = region
    settings.endpointURL = endpointURL
    return AWSRoute53(settings: settings, runner: console.runner, pace: console.pace)
  }
}
