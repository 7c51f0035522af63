import Testing
import ZoneKit

import Route53

@Suite("Names and values of Route 53: octal escapes")
struct ValueTests {
  @Test(
    "a name is read with octal escapes and written in lower case",
    arguments: [
      (#"\052.Example.com"#, #"\052.example.com."#),
      ("*.example.com.", #"\052.example.com."#),
      (#"a\057b.example.com."#, #"a\057b.example.com."#),
      (#"a\056b.example.com."#, #"a\056b.example.com."#),
      ("_dmarc.example.com", "_dmarc.example.com."),
      ("@.example.com.", #"\100.example.com."#),
    ])
  func names(text: String, written: String) throws {
    let name = try Name(route53: text)
    #expect(name.route53 == written)
    #expect(try Name(route53: written) == name)
  }

  @Test("an escape of a zone file is not one of Route 53's")
  func decimalIsNotOctal() throws {
    #expect(try Name(route53: #"\052.example.com."#) == Name(parsing: #"\042.example.com."#))
    #expect(throws: NameError.badEscape) { try Name(route53: #"\048.example.com."#) }
  }

  @Test(
    "values",
    arguments: [
      (RecordType.txt, #""a""b""#, #""a" "b""#),
      (.txt, #""quote \" backslash \\ octal \351""#, #""quote \" backslash \\ octal \351""#),
      (.txt, #""semicolon; (parenthesis)""#, #""semicolon; (parenthesis)""#),
      (.txt, #""""#, #""""#),
      (.mx, "20 mx2.example.net", "20 mx2.example.net."),
      (.caa, #"0 issue "amazon.com""#, #"0 issue "amazon.com""#),
      (.https, #"1 . alpn="h3,h2""#, #"1 . alpn="h3,h2""#),
      (.srv, "0 0 0 .", "0 0 0 ."),
      (
        .naptr, #"100 50 "u" "E2U+sip" "!^(\\+441632960083)$!sip:\\1@example.com!" ."#,
        #"100 50 "u" "E2U+sip" "!^(\\+441632960083)$!sip:\\1@example.com!" ."#
      ),
      (.cname, #"\052.example.com"#, #"\052.example.com."#),
    ])
  func values(type: RecordType, text: String, written: String) throws {
    let data = try RecordData(route53: text, type: type)
    #expect(data.route53 == written)
    #expect(try RecordData(route53: written, type: type) == data)
  }

  @Test("the service takes 17 types")
  func types() {
    #expect(RecordType.route53.count == 17)
    #expect(RecordType.https.isRoute53)
    #expect(!RecordType(mnemonic: "LOC")!.isRoute53)
    #expect(!RecordType.dname.isRoute53)
  }
}
