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

/// As much of DER (X.690) as an RSA public key needs.
enum RSAPublicKey {
  /// How many bits the modulus has; nil if the octets are neither a SubjectPublicKeyInfo
  /// (RFC 5280 section 4.1) nor an RSAPublicKey (RFC 8017 appendix A.1.1).
  static func modulusBits(of octets: [UInt8]) -> Int? {
    var outer = octets[...]
    guard var content = element(tag: 0x30, in: &outer), outer.isEmpty else { return nil }
    if content.first == 0x30 {
      guard element(tag: 0x30, in: &content) != nil,
        var bits = element(tag: 0x03, in: &content), bits.popFirst() == 0,
        let key = element(tag: 0x30, in: &bits)
      else { return nil }
      content = key
    }
    guard let modulus = element(tag: 0x02, in: &content)?.drop(while: { $0 == 0 }),
      let first = modulus.first, element(tag: 0x02, in: &content) != nil
    else { return nil }
    return modulus.count * 8 - first.leadingZeroBitCount
  }

  /// Takes the content of the element at the start, if it has that tag.
  private static func element(tag: UInt8, in octets: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>?
  {
    guard octets.popFirst() == tag, let first = octets.popFirst() else { return nil }
    var count = Int(first)
    if first >= 0x80 {
      let lengthCount = Int(first & 0x7F)
      guard (1...3).contains(lengthCount), octets.count >= lengthCount else { return nil }
      count = octets.prefix(lengthCount).reduce(0) { $0 << 8 | Int($1) }
      octets = octets.dropFirst(lengthCount)
    }
    guard octets.count >= count else { return nil }
    defer { octets = octets.dropFirst(count) }
    return octets.prefix(count)
  }
}
