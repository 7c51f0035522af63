import ZoneKit

// Signed zones for the examples of rules.

extension Example {
  /// A small signed zone of its own, without mail. Its algorithm is a private one (RFC 4034
  /// appendix A.1.1), so that nobody can verify a signature: these examples are not about that.
  ///
  /// - Parameters:
  ///   - next: the owner that the apex's NSEC leads to.
  ///   - denial: what stands in place of NSEC and its signature.
  ///   - expiring: the end of the SOA record's signature.
  ///   - signer: the signer of the SOA record's signature.
  ///   - soaMark: what stands before the SOA record, and `nsMark` before the first NS record.
  static func signed(
    _ text: String, next: String = "@", denial: String? = nil, expiring: String? = nil,
    signer: String? = nil, soaMark: String = "", nsMark: String = "",
    types: String = "NS SOA RRSIG NSEC DNSKEY",
    also companions: [String] = []
  ) -> Example {
    let mark = expiring != nil || signer != nil ? "↓" : ""
    let soa = signature("@", .soa, expiring: expiring, signer: signer)
    let zone = """
      \(soaMark)@ IN SOA ns1.example.net. hostmaster.example.com. 1 14400 3600 1209600 900
      \(nsMark)@ 86400 IN NS ns1.example.net.
      @ 86400 IN NS ns2.example.net.
      @ IN DNSKEY 257 3 253 \(signingKey)
      \(denial ?? "@ IN NSEC \(next) \(types)\n\(signature("@", .nsec))")
      \(mark)\(soa)
      \(signature("@", .ns, ttl: 86_400))
      \(signature("@", .dnskey))
      \(text)
      """
    return Example(zone, omitting: Part.allCases, also: bare + companions)
  }

  /// What a zone without mail and CAA gives besides.
  static let bare = [
    "spf-missing", "caa-missing", "no-mail-lockdown", "signed-data-on-export",
  ]

  /// An RRSIG record of the zone's key; its signature is of no interest here.
  static func signature(
    _ owner: String, _ type: RecordType, ttl: Int = 300, expiring: String? = nil,
    signer: String? = nil
  ) -> String {
    "\(owner) IN RRSIG \(type) 253 \(owner == "@" ? 2 : 3) \(ttl) \(expiring ?? "20380101000000") "
      + "20260101000000 \(signingKeyTag) \(signer ?? "example.com.") AAAA"
  }

  private static let signingKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
  private static let signingKeyTag: UInt16 = {
    let data = try? RecordData(parsing: "257 3 253 \(signingKey)", type: .dnskey)
    return data.flatMap { DNSKEY($0)?.keyTag } ?? 0
  }()

  /// A zone that ldns-signzone signed with an Ed25519 key.
  ///
  /// - Parameter minimum: the last field of its SOA record; it was signed with 300.
  static func genuine(minimum: Int = 300) -> Example {
    let mark = minimum == 300 ? "" : "↓"
    let head = "20380101000000 20260101000000 35234 example.com."
    let zone = """
      @ IN SOA ns1.example.net. hostmaster.example.com. 1 14400 3600 1209600 \(minimum)
      \(mark)@ IN RRSIG SOA 15 2 300 \(head) (
        3WLQathiQpNV4S+JMtjyv5lgIiA/jQuXfbknYVqhvK09JhdoMeFcEYqx1+pXzC+Z1G2JmoLqOgbnYqWb5I5dBg== )
      @ 86400 IN NS ns1.example.net.
      @ 86400 IN NS ns2.example.net.
      @ 86400 IN RRSIG NS 15 2 86400 \(head) (
        9FF4u8UoXNH/sThhrCWPtZ41+J9riO7Co67Ivehmd5Pj1jFSQdel1EcIl2toa8C7WfGp2Da5/Ia4s8WEmkX+Dg== )
      @ IN DNSKEY 257 3 15 NBliIVueH7BAAu0SLrgFPe9SDlIDzUTPXoyGRgwp28E=
      @ IN RRSIG DNSKEY 15 2 300 \(head) (
        Cw2OTf0xNtQUUHSgpmzFRE2k/nw4CJmqrTe/nyT9H3nLdHJlGXpg+6n/fv9RDj8VYFRvWdCEXcrk+dtemu/xBg== )
      @ IN NSEC @ NS SOA RRSIG NSEC DNSKEY
      @ IN RRSIG NSEC 15 2 300 \(head) (
        sh63hah4rYSf6bfgq7nxUheEJXRWcPImrWHqpRIa+LleLWK8842wCrET0SzE/M+d6NAiPLzcNJ4kNbgkYSoHCg== )
      """
    return Example(zone, omitting: Part.allCases, also: bare)
  }
}
