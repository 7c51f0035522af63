import Diagnostics

extension Console {
  /// Tells the person why a command stops, on standard error.
  func report(_ error: CommandError) {
    show(error.findings)
    for message in error.messages { say(message) }
  }

  /// Shows findings on standard error.
  func show(_ findings: [Finding], color: ColorChoice = .auto) {
    let isColored = color.applies(onTerminal: messagesAreOnTerminal, environment: environment)
    let text = FindingReport(findings).text(style: Style(color: isColored))
    if !text.isEmpty { writeMessage(Array(text.utf8)) }
  }
}
