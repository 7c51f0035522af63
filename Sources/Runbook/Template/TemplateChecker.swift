import Diagnostics

/// Reads a template's tags and holds its names against the shape of the document. The template
/// library renders a name that does not exist as nothing; in a runbook that would be a step lost
/// without a word.
struct TemplateChecker {
  private let source: SourceFile
  private let octets: [UInt8]
  /// What begins a tag at this point of the text.
  private(set) var open = Array("{{".utf8)
  private var close = Array("}}".utf8)
  private var scopes: [Scope] = [Scope(shape: .runbook, isElement: false)]
  private var sections: [Section] = []
  private var findings: [Finding] = []

  /// How deep sections may lie in each other.
  static let maximumDepth = 32
  /// How many mistakes are told in one run.
  static let maximumFindings = 100

  /// What names are looked up in, the innermost last.
  private struct Scope {
    let shape: DocumentShape?
    /// Whether it is an element of a list, which has a place in it.
    let isElement: Bool
  }

  private struct Section {
    let name: String
    let range: Range<Int>
    let hasScope: Bool
  }

  init(source: SourceFile, octets: [UInt8]) {
    self.source = source
    self.octets = octets
  }

  /// All that is wrong, in the order of the text.
  mutating func check() -> [Finding] {
    var index = 0
    while findings.count < Self.maximumFindings, let start = position(of: open, from: index) {
      let isTriple = octets[(start + open.count)...].first == UInt8(ascii: "{")
      let end = isTriple ? Array("}".utf8) + close : close
      guard let stop = position(of: end, from: start + open.count) else {
        report("the tag is not closed, expected \(text(end))", start..<start + open.count)
        break
      }
      index = stop + end.count
      let inner = start + open.count + (isTriple ? 1 : 0)
      tag(text(Array(octets[inner..<stop])), isVariable: isTriple, start..<index)
    }
    for section in sections where findings.count < Self.maximumFindings {
      report(
        "the section is not closed, expected \(text(open))/\(section.name)\(text(close))",
        section.range)
    }
    return findings
  }

  private mutating func tag(_ text: String, isVariable: Bool, _ range: Range<Int>) {
    let kind = isVariable ? nil : text.first.flatMap { "#^/!&=%><$".contains($0) ? $0 : nil }
    let name = words(kind == nil ? text : String(text.dropFirst()))
    switch kind {
    case "!": break
    case "=": setDelimiters(name, range)
    case "%": report("the file's name says what is escaped for, no pragma can", range)
    case ">", "<", "$": report("a template is one file: there are no partials or blocks", range)
    case "#": beginSection(name, isInverted: false, range)
    case "^": beginSection(name, isInverted: true, range)
    case "/": endSection(name, range)
    default: variable(name, range)
    }
  }

  private mutating func setDelimiters(_ text: String, _ range: Range<Int>) {
    let parts = text.split(separator: " ")
    guard text.hasSuffix("="), parts.count == 2, parts[1].count > 1, !parts[0].contains("=") else {
      return report("expected two delimiters, such as {{=<% %>=}}", range)
    }
    open = Array(parts[0].utf8)
    close = Array(parts[1].dropLast().utf8)
  }

  // MARK: - Names

  private mutating func variable(_ name: String, _ range: Range<Int>) {
    switch lookUp(name, range) {
    case .object, .list:
      report(
        "'\(name)' holds several values: write a section, #\(name), and the names within", range)
    case .text, .flag, nil: break
    }
  }

  private mutating func beginSection(_ name: String, isInverted: Bool, _ range: Range<Int>) {
    guard sections.count < Self.maximumDepth else {
      return report("sections lie deeper in each other than \(Self.maximumDepth)", range)
    }
    let shape = lookUp(name, range)
    var scope: Scope?
    if !isInverted {
      switch shape {
      case .list(let element): scope = Scope(shape: element, isElement: true)
      case .object, .text: scope = shape.map { Scope(shape: $0, isElement: false) }
      case .flag: break
      // Of a name that was reported nothing is known: what stands in it is not judged.
      case nil: scope = Scope(shape: nil, isElement: true)
      }
    }
    if let scope { scopes.append(scope) }
    sections.append(Section(name: name, range: range, hasScope: scope != nil))
  }

  private mutating func endSection(_ name: String, _ range: Range<Int>) {
    guard let section = sections.last, section.name == name else {
      let expected = sections.last.map { "expected the end of '\($0.name)'" } ?? "none is open"
      return report("the end of a section '\(name)': \(expected)", range)
    }
    sections.removeLast()
    if section.hasScope { scopes.removeLast() }
  }

  private static let placeInList: Set<String> = ["first()", "last()", "index()", "even()", "odd()"]

  private mutating func lookUp(_ name: String, _ range: Range<Int>) -> DocumentShape? {
    if scopes.contains(where: { $0.shape == nil }) { return nil }
    if name == "." {
      if scopes.count > 1 { return scopes.last.flatMap(\.shape) }
      report("'.' outside of a section stands for nothing", range)
      return nil
    }
    if name.contains("(") {
      if Self.placeInList.contains(name), scopes.last?.isElement == true {
        return name == "index()" ? .text : .flag
      }
      report(
        "'\(name)' is not offered: within a list there are \(Self.placeInList.sorted())", range)
      return nil
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    for scope in scopes.reversed() {
      guard case .object(let members) = scope.shape, var shape = members[parts[0]] else { continue }
      for part in parts.dropFirst() {
        guard case .object(let members) = shape, let next = members[part] else {
          return unknown(part, of: shape, range)
        }
        shape = next
      }
      return shape
    }
    return unknown(parts[0], of: scopes.last { $0.shape?.isObject ?? false }?.shape, range)
  }

  private mutating func unknown(
    _ name: String, of shape: DocumentShape?, _ range: Range<Int>
  ) -> DocumentShape? {
    var names: [String] = []
    if case .object(let members) = shape { names = members.keys.sorted() }
    let near = names.min { editDistance(name, $0) < editDistance(name, $1) }
    let guess = near.flatMap { editDistance(name, $0) <= 2 ? "did you mean \($0)? " : nil } ?? ""
    report(
      "there is no '\(name)' here", range, help: guess + "here are \(names.joined(separator: ", "))"
    )
    return nil
  }

  // MARK: - Text

  private mutating func report(_ message: String, _ range: Range<Int>, help: String? = nil) {
    findings.append(
      Finding(
        rule: "template", severity: .error, message: message, at: Location(source, range),
        help: help))
  }

  private func position(of sought: [UInt8], from start: Int) -> Int? {
    guard start + sought.count <= octets.count else { return nil }
    return (start...octets.count - sought.count).first { index in
      sought.indices.allSatisfy { octets[index + $0] == sought[$0] }
    }
  }

  private func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }

  private func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension DocumentShape {
  fileprivate var isObject: Bool { if case .object = self { true } else { false } }
}
