// swift-tools-version: 6.2
// Fuzzers of everything that reads what others wrote. See ../CONTRIBUTING.md.
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
]

/// A fuzzer, which uses these libraries.
func fuzzer(_ name: String, _ libraries: [String]) -> Target {
  .executableTarget(
    name: name,
    dependencies: libraries.map { .product(name: $0, package: "zonecut") },
    swiftSettings: settings)
}

let package = Package(
  name: "Fuzzing",
  dependencies: [.package(name: "zonecut", path: "..")],
  targets: [
    fuzzer("FuzzZoneFile", ["Diagnostics", "ZoneKit", "ZoneLint", "Route53"]),
    fuzzer("FuzzExport", ["Diagnostics", "ZoneKit", "RecordSets", "Route53"]),
    fuzzer("FuzzChangeBatch", ["Diagnostics", "ZoneKit", "Route53"]),
    fuzzer("FuzzMessage", ["Nameservers"]),
    fuzzer("FuzzSettings", ["Diagnostics", "ZoneLint", "Migration"]),
  ],
  swiftLanguageModes: [.v6]
)
