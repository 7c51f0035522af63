/// Numbers of names, found by the names' hashes: an open-addressed table of 4 octets a slot.
///
/// A slot holds a number plus one in its low bits, 0 where it is free, and in the others some of
/// the hash, so that only names that are most likely the same are compared. The names themselves
/// are the owner's.
struct NameTable: Sendable {
  private var slots: [UInt32]
  /// The bits of a slot that hold the number.
  private let numberMask: UInt32
  /// How many numbers there are.
  private(set) var count = 0

  /// An empty table with room for `capacity` names.
  init(capacity: Int) {
    slots = []
    let slotCount = capacity + capacity / 2 + 16
    numberMask = UInt32.max >> UInt32(UInt32(clamping: slotCount).leadingZeroBitCount)
    slots.reserveRoom(slotCount)
    slots.append(contentsOf: repeatElement(0, count: slotCount))
  }

  /// Whether it has to make room before the next name.
  var isFull: Bool { count >= slots.count - slots.count / 8 }

  /// The slot where the name with a hash is looked for first.
  @inline(__always)
  private func home(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(slots.count)).high)
  }

  /// What stands in the slot where the name with a hash is looked for first. To ask for many ahead
  /// of their use overlaps the waits for memory.
  @inline(__always)
  func first(for hash: UInt64) -> UInt32 { slots[home(of: hash)] }

  /// The number in a slot, if it may be that of a name with a hash.
  @inline(__always)
  func number(in slot: UInt32, for hash: UInt64) -> UInt32? {
    let number = slot & numberMask
    guard number != 0, (slot ^ UInt32(truncatingIfNeeded: hash)) & ~numberMask == 0 else {
      return nil
    }
    return number &- 1
  }

  /// The number of a name with a hash, if it is there.
  ///
  /// - Parameter isName: whether the name is the one with a number.
  @inline(__always)
  func find(_ hash: UInt64, _ isName: (UInt32) -> Bool) -> UInt32? {
    var place = home(of: hash)
    while slots[place] != 0 {
      if let number = number(in: slots[place], for: hash), isName(number) { return number }
      place &+= 1
      if place == slots.count { place = 0 }
    }
    return nil
  }

  /// Enters a name that is not there, with the next number; there must be room.
  @inline(__always)
  mutating func insert(_ hash: UInt64) {
    var place = home(of: hash)
    while slots[place] != 0 {
      place &+= 1
      if place == slots.count { place = 0 }
    }
    count &+= 1
    slots[place] = UInt32(truncatingIfNeeded: hash) & ~numberMask | UInt32(count)
  }
}
