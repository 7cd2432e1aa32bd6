import CSVReports
import Files
import HTMLReports
import ReportDocuments
import Reporting
package import Results

/// What `attain export` writes.
package enum ExportKind: String, CaseIterable, Sendable {
  case html, xlsx, csv, json, pdf, pack
}

/// Stage 3 on its own.
package struct ExportJob {
  let kind: ExportKind
  let output: String
  let rules: RuleLibrary
  let print: ([UInt8]) -> Void

  /// - Parameter print: Takes what goes to standard output, where `output` is `-`.
  package init(
    kind: ExportKind, output: String, rules: RuleLibrary, print: @escaping ([UInt8]) -> Void
  ) {
    self.kind = kind
    self.output = output
    self.rules = rules
    self.print = print
  }

  /// Results in a file hold one period, which cannot be changed any more.
  package static func check(
    _ results: CalculationResults, file: String, period: String?
  ) throws(CommandFailure) {
    let others = results.agreements.map(\.period).filter { $0 != period }
    guard let period, let other = others.first else { return }
    throw CommandFailure(
      .usage,
      """
      --period: error: \(file) holds the report of \(other), not of \(period); calculate \
      that one from the exports
      """)
  }

  /// Is told of each pack that was written, or left as it should be.
  typealias PackDone =
    (_ agreement: String, _ customer: String, _ folder: String) throws(CommandFailure) -> Void

  package func run(_ results: CalculationResults) throws(CommandFailure) {
    try run(results) { _, _, _ in }
  }

  /// Writes one report, or one per agreement and customer into the folder `output`.
  func run(_ results: CalculationResults, done: PackDone) throws(CommandFailure) {
    if output == "-", kind != .html, kind != .json {
      throw CommandFailure(
        .usage, "--output: error: standard output takes html or json; give a path for \(kind)")
    }
    switch kind {
    case .json: try write(Self.bytes { try ResultsFile.bytes(of: results) }, to: output)
    case .csv: try csv(results)
    case .pdf:
      try PagePrinter.ready(for: output)
      try reports(results, done)
    case .html, .xlsx, .pack: try reports(results, done)
    }
  }

  private func csv(_ results: CalculationResults) throws(CommandFailure) {
    var sheets = [
      Reporting.attainmentSheet(results), Reporting.ticketsSheet(results),
      Reporting.ledgerSheet(results),
    ]
    sheets += Reporting.exclusionSheets(results) + Reporting.reconciliationSheets(results)
    sheets += Reporting.obligationSheets(results)
    sheets += Reporting.serviceChangeSheets(results)
    if let actions = Reporting.actionsSheet(results) { sheets.append(actions) }
    if let credits = Reporting.creditsSheet(results) { sheets.append(credits) }
    for sheet in sheets {
      guard let name = sheet.file else { continue }
      try write(CSVReport.bytes(sheet, raw: false), to: "\(output)/\(name).csv")
    }
  }

  private func reports(
    _ results: CalculationResults, _ done: PackDone
  ) throws(CommandFailure) {
    let parts = results.agreements.flatMap { agreement in
      results.customers(of: agreement.name).map { (agreement: agreement.name, customer: $0) }
    }
    guard !parts.isEmpty else {
      throw CommandFailure(
        .badData, "\(output): error: no ticket belongs to the agreement, so there is no report")
    }
    if output == "-", parts.count > 1 {
      throw CommandFailure(
        .usage,
        "--output: error: there are \(parts.count) customers, each with a report; give a folder")
    }
    for part in parts {
      let name = parts.count == 1 ? "" : "/" + safeName(part, of: results)
      try report(results, agreement: part.agreement, customer: part.customer, suffix: name)
      try done(part.agreement, part.customer, output + name)
    }
  }

  private func safeName(
    _ part: (agreement: String, customer: String), of results: CalculationResults
  ) -> String {
    let customer = PathName.safe(part.customer)
    return results.agreements.count == 1
      ? customer : PathName.safe(part.agreement) + "/" + customer
  }

  private func report(
    _ results: CalculationResults, agreement: String, customer: String, suffix: String
  ) throws(CommandFailure) {
    let writer = PackWriter(results: results, rules: rules)
    switch kind {
    case .pack:
      try writer.write(
        agreement: agreement, customer: customer, formats: PipelineFile.Format.usual,
        to: output + suffix)
    case .html:
      let document = writer.document(agreement: agreement, customer: customer)
      let path = suffix.isEmpty ? output : output + suffix + ".html"
      try write(Self.bytes { try HTMLReport.page(document) }, to: path)
    case .pdf:
      let document = writer.document(agreement: agreement, customer: customer)
      let path = suffix.isEmpty ? output : output + suffix + ".pdf"
      try write(PagePrinter().pdf(of: document, at: path), to: path)
    case .xlsx:
      let document = writer.document(agreement: agreement, customer: customer)
      let path = suffix.isEmpty ? output : output + suffix + ".xlsx"
      do {
        try AtomicFile.replace(path) { try PackWriter.writeWorkbook(document, to: $0) }
      } catch {
        throw PackWriter.failure(error, at: path)
      }
    case .csv, .json: break
    }
  }

  private static func bytes(_ make: () throws -> [UInt8]) throws(CommandFailure) -> [UInt8] {
    do {
      return try make()
    } catch {
      throw CommandFailure(.bug, "the report cannot be made: \(error)")
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
    guard path != "-" else {
      print(bytes)
      return
    }
    do {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw PackWriter.failure(error, at: path)
    }
  }
}
