import Diagnostics
import Foundation
import Nameservers
import TestSupport
import Testing
import ZoneKit

/// Zone files in a folder, for servers of the field.
struct ServedZones {
  let folder: String

  /// Writes a zone and names it as the servers' configuration wants it.
  func zone(_ apex: Name, _ text: String, side: String) throws -> LoopbackServer.ServedZone {
    let path = "\(folder)/\(side)-\("\(apex)".prefix(100))zone"
    try Data(text.utf8).write(to: URL(filePath: path))
    return LoopbackServer.ServedZone("\(apex)", file: path)
  }

  func zone(_ zone: Zone, side: String) throws -> LoopbackServer.ServedZone {
    try self.zone(
      zone.apex, zone.map { $0.description + "\n" }.joined(), side: side)
  }
}

extension ZoneContent {
  /// The content of a zone in zone-file form.
  init(_ text: String, apex: Name, label: String = "zone") throws {
    let reading = ZoneFileReader.read(
      SourceFile(name: label, text: text), options: ZoneFileOptions(origin: apex))
    guard let error = reading.findings.first(where: { $0.severity == .error }) else {
      self.init(ZoneIndex(reading.zone), label: label)
      return
    }
    throw UnreadableZone(description: error.message)
  }
}

struct UnreadableZone: Error, CustomStringConvertible { let description: String }

extension LiveComparison {
  /// A comparison of servers on this machine, as fast as they go.
  static func local(
    _ apex: Name, old: [String], new: [String], oldContent: ZoneContent?,
    newContent: ZoneContent? = nil
  ) throws -> LiveComparison {
    var comparison = LiveComparison(
      apex: apex, old: try old.flatMap { try ServerAddress.resolve($0) },
      new: try new.flatMap { try ServerAddress.resolve($0) }, oldContent: oldContent,
      newContent: newContent)
    comparison.options.queriesPerSecond = nil
    return comparison
  }
}

/// All answers of a server to questions, in their order; nil where there was none.
func ask(_ questions: [Question], of address: String, apex: Name) throws -> [Answer?] {
  var options = QueryOptions()
  options.queriesPerSecond = nil
  var cursor = 0
  var answers = [Answer?](repeating: nil, count: questions.count)
  _ = QueryEngine(servers: try ServerAddress.resolve(address), options: options).run(
    next: { _ in
      guard cursor < questions.count else { return nil }
      cursor += 1
      return Query(questions[cursor - 1], tag: cursor - 1)
    },
    finished: { _, query, outcome in
      if case .reply(let reply) = outcome, let message = try? reply.message() {
        answers[query.tag] = Answer(message, to: query.question, apex: apex)
      }
    })
  return answers
}
