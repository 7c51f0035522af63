public import Diagnostics
public import RecordSets
public import ZoneKit

/// A zone read from a file that may hold the forms of cli53.
public struct AnnotatedZone: Sendable {
  /// The zone. A record of class AWS is one of an unknown type in it.
  public let index: ZoneIndex
  /// What the file says of records beyond DNS, by their index in the zone.
  public let annotations: [Int: RecordAnnotation]
  /// What was found on the way.
  public let findings: [Finding]
  /// The file as it stands; the sources of the zone hold other text for records of class AWS.
  public let file: SourceFile

  /// Whether a source holds such forms, so that it takes this reader to keep them.
  public static func holdsForms(_ source: SourceFile) -> Bool {
    AnnotationReader.holdsComments(source) || PseudoRecords.rewritten(source) !== source
  }

  /// Whether a record or form could not be read.
  public var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// Reads a zone file.
  ///
  /// - Parameter hostedZoneID: what `$self` stands for. Where it is not given, an alias that says
  ///   `$self` is an error.
  public init(_ source: SourceFile, options: ZoneFileOptions = .init(), hostedZoneID: String? = nil)
  {
    file = source
    var options = options
    let open = options.open
    options.open = { path, place throws(SourceFileError) in
      PseudoRecords.rewritten(try open(path, place))
    }
    let reading = ZoneFileReader.read(PseudoRecords.rewritten(source), options: options)
    var reader = AnnotationReader(zone: reading.zone, hostedZoneID: hostedZoneID)
    reader.read()
    index = ZoneIndex(reading.zone)
    annotations = reader.annotations
    // What the plain reader cannot make of such comments, this one has read.
    findings = reading.findings.filter { !$0.isAboutAnnotation } + reader.findings
  }

  /// The records of class AWS, which no reader of zone files knows, as indices into the zone.
  public var replacedRecords: [Int] {
    annotations.filter { $0.value.replacement != nil }.keys.sorted()
  }

  /// The record sets that the file describes, of every type, SOA and NS of the apex too.
  public var recordSets: [RecordSet] {
    annotations.recordSets(in: index.zone)
      + index.recordSets.compactMap { $0.without(annotations) }
  }
}

extension [Int: RecordAnnotation] {
  /// The sets that annotated records make, in order of appearance.
  func recordSets(in zone: Zone) -> [RecordSet] {
    var sets: [RecordSet] = []
    var seats: [RecordSet.Key: Int] = [:]
    for record in keys.sorted() {
      guard let annotation = self[record] else { continue }
      let set = annotation.recordSet(record, in: zone)
      guard let seat = seats[set.key] else {
        seats[set.key] = sets.count
        sets.append(set)
        continue
      }
      // A further record of the same set, unless it repeats one.
      guard case .records(let ttl, let data) = sets[seat].content,
        !data.canonical.contains(where: set.data.canonical.contains)
      else { continue }
      sets[seat].content = .records(ttl: ttl, data: data + set.data)
      sets[seat].recordIndices.append(record)
    }
    return sets
  }
}

extension RecordAnnotation {
  /// The set of one annotated record.
  fileprivate func recordSet(_ index: Int, in zone: Zone) -> RecordSet {
    let record = zone[index]
    let (type, content): (RecordType, RecordSet.Content) =
      switch replacement {
      case nil: (record.type, .records(ttl: record.ttl, data: [record.data]))
      case .alias(let type, let target): (type, .alias(target))
      case .trafficPolicyInstance(let type, let id, let ttl, let data):
        (type, .trafficPolicyInstance(id: id, ttl: ttl, data: data))
      }
    return RecordSet(
      owner: record.owner, type: type, content: content, routing: routing,
      healthCheckID: healthCheckID, location: zone.location(ofRecord: index),
      recordIndices: [index])
  }
}

extension RecordSet {
  /// The set without the records that are annotated, which make sets of their own; nil if none
  /// is left.
  fileprivate func without(_ annotations: [Int: RecordAnnotation]) -> RecordSet? {
    guard !annotations.isEmpty, case .records(let ttl, let data) = content else { return self }
    let kept = zip(recordIndices, data).filter { annotations[$0.0] == nil }
    guard !kept.isEmpty else { return nil }
    var set = self
    set.recordIndices = kept.map(\.0)
    set.content = .records(ttl: ttl, data: kept.map(\.1))
    return set
  }
}

extension Finding {
  /// Whether the finding says that a comment of cli53's cannot be kept.
  fileprivate var isAboutAnnotation: Bool {
    guard rule == "syn-provider-export", severity == .error, let location else { return false }
    return location.source.octets(in: location.range).starts(with: "; AWS ".utf8)
  }
}
