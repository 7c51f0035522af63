extension FindingReport {
  /// The findings as workflow commands of GitHub Actions, a line each, which the site shows beside
  /// the changed lines: `::error file=a.zone,line=3,col=1,endColumn=4,title=rule::message`.
  ///
  /// Source: GitHub Docs, "Workflow commands for GitHub Actions"; the escapes are those of
  /// `@actions/core`. No input can begin a command of its own.
  public func githubAnnotations() -> String {
    findings.map { $0.githubAnnotation + "\n" }.joined()
  }
}

extension Finding {
  fileprivate var githubAnnotation: String {
    let command =
      switch severity {
      case .error: "error"
      case .warning: "warning"
      case .info: "notice"
      }
    var properties: [(String, String)] = []
    if let location {
      let start = location.start
      let end = location.end
      properties = [("file", visible(location.source.name)), ("line", "\(start.line)")]
      // The site takes columns only of a single line.
      if start.line == end.line {
        properties += [("col", "\(start.column)"), ("endColumn", "\(end.column)")]
      } else {
        properties.append(("endLine", "\(end.line)"))
      }
    }
    properties.append(("title", visible(rule)))
    var lines = [visible(message)]
    for note in notes {
      let place = note.location.map { $0.shown + ": " } ?? ""
      lines.append("note: \(place)\(visible(note.message))")
    }
    if let why { lines.append("why: \(visible(why))") }
    if let help { lines.append("help: \(visible(help))") }
    let list = properties.map { "\($0)=\(escaped($1, alsoSeparators: true))" }
    let data = escaped(lines.joined(separator: "\n"), alsoSeparators: false)
    return "::\(command) \(list.joined(separator: ","))::\(data)"
  }

  private func escaped(_ text: String, alsoSeparators: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\n": result += "%0A"
      case "\r": result += "%0D"
      case ":" where alsoSeparators: result += "%3A"
      case "," where alsoSeparators: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
