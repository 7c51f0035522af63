/// A domain name in uncompressed wire form (RFC 1035 section 3.1).
///
/// The octets keep their letter case; two names are equal without regard to ASCII case
/// (RFC 4343). A name may be a slice of a larger buffer, such as the storage of a `Zone`; it keeps
/// that buffer alive and costs no allocation of its own.
public struct Name: Sendable {
  /// The labels, each led by its length, and the zero of the root label. 1 to 255 octets.
  public let wire: ArraySlice<UInt8>

  /// The most octets a name has in wire form (RFC 1035 section 2.3.4).
  public static let maximumWireCount = 255
  /// The most octets a label has (RFC 1035 section 2.3.4).
  public static let maximumLabelCount = 63

  /// The root.
  public static let root = Name(unchecked: [0])

  /// A name from octets that are known to be a well-formed name.
  init(unchecked wire: ArraySlice<UInt8>) {
    self.wire = wire
  }

  /// A name from wire form.
  ///
  /// - Throws: `NameError` if the octets are not exactly one uncompressed name.
  public init(wire octets: some Collection<UInt8>) throws(NameError) {
    let wire = ArraySlice(octets)
    guard let count = Name.extent(of: wire.span), count == wire.count else {
      throw wire.count > Name.maximumWireCount ? .nameTooLong : .malformedWire
    }
    self.wire = wire
  }

  /// How many octets the uncompressed name at the start of `octets` takes; nil if there is none.
  static func extent(of octets: Span<UInt8>) -> Int? {
    var index = 0
    while index < octets.count, index < maximumWireCount {
      let count = Int(octets[index])
      if count == 0 { return index + 1 }
      if count > maximumLabelCount { return nil }
      index += 1 + count
    }
    return nil
  }
}

/// Why a text or some octets are no domain name.
public enum NameError: Error, Hashable, Sendable {
  /// No characters at all.
  case empty
  /// Two dots in a row, or a dot at the start.
  case emptyLabel
  /// A label of more than 63 octets.
  case labelTooLong
  /// More than 255 octets in wire form.
  case nameTooLong
  /// A backslash that is followed neither by three digits up to 255 (octal: 377) nor by a
  /// character.
  case badEscape
  /// A relative name where no origin is known.
  case relativeWithoutOrigin
  /// Octets that are no uncompressed name.
  case malformedWire
}

extension NameError: CustomStringConvertible {
  /// What is wrong, in a phrase.
  public var description: String {
    switch self {
    case .empty: "empty name"
    case .emptyLabel: "empty label (two dots in a row, or a leading dot)"
    case .labelTooLong: "label longer than \(Name.maximumLabelCount) octets"
    case .nameTooLong: "name longer than \(Name.maximumWireCount) octets"
    case .badEscape: "bad escape: expected \\DDD up to 255, or \\ and a character"
    case .relativeWithoutOrigin: "relative name, but no origin is known"
    case .malformedWire: "malformed name in wire form"
    }
  }
}

// MARK: - Structure

extension Name {
  /// Whether this is the root.
  public var isRoot: Bool { wire.count == 1 }

  /// The labels from the left, the root label left out.
  public var labels: [ArraySlice<UInt8>] {
    var labels: [ArraySlice<UInt8>] = []
    var index = wire.startIndex
    while wire[index] != 0 {
      let end = index + 1 + Int(wire[index])
      labels.append(wire[(index + 1)..<end])
      index = end
    }
    return labels
  }

  /// How many labels there are, the root label not counted.
  public var labelCount: Int {
    var count = 0
    var index = wire.startIndex
    while wire[index] != 0 {
      index += 1 + Int(wire[index])
      count += 1
    }
    return count
  }

  /// The leftmost label; nil for the root.
  public var firstLabel: ArraySlice<UInt8>? {
    isRoot ? nil : wire[(wire.startIndex + 1)..<(wire.startIndex + 1 + Int(wire[wire.startIndex]))]
  }

  /// The name without its leftmost label; nil for the root.
  public var parent: Name? {
    isRoot ? nil : Name(unchecked: wire[(wire.startIndex + 1 + Int(wire[wire.startIndex]))...])
  }

  /// Whether the leftmost label is exactly `*` (RFC 4592 section 2.1.1).
  public var isWildcard: Bool {
    wire.count > 2 && wire[wire.startIndex] == 1 && wire[wire.startIndex + 1] == UInt8(ascii: "*")
  }

  /// The closest encloser's wildcard: this name with `*` in front; nil where that is too long.
  public var wildcardChild: Name? { try? prepending(label: [UInt8(ascii: "*")]) }

  /// Whether this name is `ancestor` or lies below it.
  public func isAtOrBelow(_ ancestor: Name) -> Bool {
    guard wire.count >= ancestor.wire.count else { return false }
    let suffixStart = wire.endIndex - ancestor.wire.count
    var index = wire.startIndex
    while index < suffixStart { index += 1 + Int(wire[index]) }
    return index == suffixStart && Name.equalFolded(wire[suffixStart...], ancestor.wire)
  }

  /// Whether this name lies below `ancestor` and is not that name.
  public func isBelow(_ ancestor: Name) -> Bool {
    wire.count > ancestor.wire.count && isAtOrBelow(ancestor)
  }

  /// The name with one more label on the left.
  ///
  /// - Throws: `NameError` if the label is empty or too long, or the name becomes so.
  public func prepending(label: some Collection<UInt8>) throws(NameError) -> Name {
    guard !label.isEmpty else { throw .emptyLabel }
    guard label.count <= Name.maximumLabelCount else { throw .labelTooLong }
    guard wire.count + 1 + label.count <= Name.maximumWireCount else { throw .nameTooLong }
    var octets: [UInt8] = []
    octets.reserveCapacity(1 + label.count + wire.count)
    octets.append(UInt8(label.count))
    octets.append(contentsOf: label)
    octets.append(contentsOf: wire)
    return Name(unchecked: octets[...])
  }

  /// The name moved from below `old` to below `new`; nil if it is not at or below `old`, or would
  /// be too long.
  public func rebased(from old: Name, to new: Name) -> Name? {
    guard isAtOrBelow(old) else { return nil }
    let octets = Array(wire.dropLast(old.wire.count)) + Array(new.wire)
    return octets.count <= Name.maximumWireCount ? Name(unchecked: octets[...]) : nil
  }

  /// The name with its ASCII letters in lower case: itself where they are, else in storage of its
  /// own.
  public var lowercased: Name {
    let octets = wire.span
    var capitals: UInt8 = 0
    for index in octets.indices { capitals |= octets[index] &- UInt8(ascii: "A") < 26 ? 1 : 0 }
    return capitals != 0 ? Name(unchecked: wire.map(Name.lowercase)[...]) : self
  }
}
