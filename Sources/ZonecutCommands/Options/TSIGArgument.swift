import Diagnostics
import Nameservers
import ZoneKit

/// `NAME[:ALGORITHM[:FILE]]`: a key whose secret is in a file or in the environment, and so neither
/// in the list of processes nor in the shell's history.
struct TSIGArgument {
  private let name: String
  private let algorithm: TSIGKey.Algorithm
  private let file: String?

  /// The variable that holds the secret where no file is named.
  static let variable = "ZONECUT_TSIG_SECRET"

  private init(_ text: String) throws {
    let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    name = String(parts[0])
    let algorithm = parts.count > 1 ? parts[1].lowercased() : TSIGKey.Algorithm.hmacSHA256.rawValue
    guard let known = TSIGKey.Algorithm(rawValue: algorithm) else {
      let all = TSIGKey.Algorithm.allCases.map(\.rawValue).joined(separator: ", ")
      throw CommandError.usage("--tsig: expected an algorithm of \(all), found '\(parts[1])'")
    }
    self.algorithm = known
    file = parts.count > 2 ? String(parts[2]) : nil
  }

  /// The key that an option names, if it is given.
  static func key(_ text: String?, on console: Console) throws(CommandError) -> TSIGKey? {
    guard let text else { return nil }
    do {
      return try TSIGArgument(text).key(environment: console.environment)
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError("\(error)")
    }
  }

  private func key(environment: [String: String]) throws -> TSIGKey {
    let name: Name
    do throws(NameError) { name = try Name(parsing: self.name, origin: .root) } catch {
      throw CommandError.usage("--tsig: '\(self.name)' is no key's name: \(error)")
    }
    let text: String
    if let file {
      let source = try SourceFile.open(path: file)
      text = source.withOctets { octets in
        String(decoding: octets.indices.map { octets[$0] }, as: UTF8.self)
      }
    } else if let secret = environment[Self.variable] {
      text = secret
    } else {
      throw CommandError.usage(
        "--tsig: name a file with the secret (NAME:ALGORITHM:FILE), or set \(Self.variable)")
    }
    return try TSIGKey(name: name, algorithm: algorithm, base64: Self.secret(in: text))
  }

  /// The base64 text in a file: what stands in quotes behind `secret`, as in a key clause of BIND,
  /// or all of it.
  private static func secret(in text: String) -> Substring {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated().dropLast() {
      let words = part.split(whereSeparator: \.isWhitespace)
      if words.last == "secret" || words.last == "secret:" { return parts[index + 1] }
    }
    return text[...]
  }
}
