import Diagnostics
import TestSupport
import Testing

private func read(_ text: String) throws(JSONError) -> JSONValue {
  try JSONReader.read(SourceFile(name: "a.json", text: text))
}

/// What the reader says of a text that is no JSON, with its place.
private func complaint(_ octets: [UInt8]) -> String {
  do {
    _ = try JSONReader.read(SourceFile(name: "a.json", octets: octets))
    return "accepted"
  } catch {
    return error.description
  }
}

@Suite("RFC 8259: reading JSON")
struct JSONReaderTests {
  @Test("every kind of value, in the order of the text")
  func kinds() throws {
    let value = try read(#" { "b" : [ 1, -0.5e+3, true, false, null, "x" ], "a": {} } "#)
    #expect(value.members.map(\.key) == ["b", "a"])
    #expect(
      value["b"]?.elements.map(\.kind)
        == [.number("1"), .number("-0.5e+3"), .bool(true), .bool(false), .null, .string("x")])
    #expect(value["a"]?.kind == .object([]))
    #expect(value["c"] == nil)
  }

  @Test("values and keys know their place")
  func places() throws {
    let value = try read("{\n  \"TTL\": \"300\"\n}")
    let member = try #require(value.members.first)
    #expect(member.keyLocation.range == 4..<9)
    #expect(member.value.location.range == 11..<16)
    #expect(member.value.location.start == Position(line: 2, column: 10))
    #expect(value.location.range == 0..<18)
  }

  @Test("section 7: escapes and surrogate pairs are decoded")
  func escapes() throws {
    #expect(
      try read(#""\"\\\/\b\f\n\r\t\u00e4\uD83D\ude00ä😀""#).string("x")
        == "\"\\/\u{8}\u{c}\n\r\tä😀ä😀")
  }

  @Test("a place inside a string counts the escapes before it")
  func placesInStrings() throws {
    let value = try read(#"  "\\052.ä\u00e4z""#)
    let decoded = try value.string("x")
    #expect(decoded == #"\052.ääz"#)
    #expect(value.location(ofDecoded: 0..<4).range == 3..<8)
    #expect(value.location(ofDecoded: 5..<7).range == 9..<11)
    #expect(value.location(ofDecoded: 7..<9).range == 11..<17)
    #expect(value.location(ofDecoded: 9..<10).range == 17..<18)
    #expect(value.location(ofDecoded: 10..<10).range == 18..<18)
    #expect(value.location(ofDecoded: 3..<99) == value.location)
  }

  @Test("a byte order mark is passed over, and counts as a column")
  func byteOrderMark() throws {
    let source = SourceFile(name: "a.json", octets: [0xef, 0xbb, 0xbf] + Array("7".utf8))
    let value = try JSONReader.read(source)
    #expect(value.kind == .number("7"))
    #expect(value.location.range == 3..<4)
  }

  @Test("UTF-16 with a byte order mark, as PowerShell writes it", arguments: [false, true])
  func utf16(bigEndian: Bool) throws {
    var octets: [UInt8] = bigEndian ? [0xfe, 0xff] : [0xff, 0xfe]
    for unit in "{\r\n\"ä😀\": \"1\"}".utf16 {
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xff)]
      octets += bigEndian ? pair : pair.reversed()
    }
    let value = try JSONReader.read(SourceFile(name: "a.json", octets: octets))
    let member = try #require(value.members.first)
    #expect(member.key == "ä😀")
    #expect(member.value.location.start == Position(line: 2, column: 7))
    #expect(member.value.location.source.name == "a.json")
  }

  @Test("UTF-16 with half a unit or half a pair is refused at its place")
  func brokenUTF16() {
    let text: [UInt8] = [0xff, 0xfe, 0x22, 0x00, 0x0a, 0x00]
    let expected = "a.json:2:1: the text begins as UTF-16 but holds octets that are not"
    #expect(complaint(text + [0x22]) == expected)
    #expect(complaint(text + [0x00, 0xd8, 0x22, 0x00]) == expected)
    #expect(complaint(text + [0x00, 0xdc, 0x00, 0xd8]) == expected)
  }

  @Test(
    "what is wrong is named with its place",
    arguments: [
      ("", "1:1: expected a JSON value, found the end of the text"),
      ("  \n", "2:1: expected a JSON value, found the end of the text"),
      ("HostedZone: x", "1:1: expected a JSON value, found 'HostedZone'"),
      ("[True]", "1:2: expected a JSON value, found 'True'"),
      ("[NaN]", "1:2: expected a JSON value, found 'NaN'"),
      ("['a']", "1:2: expected a JSON value, found '''"),
      ("[1 2]", "1:4: expected ',' or ']' after the element, found '2'"),
      ("[1", "1:3: expected ',' or ']' after the element, found the end of the text"),
      ("[1,]", "1:4: expected the next element after ',', found ']'"),
      ("{\"a\":1,}", "1:8: expected the next key in double quotes after ',', found '}'"),
      ("{a:1}", "1:2: expected a key in double quotes or '}', found 'a'"),
      ("{\"a\" 1}", "1:6: expected ':' after the key, found '1'"),
      ("{\"a\":1 \"b\":2}", "1:8: expected ',' or '}' after the member, found '\"'"),
      ("{} x", "1:4: expected the end of the text after the JSON value, found 'x'"),
      ("01", "1:1: a number has no leading zero in JSON: found 01"),
      ("-", "1:2: expected a digit after '-', found the end of the text"),
      ("1.", "1:3: expected a digit after the decimal point, found the end of the text"),
      ("1e+x", "1:4: expected a digit after the exponent's 'e', found 'x'"),
      ("\"ab", "1:1: the string is not closed: expected '\"', found the end of the text"),
      ("\"a\tb\"", "1:3: a control character stands unescaped in a string: U+0009"),
      (
        "\"\\x\"",
        "1:2: no such escape in JSON: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"
      ),
      ("\"\\u12g4\"", "1:2: expected four hexadecimal digits after \\u"),
      ("\"\\ud800\"", "1:2: half of a surrogate pair: \\uD800 has no partner"),
      ("\"\\ud800\\u0041\"", "1:2: half of a surrogate pair: \\uD800 has no partner"),
      ("\"\\udc00\"", "1:2: half of a surrogate pair: \\uDC00 has no partner"),
      ("[\u{1b}]", "1:2: expected a JSON value, found '<U+001B>'"),
    ])
  func complaints(text: String, expected: String) {
    #expect(complaint(Array(text.utf8)) == "a.json:" + expected)
  }

  @Test("octets that are no UTF-8 are refused in strings and between them")
  func brokenUTF8() {
    #expect(
      complaint([0x22, 0x61, 0xff, 0x22])
        == "a.json:1:3: the string holds octet 0xFF, which is no UTF-8")
    #expect(complaint([0x22, 0xed, 0xa0, 0x80, 0x22]).hasPrefix("a.json:1:2: the string holds"))
    #expect(complaint([0xff]) == "a.json:1:1: expected a JSON value, found octet 0xFF")
  }

  @Test("arrays and objects nest up to the limit and no deeper")
  func depth() {
    let limit = JSONReader.maximumDepth
    func nested(_ count: Int) -> [UInt8] {
      Array((String(repeating: "[", count: count) + String(repeating: "]", count: count)).utf8)
    }
    #expect(complaint(nested(limit)) == "accepted")
    #expect(
      complaint(nested(limit + 1))
        == "a.json:1:65: arrays and objects nest deeper than 64 levels")
    #expect(complaint([UInt8](repeating: 0x5b, count: 1_000_000)).contains("deeper than 64"))
  }

  @Test("a key given twice stays in the list and is reported")
  func repeatedKeys() throws {
    let value = try read(#"{"a": 1, "b": 2, "\u0061": 3}"#)
    #expect(value.members.count == 3)
    #expect(value["a"]?.kind == .number("1"))
    let repeated = value.repeatedMembers
    #expect(repeated.count == 1)
    #expect(repeated.first?.member.value.kind == .number("3"))
    #expect(repeated.first?.first.value.kind == .number("1"))
  }
}

