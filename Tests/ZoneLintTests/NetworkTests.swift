import Diagnostics
import TestSupport
import Testing
import ZoneKit

@testable import ZoneLint

/// What is read from a reply (RFC 1034 section 4.3.2, RFC 2308 section 2).
@Suite struct NetworkReplyTests {
  static let question = NetworkQuestion(name("www.example.net."), .a)

  private static func name(_ text: String) -> Name {
    do { return try Name(parsing: text) } catch { fatalError("\(text): \(error)") }
  }

  private static func records(_ text: String) -> [Record] {
    Array(
      ZoneFileReader.read(
        SourceFile(name: "section", text: text + "\n"), options: ZoneFileOptions(origin: .root)
      ).zone)
  }

  /// A reply by its RCODE, flags and sections.
  private func reply(
    _ code: UInt16, _ flags: Set<String> = ["RA"], answer: String = "", authority: String = "",
    at address: [UInt8]? = nil
  ) -> NetworkReply {
    var question = Self.question
    question.address = address
    return NetworkReply(
      NetworkMessage(
        responseCode: code, responseText: "code \(code)", isAuthoritative: flags.contains("AA"),
        isRecursionAvailable: flags.contains("RA"), answer: Self.records(answer),
        authority: Self.records(authority)), to: question)
  }

  private static let soa = "net. 60 IN SOA ns.net. h.net. 1 1 1 1 1"

  @Test func dataAndAliases() {
    let reply = reply(
      0, answer: "www.example.net. 60 IN CNAME a.example.org.\na.example.org. 60 IN A 192.0.2.1")
    guard case .answer(let answer) = reply else {
      Issue.record("\(reply)")
      return
    }
    #expect(answer.kind == .data)
    #expect(answer.data.map(\.description) == ["192.0.2.1"])
    #expect(answer.aliases == [Self.name("a.example.org.")])
  }

  @Test func negativeAnswersNameTheirZone() {
    let net = Self.name("net.")
    #expect(
      reply(3, authority: Self.soa) == .answer(NetworkAnswer(.nameError, denier: net)))
    #expect(reply(0, authority: Self.soa) == .answer(NetworkAnswer(.noData, denier: net)))
    #expect(reply(0, ["AA"]) == .answer(NetworkAnswer(.noData)))
  }

  @Test(arguments: [1, 2, 4, 5, 9, 16, 4095] as [UInt16])
  func otherCodesAreNoAnswer(code: UInt16) {
    #expect(reply(code) == .failure("code \(code)"))
    #expect(reply(code, ["AA", "RA"], authority: Self.soa) == .failure("code \(code)"))
  }

  @Test func aServerThatIsNoResolverGivesNoAnswer() {
    let referral = "example.net. 60 IN NS ns.example.net."
    for reply in [
      reply(0, []), reply(3, []), reply(3, [], authority: Self.soa),
      reply(0, [], authority: referral), reply(0, ["RA"], authority: referral),
      reply(0, ["AA"], answer: "www.example.net. 60 IN CNAME a.example.org."),
    ] {
      guard case .failure = reply else {
        Issue.record("\(reply)")
        continue
      }
    }
  }

  @Test func aliasesInACircleEnd() {
    let circle =
      "www.example.net. 60 IN CNAME a.example.net.\na.example.net. 60 IN CNAME www.example.net."
    guard case .failure = reply(0, answer: circle) else {
      Issue.record("taken for an answer")
      return
    }
  }

  @Test func aServerAskedDirectlyServesOrDoesNot() {
    let here: [UInt8] = [192, 0, 2, 1]
    #expect(reply(5, [], at: here) == .answer(NetworkAnswer(.notServed("code 5"))))
    #expect(
      reply(0, ["RA"], answer: "www.example.net. 60 IN A 192.0.2.1", at: here)
        == .answer(NetworkAnswer(.notServed("an answer without authority"))))
    #expect(reply(0, ["AA"], at: here) == .answer(NetworkAnswer(.noData)))
    #expect(reply(2, [], at: here) == .failure("code 2"))
  }
}

/// How rules ask: in rounds, each question once, no more than the limits allow.
@Suite struct InquiryTests {
  private func lint(
    _ text: String, asking ask: @escaping ([NetworkQuestion]) -> [NetworkReply]
  ) -> [Finding] {
    let reading = ZoneFileReader.read(SourceFile(name: "zone", text: Example(text).zoneFile))
    return Linter.lint(reading, inquiry: Inquiry(server: "server", ask: ask))
  }

