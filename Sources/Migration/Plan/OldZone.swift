import Diagnostics
import Propagation
import Runbook
public import ZoneKit

/// The files of the old zone with the changes that a migration makes on the old servers; every
/// other octet as it stood.
public struct OldZone: Sendable {
  /// The RRsets whose TTL is lowered.
  public let loweredSets: [LoweredSet]
  /// The files with lowered TTLs and a higher serial, the one that includes the others first;
  /// empty if nothing is lowered, or they could not be written.
  public let lowered: [File]
  /// The same with the new servers in the apex NS set; empty if they are not known.
  public let switched: [File]
  /// With lowered TTLs and the NS set as it was, to take the switch back; empty if there is none.
  public let restoredNS: [File]
  /// With nothing but a serial above all others, to take the lowered TTLs back; empty if there
  /// are none.
  public let restoredTTLs: [File]
  /// Why files could not be written, in a sentence.
  public let failure: String?

  /// An RRset whose TTL is lowered.
  public struct LoweredSet: Hashable, Sendable {
    /// The owner.
    public let owner: Name
    /// The type.
    public let type: RecordType
    /// The TTL as it is.
    public let from: TTL
    /// What it is lowered to.
    public let to: TTL
  }

  /// A file, and where it belongs below the zone's own directory.
  public struct File: Sendable {
    /// The path below the directory of the zone file.
    public let path: String
    /// What it holds.
    public let octets: [UInt8]
  }

  /// Makes the files.
  ///
  /// - Parameters:
  ///   - index: the zone as it was read.
  ///   - records: the TTLs of the schedule's inputs; those that are lowered there are lowered here.
  ///   - newServers: the servers to switch the NS set to.
  ///   - isAnnotated: whether the files hold forms of cli53, which no server loads.
  init(
    of index: ZoneIndex, inputs: ScheduleInputs, newServers: [Name], options: ZoneFileOptions,
    isAnnotated: Bool
  ) {
    let sets = Self.loweredSets(index, inputs)
    loweredSets = sets.map(\.set)
    if isAnnotated {
      (lowered, switched, restoredNS, restoredTTLs) = ([], [], [], [])
      failure = "its file holds aliases or routing policies, and comes from no server of BIND's"
      return
    }
    do throws(ZoneEditError) {
      let editor = ZoneFileEditor(index.zone, options: options)
      let lowering = sets.map { ZoneEdit.setTTL(records: $0.records, ttl: $0.set.to) }
      let switching = Self.nameServers(index, newServers, ttl: inputs.childNS.lowered)
      func files(_ edits: [ZoneEdit], serial: UInt32, unless isVain: Bool)
        throws(ZoneEditError) -> [File]
      {
        if isVain { return [] }
        return Self.files(try editor.apply(edits + Self.serial(index, raisedBy: serial)), index)
      }
      let files = (
        try files(lowering, serial: OldZoneSerial.lowered, unless: sets.isEmpty),
        try files(lowering + switching, serial: OldZoneSerial.switched, unless: switching.isEmpty),
        try files(lowering, serial: OldZoneSerial.restoredNS, unless: switching.isEmpty),
        try files([], serial: OldZoneSerial.restoredTTLs, unless: sets.isEmpty)
      )
      (lowered, switched, restoredNS, restoredTTLs) = files
      failure = nil
    } catch {
      (lowered, switched, restoredNS, restoredTTLs) = ([], [], [], [])
      failure = "the files of the old zone are not edited: \(error)"
    }
  }

  private static func loweredSets(
    _ index: ZoneIndex, _ inputs: ScheduleInputs
  ) -> [(set: LoweredSet, records: [Int])] {
    var wanted: [String: TimeSpan] = [:]
    for record in inputs.records where record.ttl.isLowered {
      wanted["\(record.name) \(record.type)"] = record.ttl.lowered
    }
    if inputs.childNS.isLowered { wanted["\(inputs.zone) NS"] = inputs.childNS.lowered }
    // All records of an RRset, copies of others among them, get the one TTL.
    var members: [String: [Int]] = [:]
    for record in index.zone.indices {
      switch index.standing(ofRecord: record) {
      case .member, .duplicate:
        let key = "\(index.zone[record].owner.lowercased) \(index.zone[record].type)"
        members[key, default: []].append(record)
      case .outOfZone, .otherClass: break
      }
    }
    return index.rrsets.compactMap { rrset in
      guard let ttl = wanted["\(rrset.owner) \(rrset.type)"],
        let seconds = UInt32(exactly: ttl.seconds)
      else { return nil }
      let set = LoweredSet(
        owner: rrset.owner, type: rrset.type, from: rrset.ttl, to: TTL(seconds))
      return (set, members["\(rrset.owner.lowercased) \(rrset.type)"] ?? rrset.indices)
    }
  }

  /// The edit that raises the serial (RFC 1982).
  private static func serial(_ index: ZoneIndex, raisedBy step: UInt32) -> [ZoneEdit] {
    guard let soa = index.rrset(index.zone.apex, .soa), let record = soa.indices.first,
      let data = soa.data.first.flatMap({ SOA.raisingSerial(of: $0, by: step) })
    else { return [] }
    return [.setData(record: record, data: data)]
  }

  /// The edits that put other servers into the apex NS set.
  private static func nameServers(
    _ index: ZoneIndex, _ servers: [Name], ttl: TimeSpan
  ) -> [ZoneEdit] {
    guard let ns = index.rrset(index.zone.apex, .ns), let last = ns.indices.last, !servers.isEmpty,
      let seconds = UInt32(exactly: ttl.seconds)
    else { return [] }
    let data = servers.map { RecordData(type: .ns, octets: $0.wire) }
    var edits: [ZoneEdit] = zip(ns.indices, data).map { .setData(record: $0, data: $1) }
    edits += data.dropFirst(ns.indices.count).map {
      .insert(Record(owner: index.zone.apex, ttl: TTL(seconds), data: $0), after: last)
    }
    edits += ns.indices.dropFirst(data.count).map { .remove(record: $0) }
    return edits
  }

  // MARK: - Places

  /// The files with their places relative to the one that includes the others.
  private static func files(_ sources: [SourceFile], _ index: ZoneIndex) -> [File] {
    guard let top = sources.first else { return [] }
    let folder = top.name.lastIndex(of: "/").map { top.name[...$0] } ?? ""
    var taken: Set<String> = []
    return sources.compactMap { source in
      let isBelow = !folder.isEmpty && source.name.hasPrefix(folder)
      let path = Self.safePath(
        isBelow ? String(source.name.dropFirst(folder.count)) : source.name, apex: index.zone.apex)
      // A file that is included twice is one file.
      guard taken.insert(path).inserted else { return nil }
      return File(path: path, octets: source.octets(in: 0..<source.count))
    }
  }

  /// A relative path that leads nowhere else.
  private static func safePath(_ path: String, apex: Name) -> String {
    if path == "<stdin>" { return FileName.of(apex) + ".zone" }
    let parts = path.split(separator: "/").filter { $0 != "." && $0 != ".." }
    return parts.isEmpty ? FileName.of(apex) + ".zone" : parts.joined(separator: "/")
  }
}

/// Names of files from names of zones.
enum FileName {
  /// The zone's name without its final dot, other characters than letters, digits, `-`, `_` and
  /// `.` replaced.
  static func of(_ zone: Name) -> String {
    if zone.isRoot { return "root" }
    let text = zone.description.dropLast().unicodeScalars.map { scalar -> Character in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": Character(scalar)
      default: "_"
      }
    }
    return String(text.prefix(200))
  }
}
