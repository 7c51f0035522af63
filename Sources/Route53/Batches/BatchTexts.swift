import Diagnostics

/// What the files of a batch and of the one that undoes it hold.
public struct BatchTexts: Sendable, Hashable {
  /// The octets of the batch's file.
  public let batch: [UInt8]
  /// The octets of the rollback's file.
  public let rollback: [UInt8]
  /// The SHA-256 of the batch's file, in hexadecimal.
  public let batchSHA256: String
  /// The same of the rollback's file.
  public let rollbackSHA256: String

  /// Writes both. A set that is created by the one and deleted by the other is written once.
  init(_ planned: PlannedBatch) {
    var places: [Range<Int>] = []
    let changes = planned.batch.changes
    places.reserveCapacity(changes.count)
    let octets = planned.batch.octets { writer, index in
      let start = writer.octets.count
      changes[index].set.write(to: &writer)
      places.append(start..<writer.octets.count)
    }
    batch = octets
    let undoing = planned.rollback.changes
    rollback = planned.rollback.octets { writer, index in
      let undone = changes.count - 1 - index
      if undone >= 0, undoing[index].set.isIdentical(to: changes[undone].set) {
        writer.write(written: octets[places[undone]])
      } else {
        undoing[index].set.write(to: &writer)
      }
    }
    batchSHA256 = SHA256.hex(of: batch)
    rollbackSHA256 = SHA256.hex(of: rollback)
  }
}
