import Diagnostics
import TestSupport
import Testing

@Suite("RFC 8259: writing JSON")
struct JSONOutputTests {
  @Test("keys are sorted, two spaces a level, a line end at the end")
  func pretty() {
    let output: JSONOutput = [
      "b": [1, true, .null], "a": ["y": [], "x": [:]], "c": .double(0.25),
    ]
    #expect(
      output.text() == """
        {
          "a": {
            "x": {},
            "y": []
          },
          "b": [
            1,
            true,
            null
          ],
          "c": 0.25
        }

        """)
    #expect(output.text(pretty: false) == #"{"a":{"x":{},"y":[]},"b":[1,true,null],"c":0.25}"#)
  }

  @Test("ordered members keep the caller's order")
  func ordered() {
    let output = JSONOutput.ordered(["Name": "b.", "Action": "CREATE", "TTL": 300])
    #expect(output.text(pretty: false) == #"{"Name":"b.","Action":"CREATE","TTL":300}"#)
  }

  @Test("what acts on a terminal is escaped, what is read stays")
  func escapes() {
    let output = JSONOutput.string(
      "\"\\/\n\r\t\u{0}\u{1b}[31m\u{7f}\u{9b}\u{202e}\u{2028}\u{e0041}ä😀")
    #expect(
      output.text(pretty: false)
        == #""\"\\/\n\r\t\u0000\u001b[31m\u007f\u009b\u202e\u2028\udb40\udc41ä😀""#)
  }

  @Test("numbers read back the same; what is not finite is null")
  func numbers() {
    #expect(JSONOutput.int(.min).text(pretty: false) == "-9223372036854775808")
    #expect(JSONOutput.double(1e-7).text(pretty: false) == "1e-07")
    #expect(JSONOutput.double(.infinity).text(pretty: false) == "null")
    #expect(JSONOutput.double(.nan).text(pretty: false) == "null")
  }

  @Test("what is written reads back the same", arguments: SeededGenerator.seeds(20))
  func readsBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<30 {
      let output = randomOutput(depth: 4, &random)
      for pretty in [true, false] {
        let source = SourceFile(name: "a", text: output.text(pretty: pretty))
        #expect(same(output, try JSONReader.read(source)))
      }
    }
  }

  private func randomOutput(depth: Int, _ random: inout SeededGenerator) -> JSONOutput {
    let count = Int.random(in: 0...4, using: &random)
    switch Int.random(in: depth == 0 ? 3...7 : 0...7, using: &random) {
    case 0:
      return .object(
        Dictionary(
          (0..<count).map { _ in
            (randomText(&random), randomOutput(depth: depth - 1, &random))
          }
        ) { $1 })
    case 1:
      return .ordered(
        (0..<count).map { _ in
          .init(randomText(&random), randomOutput(depth: depth - 1, &random))
        })
    case 2: return .array((0..<count).map { _ in randomOutput(depth: depth - 1, &random) })
    case 3: return .int(Int(truncatingIfNeeded: random.next()))
    case 4: return .double(Double.random(in: -1e9...1e9, using: &random))
    case 5: return .bool(random.oneIn(2))
    case 6: return .null
    default: return .string(randomText(&random))
    }
  }

  private func randomText(_ random: inout SeededGenerator) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let limit: UInt32 = random.oneIn(2) ? 0x7f : 0x10ffff
      if let scalar = Unicode.Scalar(UInt32.random(in: 0...limit, using: &random)) {
        text.append(scalar)
      }
    }
    return String(text)
  }

  private func same(_ output: JSONOutput, _ value: JSONValue) -> Bool {
    switch (output, value.kind) {
    case (.object(let dictionary), .object(let members)):
      return members.map(\.key) == dictionary.keys.sorted()
        && members.allSatisfy { same(dictionary[$0.key] ?? .null, $0.value) }
    case (.ordered(let ours), .object(let members)):
      return ours.count == members.count
        && zip(ours, members).allSatisfy { $0.key == $1.key && same($0.value, $1.value) }
    case (.array(let ours), .array(let elements)):
      return ours.count == elements.count && zip(ours, elements).allSatisfy(same)
    case (.string(let ours), .string(let text)): return ours == text
    case (.int(let ours), .number(let text)): return Int(text) == ours
    case (.double(let ours), .number(let text)): return Double(text) == ours
    case (.bool(let ours), .bool(let value)): return ours == value
    case (.null, .null): return true
    default: return false
    }
  }

  @Test("a value on one line of an indented document, and in a document of one line")
  func line() {
    let document: JSONOutput = ["list": [.line(["a": [1, 2], "b": [:]]), .line("x")]]
    #expect(
      document.text() == """
        {
          "list": [
            {"a": [1, 2], "b": {}},
            "x"
          ]
        }

        """)
    #expect(document.text(pretty: false) == #"{"list":[{"a":[1,2],"b":{}},"x"]}"#)
  }
}
