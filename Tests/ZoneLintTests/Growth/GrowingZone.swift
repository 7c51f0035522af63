import Foundation
import Testing

/// A kind of zone that can be made as large as wanted, and hard for one rule or another.
struct GrowingZone: CustomTestStringConvertible, Sendable {
  /// What is peculiar about it.
  let testDescription: String
  /// Records besides those of a complete zone, about `count` of them.
  let text: @Sendable (_ count: Int) -> String

  private init(_ description: String, _ text: @escaping @Sendable (_ count: Int) -> String) {
    testDescription = description
    self.text = text
  }

  /// A kind whose lines are alike: line `number` of `count`.
  private init(
    _ description: String, line: @escaping @Sendable (_ number: Int, _ count: Int) -> String
  ) {
    self.init(description) { count in
      (0..<count).map { line($0, count) + "\n" }.joined()
    }
  }

  /// All kinds.
  static let all: [GrowingZone] =
    crowded + deep + leading + mail + signed + [
      GrowingZone("each record a syntax error") { number, _ in "h\(number) IN A 192.0.2.\(256)" },
      GrowingZone("each line switches a rule off that finds nothing") { number, _ in
        "h\(number) IN A 192.0.2.1 ; zonecut:disable=name-slash -- no longer"
      },
      GrowingZone("each line switches off what is found in it") { number, _ in
        "h_\(number) IN A 192.0.2.1 ; zonecut:disable=name-host-chars -- legacy"
      },
      GrowingZone("a comment a line switches a rule off in the whole file") { number, _ in
        "; zonecut:disable=name-host-chars -- legacy\nh_\(number) IN A 192.0.2.1"
      },
    ]

  /// Much at one name.
  private static let crowded: [GrowingZone] = [
    GrowingZone("one name, A") { number, _ in "w IN A \(address(number))" },
    GrowingZone("one name, each TTL another") { number, _ in
      "w \(number + 1) IN A \(address(number))"
    },
    GrowingZone("one name, the same record") { _, _ in "w IN A 192.0.2.1" },
    GrowingZone("one name, CNAME") { number, _ in "w IN CNAME h\(number)" },
    GrowingZone("one name, HTTPS aliases") { number, _ in "w IN HTTPS 0 h\(number)" },
    GrowingZone("one name, HTTPS with parameters") { number, _ in
      "w IN HTTPS \(number % 60_000 + 1) h\(number) alpn=h2"
    },
    GrowingZone("one name, one type each") { number, _ in
      "w IN TYPE\(20_000 + number % 40_000) \\# 1 00"
    },
    GrowingZone("the apex, NS") { number, _ in "@ 86400 IN NS ns\(number)" },
    GrowingZone("the apex, MX") { number, _ in "@ IN MX 10 mx\(number)" },
    GrowingZone("the apex, SOA") { number, _ in
      "@ IN SOA ns1.example.net. hostmaster.example.com. \(number) 14400 3600 1209600 900"
    },
    GrowingZone("the apex, CAA") { number, _ in "@ IN CAA 0 issue \"ca\(number).example.net\"" },
    GrowingZone("the apex, SPF in TXT") { number, _ in
      "@ IN TXT \"v=spf1 ip4:\(address(number)) -all\""
    },
    GrowingZone("one name, SPF beside TXT of other texts") { number, _ in
      "w IN SPF \"v=spf1 ip4:\(address(number)) -all\"\nw IN TXT \"text \(number)\""
    },
    GrowingZone("one name, DMARC") { number, _ in
      "_dmarc.w IN TXT \"v=DMARC1; p=none; rua=mailto:m\(number)@example.com\""
    },
  ]

  /// Names with many labels, wildcards and cuts.
  private static let deep: [GrowingZone] = [
    GrowingZone("deep names, each of its own") { number, _ in
      (0..<40).map { "l\($0)" }.joined(separator: ".") + ".n\(number) IN A 192.0.2.1"
    },
    GrowingZone("deep names, all below one") { number, _ in
      "h\(number)." + (0..<60).map { "l\($0 % 10)" }.joined(separator: ".") + " IN A 192.0.2.1"
    },
    GrowingZone("names beside a wildcard") { number, _ in
      "\(number == 0 ? "*.w IN A 192.0.2.1\n" : "")h\(number).w IN A 192.0.2.1"
    },
    GrowingZone("targets below a wildcard") { number, _ in
      "\(number == 0 ? "*.w IN A 192.0.2.1\n" : "")s\(number) IN MX 10 h\(number).w"
    },
    GrowingZone("wildcards") { number, _ in "*.w\(number) IN A 192.0.2.1" },
    GrowingZone("asterisks inside of names") { number, _ in "a.*.w\(number) IN A 192.0.2.1" },
    GrowingZone("delegations with glue and hidden records") { number, _ in
      "c\(number) IN NS ns.c\(number)\nns.c\(number) IN A 192.0.2.1\nw.c\(number) IN TXT \"x\""
    },
    GrowingZone("delegations below one another") { number, _ in
      let name = (0...(number % 60)).map { "d\($0)" }.reversed().joined(separator: ".")
      return "\(name).e\(number / 60) IN NS ns1.example.net."
    },
    GrowingZone("all below one delegation") { number, _ in
      "\(number == 0 ? "c IN NS ns1.example.net.\n" : "")h\(number).c IN A 192.0.2.1"
    },
    GrowingZone("DNAMEs with records below") { number, _ in
      "d\(number) IN DNAME e\(number).example.net.\nh.d\(number) IN A 192.0.2.1"
    },
    GrowingZone("records of other zones") { number, _ in
      "h\(number).example.org. IN A 192.0.2.1"
    },
  ]

