import CSVReports
import Compression
import Files
import FoundationEssentials
import HTMLReports
package import ReportDocuments
import Reporting
package import Results
import ServiceTime
import XLSXReports

/// Stage 3 as commands use it: one folder for one client, or single files.
package struct PackWriter {
  package let results: CalculationResults
  package let rules: RuleLibrary

  package init(results: CalculationResults, rules: RuleLibrary) {
    self.results = results
    self.rules = rules
  }

  /// The report of one agreement and customer.
  package func document(agreement: String, customer: String) -> ReportDocument {
    PackReporter(
      results: results, agreement: agreement, customer: customer, generator: Tool.name
    ).document()
  }

  /// Writes a pack, or leaves the one that is there if every byte is the same.
  ///
  /// - Returns: The names of its files, sorted.
  @discardableResult
  package func write(
    agreement: String, customer: String, formats: [PipelineFile.Format], to folder: String
  ) throws(CommandFailure) -> [String] {
    let limited = results.limited(to: agreement, customer: customer)
    let writer = PackWriter(results: limited, rules: rules)
    let document = writer.document(agreement: agreement, customer: customer)
    do {
      let exchange = try FolderExchange(folder)
      var files: [PackFile] = []
      func add(_ name: String, _ bytes: [UInt8]) throws {
        try exchange.write(bytes, to: name)
        files.append(PackFile(name: name, bytes: bytes.count, sha256: SHA256Hex.of(bytes)))
      }
      if formats.contains(.html) { try add("index.html", HTMLReport.page(document)) }
      if formats.contains(.xlsx) { files.append(try writer.workbook(document, in: exchange)) }
      if formats.contains(.csv) {
        for sheet in document.dataSheets {
          guard let name = sheet.file else { continue }
          try add("csv/\(name).csv", CSVReport.bytes(sheet, raw: false))
        }
      }
      if formats.contains(.json) { try add("results.json", ResultsFile.bytes(of: limited)) }
      files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      let manifest = Manifest(
        results: limited, agreement: agreement, customer: customer, files: files)
      try exchange.write(manifest.bytes(), to: "manifest.json")
      try exchange.commit()
      return files.map(\.name) + ["manifest.json"]
    } catch {
      throw Self.failure(error, at: folder)
    }
  }

  private func workbook(_ document: ReportDocument, in exchange: FolderExchange) throws
    -> PackFile
  {
    let path = try exchange.place(of: "report.xlsx")
    try Self.writeWorkbook(document, to: path)
    let bytes = try FileTree.bytes(of: path)
    return PackFile(name: "report.xlsx", bytes: bytes.count, sha256: SHA256Hex.of(bytes))
  }

  /// Writes a workbook, with its temporary files in a folder of their own.
  static func writeWorkbook(_ document: ReportDocument, to path: String) throws {
    let temporary = try FileTree.temporaryFolder()
    defer { FileTree.remove(temporary) }
    try XLSXReport.write(
      document, to: path, temporaryFolder: temporary,
      inflate: { try RawDeflate.inflate($0, size: $1) })
  }

  static func failure(_ error: any Error, at path: String) -> CommandFailure {
    if let failure = error as? CommandFailure { return failure }
    if let error = error as? FileError { return CommandFailure(error) }
    return CommandFailure(.cannotWrite, "\(path): error: \(error)")
  }
}

/// One file of a pack with its hash.
package struct PackFile: Codable, Hashable, Sendable {
  package var name: String
  package var bytes: Int
  package var sha256: String

  package init(name: String, bytes: Int, sha256: String) {
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
  }
}

/// What a pack is made of: `manifest.json`, `attain.pack/1`.
package struct Manifest: Codable, Hashable, Sendable {
  package var format = "attain.pack/1"
  package var agreement: String
  package var customer: String
  package var period: String
  package var asOf: String
  package var tool: String
  package var tzdata: String
  /// SHA-256 of every input, sorted; names stay in the run's own record.
  package var inputs: [String]
  package var rules: [RuleRecord]
  package var files: [PackFile]

  init(results: CalculationResults, agreement: String, customer: String, files: [PackFile]) {
    self.agreement = agreement
    self.customer = customer
    period = results.agreements.first?.period ?? ""
    asOf = Instant(seconds: results.asOf).iso
    tool = results.tool
    tzdata = results.tzdata
    inputs = results.inputs.map(\.sha256).sorted()
    rules = results.rules
    self.files = files
  }

  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
