/// The fields of an NSEC record (RFC 4034 section 4).
public struct NSEC: Sendable, Hashable {
  /// The next owner in canonical order; the apex behind the last.
  public let next: Name
  /// The types at the owner, ascending.
  public let types: [RecordType]

  /// The fields, if the data are an NSEC record's.
  public init?(_ data: RecordData) {
    guard data.type == .nsec else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    do {
      next = try reader.name()
      types = try reader.typeBitmap()
    } catch { return nil }
  }
}

/// The fields of an NSEC3 record (RFC 5155 section 3).
public struct NSEC3: Sendable, Hashable {
  /// How names are hashed.
  public let parameters: NSEC3Parameters
  /// Whether delegations without DS may be left out between this hash and the next.
  public let isOptOut: Bool
  /// The next hash in order; the first one behind the last.
  public let next: ArraySlice<UInt8>
  /// The types at the name whose hash the owner is, ascending.
  public let types: [RecordType]

  /// The fields, if the data are an NSEC3 record's.
  public init?(_ data: RecordData) {
    guard data.type == .nsec3 else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    do {
      let head = try NSEC3Parameters.read(&reader)
      parameters = head.parameters
      isOptOut = head.flags & 1 != 0
      next = try reader.octets(Int(try reader.octet()))
      types = try reader.typeBitmap()
    } catch { return nil }
  }
}

/// How names are hashed for NSEC3 records (RFC 5155 sections 3.1 and 4).
public struct NSEC3Parameters: Sendable, Hashable {
  /// The hash algorithm; 1 is SHA-1.
  public let algorithm: UInt8
  /// How often the hash is hashed again.
  public let iterations: UInt16
  /// What is put behind the name before each hashing; mostly nothing.
  public let salt: ArraySlice<UInt8>

  /// The parameters, if the data are an NSEC3PARAM record's.
  public init?(_ data: RecordData) {
    guard data.type == .nsec3param else { return nil }
    var reader = RecordDataReader(data.octets, escapes: .decimal)
    guard let parameters = try? Self.read(&reader).parameters else { return nil }
    self = parameters
  }

  private init(algorithm: UInt8, iterations: UInt16, salt: ArraySlice<UInt8>) {
    self.algorithm = algorithm
    self.iterations = iterations
    self.salt = salt
  }

  fileprivate static func read(
    _ reader: inout RecordDataReader
  ) throws -> (parameters: NSEC3Parameters, flags: UInt8) {
    let algorithm = try reader.octet()
    let flags = try reader.octet()
    let iterations = UInt16(try reader.number(2))
    let salt = try reader.octets(Int(try reader.octet()))
    return (NSEC3Parameters(algorithm: algorithm, iterations: iterations, salt: salt), flags)
  }
}

extension RecordDataReader {
  /// Reads a type bitmap to the end of the data (RFC 4034 section 4.1.2).
  fileprivate mutating func typeBitmap() throws -> [RecordType] {
    var types: [RecordType] = []
    while !isAtEnd {
      let window = UInt16(try octet()) << 8
      let bits = try octets(Int(try octet()))
      for (place, octet) in bits.enumerated() {
        for bit in 0..<8 where octet & (0x80 >> UInt8(bit)) != 0 {
          types.append(RecordType(rawValue: window | UInt16((place * 8 + bit) & 0xFF)))
        }
      }
    }
    return types
  }
}
