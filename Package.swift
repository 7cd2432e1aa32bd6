// swift-tools-version: 6.2

import PackageDescription

/// The same strict settings for every target, so that none is laxer than another.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A module of the house: `layer` is its folder, and `uses` are the arrows that leave it.
func module(
  _ name: String, in layer: String, uses: [Target.Dependency] = [], resources: [Resource]? = nil
) -> Target {
  .target(
    name: name, dependencies: uses, path: "Sources/\(layer)/\(name)", resources: resources,
    swiftSettings: strict)
}

func library(_ name: String, pkgConfig: String? = nil) -> Target {
  .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig)
}

func tests(_ name: String, uses: [Target.Dependency], besides: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: uses + ["TestSupport"], path: "Tests/\(name)Tests",
    exclude: besides, swiftSettings: strict)
}

let package = Package(
  name: "attain",
  products: [.executable(name: "attain", targets: ["attain"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    library("CLibCSV"),
    library("CLibXlsxWriter", pkgConfig: "xlsxwriter"),
    library("CLibICal", pkgConfig: "libical"),
    library("CZlib", pkgConfig: "zlib"),
    library("CPlatform"),
    library("CIconv"),

    module("CSVRecords", in: "Wrappers", uses: ["CIconv", "CLibCSV"]),
    module("Workbooks", in: "Wrappers", uses: ["CLibXlsxWriter"]),
    module("Compression", in: "Wrappers", uses: ["CZlib"]),
    module("HolidayFeeds", in: "Wrappers", uses: ["CLibICal"]),
    module("LocatedYAML", in: "Wrappers", uses: [.product(name: "Yams", package: "Yams")]),
    module(
      "Files", in: "Wrappers",
      uses: ["CPlatform", "Compression", .product(name: "Crypto", package: "swift-crypto")]),

    module("Messages", in: "Model"),
    module("ServiceTime", in: "Model"),
    module("Tickets", in: "Model", uses: ["ServiceTime"]),
    module(
      "Agreements", in: "Model",
      uses: ["CSVRecords", "LocatedYAML", "Messages", "ServiceTime", "Tickets"]),
    module("Results", in: "Model", uses: ["ServiceTime"]),
    module("ReportDocuments", in: "Model"),

    module(
      "Importing", in: "Stages",
      uses: ["CSVRecords", "LocatedYAML", "Messages", "ServiceTime", "Tickets"]),
    module(
      "Calculation", in: "Stages",
      uses: ["Agreements", "Messages", "Results", "ServiceTime", "Tickets"]),
    module("Reporting", in: "Stages", uses: ["ReportDocuments", "Results", "ServiceTime"]),
    module("CSVReports", in: "Stages", uses: ["CSVRecords", "ReportDocuments"]),
    module(
      "HTMLReports", in: "Stages",
      uses: [
        "ReportDocuments", .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    module("XLSXReports", in: "Stages", uses: ["ReportDocuments", "Workbooks"]),

    module(
      "Workspace", in: "Wiring",
      uses: [
        "Importing", "Messages", "Results", "ServiceTime", "Tickets",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    module(
      "Pipelines", in: "Wiring",
      uses: [
        "Agreements", "CSVReports", "Calculation", "Files", "HTMLReports", "HolidayFeeds",
        "Importing", "LocatedYAML", "Messages", "ReportDocuments", "Reporting", "Results",
        "ServiceTime", "Tickets", "Workspace", "XLSXReports",
        .product(name: "Logging", package: "swift-log"),
      ]),
    module(
      "AttainCommands", in: "Wiring",
      uses: [
        "Files", "Messages", "Pipelines", "ServiceTime",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .executableTarget(
      name: "attain",
      dependencies: [
        "AttainCommands", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Wiring/attain", swiftSettings: strict),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests("CSVRecords", uses: ["CSVRecords"]),
    tests("Workbooks", uses: ["Workbooks"]),
    tests("Files", uses: ["Files", "Compression"]),
    tests("HolidayFeeds", uses: ["HolidayFeeds"]),
    tests("LocatedYAML", uses: ["LocatedYAML"]),
    tests("ServiceTime", uses: ["ServiceTime"]),
    tests("Agreements", uses: ["Agreements", "LocatedYAML", "Messages", "ServiceTime", "Tickets"]),
    tests(
      "Importing",
      uses: ["Importing", "Compression", "LocatedYAML", "Messages", "ServiceTime", "Tickets"]),
    tests(
      "Calculation",
      uses: ["Calculation", "Agreements", "Messages", "Results", "ServiceTime", "Tickets"]),
    tests("Reporting", uses: ["Reporting", "ReportDocuments", "Results", "ServiceTime"]),
    tests("CSVReports", uses: ["CSVReports", "ReportDocuments"]),
    tests("HTMLReports", uses: ["HTMLReports", "ReportDocuments"]),
    tests("XLSXReports", uses: ["XLSXReports", "ReportDocuments", "Workbooks"]),
    tests(
      "Pipelines",
      uses: [
        "Pipelines", "Agreements", "Calculation", "Importing", "Messages", "Results",
        "ServiceTime", "Tickets", .product(name: "Logging", package: "swift-log"),
      ]),
    tests(
      "Workspace",
      uses: ["Workspace", "Importing", "Messages", "Results", "ServiceTime", "Tickets"],
      besides: ["Fixtures"]),
    tests(
      "Attain",
      uses: [
        "attain", "Agreements", "Importing", "Messages", "Pipelines", "Results", "ServiceTime",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Yams", package: "Yams"),
      ]),
  ]
)

/// What reads hostile bytes, and how libFuzzer or a test gives it some.
let fuzzed: [Target.Dependency] = [
  "Agreements", "CSVRecords", "HolidayFeeds", "Importing", "Messages", "ServiceTime", "Tickets",
]
let besidesFuzzing = ["corpus", "dictionaries", "run"]
// Fuzzing/run sets it; else the same targets are a test that reads the corpus.
if Context.environment["ATTAIN_FUZZ"] == "1" {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: fuzzed, path: "Fuzzing", exclude: besidesFuzzing + ["Tests"],
      sources: ["Driver", "Targets"], swiftSettings: strict))
} else {
  package.targets.append(
    .testTarget(
      name: "FuzzingTests", dependencies: fuzzed, path: "Fuzzing",
      exclude: besidesFuzzing + ["Driver"], sources: ["Targets", "Tests"], swiftSettings: strict))
}