@Suite("JSON values that are not what they should be")
struct JSONAccessTests {
  private func message(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch let error as JSONError {
      return error.description
    } catch {
      return "\(error)"
    }
  }

  @Test("the message names the key, what was expected and what was found")
  func messages() throws {
    let value = try read(#"{"TTL": "300", "Name": 7, "Big": 99999999999999999999, "F": 1.5}"#)
    let ttl = try #require(value["TTL"])
    #expect(
      message { _ = try ttl.wholeNumber("TTL") }
        == "a.json:1:9: TTL: expected a whole number, found a string")
    #expect(
      message { _ = try #require(value["Name"]).string("Name") }
        == "a.json:1:24: Name: expected a string, found a number")
    #expect(
      message { _ = try #require(value["Name"]).wholeNumber("Name", in: 10...20) }
        == "a.json:1:24: Name: expected 10 to 20, found 7")
    #expect(
      message { _ = try #require(value["Big"]).wholeNumber("Big", in: 0...2_147_483_647) }
        == "a.json:1:34: Big: expected 0 to 2147483647, found 99999999999999999999")
    #expect(
      message { _ = try #require(value["F"]).wholeNumber("F") }
        == "a.json:1:61: F: expected a whole number, found 1.5")
    #expect(
      message { _ = try value.array("HostedZones") }
        == "a.json:1:1: HostedZones: expected an array, found an object")
    #expect(
      message { _ = try ttl.object("TTL") } == "a.json:1:9: TTL: expected an object, found a string"
    )
    #expect(
      message { _ = try ttl.bool("TTL") }
        == "a.json:1:9: TTL: expected true or false, found a string")
    #expect(
      message { _ = try value.member("Type", of: "ResourceRecordSet") }
        == "a.json:1:1: ResourceRecordSet: the member \"Type\" is missing")
  }

  @Test("what fits is given")
  func fits() throws {
    let value = try read(#"{"a": [300], "b": true, "c": "x"}"#)
    #expect(try value.member("a", of: "x").array("a").map { try $0.wholeNumber("a") } == [300])
    #expect(try value.member("b", of: "x").bool("b"))
    #expect(try value.member("c", of: "x").string("c") == "x")
    #expect(try value.object("x").count == 3)
  }

  @Test("an error becomes a finding with its place")
  func finding() throws {
    let error = try #require(throws: JSONError.self) { _ = try read("[1,]") }
    let finding = error.finding(rule: "json-syntax")
    #expect(finding.rule == "json-syntax")
    #expect(finding.severity == .error)
    #expect(finding.location?.range == 3..<4)
    #expect(finding.help == "remove the comma before the closing bracket")
  }
}
