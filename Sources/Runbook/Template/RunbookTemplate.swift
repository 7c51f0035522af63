public import Diagnostics
import Mustache

/// A team's own form of the runbook: a Mustache template, checked against the document that it is
/// filled from.
public struct RunbookTemplate: Sendable {
  /// What it writes.
  public let target: TemplateTarget
  private let template: MustacheTemplate
  /// Whether a line end was added that is taken off again.
  private let hasAddedLineEnd: Bool

  /// The largest template, in octets.
  public static let maximumCount = 4 << 20

  /// The library would escape for HTML alone; here texts come escaped for their target.
  private static let prelude = "{{% CONTENT_TYPE: TEXT}}\n"

  /// Reads a template.
  ///
  /// - Throws: `TemplateError` with all that is wrong with it: names that the document does not
  ///   have, texts used as lists, sections that do not end.
  public init(_ source: SourceFile) throws(TemplateError) {
    guard let target = TemplateTarget(fileName: source.name) else {
      throw TemplateError(
        "\(source.name): expected a name that ends in .md, .html or .txt (or one of these and "
          + ".mustache), which says what the template's texts are escaped for")
    }
    guard source.count <= Self.maximumCount else {
      throw TemplateError(
        "\(source.name): \(source.count) octets, expected at most \(Self.maximumCount)")
    }
    let octets = source.octets(in: 0..<source.count)
    guard let text = String(validating: octets, as: UTF8.self) else {
      throw TemplateError("\(source.name): expected UTF-8")
    }
    var checker = TemplateChecker(source: source, octets: octets)
    let findings = checker.check()
    guard findings.isEmpty else {
      throw TemplateError("\(source.name): not a template for a runbook", findings: findings)
    }
    // The library cannot read a text whose last character may begin a tag.
    hasAddedLineEnd = octets.last == checker.open.first
    do {
      template = try MustacheTemplate(
        string: Self.prelude + text + (hasAddedLineEnd ? "\n" : ""))
    } catch let error as MustacheTemplate.ParserError {
      throw TemplateError(
        "\(source.name):\(error.context.lineNumber - 1): not a Mustache template: \(error.error)")
    } catch {
      throw TemplateError("\(source.name): not a Mustache template: \(error)")
    }
    self.target = target
  }

  /// The runbook as the template has it.
  public func render(_ runbook: Runbook) -> String {
    let text = template.render(target.context(runbook.document))
    return hasAddedLineEnd ? String(text.dropLast()) : text
  }
}

/// Why a template cannot be used.
public struct TemplateError: Error, CustomStringConvertible {
  /// What was found, in a sentence without a final full stop.
  public let description: String
  /// The same with places, where there are some.
  public let findings: [Finding]

  init(_ description: String, findings: [Finding] = []) {
    self.description = description
    self.findings = findings
  }
}

/// What the document does not have: empty as a text, false as a section, and not looked for in what
/// surrounds it.
struct Absent: MustacheCustomRenderable {
  var renderText: String { "" }
  var isNull: Bool { true }
}
