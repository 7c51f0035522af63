import Diagnostics
import ZoneKit

// DKIM keys (RFC 6376, RFC 8301, RFC 8463) below _domainkey.

extension Rule {
  static let dkimSyntax = Rule(
    "dkim-syntax", "DKIM key that cannot be read", .error, group: .mail,
    rationale: """
      Mail signed with the key fails DKIM. The usual cause is a key whose strings were cut or \
      joined with spaces on the way from one provider's form to another's.
      """,
    reference: "RFC 6376 3.6.1", remedy: "copy the record from the mail provider again",
    triggering: [
      "↓s1._domainkey IN TXT \"v=DKIM1; k=rsa\"", "↓s1._domainkey IN TXT \"v=DKIM1; p=not*base64\"",
      "↓s1._domainkey IN TXT \"v=DKIM1; k=ed25519; p=AAAA\"",
      "↓s1._domainkey IN TXT \"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCB\"",
      "↓s1._domainkey IN TXT \"k=dsa; p=AAAA\"",
    ],
    nonTriggering: [
      "s1._domainkey IN TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"",
      "s1._domainkey IN TXT \(Example.rsaKey)", "_domainkey IN TXT \"o=~; r=a@example.com\"",
    ]
  ) { context, report in
    for (text, key) in context.dkimKeys where !key.faults.isEmpty {
      report.add(
        "DKIM key \(text.value.owner): \(key.faults.joined(separator: "; "))",
        at: text.value.location)
    }
  }

  static let dkimWeak = Rule(
    "dkim-weak", "weak DKIM key", .warning, group: .mail,
    rationale: """
      Receivers ignore RSA keys under 1024 bits and signatures with SHA-1; 1024 bits are within \
      reach of a determined forger. A move is a good time to roll the key.
      """,
    reference: "RFC 8301 3", remedy: "make a new key of 2048 bits, or an Ed25519 one beside it",
    triggering: [
      "↓s1._domainkey IN TXT \(Example.shortRSAKey)",
      "↓s1._domainkey IN TXT \"h=sha1;\" \(Example.rsaKey)",
    ],
    nonTriggering: ["s1._domainkey IN TXT \(Example.rsaKey)"]
  ) { context, report in
    for (text, key) in context.dkimKeys {
      if case .rsa(let bits) = key.key, bits < 2_048 {
        report.add(
          "DKIM key \(text.value.owner) has \(bits) bits, expected 2048", at: text.value.location,
          severity: bits < 1_024 ? .error : nil)
      }
      if key.hashes == ["sha1"] {
        report.add(
          "DKIM key \(text.value.owner) allows SHA-1 alone", at: text.value.location,
          severity: .error)
      }
    }
  }

  static let dkimRevoked = Rule(
    "dkim-revoked", "withdrawn DKIM key", .info, group: .mail,
    rationale:
      "An empty key says that the selector is no longer valid. It need not be kept for ever.",
    reference: "RFC 6376 3.6.1",
    remedy: "remove the record once no mail signed with it is on the way",
    triggering: ["↓s1._domainkey IN TXT \"v=DKIM1; p=\""],
    nonTriggering: [
      "s1._domainkey IN TXT \(Example.rsaKey)", "*._domainkey IN TXT \"v=DKIM1; p=\"",
    ]
  ) { context, report in
    // A wildcard without a key is the way to say that a domain signs nothing.
    for (text, key) in context.dkimKeys where key.key == .revoked && !text.value.owner.isWildcard {
      report.add("DKIM key \(text.value.owner) is withdrawn", at: text.value.location)
    }
  }

  static let dkimTesting = Rule(
    "dkim-testing", "DKIM key in test mode", .info, group: .mail,
    rationale: "With t=y receivers treat failing signatures as if there were none.",
    reference: "RFC 6376 3.6.1", remedy: "remove t=y when DKIM works",
    triggering: ["↓s1._domainkey IN TXT \"t=y;\" \(Example.rsaKey)"],
    nonTriggering: ["s1._domainkey IN TXT \"t=s;\" \(Example.rsaKey)"]
  ) { context, report in
    for (text, key) in context.dkimKeys where key.isTesting {
      report.add("DKIM key \(text.value.owner) is in test mode", at: text.value.location)
    }
  }
}

extension Example {
  /// An RSA key of 2048 bits, made for these examples; nobody holds its private part.
  fileprivate static let rsaKey = rsa(modulusOctets: 256)
  /// An RSA key of 1024 bits.
  fileprivate static let shortRSAKey = rsa(modulusOctets: 128)

  /// A key record whose modulus is ones throughout.
  private static func rsa(modulusOctets count: Int) -> String {
    func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
      let count = content.count
      let length: [UInt8] =
        count < 0x80
        ? [UInt8(count)]
        : count < 0x100 ? [0x81, UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]
      return [tag] + length + content
    }
    let modulus = element(0x02, [0] + [UInt8](repeating: 0xFF, count: count))
    let key = element(0x30, modulus + [0x02, 0x03, 0x01, 0x00, 0x01])
    let algorithm: [UInt8] = [
      0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]
    let info = element(0x30, algorithm + element(0x03, [0] + key))
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: info.count, by: 3) {
      let octets = info[start..<min(start + 3, info.count)]
      let bits = (0..<3).reduce(UInt32(0)) {
        $0 << 8 | (start + $1 < info.count ? UInt32(info[start + $1]) : 0)
      }
      for place in 0..<4 {
        text.append(
          place <= octets.count ? digits[Int(bits >> UInt32(18 - 6 * place) & 63)] : "=")
      }
    }
    return "\"k=rsa; p=\(text.prefix(200))\" \"\(text.dropFirst(200))\""
  }
}
