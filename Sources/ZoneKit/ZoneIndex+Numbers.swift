package import Diagnostics

// Names and RRsets by number, for passes over a large zone in which a view or an array for each
// would cost too much.

extension ZoneIndex {
  /// How many names there are, empty non-terminals and names outside the zone counted too.
  package var nameCount: Int { table.ownerCount + table.otherCount }

  /// The name with a number.
  package func name(numbered number: Int) -> Name {
    Zone.name(at: offset(ofName: number), in: zone.octets)
  }

  /// The number of a name, if records stand at or below it.
  package func number(of name: Name) -> Int? { find(name) }

  /// Whether records stand at the name with a number, as opposed to only below it.
  package func hasRecords(_ name: Int) -> Bool { name < ownerCount }

  /// The numbers of a name's RRsets, of any class.
  package func rrsets(ofName name: Int) -> Range<Int> { rrsetNumbers(ofName: name) }

  /// The type of an RRset.
  package func type(numbered rrset: Int) -> RecordType { type(ofRRset: rrset) }

  /// The indices into the zone of an RRset's records, repeated ones included, in the zone's order.
  package func records(ofRRset rrset: Int) -> ArraySlice<UInt32> {
    order[Int(rrsetStarts[rrset])..<Int(rrsetStarts[rrset + 1])]
  }

  /// The record that the one at an index repeats, if it does.
  package func original(ofRecord index: Int) -> Int? {
    duplicates.isEmpty ? nil : duplicates[UInt32(index)].map(Int.init)
  }

  /// The index into the zone of the first record of an RRset.
  package func firstRecord(ofRRset rrset: Int) -> Int { Int(order[Int(rrsetStarts[rrset])]) }

  /// How many records an RRset has, repeated ones included.
  package func recordCount(ofRRset rrset: Int) -> Int {
    Int(rrsetStarts[rrset + 1]) - Int(rrsetStarts[rrset])
  }

  /// The records that repeat another, ascending.
  package var repeatedRecords: [Int] { duplicates.keys.map(Int.init).sorted() }
}

extension Zone {
  /// The data of the record at `index`.
  package func data(ofRecord index: Int) -> RecordData { data(of: entries[index]) }
  /// How many octets the data of the record at `index` have.
  package func octetCount(ofRecord index: Int) -> Int {
    let start = Int(entries[index].data)
    return Int(octets[start]) << 8 | Int(octets[start + 1])
  }
  /// The owner of the record at `index`.
  package func owner(ofRecord index: Int) -> Name {
    Zone.name(at: Int(entries[index].owner), in: octets)
  }
  /// The TTL of the record at `index`.
  package func ttl(ofRecord index: Int) -> TTL { TTL(entries[index].ttl) }
  /// The class of the record at `index`.
  package func recordClass(ofRecord index: Int) -> RecordClass {
    RecordClass(rawValue: entries[index].recordClass)
  }

  /// Whether `$GENERATE` made the record at `index`.
  package func isGenerated(record index: Int) -> Bool {
    entries[index].flags.contains(.isGenerated)
  }

  /// Where the words of the record at `index` stand in its source: owner, type, data. Empty for a
  /// record that was not read from a source.
  package func words(ofRecord index: Int) -> [Location] {
    let entry = entries[index]
    guard entry.source != Zone.noSource else { return [] }
    let source = sources[Int(entry.source)]
    return source.withOctets { text in
      var lexer = Lexer(at: Int(entry.position))
      var words: [Location] = []
      while let token = try? lexer.next(in: text), !token.isEnd {
        words.append(Location(source, token.outerRange))
      }
      return words
    }
  }
}

extension RecordSchema {
  /// Whether the data may hold domain names.
  package var hasNames: Bool {
    (fields ?? []).contains {
      switch $0.form {
      case .name, .names: true
      default: false
      }
    }
  }

  /// Whether the data hold a name whose letter case counts in canonical form (RFC 4034 section 6.2
  /// as corrected by RFC 6840 section 5.1).
  package var hasNamesWithCase: Bool {
    (fields ?? []).contains { $0.form == .name(lowercased: false) }
  }
}
