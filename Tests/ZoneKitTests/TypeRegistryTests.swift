import Foundation
import TestSupport
import Testing

@testable import ZoneKit

/// The table of types against other readers' copies of IANA's registry "Resource Record (RR)
/// TYPEs": the file `Tests/facts/rr-types.csv`, libldns, and dnspython where it is installed.
@Suite("Types against the registry")
struct TypeRegistryTests {
  /// Number and mnemonic of each type here, meta types included.
  private static let here: [UInt16: String] = Dictionary(
    uniqueKeysWithValues: RecordSchema.all.map { ($0.type.rawValue, $0.mnemonic) }
      + (0...UInt16.max).lazy.map(RecordType.init(rawValue:)).filter { $0.schema == nil }
      .compactMap { type in RecordSchema.metaMnemonic(of: type).map { (type.rawValue, $0) } })

  /// The types of the file, and whether each is one of questions and messages alone.
  private static func registry() throws -> [(number: UInt16, name: String, isMeta: Bool)] {
    let path = packageRoot + "/Tests/facts/rr-types.csv"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return try text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let fields = line.split(separator: ",")
      return (try #require(UInt16(fields[0])), String(fields[1]), fields.dropFirst(2) == ["meta"])
    }
  }

  @Test func everyTypeOfTheRegistryIsKnown() throws {
    let registry = try Self.registry()
    #expect(
      Dictionary(uniqueKeysWithValues: registry.map { ($0.number, $0.name) }) == Self.here)
    for (number, name, isMeta) in registry {
      let type = RecordType(rawValue: number)
      #expect(type.description == name && RecordType(mnemonic: name) == type)
      #expect(RecordType(mnemonic: name.lowercased()) == type)
      #expect((type.schema == nil) == isMeta && type.isMeta == isMeta, "\(name)")
    }
  }

  @Test func libldnsHasTheSameNames() {
    var count = 0
    for number in 0...UInt16.max {
      guard let name = LDNS.mnemonic(number), !name.hasPrefix("TYPE") else { continue }
      count += 1
      #expect(Self.here[number] == name, "TYPE\(number)")
    }
    #expect(count > 70)
  }

  /// dnspython calls what it lacks, and what is no type, `TYPE` and the number.
  @Test func dnspythonHasTheSameNames() throws {
    let program = """
      import sys
      try:
          import dns.rdatatype
      except ImportError:
          sys.exit(7)
      for type in dns.rdatatype.RdataType:
          print(int(type), dns.rdatatype.to_text(type))
      """
    guard let run = try runPython(["-c", program]), run.status != 7 else {
      print("skipped: dnspython is not installed")
      return
    }
    #expect(run.status == 0, "\(run.output)")
    let lines = run.output.split(separator: "\n").map { $0.split(separator: " ") }
    for line in lines where !line[1].hasPrefix("TYPE") {
      #expect(Self.here[try #require(UInt16(line[0]))] == String(line[1]), "\(line)")
    }
    #expect(lines.count > 70)
  }
}
