/// The fields of a record type as a run reads them, made from the one table of types.
struct FieldProgram: Sendable {
  /// The fields that a run knows how to read. Other forms, and rare spellings of these, are the
  /// reference reader's.
  enum Step: UInt8 {
    case none, uint8, uint16, uint32, ipv4, ipv6, name, string, strings, text, tag, base64, hex,
      recordType, time, typeBitmap, salt, base32Hash
  }

  /// The mnemonic as `OctetWord.key` has it; 0 in a free slot.
  private var key: UInt64 = 0
  private(set) var steps = InlineArray<12, Step>(repeating: .none)
  /// How many steps there are; 0: a run knows only the mnemonic, as in a bit map.
  private(set) var stepCount: UInt8 = 0
  private(set) var type: UInt16 = 0

  private init() {}

  private init?(_ row: RecordSchema) {
    let mnemonic = Array(row.mnemonic.utf8)
    guard mnemonic.count < 8 else { return nil }
    var word: UInt64 = 0
    for octet in mnemonic.reversed() { word = word << 8 | UInt64(octet) }
    key = OctetWord(word).key(mnemonic.count)
    type = row.type.rawValue
    let known = (row.fields ?? []).map { Self.step($0.form) }
    // CDS and CDNSKEY have a spelling of their own for deletion (RFC 8078 section 4), the SOA
    // record settles TTLs: all three are rare.
    guard !known.contains(.none), known.count <= steps.count,
      ![.soa, .cds, .cdnskey].contains(row.type)
    else { return }
    for (index, step) in known.enumerated() { steps[index] = step }
    stepCount = UInt8(known.count)
  }

  private static func step(_ form: RecordFieldForm) -> Step {
    switch form {
    case .uint8, .algorithm, .keyProtocol: .uint8
    case .uint16, .keyFlags: .uint16
    case .uint32, .seconds: .uint32
    case .ipv4: .ipv4
    case .ipv6: .ipv6
    case .name: .name
    case .string: .string
    case .strings: .strings
    case .text: .text
    case .tag: .tag
    case .base64: .base64
    case .hex: .hex
    case .recordType: .recordType
    case .time: .time
    case .typeBitmap: .typeBitmap
    case .salt: .salt
    case .base32Hash: .base32Hash
    default: .none
    }
  }

  /// An open-addressed table by mnemonic; its count is a power of two.
  static let table: [FieldProgram] = {
    var slots = [FieldProgram](repeating: FieldProgram(), count: 1 << slotBitCount)
    for program in RecordSchema.all.compactMap(FieldProgram.init) {
      var slot = slot(of: program.key)
      while slots[slot].key != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = program
    }
    return slots
  }()

  private static let slotBitCount = 9

  @inline(__always)
  private static func slot(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> UInt64(64 - slotBitCount))
  }

  /// The program of the mnemonic with a key; nil if there is none.
  @inline(__always)
  static func find(_ key: UInt64, in table: Span<FieldProgram>) -> FieldProgram? {
    var slot = slot(of: key)
    while true {
      let program = table[slot & (table.count &- 1)]
      if program.key == key { return program.key == 0 ? nil : program }
      if program.key == 0 { return nil }
      slot &+= 1
    }
  }
}
