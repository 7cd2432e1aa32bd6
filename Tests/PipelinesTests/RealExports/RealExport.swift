import Agreements
import Calculation
import Importing
import Logging
import Pipelines
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

#if canImport(Glibc)
  import Glibc
#endif

/// A real export, read by the tool's own loaders once for all calculations made from it.
///
/// Rule files are written to a folder of the test's own, as a user would write them.
struct RealExport {
  static var arePresent: Bool { access(SharedData.folder + "/README.md", R_OK) == 0 }

  let loaded: TicketLoader.Loaded

  /// Imports files below the shared folder.
  ///
  /// - Parameters:
  ///   - mapping: The text of a mapping file.
  ///   - source: In place of the mapping's own, where two files are to be compared.
  init(
    _ files: [String], mapping: String, source: String? = nil, wanted: Set<String>? = nil
  ) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(mapping.utf8), to: "mapping.yml")
    let files = files.map { $0.hasPrefix("/") ? $0 : SharedData.folder + "/" + $0 }
    let loader = TicketLoader(
      rules: RuleLibrary(zoneFolder: Self.zoneFolder), surroundings: Self.surroundings)
    loaded = try loader.load(
      .files([ImportOrder(files: files, mapping: path, source: source)]), wanted: wanted)
  }

  /// Imports a file by a built-in mapping with its zone set, which is all that a user edits.
  init(
    _ file: String, preset: String, zone: String? = nil, source: String? = nil,
    wanted: Set<String>? = nil
  ) throws {
    var text = try #require(Presets.named(preset)?.yaml)
    if let zone { text += "zone: \(zone)\n" }
    try self.init([file], mapping: text, source: source, wanted: wanted)
  }

  /// Writes the tickets as `import -o` does and reads them again by the mapping it names.
  func roundTrip(wanted: Set<String>? = nil) throws -> RealExport {
    let folder = try TemporaryFolder()
    let table = try table
    var writer = TicketWriter(table)
    var bytes: [UInt8] = []
    writer.write { bytes += $0 }
    let path = try folder.write(bytes, to: "tickets.csv")
    return try RealExport(path, preset: writer.mappingName, source: table.source, wanted: wanted)
  }

  var outcome: ImportOutcome {
    get throws { try #require(loaded.outcomes.first) }
  }

  var table: TicketTable {
    get throws { try #require(loaded.tables.first) }
  }
}

extension RealExport {
  /// Makes a calculator for the text of an agreement file.
  func calculator(
    _ agreement: String, asOf: String, period: String = "all", by: [String] = [], traces: Int = 0
  ) throws -> Calculator {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array(agreement.utf8), to: "agreement.yml")
    let agreements = try RuleLibrary(zoneFolder: Self.zoneFolder).agreements([path])
    let request = CalculationRequest(
      tables: loaded.tables, agreements: agreements, asOf: try #require(Instant(iso: asOf)),
      period: period, by: by, collectsPromises: true, tracesPerCustomer: traces)
    return Calculator(request)
  }

  func results(
    _ agreement: String, asOf: String, period: String = "all", by: [String] = [], traces: Int = 0
  ) throws -> CalculationResults {
    try calculator(agreement, asOf: asOf, period: period, by: by, traces: traces).results()
  }

  /// The results of several agreement files.
  func results(files: [String], asOf: String) throws -> CalculationResults {
    let agreements = try RuleLibrary(zoneFolder: Self.zoneFolder).agreements(files)
    let request = CalculationRequest(
      tables: loaded.tables, agreements: agreements, asOf: try #require(Instant(iso: asOf)),
      period: "all", collectsPromises: true)
    return try Calculator(request).results()
  }

  static let zoneFolder = "/usr/share/zoneinfo"

  private static var surroundings: Surroundings {
    Surroundings(
      now: Instant(seconds: 1_800_000_000), zoneFolder: zoneFolder,
      log: Logger(label: "real") { _ in SwiftLogNoOpLogHandler() }, output: { _ in },
      say: { _ in }, progress: { _, _ in }, isInteractive: false, usesColour: false)
  }
}

extension TicketTable {
  /// The values of a field by ticket id, as last exported.
  func values(of field: String) throws -> [String: String] {
    let column = fields[try #require(fieldIndex(field), "no field \(field)")]
    var values: [String: String] = [:]
    for ticket in 0..<count { values[ids[ticket]] = column.dictionary[column.codes[ticket]] }
    return values
  }

  /// The whole numbers of a field by ticket id; tickets without one are left out.
  func numbers(of field: String) throws -> [String: Int64] {
    try values(of: field).compactMapValues { Int64($0) }
  }

  /// An instant by ticket id, in seconds since 1970; tickets without it are left out.
  func instants(of moment: String) throws -> [String: Int64] {
    let index = try #require(momentIndex(moment), "no instant \(moment)")
    var instants: [String: Int64] = [:]
    for ticket in 0..<count { instants[ids[ticket]] = moments[index][ticket]?.seconds }
    return instants
  }
}

extension CalculationResults {
  /// How many promises have each verdict, by tier.
  func verdicts() -> [String: [Verdict: Int]] {
    var counts: [String: [Verdict: Int]] = [:]
    for promise in promises { counts[promise.tier, default: [:]][promise.verdict, default: 0] += 1 }
    return counts
  }

  func counts(of clock: String = "resolution") -> [Verdict: Int] {
    var counts: [Verdict: Int] = [:]
    for promise in promises where promise.clock == clock {
      counts[promise.verdict, default: 0] += 1
    }
    return counts
  }

  /// The buckets of the run and the agreement tie out, whatever is in them.
  func checkLedgers(sourceLocation: SourceLocation = #_sourceLocation) throws {
    for ledger in self.ledgers where ledger.customer.isEmpty {
      let rows = Dictionary(uniqueKeysWithValues: ledger.rows.map { ($0.name, $0.count) })
      if ledger.agreement.isEmpty {
        let read = try #require(rows["read"], sourceLocation: sourceLocation)
        let sum = rows.reduce(0) { $0 + ($1.key == "read" ? 0 : $1.value) }
        #expect(read == sum, sourceLocation: sourceLocation)
      } else {
        let tickets = self.ledgers[0].rows.first { $0.name == "tickets" }?.count
        let sum = ledger.tickets.reduce(0) { $0 + $1.count }
        #expect(sum == tickets, sourceLocation: sourceLocation)
        let promised = ledger.promises.reduce(0) { $0 + $1.count }
        #expect(promised == promises.count, sourceLocation: sourceLocation)
      }
    }
  }

  /// The promises without the places of their rows, which another file cannot share.
  var promisesWithoutPlaces: [PromiseRow] {
    promises.map { promise in
      var promise = promise
      (promise.file, promise.line) = (0, 0)
      return promise
    }
  }
}

/// A folder that is removed with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/attain-real-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    path = try #require(made)
  }

  /// Returns the path of the file.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = path + "/" + name
    let handle = try #require(fopen(file, "wb"))
    let count = fwrite(bytes, 1, bytes.count, handle)
    try #require(fclose(handle) == 0 && count == bytes.count)
    return file
  }

  deinit {
    for name in ["mapping.yml", "agreement.yml", "tickets.csv"] { unlink(path + "/" + name) }
    rmdir(path)
  }
}
