import TestSupport
import Testing

@testable import ZoneKit

/// What is printed reads back to the same octets, for every type of the table.
@Suite("Record data round trip")
struct RecordDataRoundTripTests {
  @Test(arguments: SeededGenerator.seeds(20))
  func wellFormedDataReadBack(seed: UInt64) {
    var generator = RecordDataGenerator(seed: seed)
    for schema in RecordSchema.all {
      for _ in 0..<10 {
        let data = RecordData(type: schema.type, octets: generator.wire(schema)[...])
        expectReadsBack(data, escapes: .decimal)
        expectReadsBack(data, escapes: .octal)
        #expect(data.isWellFormed, "\(schema.mnemonic) \(data)")
        if schema.fields != nil {
          let text = data.presentation()
          #expect(!text.hasPrefix("\\#"), "\(schema.mnemonic) has a form of its own: \(text)")
        }
        let generic = data.presentation(generic: true)
        #expect(throws: Never.self) {
          let again = try RecordData(parsing: generic, type: schema.type)
          #expect(again == data)
        }
      }
    }
  }

  private func expectReadsBack(_ data: RecordData, escapes: EscapeForm) {
    let text = data.presentation(escapes: escapes)
    do throws(RecordDataError) {
      let again = try RecordData(parsing: text, type: data.type, origin: .root, escapes: escapes)
      #expect(again == data, "\(data.type) \(text)")
    } catch {
      Issue.record("\(data.type) \(text): \(error)")
    }
  }

  /// Names relative to an origin read back with it.
  @Test(arguments: SeededGenerator.seeds(10))
  func relativeNamesReadBack(seed: UInt64) throws {
    var generator = RecordDataGenerator(seed: seed)
    let origin = try Name(parsing: "Example.com.")
    for schema in RecordSchema.all {
      let data = RecordData(type: schema.type, octets: generator.wire(schema)[...])
      let text = data.presentation(relativeTo: origin)
      #expect(try RecordData(parsing: text, type: data.type, origin: origin) == data)
    }
  }

  /// Any octets at all, such as a server may answer: printing never fails, and what is printed in
  /// the type's own form reads back. Malformed data are printed in generic form, which names their
  /// octets exactly, though a reader refuses them for the type.
  @Test(arguments: SeededGenerator.seeds(40))
  func anyOctetsArePrinted(seed: UInt64) throws {
    var generator = RecordDataGenerator(seed: seed)
    for schema in RecordSchema.all {
      for _ in 0..<20 {
        let octets =
          generator.oneIn(2)
          ? generator.random.octets(generator.number(0...40))
          : generator.random.mutated(generator.wire(schema))
        let data = RecordData(type: schema.type, octets: octets[...])
        let text = data.presentation()
        if data.isWellFormed {
          expectReadsBack(data, escapes: .decimal)
          expectReadsBack(data, escapes: .octal)
        } else {
          #expect(text.hasPrefix("\\# \(octets.count)"), "\(schema.mnemonic) \(text)")
          let unknown = try RecordData(parsing: text, type: RecordType(65_280))
          #expect(Array(unknown.octets) == octets)
        }
        _ = data.canonical
        _ = data.names
      }
    }
  }

  /// Comparing data keeps to RFC 4034 section 6.2: canonical form changes letter case at most.
  @Test(arguments: SeededGenerator.seeds(10))
  func canonicalFormChangesLetterCaseOnly(seed: UInt64) {
    var generator = RecordDataGenerator(seed: seed)
    for schema in RecordSchema.all {
      let data = RecordData(type: schema.type, octets: generator.wire(schema)[...])
      let canonical = data.canonical
      #expect(canonical.canonical == canonical)
      #expect(canonical.octets.map(Name.lowercase) == data.octets.map(Name.lowercase))
    }
  }
}
