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

  @Option(
    help: ArgumentHelp(
      "How long one call of the aws command may take, in seconds.", valueName: "seconds"))
  var callLimit = 300

  func validate() throws {
    guard (1...86_400).contains(callLimit) else {
      throw ValidationError("found --call-limit \(callLimit), expected 1 to 86400 seconds")
    }
  }

  /// Route 53 by way of the `aws` command.
  func service(on console: Console) -> AWSRoute53 {
    var settings = AWSRoute53.Settings()
    settings.profile = profile
    settings.region = region
    settings.endpointURL = endpointURL
    settings.callLimit = callLimit
    return AWSRoute53(settings: settings, runner: console.runner, pace: console.pace)
  }
}
