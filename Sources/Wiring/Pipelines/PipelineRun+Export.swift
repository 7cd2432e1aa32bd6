import Files
import FoundationEssentials
import Importing
import Logging
package import Results

extension PipelineRun {
  /// Makes the packs of a stage, or leaves those that are as they should be.
  func export(
    _ results: CalculationResults, stage: PipelineFile.ExportStage, _ book: RunBook
  ) throws(CommandFailure) {
    let writer = PackWriter(results: results, rules: rules)
    for agreement in results.agreements {
      for customer in results.customers(of: agreement.name) {
        let folder = Self.folder(
          target(stage), period: agreement.period, agreement: agreement.name, customer: customer)
        let delivery = try writer.write(
          agreement: agreement.name, customer: customer, formats: stage.formats, to: folder,
          rewrites: options.rewrites)
        let missed = results.missedTargets(agreement: agreement, customer: customer)
        book.note(
          RunRecord.Pack(
            agreement: agreement.name, customer: customer, folder: folder, missedTargets: missed,
            isMade: delivery.isMade, reason: delivery.reason, files: delivery.files))
        surroundings.log.info("\(folder): \(delivery.reason)")
      }
    }
  }

  func target(_ stage: PipelineFile.ExportStage) -> String {
    guard let out = options.out else { return stage.to }
    let root = root(of: stage.to)
    return out + stage.to.dropFirst(root.count)
  }

  /// The folders of a path before the first that depends on the pack.
  func root(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let fixed = parts.prefix { !$0.contains("{") }.joined(separator: "/")
    return fixed.isEmpty ? "." : fixed
  }

  /// Fills in a path; each name is made safe, so that none leaves the folder.
  static func folder(_ pattern: String, period: String, agreement: String, customer: String)
    -> String
  {
    pattern.split(separator: "/", omittingEmptySubsequences: false).map { part in
      guard part.contains("{") else { return String(part) }
      let filled =
        part
        .replacing("{period}", with: period).replacing("{agreement}", with: agreement)
        .replacing("{customer}", with: customer)
      return PathName.safe(String(filled))
    }.joined(separator: "/")
  }

  /// What came in, beside the run's own record.
  private struct ImportReports: Encodable {
    let format = ImportReport.format
    let imports: [ImportReport]
  }

  func write(_ reports: [ImportReport]) throws(CommandFailure) {
    guard let stage = pipeline.exports.first, !reports.isEmpty else { return }
    let path = root(of: target(stage)) + "/import-report.json"
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      let bytes = Array(try encoder.encode(ImportReports(imports: reports))) + [UInt8(ascii: "\n")]
      try AtomicFile.write(bytes, to: path, isPrivate: true)
    } catch {
      throw PackWriter.failure(error, at: path)
    }
  }
}

extension CalculationResults {
  /// How many targets of one customer were missed in the reported period.
  package func missedTargets(agreement: AgreementSummary, customer: String? = nil) -> Int {
    let obligations = (obligations ?? []).count { record in
      record.agreement == agreement.name && (customer.map { record.customer == $0 } ?? true)
        && record.period(agreement.period)?.state == .missed
    }
    let period = agreement.periods.first { $0.label == agreement.period }
    guard period?.completeness == .complete else { return obligations }
    return obligations
      + figures.count { row in
        row.agreement == agreement.name && row.period == agreement.period
          && (customer.map { row.customer == $0 } ?? true) && row.isMissed
      }
  }
}

extension FigureRow {
  /// Whether the objective was missed: 100 x met < objective x decided.
  package var isMissed: Bool {
    guard let objective, counts.decided > 0 else { return false }
    return Int64(counts.met) * 100_000_000 < objective * Int64(counts.decided)
  }
}
