public import Propagation
public import RecordSets
import Runbook
public import ZoneKit

extension ScheduleInputs {
  /// The inputs of the schedule of a zone's move.
  ///
  /// - Parameters:
  ///   - index: the zone as the old servers serve it.
  ///   - changing: the RRsets whose data the new servers do not give as they are.
  ///   - options: the choices of the maker.
  ///   - standInNSTTL: the TTL that stands in for that of a missing NS set at the apex, where a
  ///     plan is blocked anyway; nil: a missing one is an error.
  /// - Throws: `TimetableError` if the zone has no SOA or no NS set at its apex.
  public init(
    of index: ZoneIndex, changing: Set<RecordSet.Key> = [], options: TimetableOptions,
    standInNSTTL: TimeSpan? = nil
  ) throws(TimetableError) {
    let apex = index.zone.apex
    guard let soa = index.rrset(apex, .soa), let negativeTTL = soa.negativeTTL else {
      throw TimetableError("\(apex) has no SOA record, expected one at the apex")
    }
    let ns = index.rrset(apex, .ns)
    guard let nsTTL = ns.map({ TimeSpan($0.ttl) }) ?? standInNSTTL else {
      throw TimetableError("\(apex) has no NS records at its apex, expected the name servers")
    }
    let servers = Set(ns?.data.flatMap(\.names) ?? [])
    let records = index.rrsets.compactMap { rrset -> RecordTTL? in
      if rrset.owner == apex, rrset.type == .soa || rrset.type == .ns { return nil }
      if rrset.type.isZoneSigning { return nil }
      let isServer = (rrset.type == .a || rrset.type == .aaaa) && servers.contains(rrset.owner)
      let changes = changing.contains(.init(owner: rrset.owner, type: rrset.type))
      let ttl = TimeSpan(rrset.ttl)
      return RecordTTL(
        name: rrset.owner.description, type: rrset.type.description,
        ttl: changes || isServer
          ? LoweredTTL(ttl, lowered: min(ttl, options.loweredTTL)) : LoweredTTL(ttl, lowered: ttl),
        changes: changes, role: isServer ? .nameserverAddress : .record)
    }
    self.init(
      zone: apex.description, timing: options.timing,
      childNS: LoweredTTL(nsTTL, lowered: min(nsTTL, options.loweredTTL)),
      parentNS: options.parentNS, dsTTL: options.dsTTL(isSigned: index.isSigned),
      negativeTTL: negativeTTL, records: records)
    cacheClasses = options.cacheClasses
    parentCentricShare = options.parentCentricShare
    periods = options.periods
    steadyDelegationTTL = options.steadyDelegationTTL
    newApexNSTTL = options.loweredTTL
    parallelRun = options.parallelRun
    calendar = options.calendar
  }
}

extension TimetableOptions {
  /// The TTL of the DS set that has to go before the cutover; nil if there is none to expect. A
  /// signed zone of whose parent nobody knows is taken for one with a DS set.
  func dsTTL(isSigned: Bool) -> TimeSpan? {
    switch parentDS {
    case .absent: nil
    case .present: dsTTL ?? Self.assumedDSTTL
    case .unknown: isSigned ? dsTTL ?? Self.assumedDSTTL : nil
    }
  }
}

extension ZoneIndex {
  /// Whether the zone holds keys at its apex: it is signed, or about to be.
  public var isSigned: Bool { rrset(zone.apex, .dnskey) != nil }
}

extension TimeSpan {
  /// The span of a TTL.
  init(_ ttl: TTL) { self.init(seconds: Int64(ttl.rawValue)) }
}

extension RRset {
  /// The negative TTL of an SOA RRset: the lesser of its own TTL and its MINIMUM (RFC 2308
  /// section 5), which is the last field of its data.
  var negativeTTL: TimeSpan? {
    guard type == .soa, let octets = data.first?.octets, octets.count >= 4 else { return nil }
    let minimum = octets.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return TimeSpan(min(ttl, TTL(minimum)))
  }
}

/// Why there is no timetable for a zone.
public struct TimetableError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The message, without a final full stop.
  public let description: String

  init(_ description: String) { self.description = description }
}
