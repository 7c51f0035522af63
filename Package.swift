// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(),
]

let package = Package(
  name: "zonecut",
  products: [
    .executable(name: "zonecut", targets: ["zonecut"]),
    .library(name: "Diagnostics", targets: ["Diagnostics"]),
    .library(name: "ZoneKit", targets: ["ZoneKit"]),
    .library(name: "RecordSets", targets: ["RecordSets"]),
    .library(name: "Route53", targets: ["Route53"]),
    .library(name: "ZoneLint", targets: ["ZoneLint"]),
    .library(name: "Propagation", targets: ["Propagation"]),
    .library(name: "Nameservers", targets: ["Nameservers"]),
    .library(name: "Migration", targets: ["Migration"]),
  ],
  dependencies: [
    // The command line: options, help, completions.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // Runs the aws command: spawning, time limits and teardown of a child process.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    // The file descriptors that swift-subprocess takes.
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    // YAML as the AWS CLI writes it: exports, templates.
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
    // Templates with which a team writes its own form of the runbook.
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    // DER as public keys are written: DKIM.
    .package(url: "https://github.com/apple/swift-asn1", from: "1.3.0"),
  ],
  targets: [
    // libldns: messages, signatures and digests; an oracle for record data in tests.
    .systemLibrary(
      name: "CLDNS", pkgConfig: "ldns",
      providers: [.apt(["libldns-dev"]), .brew(["ldns"])]),
    // renameat2, to replace a directory in one step; sendmmsg and recvmmsg; sched_getaffinity;
    // prefetching.
    .target(name: "CPlatform"),
    .target(name: "Diagnostics", swiftSettings: settings),
    .target(name: "ZoneKit", dependencies: ["Diagnostics", "CPlatform"], swiftSettings: settings),
    .target(name: "RecordSets", dependencies: ["ZoneKit", "Diagnostics"], swiftSettings: settings),
    .target(
      name: "Route53",
      dependencies: [
        "RecordSets", "ZoneKit", "Diagnostics", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .target(
      name: "ZoneLint",
      dependencies: [
        "Diagnostics", "ZoneKit", "RecordSets", "Route53", "CLDNS",
        .product(name: "SwiftASN1", package: "swift-asn1"),
      ],
      swiftSettings: settings),
    .target(name: "Propagation", dependencies: ["Diagnostics"], swiftSettings: settings),
    .target(
      name: "Nameservers",
      dependencies: ["Diagnostics", "ZoneKit", "RecordSets", "CLDNS", "CPlatform"],
      swiftSettings: settings),
    .target(
      name: "Runbook",
      dependencies: [
        "Diagnostics", "ZoneKit", "Propagation", "RecordSets", "Route53",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      // The page's style sheet and scripts, in the program itself: it is one file wherever it goes.
      resources: ["page.css", "clock.js", "run.js", "timeline.js", "transfer.js", "controls.js"]
        .map { .embedInCode("Page/\($0)") },
      swiftSettings: settings),
    .target(
      name: "Migration",
      dependencies: [
        "Diagnostics", "ZoneKit", "RecordSets", "Route53", "ZoneLint", "Propagation", "Runbook",
        "CPlatform", .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .target(
      name: "ZonecutCommands",
      dependencies: [
        "Diagnostics", "ZoneKit", "RecordSets", "Route53", "ZoneLint", "Propagation", "Runbook",
        "Migration", "Nameservers",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "zonecut", dependencies: ["ZonecutCommands"], swiftSettings: settings),
    // Loads a zone and no more: what Scripts/benchmark measures.
    .executableTarget(
      name: "zoneload", dependencies: ["ZoneKit", "Diagnostics"], swiftSettings: settings),

    // What Scripts/benchmark --queries measures.
    .executableTarget(
      name: "query-benchmark", dependencies: ["Nameservers", "ZoneKit"],
      path: "Tests/QueryBenchmark", swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["Diagnostics"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .testTarget(
      name: "DiagnosticsTests",
      dependencies: ["Diagnostics", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "ZoneKitTests",
      dependencies: ["ZoneKit", "CLDNS", "Nameservers", "TestSupport", "Diagnostics"],
      swiftSettings: settings),
    .testTarget(
      name: "RecordSetsTests",
      dependencies: ["RecordSets", "TestSupport", "ZoneKit", "Diagnostics"],
      swiftSettings: settings),
    .testTarget(
      name: "Route53Tests",
      dependencies: ["Route53", "TestSupport", "RecordSets", "ZoneKit", "Diagnostics"],
      swiftSettings: settings),
    .testTarget(
      name: "ZoneLintTests",
      dependencies: ["ZoneLint", "TestSupport", "Route53", "RecordSets", "ZoneKit", "Diagnostics"],
      swiftSettings: settings),
    .testTarget(
      name: "PropagationTests",
      dependencies: ["Propagation", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "NameserversTests",
      dependencies: [
        "Nameservers", "TestSupport", "Route53", "RecordSets", "ZoneKit", "Diagnostics", "CLDNS",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "RunbookTests",
      dependencies: [
        "Runbook", "TestSupport", "Propagation", "Route53", "RecordSets", "ZoneKit", "Diagnostics",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "MigrationTests",
      dependencies: [
        "Migration", "TestSupport", "Runbook", "ZoneLint", "Propagation", "Route53", "RecordSets",
        "ZoneKit", "Diagnostics",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "ZonecutCommandsTests",
      dependencies: [
        "ZonecutCommands", "TestSupport", "Migration", "ZoneLint", "Propagation", "Route53",
        "Nameservers", "ZoneKit", "Diagnostics",
      ],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