  @Test func noQuestionIsAskedTwice() {
    var asked: Set<NetworkQuestion> = []
    let answers = ExampleAnswers("a.example.net. 60 IN TXT \"v=spf1 include:b.example.net -all\"")
    _ = lint("sub IN TXT \"v=spf1 include:a.example.net -all\"\nx IN CNAME a.example.net.") {
      questions in
      for question in questions { #expect(asked.insert(question).inserted, "\(question)") }
      return questions.map(answers.reply)
    }
    #expect(asked.contains(NetworkQuestion(try! Name(parsing: "b.example.net."), .txt)))
  }

  @Test func theLimitHoldsAndIsTold() {
    var (rounds, count) = (0, 0)
    let zone = (0..<8_000).map { "c\($0) IN CNAME t\($0).example.net." }.joined(separator: "\n")
    let answers = ExampleAnswers("sub.example.net. NXDOMAIN")
    let findings = lint(zone + "\nsub IN TXT \"v=spf1 include:sub.example.net -all\"") {
      questions in
      rounds += 1
      count += questions.count
      return questions.map(answers.reply)
    }
    #expect(count == Inquiry.maximumQuestions)
    #expect(rounds <= Inquiry.maximumRounds)
    let undecided = findings.filter { $0.rule == "resolve-undecided" }
    #expect(undecided.count == 1)
    #expect(undecided[0].notes[0].message.contains("over the limit"), "\(undecided)")
    #expect(undecided[0].notes.count == 21)
    // One rule's many questions leave room for others'.
    #expect(findings.contains { $0.rule == "spf-include-none" })
  }

  /// Each include leads to another for ever.
  @Test func aChainWithoutEndEnds() {
    var rounds = 0
    let findings = lint("sub IN TXT \"v=spf1 include:n0.example.net -all\"") { questions in
      rounds += 1
      return questions.map { question in
        guard question.type == .txt,
          let number = question.name.label(0).flatMap({ Int($0.dropFirst()) })
        else { return .answer(NetworkAnswer(.data)) }
        let text = "\"v=spf1 include:n\(number + 1).example.net -all\""
        guard let data = try? RecordData(parsing: text[...], type: .txt) else {
          return .failure("")
        }
        return .answer(NetworkAnswer(.data, data: [data]))
      }
    }
    #expect(rounds == Inquiry.maximumRounds)
    #expect(findings.contains { $0.rule == "spf-lookups" })
    #expect(findings.contains { $0.rule == "resolve-undecided" })
  }

  @Test func fewerRepliesThanQuestionsLeaveTheRestUndecided() {
    let findings = lint("x IN CNAME a.example.net.") { _ in [] }
    #expect(findings.contains { $0.rule == "resolve-undecided" })
    #expect(!findings.contains { $0.message.contains("does not exist") })
  }
}

/// What holds whatever the network says.
@Suite struct NetworkPropertyTests {
  private static let examples = Rule.all.flatMap { $0.triggering + $0.nonTriggering }
    .filter { $0.answers != nil }

  /// What was found, and where.
  private struct Found: Hashable {
    let rule: String
    let offset: Int?
  }

  private func lint(
    _ example: Example, asking ask: @escaping ([NetworkQuestion]) -> [NetworkReply]
  ) -> Set<Found> {
    let reading = ZoneFileReader.read(SourceFile(name: "zone", text: example.zoneFile))
    let findings = Linter.lint(
      reading, configuration: LintConfiguration(sets: [.strict]),
      inquiry: Inquiry(server: "server", ask: ask))
    return Set(findings.map { Found(rule: $0.rule, offset: $0.location?.range.lowerBound) })
  }

  /// A failure takes findings away and says so; it never adds one. What another answer decided
  /// needs no word.
  @Test(arguments: SeededGenerator.seeds(4)) func failuresOnlyTakeAway(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for example in Self.examples {
      let answers = ExampleAnswers(example.answers ?? "")
      let all = lint(example) { $0.map(answers.reply) }
      for share in [1, 2, 4, 100] {
        var failed = 0
        let some = lint(example) { questions in
          questions.map { question in
            guard Int.random(in: 0..<share, using: &random) == 0 else {
              return answers.reply(to: question)
            }
            failed += 1
            return .failure("SERVFAIL")
          }
        }
        let added = some.subtracting(all).map(\.rule).filter { $0 != "resolve-undecided" }
        #expect(added.isEmpty, "\(example.text): \(added)")
        if share == 1 && failed > 0 || !all.isSubset(of: some) {
          #expect(some.contains { $0.rule == "resolve-undecided" }, "\(example.text)")
        }
      }
    }
  }

  /// Answers of any kind, with data of any type and octets, and names of the zone among them.
  @Test(arguments: SeededGenerator.seeds(4)) func oddAnswersNeverTrap(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let names = ["example.com.", "sub.example.com.", "a.example.net.", "net.", "."].compactMap {
      try? Name(parsing: $0)
    }
    for example in Self.examples {
      _ = lint(example) { questions in
        questions.map { question in
          let kinds: [NetworkAnswer.Kind] = [.data, .noData, .nameError, .notServed("REFUSED")]
          let data = (0..<Int.random(in: 0...12, using: &random)).map { _ in
            let octets = (0..<Int.random(in: 0...40, using: &random)).map { _ in
              UInt8.random(in: 0...255, using: &random)
            }
            return RecordData(type: question.type, octets: octets[...])
          }
          return .answer(
            NetworkAnswer(
              kinds.randomElement(using: &random) ?? .data, data: data,
              aliases: Array(names.shuffled(using: &random).prefix(3)),
              denier: names.randomElement(using: &random)))
        }
      }
    }
  }
}
