import ArgumentParser

/// What is said beside the data, and how it looks.
struct MessageOptions: ParsableArguments {
  @Option(help: "Color in what a person reads: auto, always or never.")
  var color: ColorChoice = .auto

  @Flag(name: .shortAndLong, help: "Say nothing but errors on standard error.")
  var quiet = false
}

/// When output is coloured.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  /// On a terminal, unless `NO_COLOR` is set (https://no-color.org) or the terminal is `dumb`.
  case auto
  case always
  case never

  /// Whether a stream is coloured.
  func applies(onTerminal isTerminal: Bool, environment: [String: String]) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      isTerminal && environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
    }
  }
}
