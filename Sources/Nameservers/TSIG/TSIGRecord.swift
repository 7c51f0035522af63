import ZoneKit

/// Why a message is not signed as it should be.
public struct TSIGError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, and where it helps what to do.
  public let description: String

  init(_ description: String) { self.description = description }
}

/// The TSIG record at the end of a message (RFC 8945 section 4.2).
struct TSIGRecord {
  /// Key and algorithm, in lower case.
  let key: Name
  let algorithm: Name
  /// Seconds since 1970, and how many more or less are let pass.
  let time: UInt64
  let fudge: UInt16
  let mac: [UInt8]
  let originalID: UInt16
  let error: UInt16
  let other: [UInt8]
  /// Where the record begins.
  let start: Int

  /// The record type's number.
  static let type = 250

  /// The record at the end of a message; nil where the last record is another.
  init?(in octets: ArraySlice<UInt8>, _ layout: MessageLayout) {
    guard let start = layout.lastRecord else { return nil }
    let message = Array(octets)
    guard let ownerEnd = Self.uncompressedEnd(message, start),
      ownerEnd + 10 <= message.count, message.span.number16(at: ownerEnd) == Self.type,
      let key = try? Name(wire: message[start..<ownerEnd])
    else { return nil }
    let data = ownerEnd + 10
    guard let nameEnd = Self.uncompressedEnd(message, data),
      let algorithm = try? Name(wire: message[data..<nameEnd]),
      nameEnd + 10 <= message.count
    else { return nil }
    let span = message.span
    let macCount = span.number16(at: nameEnd + 8)
    let rest = nameEnd + 10 + macCount
    guard rest + 6 <= message.count, rest + 6 + span.number16(at: rest + 4) == message.count else {
      return nil
    }
    self.key = key.lowercased
    self.algorithm = algorithm.lowercased
    time = message[nameEnd..<(nameEnd + 6)].reduce(0) { $0 << 8 | UInt64($1) }
    fudge = UInt16(span.number16(at: nameEnd + 6))
    mac = Array(message[(nameEnd + 10)..<rest])
    originalID = UInt16(span.number16(at: rest))
    error = UInt16(span.number16(at: rest + 2))
    other = Array(message[(rest + 6)...])
    self.start = start
  }

  /// Names of a TSIG record are not compressed (RFC 8945 section 4.2).
  private static func uncompressedEnd(_ octets: [UInt8], _ start: Int) -> Int? {
    var position = start
    while position < octets.count {
      let octet = octets[position]
      if octet == 0 { return position + 1 }
      guard octet < 64 else { return nil }
      position += 1 + Int(octet)
    }
    return nil
  }

  /// A record for a message that is to be signed.
  init(key: TSIGKey, time: UInt64, id: UInt16) {
    self.key = key.name.lowercased
    algorithm = (try? Name(wire: key.algorithm.wire)) ?? .root
    self.time = time
    fudge = Self.fudge
    mac = []
    originalID = id
    error = 0
    other = []
    start = 0
  }

  /// Seconds that clocks may differ by (RFC 8945 section 10).
  static let fudge: UInt16 = 300

  /// "TSIG timers" (RFC 8945 section 5.3.1).
  var timers: [UInt8] {
    var octets: [UInt8] = []
    octets.append(big: UInt16(truncatingIfNeeded: time >> 32))
    octets.append(big: UInt32(truncatingIfNeeded: time))
    octets.append(big: fudge)
    return octets
  }

  /// "TSIG variables" (RFC 8945 section 4.3.3).
  var variables: [UInt8] {
    var octets = Array(key.wire) + [0, 255, 0, 0, 0, 0] + Array(algorithm.wire) + timers
    octets.append(big: error)
    octets.append(big: UInt16(truncatingIfNeeded: other.count))
    return octets + other
  }

  /// The record's octets with a MAC.
  func wire(mac: [UInt8]) -> [UInt8] {
    var data = Array(algorithm.wire) + timers
    data.append(big: UInt16(truncatingIfNeeded: mac.count))
    data += mac
    data.append(big: originalID)
    data.append(big: error)
    data.append(big: UInt16(truncatingIfNeeded: other.count))
    data += other
    var octets = Array(key.wire)
    octets.append(big: UInt16(Self.type))
    octets += [0, 255, 0, 0, 0, 0]
    octets.append(big: UInt16(truncatingIfNeeded: data.count))
    return octets + data
  }
}
