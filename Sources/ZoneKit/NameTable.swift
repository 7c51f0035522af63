import CPlatform

/// Numbers of names, found by the names' hashes: an open-addressed table of 4 octets a slot.
///
/// Names are of two kinds, owners and the names between them, and each kind is numbered in the
/// order of entry. A slot holds in its low bits 0 where it is free, the number of an owner plus
/// one, or that of another name, counted from the largest downwards; in the others it holds some
/// of the hash, so that only names that are most likely the same are compared. The names
/// themselves are kept elsewhere.
struct NameTable: Sendable {
  private var slots: [UInt32]
  /// The bits of a slot that hold the number.
  private let numberMask: UInt32
  /// How many owners there are.
  private(set) var ownerCount = 0
  /// How many numbers of other names there are.
  private(set) var otherCount = 0

  /// The number of a name among those of its kind.
  enum Number {
    case owner(Int)
    case other(Int)
  }

  /// An empty table with room for `capacity` names.
  init(capacity: Int) {
    slots = []
    let slotCount = capacity + capacity / 2 + 16
    numberMask = UInt32.max >> UInt32(UInt32(clamping: slotCount).leadingZeroBitCount)
    slots.appendZeros(slotCount)
  }

  /// Whether it has to be larger before so many names are entered.
  func isTooSmall(for more: Int) -> Bool {
    ownerCount + otherCount + more > slots.count - slots.count / 8
  }

  /// The slot where the name with a hash is looked for first.
  @inline(__always)
  private func home(of hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash.multipliedFullWidth(by: UInt64(slots.count)).high)
  }

  /// Asks for the slot where the name with a hash is looked for first. To ask for many ahead of
  /// their use overlaps the waits for memory.
  @inline(__always)
  func prefetch(_ hash: UInt64) {
    let place = home(of: hash)
    unsafe slots.withUnsafeBufferPointer { slots in
      if let base = slots.baseAddress { unsafe cache_prefetch(base + place) }
    }
  }

  /// How many names ahead slots are asked for.
  static let prefetchDistance = 32

  @inline(__always)
  private func isLikely(_ slot: UInt32, _ hash: UInt64) -> Bool {
    (slot ^ UInt32(truncatingIfNeeded: hash)) & ~numberMask == 0
  }

  @inline(__always)
  private func number(in slot: UInt32) -> Number {
    let number = slot & numberMask
    return Int(number) <= ownerCount
      ? .owner(Int(number) &- 1) : .other(Int(numberMask &- number))
  }

  /// Where a name stands, or the free slot in which to enter it.
  struct Place {
    fileprivate var slot: Int
    var number: Number?
  }

  /// Looks for the name with a hash.
  ///
  /// - Parameter isName: whether the name is the one with a number.
  @inline(__always)
  func find(_ hash: UInt64, _ isName: (Number) -> Bool) -> Place {
    let slots = slots.span
    var place = home(of: hash)
    while true {
      let slot = slots[place]
      if slot == 0 { return Place(slot: place) }
      if isLikely(slot, hash) {
        let number = number(in: slot)
        if isName(number) { return Place(slot: place, number: number) }
      }
      place &+= 1
      if place == slots.count { place = 0 }
    }
  }

  /// Enters an owner at its place, which may be that of another name until now; there must be room.
  @inline(__always)
  mutating func enterOwner(_ hash: UInt64, at place: Place) {
    ownerCount &+= 1
    slots[place.slot] =
      UInt32(truncatingIfNeeded: hash) & ~numberMask | UInt32(truncatingIfNeeded: ownerCount)
  }

  /// Enters another name at its place; there must be room.
  @inline(__always)
  mutating func enterOther(_ hash: UInt64, at place: Place) {
    slots[place.slot] =
      UInt32(truncatingIfNeeded: hash) & ~numberMask
      | (numberMask &- UInt32(truncatingIfNeeded: otherCount))
    otherCount &+= 1
  }

  /// Gives the names that are no owners new numbers.
  ///
  /// - Parameters:
  ///   - numbers: for each old number the new one.
  ///   - count: how many new ones there are.
  mutating func renumberOthers(_ numbers: [UInt32], count: Int) {
    for place in slots.indices {
      guard slots[place] != 0, case .other(let number) = number(in: slots[place]) else { continue }
      slots[place] = slots[place] & ~numberMask | (numberMask - numbers[number])
    }
    otherCount = count
  }
}
