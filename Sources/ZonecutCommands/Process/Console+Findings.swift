import Diagnostics

extension Console {
  /// Tells the person why a command stops, on standard error.
  func report(_ error: CommandError) {
    show(error.findings)
    for message in error.messages { say(message) }
  }

  /// Shows findings on standard error.
  func show(_ findings: [Finding]) {
    for finding in findings {
      let start = finding.location.map { location in
        "\(location.source.name):\(location.start.line):\(location.start.column): "
      }
      say("\(start ?? "")\(finding.severity.rawValue): \(finding.message) [\(finding.rule)]")
    }
  }
}
