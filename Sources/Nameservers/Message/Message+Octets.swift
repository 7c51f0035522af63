import ZoneKit

extension Message {
  /// Reads a message. Any octets may be given.
  ///
  /// - Throws: `MessageError` for octets that are no message, whose counts claim more than there
  ///   is, or that go on behind the last record.
  public init(parsing octets: some Collection<UInt8>) throws(MessageError) {
    var octets = Array(octets)
    // libldns takes octets behind the last record for nothing, and would follow pointers that
    // have not been looked at.
    guard let layout = MessageLayout(octets.span) else {
      throw MessageError("octets that are laid out as no message")
    }
    let types = layout.misreadTypes.map { place in
      RecordType(rawValue: UInt16(octets.span.number16(at: place)))
    }
    for place in layout.misreadTypes {
      octets.replaceSubrange(place..<(place + 2), with: [255, 254])
    }
    self = try LDNSPacket.read(octets[...]).message()
    if !types.isEmpty { try giveBack(types) }
  }

  /// Gives the records of the type that stood in for others their own, in the order of the message.
  private mutating func giveBack(_ types: [RecordType]) throws(MessageError) {
    var types = types[...]
    for section in [\Message.answer, \.authority, \.additional] {
      for index in self[keyPath: section].indices {
        guard self[keyPath: section][index].type == LDNSPacket.standIn else { continue }
        guard let type = types.popFirst() else { return }
        let data = RecordData(type: type, octets: self[keyPath: section][index].data.octets)
        guard data.isWellFormed else { throw MessageError("\(type) data that are none") }
        self[keyPath: section][index].data = data
      }
    }
  }

  /// The octets of the message, names compressed where RFC 3597 section 4 allows it.
  ///
  /// - Throws: `MessageError` for record data that are none of their type, and for more than
  ///   65,535 octets.
  public func octets() throws(MessageError) -> [UInt8] {
    var octets = try LDNSPacket.make(self).octets()
    let types = [answer, authority, additional].joined().lazy.map(\.type)
      .filter { LDNSPacket.misreads(Int($0.rawValue)) }
    guard let layout = MessageLayout(octets.span) else { return octets }
    for (place, type) in zip(layout.misreadTypes, types) {
      octets[place] = UInt8(type.rawValue >> 8)
      octets[place + 1] = UInt8(truncatingIfNeeded: type.rawValue)
    }
    return octets
  }

  init(id: UInt16, questions: [Question]) {
    self.id = id
    self.questions = questions
  }
}