  /// Records that lead to one another.
  private static let leading: [GrowingZone] = [
    GrowingZone("a chain of CNAMEs") { number, _ in "c\(number) IN CNAME c\(number + 1)" },
    GrowingZone("a circle of CNAMEs") { number, count in
      "c\(number) IN CNAME c\((number + 1) % count)"
    },
    GrowingZone("CNAMEs to one circle") { number, _ in
      number < 2 ? "c\(number) IN CNAME c\(1 - number)" : "c\(number) IN CNAME c0"
    },
    GrowingZone("targets at the end of a chain of CNAMEs") { number, _ in
      number < 20
        ? "c\(number) IN CNAME c\(number + 1)" : "s\(number) IN SRV 0 0 1 c0"
    },
    GrowingZone("targets without final dot") { number, _ in
      "s\(number) IN MX 10 h\(number).example.com"
    },
    GrowingZone("targets that can be claimed") { number, _ in
      "s\(number) IN CNAME b\(number).s3.amazonaws.com."
    },
  ]

  /// Policies of mail.
  private static let mail: [GrowingZone] = [
    GrowingZone("SPF records that include one another") { number, count in
      // As many as a string of 255 octets holds, whatever the numbers.
      let includes = (1...8).map { "include:s\((number * 7 + $0 * $0) % count).example.com" }
      return "s\(number) IN TXT \"v=spf1 \(includes.joined(separator: " ")) -all\""
    },
    GrowingZone("SPF records that include the next") { number, _ in
      "s\(number) IN TXT \"v=spf1 include:s\(number + 1).example.com -all\""
    },
    GrowingZone("SPF records that include a crowded name") { number, _ in
      "s\(number) IN TXT \"v=spf1 include:w.example.com -all\"\nw IN TXT \"text \(number)\""
    },
    GrowingZone("SPF records that ask for a crowded exchange") { number, _ in
      "s\(number) IN TXT \"v=spf1 mx:w.example.com -all\"\nw IN MX 10 mx\(number).example.net."
    },
    GrowingZone("DKIM keys") { number, _ in
      "k\(number)._domainkey IN TXT \"v=DKIM1; k=rsa; p=AAAA\""
    },
    GrowingZone("names with MX and no SPF") { number, _ in "m\(number) IN MX 10 mx1.example.net." },
  ]

  /// Keys and signatures.
  private static let signed: [GrowingZone] = [
    GrowingZone("signed, and each signature of an unknown key") { number, count in
      let next = number + 1 < count ? padded(number + 1) : "@"
      let owner = padded(number)
      let signature = "253 3 300 20380101000000 20260101000000 1 example.com. AAAA"
      return """
        \(number == 0 ? "@ IN DNSKEY 257 3 253 AAAA" : "")
        \(owner) IN A 192.0.2.1
        \(owner) IN NSEC \(next) A RRSIG NSEC
        \(owner) IN RRSIG A \(signature)
        \(owner) IN RRSIG NSEC \(signature)
        """
    },
    GrowingZone("one RRset, and as many signatures") { number, _ in
      """
      \(number == 0 ? "@ IN DNSKEY 257 3 15 \(key(0))" : "")
      w IN A \(address(number))
      w IN RRSIG A \(signature(number))
      """
    },
    GrowingZone("keys of one tag, and signatures by them") { number, _ in
      """
      @ IN DNSKEY 257 3 15 \(key(number % 65_536))
      h\(number) IN A 192.0.2.1
      h\(number) IN RRSIG A \(signature(0))
      """
    },
    GrowingZone("keys of many tags, and signatures by one") { number, _ in
      """
      @ IN DNSKEY \(number % 65_536) 3 15 \(key(0))
      h\(number) IN A 192.0.2.1
      h\(number) IN RRSIG A \(signature(0))
      """
    },
    GrowingZone("one name, one type each, all signed") { number, _ in
      let type = 20_000 + number % 40_000
      return """
        \(number == 0 ? "@ IN DNSKEY 257 3 15 \(key(0))" : "")
        w IN TYPE\(type) \\# 1 00
        w IN RRSIG TYPE\(type) \(signature(0))
        """
    },
  ]

  /// One of the Ed25519 keys that all have the tag 1040: their 16-bit words have one sum
  /// (RFC 4034 appendix B).
  private static func key(_ number: Int) -> String {
    let word = UInt16(truncatingIfNeeded: number)
    let words = [word, ~word] + Array(repeating: 0, count: 14)
    return Data(words.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }).base64EncodedString()
  }

  /// What stands behind the type of an RRSIG record by one of these keys: none made it.
  private static func signature(_ number: Int) -> String {
    let word = UInt16(truncatingIfNeeded: number)
    let octets = [UInt8(word >> 8), UInt8(word & 255)] + Array(repeating: 0, count: 62)
    return "15 3 300 20380101000000 20260101000000 1040 example.com. "
      + Data(octets).base64EncodedString()
  }

  private static func address(_ number: Int) -> String {
    "10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)"
  }

  /// A label that sorts as its number does.
  private static func padded(_ number: Int) -> String {
    let digits = String(number)
    return "h" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
