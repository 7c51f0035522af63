public import RecordSets
public import ZoneKit

/// How changes are planned.
public struct ChangeOptions: Sendable, Hashable {
  /// Whether sets of the hosted zone that are not wanted are deleted; otherwise they stay.
  public var prunes = false
  /// The most sets that pruning may delete, in percent of those that the zone has, SOA and NS of
  /// the apex not counted.
  public var maximumDeletedPercent = 30
  /// Sets that are never deleted, such as those of a certificate service.
  public var keep: [KeepPattern] = []
  /// What each request leaves free of its limits.
  public var reserve = RequestSize()
  /// What the comments of the batches call the plan.
  public var planID = "plan"
  /// What the names of the load batches say they do.
  public var batchName = "load"
  /// The TTL of the apex NS set through the cutover, in seconds; nil to leave the set alone.
  public var cutoverNSTTL: TTL? = TTL(300)
  /// The TTL of the apex NS set after the parallel run, in seconds.
  public var steadyNSTTL = TTL(86_400)
  /// The SOA set to put at the apex; nil to leave the one of the service.
  public var apexSOA: RecordSet?

  /// The defaults: nothing is deleted.
  public init() {}

  /// What a request of the plan may count at most.
  var limit: RequestSize {
    RequestSize(
      elements: RequestSize.limit.elements - reserve.elements,
      characters: RequestSize.limit.characters - reserve.characters)
  }
}

/// Names, and a type if wanted, of sets that are never deleted: `_* CNAME`.
public struct KeepPattern: Sendable, Hashable {
  /// The pattern in lower case: relative to the apex, or absolute with a final dot.
  private let pattern: [UInt8]
  /// The type; nil for any.
  private let type: RecordType?

  /// Reads a pattern: a name in which `*` stands for any characters and `?` for one, dots among
  /// them, and a type behind a space if only that is meant. The name is relative to the apex unless
  /// it ends with a dot; `@` is the apex.
  ///
  /// Nil if there is no name, more than two words, or the type is none.
  public init?(parsing text: String) {
    let words = text.split(separator: " ")
    guard let name = words.first, words.count <= 2 else { return nil }
    if words.count == 2 {
      guard let type = RecordType(mnemonic: words[1]) else { return nil }
      self.type = type
    } else {
      type = nil
    }
    pattern = Array(name.lowercased().utf8)
  }

  /// Whether a set of the zone is one of these.
  func matches(_ key: RecordSet.Key, apex: Name) -> Bool {
    if let type, type != key.type { return false }
    let isAbsolute = pattern.last == UInt8(ascii: ".")
    let name = key.owner.lowercased.presentation(relativeTo: isAbsolute ? nil : apex)
    return KeepPattern.matches(pattern, Array(name.utf8))
  }

  /// Matches by going on at the latest `*` whenever the rest does not fit: at most the product of
  /// both lengths in steps.
  private static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    var (p, t) = (0, 0)
    var retry: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        p += 1
        retry = (p, t)
      } else if p < pattern.count, pattern[p] == text[t] || pattern[p] == UInt8(ascii: "?") {
        p += 1
        t += 1
      } else if let last = retry {
        p = last.pattern
        t = last.text + 1
        retry = (p, t)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
