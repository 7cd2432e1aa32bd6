import CSVReports
import Compression
import Files
import HTMLReports
package import ReportDocuments
import Reporting
package import Results
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

  /// What became of a pack.
  package struct Delivery: Hashable, Sendable {
    /// Whether it was written; the one that is there is left if it is what would be written.
    package var isMade: Bool
    /// Why it was made or left.
    package var reason: String
    /// The files it now has, the manifest among them, sorted by name.
    package var files: [PackFile]
  }

  /// Writes a pack, or leaves the one that is there if it is what would be written.
  ///
  /// - Parameter rewrites: Whether every pack is written.
  @discardableResult
  package func write(
    agreement: String, customer: String, formats: [PipelineFile.Format], to folder: String,
    rewrites: Bool = false
  ) throws(CommandFailure) -> Delivery {
    let limited = results.limited(to: agreement, customer: customer)
    do {
      var manifest = try Manifest(
        limited: limited, agreement: agreement, customer: customer, formats: formats)
      let change = PackChange(new: manifest, inputs: results.inputs)
      guard let reason = change.reason(in: folder) ?? (rewrites ? "asked for" : nil) else {
        FileTree.clearLeftovers(of: folder)
        let files = Manifest.read(in: folder)?.files ?? []
        return try Self.delivery(
          isMade: false, change.reasonToLeave(folder), files, in: folder)
      }
      let writer = PackWriter(results: limited, rules: rules)
      let exchange = try FolderExchange(folder)
      manifest.files = try writer.fill(
        exchange, agreement: agreement, customer: customer, formats: formats)
      try exchange.write(manifest.bytes(), to: Manifest.name)
      try exchange.commit()
      return try Self.delivery(isMade: true, "made: \(reason)", manifest.files, in: folder)
    } catch {
      throw Self.failure(error, at: folder)
    }
  }

  private static func delivery(
    isMade: Bool, _ reason: String, _ files: [PackFile], in folder: String
  ) throws -> Delivery {
    let bytes = try FileTree.bytes(of: "\(folder)/\(Manifest.name)")
    let manifest = PackFile(name: Manifest.name, bytes: bytes.count, sha256: SHA256Hex.of(bytes))
    let all = (files + [manifest]).sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return Delivery(isMade: isMade, reason: reason, files: all)
  }

  /// Writes every file but the manifest; sorted by name.
  private func fill(
    _ exchange: FolderExchange, agreement: String, customer: String,
    formats: [PipelineFile.Format]
  ) throws -> [PackFile] {
    let document = document(agreement: agreement, customer: customer)
    var files: [PackFile] = []
    func add(_ name: String, _ bytes: [UInt8]) throws {
      try exchange.write(bytes, to: name)
      files.append(PackFile(name: name, bytes: bytes.count, sha256: SHA256Hex.of(bytes)))
    }
    if formats.contains(.html) { try add("index.html", HTMLReport.page(document)) }
    if formats.contains(.xlsx) { files.append(try workbook(document, in: exchange)) }
    if formats.contains(.csv) {
      for sheet in document.dataSheets {
        guard let name = sheet.file else { continue }
        try add("csv/\(name).csv", CSVReport.bytes(sheet, raw: false))
      }
    }
    if formats.contains(.pdf) {
      try add("report.pdf", PagePrinter().pdf(of: document, at: "report.pdf"))
    }
    if formats.contains(.json) { try add("results.json", ResultsFile.bytes(of: results)) }
    return files.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
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
    let temporary = try TemporaryFolder()
    // libxlsxwriter would put its files elsewhere if the folder were gone.
    try Interruption.completing {
      try XLSXReport.write(
        document, to: path, temporaryFolder: temporary.path,
        inflate: { try RawDeflate.inflate($0, size: $1) })
    }
    withExtendedLifetime(temporary) {}
  }

  static func failure(_ error: any Error, at path: String) -> CommandFailure {
    if let failure = error as? CommandFailure { return failure }
    if let error = error as? FileError { return CommandFailure(error) }
    return CommandFailure(.cannotWrite, "\(path): error: \(error)")
  }
}
