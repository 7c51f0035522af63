import ZoneKit

/// An SPF record, parsed by the grammar of RFC 7208 section 12.
struct SPFRecord {
  /// Mechanisms and modifiers in order.
  let terms: [Term]
  /// What breaks the grammar, in words; a receiver gives up on such a record (permerror).
  let faults: [String]

  /// One mechanism or modifier.
  struct Term {
    var kind: Kind
    /// `+`, `-`, `~` or `?`; `+` where none is written.
    var qualifier: Character
    /// The domain behind the colon or equals sign, macros unexpanded; nil for the domain itself.
    var domain: String?
    /// As written.
    var text: String
  }

  enum Kind: String {
    case all, include, a, mx, ptr, ip4, ip6, exists, redirect, exp
    /// A modifier that is not known, and is ignored (RFC 7208 section 6).
    case other
  }

  /// Parses a record that begins with `v=spf1`.
  init(_ text: String) {
    var terms: [Term] = []
    var faults: [String] = []
    for word in text.dropFirst("v=spf1".count).split(separator: " ") {
      do throws(SPFFault) {
        terms.append(try SPFRecord.term(word))
      } catch {
        faults.append("'\(LintText.quoted(word))': \(error.reason)")
      }
    }
    for kind in [Kind.redirect, .exp] where terms.count(where: { $0.kind == kind }) > 1 {
      faults.append("\(kind.rawValue)= more than once")
    }
    if text.contains(where: { $0 == "\t" || $0.isNewline }) {
      faults.append("terms are parted by spaces alone")
    }
    self.terms = terms
    self.faults = faults
  }

  /// Terms that cost a query, of which a check may make ten (RFC 7208 section 4.6.4). What stands
  /// behind `all` is never looked at, and `redirect` nowhere beside it (sections 5.1 and 6.1).
  var lookups: [Term] {
    let all = terms.firstIndex { $0.kind == .all }
    return terms[..<(all ?? terms.endIndex)].filter {
      switch $0.kind {
      case .redirect: all == nil
      case .include, .a, .mx, .ptr, .exists: true
      case .all, .ip4, .ip6, .exp, .other: false
      }
    }
  }
}

/// Why a word is no term.
struct SPFFault: Error {
  let reason: String
}

extension SPFRecord {
  private static func term(_ word: Substring) throws(SPFFault) -> Term {
    if let equals = word.firstIndex(of: "="), isModifierName(word[..<equals]) {
      let value = String(word[word.index(after: equals)...])
      let kind: Kind =
        switch word[..<equals].lowercased() {
        case "redirect": .redirect
        case "exp": .exp
        default: .other
        }
      if kind == .other {
        try checkMacros(value, inExplanation: true)
      } else {
        try checkDomain(value)
      }
      return Term(kind: kind, qualifier: "+", domain: value, text: String(word))
    }
    var rest = word
    var qualifier: Character = "+"
    if let first = rest.first, "+-~?".contains(first) {
      qualifier = first
      rest = rest.dropFirst()
    }
    let name = rest.prefix { $0 != ":" && $0 != "/" }
    let argument = rest[name.endIndex...]
    guard let kind = Kind(rawValue: name.lowercased()), kind != .redirect, kind != .exp,
      kind != .other
    else { throw SPFFault(reason: "no such mechanism") }
    let domain = try parse(argument, of: kind)
    return Term(kind: kind, qualifier: qualifier, domain: domain, text: String(word))
  }

  private static func isModifierName(_ name: Substring) -> Bool {
    guard let first = name.first, first.isASCII, first.isLetter else { return false }
    return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }

