import Nameservers
import TestSupport
import ZoneKit

/// Random small zones in which names, wildcards, empty non-terminals, cuts and redirections meet
/// often; and pairs of them that differ by a few records.
struct RandomContents {
  var random: SeededGenerator
  let apex: Name
  /// The labels of the names, and one that is in no zone.
  static let labels = ["a", "b", "*"]
  static let freshLabel = "f"
  /// The types of the records, and one that is in no zone.
  static let types: [RecordType] = [.a, .aaaa, .txt, .mx]

  init(seed: UInt64, apex: String = "z.test.") {
    random = SeededGenerator(seed: seed)
    self.apex = named(apex)
  }

  /// One zone and another made from it.
  mutating func pair() -> (old: Zone, new: Zone) {
    let old = records(count: Int.random(in: 1...9, using: &random))
    var new = old
    for _ in 0..<Int.random(in: 0...2, using: &random) { change(&new) }
    return (zone(old), zone(new))
  }

  /// All names over the labels, to one level deeper than the zones go.
  func universe(depth: Int = 4) -> [Name] {
    var level = [apex]
    var names = level
    for _ in 0..<depth {
      level = level.flatMap { name in
        (Self.labels + [Self.freshLabel]).map { child($0, of: name) }
      }
      names += level
    }
    return names
  }

  private mutating func owner() -> Name {
    var name = apex
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      name = child(Self.labels.randomElement(using: &random)!, of: name)
    }
    return name
  }

  private mutating func records(count: Int) -> [Record] {
    var records: [Record] = []
    for _ in 0..<count { add(to: &records) }
    return records
  }

  /// Adds a record that servers load beside the others.
  private mutating func add(to records: inout [Record]) {
    let owner = owner()
    let present = Set(records.filter { $0.owner == owner }.map(\.type))
    guard !present.contains(.cname), !present.contains(.dname) else { return }
    switch Int.random(in: 0..<12, using: &random) {
    case 0...5:
      let type = Self.types.randomElement(using: &random)!
      records.append(record(owner, type, in: records))
    case 6...7 where present.isEmpty: records.append(record(owner, .cname, in: records))
    case 8...9 where !owner.isWildcard && !present.contains(.ns):
      records.append(record(owner, .ns, in: records))
      if random.oneIn(2) { records.append(record(owner, .ds, in: records)) }
      if random.oneIn(2), let data = records.last(where: { $0.type == .ns })?.data.names[0],
        data.isAtOrBelow(apex)
      {
        records.append(record(data, .a, in: records))
      }
    case 10
    where present.isEmpty && !owner.isWildcard
      && !records.contains { $0.owner.isBelow(owner) }:
      records.append(record(owner, .dname, in: records))
    default:
      records.append(record(apex, Self.types.randomElement(using: &random)!, in: records))
    }
    removeWhatServersRefuse(&records)
  }

  private mutating func change(_ records: inout [Record]) {
    switch Int.random(in: 0..<5, using: &random) {
    case 0...1 where !records.isEmpty:
      records.remove(at: Int.random(in: 0..<records.count, using: &random))
    case 2 where !records.isEmpty:
      let index = Int.random(in: 0..<records.count, using: &random)
      let owner = records[index].owner
      let type = records[index].type
      for other in records.indices
      where records[other].owner == owner && records[other].type == type {
        records[other].ttl = TTL(999)
      }
    case 3 where !records.isEmpty:
      let index = Int.random(in: 0..<records.count, using: &random)
      records[index] = record(records[index].owner, records[index].type, in: records)
    default: add(to: &records)
    }
    removeWhatServersRefuse(&records)
  }

  /// Nothing may stand below a DNAME, DS takes NS, and a CNAME or DNAME stands alone.
  private func removeWhatServersRefuse(_ records: inout [Record]) {
    let dnames = records.filter { $0.type == .dname }.map(\.owner)
    records.removeAll { record in dnames.contains { record.owner.isBelow($0) } }
    let cuts = Set(records.filter { $0.type == .ns }.map(\.owner))
    records.removeAll { $0.type == .ds && !cuts.contains($0.owner) }
    for type in [RecordType.cname, .dname] {
      let alone = Set(records.filter { $0.type == type }.map(\.owner))
      var kept: Set<Name> = []
      records.removeAll {
        alone.contains($0.owner) && ($0.type != type || !kept.insert($0.owner).inserted)
      }
    }
    var seen: Set<Record> = []
    records.removeAll { !seen.insert($0).inserted }
  }

  /// A record with data from a small choice, and the TTL of its set.
  private mutating func record(_ owner: Name, _ type: RecordType, in records: [Record]) -> Record {
    let number = Int.random(in: 1...3, using: &random)
    let inZone = random.oneIn(2) ? "\(Self.labels[number % 2]).\(apex)" : nil
    let text =
      switch type {
      case .a: "192.0.2.\(number)"
      case .aaaa: "2001:db8::\(number)"
      case .txt: "\"text \(number)\""
      case .mx: "\(number) mail.example.net."
      case .cname, .dname: inZone ?? "t\(number).example.net."
      case .ns: random.oneIn(2) ? "ns.\(owner)" : "ns\(number).example.net."
      case .ds: "\(number) 13 2 \(String(repeating: "0\(number)", count: 32))"
      default: ""
      }
    let ttl = records.first { $0.owner == owner && $0.type == type }?.ttl
    return Record(
      owner: owner, ttl: ttl ?? TTL(UInt32(100 * Int.random(in: 1...3, using: &random))),
      data: recordData(text, type))
  }

  private func zone(_ records: [Record]) -> Zone {
    let head = [
      ("SOA", "ns.example.net. host.example.net. 1 3600 600 86400 300"), ("NS", "ns.example.net."),
    ].map { type, data in
      Record(
        owner: apex, ttl: TTL(3_600),
        data: recordData(data, RecordType(mnemonic: type)!))
    }
    return Zone(apex: apex, records: head + records)
  }
}

/// A name that is known to be one.
func named(_ text: String) -> Name {
  guard let name = try? Name(parsing: text, origin: .root) else { fatalError("no name: \(text)") }
  return name
}

/// A name with a label in front that there is room for.
func child(_ label: String, of name: Name) -> Name {
  guard let child = try? name.prepending(label: label.utf8) else { fatalError("no room: \(label)") }
  return child
}

/// Data that are known to be data of the type.
func recordData(_ text: String, _ type: RecordType) -> RecordData {
  guard let data = try? RecordData(parsing: text, type: type, origin: .root) else {
    fatalError("no \(type): \(text)")
  }
  return data
}
