import Diagnostics
import TestSupport
import Testing

@testable import ZoneKit

extension ZoneReading {
  /// Reads a text as the zone file `zone` of `example.com`, unless another origin is given.
  init(_ text: String, origin: String? = "example.com.", options: ZoneFileOptions = .init()) {
    self.init(octets: Array(text.utf8), origin: origin, options: options)
  }

  init(octets: [UInt8], origin: String? = "example.com.", options: ZoneFileOptions = .init()) {
    var options = options
    options.origin = origin.flatMap { try? Name(parsing: $0, origin: .root) }
    self = ZoneFileReader.read(SourceFile(name: "zone", octets: octets), options: options)
  }

  /// The records as lines of a zone file, everything absolute.
  var records: [String] { zone.map(\.description) }

  /// The findings of at least a warning as `line:column severity rule`; those that only say what
  /// form the file has are left out.
  var places: [String] {
    findings.filter { $0.severity > .info }.map(\.place)
  }
}

extension Finding {
  /// `line:column severity rule`.
  var place: String {
    let start = location.map { "\($0.start.line):\($0.start.column)" } ?? "-"
    return "\(start) \(severity.rawValue) \(rule)"
  }
}

/// What stands before the records of most texts in these tests.
let head = """
  $TTL 300
  @ IN SOA ns hostmaster 1 3600 600 604800 60

  """

/// The records of `head`.
let headRecords = [
  "example.com. 300 IN SOA ns.example.com. hostmaster.example.com. 1 3600 600 604800 60"
]