  /// Checks what follows a mechanism's name, from the colon or slash on.
  private static func parse(_ argument: Substring, of kind: Kind) throws(SPFFault) -> String? {
    switch kind {
    case .all:
      guard argument.isEmpty else { throw SPFFault(reason: "'all' takes no argument") }
      return nil
    case .include, .exists:
      guard argument.first == ":" else { throw SPFFault(reason: "expected ':' and a domain") }
      let domain = String(argument.dropFirst())
      try checkDomain(domain)
      return domain
    case .ptr:
      guard !argument.isEmpty else { return nil }
      let domain = String(argument.dropFirst())
      try checkDomain(domain)
      return domain
    case .a, .mx:
      let (domain, lengths) = splitLengths(argument)
      try checkLengths(lengths)
      guard domain.first == ":" else { return nil }
      try checkDomain(String(domain.dropFirst()))
      return String(domain.dropFirst())
    case .ip4, .ip6:
      guard argument.first == ":" else { throw SPFFault(reason: "expected ':' and an address") }
      let parts = argument.dropFirst().split(
        separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      let type: RecordType = kind == .ip4 ? .a : .aaaa
      guard (try? RecordData(parsing: parts[0], type: type)) != nil else {
        throw SPFFault(reason: "expected an \(kind == .ip4 ? "IPv4" : "IPv6") address")
      }
      if parts.count > 1 { try checkLength(parts[1], atMost: kind == .ip4 ? 32 : 128) }
      return nil
    case .redirect, .exp, .other:
      return nil
    }
  }

  /// Parts `:domain` from `/n`, `//n` or `/n//n` behind it. Slashes inside a macro are delimiters.
  private static func splitLengths(_ argument: Substring) -> (domain: Substring, lengths: Substring)
  {
    var isInMacro = false
    for index in argument.indices {
      switch argument[index] {
      case "{": isInMacro = true
      case "}": isInMacro = false
      case "/" where !isInMacro: return (argument[..<index], argument[index...])
      default: break
      }
    }
    return (argument, argument[argument.endIndex...])
  }

  private static func checkLengths(_ lengths: Substring) throws(SPFFault) {
    guard !lengths.isEmpty else { return }
    if lengths.hasPrefix("//") {
      return try checkLength(lengths.dropFirst(2), atMost: 128)
    }
    let parts = lengths.dropFirst().split(
      separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    try checkLength(parts[0], atMost: 32)
    guard parts.count > 1 else { return }
    guard parts.count == 3, parts[1].isEmpty else {
      throw SPFFault(reason: "expected '//' before the IPv6 prefix length")
    }
    try checkLength(parts[2], atMost: 128)
  }

  private static func checkLength(_ text: Substring, atMost limit: Int) throws(SPFFault) {
    guard let length = UInt8(text), length <= limit, text.count == 1 || text.first != "0",
      text.first != "+"
    else { throw SPFFault(reason: "expected a prefix length from 0 to \(limit)") }
  }

  /// Checks a domain-spec: macros well-formed, and a top label or macro at its end.
  private static func checkDomain(_ domain: String) throws(SPFFault) {
    try checkMacros(domain, inExplanation: false)
    if domain.hasSuffix("}") || domain.hasSuffix("%%") || domain.hasSuffix("%_")
      || domain.hasSuffix("%-")
    {
      return
    }
    let labels = domain.split(separator: ".", omittingEmptySubsequences: true)
    guard labels.count >= 2 || domain.contains("%"), let top = labels.last,
      top.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }),
      !top.allSatisfy(\.isNumber), top.first != "-", top.last != "-"
    else { throw SPFFault(reason: "expected a domain name") }
  }

  private static func checkMacros(_ text: String, inExplanation: Bool) throws(SPFFault) {
    var rest = text[...]
    while let character = rest.popFirst() {
      guard let ascii = character.asciiValue, (0x21...0x7E).contains(ascii) else {
        throw SPFFault(reason: "a character that SPF does not allow")
      }
      guard character == "%" else { continue }
      switch rest.popFirst() {
      case "%", "_", "-": continue
      case "{":
        guard let close = rest.firstIndex(of: "}"), isMacro(rest[..<close], inExplanation) else {
          throw SPFFault(reason: "malformed macro")
        }
        rest = rest[rest.index(after: close)...]
      default:
        throw SPFFault(reason: "'%' must be followed by '{', '%', '_' or '-'")
      }
    }
  }

  /// Whether the text between braces is a letter, digits, `r` and delimiters.
  private static func isMacro(_ text: Substring, _ inExplanation: Bool) -> Bool {
    let letters = inExplanation ? "slodiphvcrt" : "slodiphv"
    guard let letter = text.first, letters.contains(letter.lowercased()) else { return false }
    var rest = text.dropFirst().drop { $0.isASCII && $0.isNumber }
    let digits = text.dropFirst().prefix(text.count - 1 - rest.count)
    if !digits.isEmpty, (Int(digits) ?? 0) == 0 { return false }
    if rest.first?.lowercased() == "r" { rest = rest.dropFirst() }
    return rest.allSatisfy { ".-+,/_=".contains($0) }
  }
}
