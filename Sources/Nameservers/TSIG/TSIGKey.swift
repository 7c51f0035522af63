public import ZoneKit

/// A key that a client and a server share to sign messages (TSIG, RFC 8945).
public struct TSIGKey: Hashable, Sendable {
  /// How messages are signed: those of RFC 8945 section 6 that are in use.
  public enum Algorithm: String, CaseIterable, Sendable {
    /// HMAC with SHA-1: weak, for old servers.
    case hmacSHA1 = "hmac-sha1"
    /// HMAC with SHA-256, which every server knows.
    case hmacSHA256 = "hmac-sha256"
    /// HMAC with SHA-384.
    case hmacSHA384 = "hmac-sha384"
    /// HMAC with SHA-512.
    case hmacSHA512 = "hmac-sha512"
  }

  /// The name that both sides know the key by.
  public let name: Name
  /// The algorithm.
  public let algorithm: Algorithm
  /// The secret itself, decoded. It is never printed.
  let secret: [UInt8]

  /// A key.
  public init(name: Name, algorithm: Algorithm, secret: [UInt8]) {
    self.name = name
    self.algorithm = algorithm
    self.secret = secret
  }
}

extension TSIGKey: CustomStringConvertible, CustomReflectable {
  /// Name and algorithm, without the secret.
  public var description: String { "\(name) (\(algorithm.rawValue))" }
  /// Nothing that would print the secret.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
