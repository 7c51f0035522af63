import Diagnostics
import Testing

@Suite("SHA-256 (FIPS 180-4)")
struct SHA256Tests {
  // The examples of NIST ("SHA-256", csrc.nist.gov, Cryptographic Standards and Guidelines), and the
  // digest of nothing.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000),
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func vectors(text: String, digest: String) {
    #expect(SHA256.hex(of: text.utf8) == digest)
  }

  @Test("octets in any number of pieces give one digest", arguments: [1, 55, 56, 63, 64, 65, 200])
  func pieces(size: Int) {
    let octets = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    var hash = SHA256()
    for start in stride(from: 0, to: octets.count, by: size) {
      hash.update(octets[start..<min(start + size, octets.count)])
    }
    #expect(hash.hexDigest() == SHA256.hex(of: octets))
    var lent = SHA256()
    lent.update(octets.span)
    #expect(lent.hexDigest() == SHA256.hex(of: octets))
  }
}
