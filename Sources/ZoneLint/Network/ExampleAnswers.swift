import Diagnostics
import ZoneKit

/// The network of an example: what it answers, written as text.
///
/// A line is a record in zone-file form with absolute names, or a mark. `NAME NXDOMAIN`: the name
/// and all below do not exist, and the zone above says so. `NAME SERVFAIL`, or another word in
/// capitals: no answer for the name. `ADDRESS NAME REFUSED`: the server at that address, asked
/// directly, does not serve the name, or with another word gives no answer. Names that are not
/// mentioned have an IPv4 address and nothing else; a server asked directly serves what it is
/// asked for.
struct ExampleAnswers {
  private var records: [Record] = []
  private var absent: [Name] = []
  private var failures: [Name: String] = [:]
  private var direct: [NetworkQuestion: String] = [:]

  /// What the names of the faultless zone lead to.
  private static let ground = "_spf.example.net. 300 IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\""

  init(_ text: String) {
    var lines: [Substring] = [Substring(Self.ground)]
    for line in text.split(separator: "\n") where !read(mark: line) { lines.append(line) }
    let source = SourceFile(name: "answers", text: lines.map { $0 + "\n" }.joined())
    let reading = ZoneFileReader.read(source, options: ZoneFileOptions(origin: .root))
    records = Array(reading.zone)
  }

  /// Reads a line that is a mark; false for another.
  private mutating func read(mark line: Substring) -> Bool {
    let words = line.split(separator: " ").map(String.init)
    guard let code = words.last, words.count < 4, code.allSatisfy({ $0.isUppercase }),
      let name = try? Name(parsing: words[words.count - 2], origin: .root)
    else { return false }
    if words.count == 3 {
      let address = ["A", "AAAA"].lazy.compactMap { type in
        try? RecordData(parsing: words[0][...], type: type == "A" ? .a : .aaaa)
      }.first
      guard let address else { return false }
      direct[NetworkQuestion(name, .soa, at: Array(address.octets))] = code
    } else if code == "NXDOMAIN" {
      absent.append(name)
    } else {
      failures[name] = code
    }
    return true
  }

  /// The reply to a question.
  func reply(to question: NetworkQuestion) -> NetworkReply {
    guard question.address == nil else {
      switch direct[question] {
      case nil: return .answer(NetworkAnswer(.data))
      case "REFUSED": return .answer(NetworkAnswer(.notServed("REFUSED")))
      case let code?: return .failure(code)
      }
    }
    var name = question.name
    var aliases: [Name] = []
    for _ in 0...records.count {
      if let code = failures[name] { return .failure(code) }
      if let top = absent.first(where: { name.isAtOrBelow($0) }) {
        return .answer(NetworkAnswer(.nameError, aliases: aliases, denier: top.parent))
      }
      let here = records.filter { $0.owner == name }
      let data = here.filter { $0.type == question.type }.map(\.data)
      if !data.isEmpty { return .answer(NetworkAnswer(.data, data: data, aliases: aliases)) }
      if let target = here.first(where: { $0.type == .cname })?.data.names.first {
        aliases.append(target)
        name = target
        continue
      }
      if here.isEmpty, question.type == .a {
        let data = RecordData(type: .a, octets: [192, 0, 2, 53])
        return .answer(NetworkAnswer(.data, data: [data], aliases: aliases))
      }
      return .answer(NetworkAnswer(.noData, aliases: aliases, denier: name.parent))
    }
    return .failure("SERVFAIL")
  }

  /// The way to this network.
  var inquiry: Inquiry {
    Inquiry(server: "192.0.2.53") { questions in questions.map { self.reply(to: $0) } }
  }
}
