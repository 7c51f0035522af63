import SwiftASN1

/// A DKIM key record (RFC 6376 section 3.6.1, RFC 8463).
struct DKIMKey {
  /// What it holds.
  enum Key: Equatable {
    /// An RSA key with a modulus of so many bits.
    case rsa(bits: Int)
    /// An Ed25519 key.
    case ed25519
    /// Empty: the key was withdrawn.
    case revoked
  }

  /// The key; nil where the record is faulty.
  let key: Key?
  /// What is wrong, in words.
  let faults: [String]
  /// Hash algorithms that it is limited to, in lower case; empty for any.
  let hashes: [String]
  /// Whether the domain only tests DKIM.
  let isTesting: Bool

  init(_ text: String) {
    let list = TagList(text)
    var faults: [String] = []
    for tag in list.tags where !tag.isPair || tag.name.isEmpty {
      faults.append("'\(LintText.quoted(tag.name))' is no tag=value")
    }
    let names = list.tags.map(\.name)
    if Set(names).count < names.count { faults.append("a tag stands twice") }
    if let version = list["v"], version != "DKIM1" || list.tags.first?.name != "v" {
      faults.append("v must be DKIM1 and stand first")
    }
    let type = list["k"] ?? "rsa"
    hashes = (list["h"] ?? "").lowercased().split(separator: ":").map(DKIMKey.trimmed)
    isTesting = (list["t"] ?? "").split(separator: ":").map(DKIMKey.trimmed).contains("y")
    if !["rsa", "ed25519"].contains(type) {
      faults.append("unknown key type '\(LintText.quoted(type))'")
    }
    guard let encoded = list["p"] else {
      key = nil
      self.faults = faults + ["no p tag with the key"]
      return
    }
    let compact = encoded.utf8.filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    if compact.isEmpty {
      key = .revoked
    } else if let octets = Base64.decode(compact) {
      switch type {
      case "ed25519":
        key = octets.count == 32 ? .ed25519 : nil
        if key == nil { faults.append("an Ed25519 key has 32 octets, found \(octets.count)") }
      case "rsa":
        key = RSAPublicKey.modulusBits(of: octets).map { .rsa(bits: $0) }
        if key == nil { faults.append("p holds no RSA public key; is a part of it missing?") }
      default: key = nil
      }
    } else {
      key = nil
      faults.append("p is no base 64")
    }
    self.faults = faults
  }

  private static func trimmed(_ text: Substring) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// RSA public keys in DER (X.690).
enum RSAPublicKey {
  /// `rsaEncryption` (RFC 8017 appendix A.1).
  private static let algorithm: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 1]

  /// How many bits the modulus has; nil if the octets are neither a SubjectPublicKeyInfo
  /// (RFC 5280 section 4.1) nor an RSAPublicKey (RFC 8017 appendix A.1.1).
  static func modulusBits(of octets: [UInt8]) -> Int? {
    guard let node = try? DER.parse(octets) else { return nil }
    return (try? modulusBits(ofInfo: node)) ?? (try? modulusBits(ofKey: node))
  }

  private static func modulusBits(ofInfo node: ASN1Node) throws -> Int {
    try DER.sequence(node, identifier: .sequence) { parts in
      guard let identifier = parts.next() else {
        throw ASN1Error.invalidASN1Object(reason: "no algorithm")
      }
      let algorithm = try DER.sequence(identifier, identifier: .sequence) { parts in
        let algorithm = try ASN1ObjectIdentifier(derEncoded: &parts)
        // Its parameters, NULL by custom.
        while parts.next() != nil { continue }
        return algorithm
      }
      let key = try ASN1BitString(derEncoded: &parts)
      guard algorithm == Self.algorithm, key.paddingBits == 0 else {
        throw ASN1Error.invalidASN1Object(reason: "no RSA key")
      }
      return try modulusBits(ofKey: try DER.parse(key.bytes))
    }
  }

  private static func modulusBits(ofKey node: ASN1Node) throws -> Int {
    try DER.sequence(node, identifier: .sequence) { parts in
      let modulus = try ArraySlice<UInt8>(derEncoded: &parts).drop { $0 == 0 }
      _ = try ArraySlice<UInt8>(derEncoded: &parts)
      guard let first = modulus.first else {
        throw ASN1Error.invalidASN1Object(reason: "no modulus")
      }
      return modulus.count * 8 - first.leadingZeroBitCount
    }
  }
}
