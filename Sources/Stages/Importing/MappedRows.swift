package import Messages
import ServiceTime
package import Tickets

/// Takes the rows of an import one by one, as the mapping reads them.
package protocol MappedRowTaker: AnyObject {
  /// Rows of this layout follow; what was taken before is void, because the reading began again.
  func begin(_ layout: MappedLayout) throws
  /// Takes the next row; its values are gone with the next.
  func take(_ row: MappedRow) throws
}

/// What an import came to that handed its rows on.
package struct MappedImport: Sendable {
  /// Rows that were handed on count as history.
  package let ledger: RowLedger
  package let findings: [Finding]
  package let unlistedFindings: Int
  /// Findings beyond those listed that are rejected rows or warnings.
  package let unlistedProblems: Int
  /// See ``ImportOutcome/settledTimestamps``.
  package let settledTimestamps: [String: String]
}

extension Importer {
  /// Reads all inputs, in byte order of their names, and hands every good row to `taker`.
  ///
  /// Nothing is held but the ids and the distinct values of fields. What is rejected and what is
  /// said is the same as in ``read(_:report:)``.
  ///
  /// - Throws: ``ImportError``, or what `taker` threw first.
  package func mappedRows(
    _ inputs: [ImportInput], to taker: any MappedRowTaker,
    report: @escaping (Int) -> Void = { _ in }
  ) throws -> MappedImport {
    let inputs = inputs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var run = ImportRun(self, inputs, report: report)
    let made = try run.repeated { run throws(ImportRun.Stop) in try run.mappedRows(to: taker) }
    return try made.get()
  }
}

extension ImportRun {
  fileprivate mutating func mappedRows(
    to taker: any MappedRowTaker
  ) throws(Stop) -> Result<MappedImport, any Error> {
    let plan = try begin()
    let rows = RowReader(plan, zone: importer.zone ?? .utc)
    switch plan.mapping.rows {
    case .tickets:
      return try mappedRows(of: TicketSink(rows: rows), plan, taker)
    case .events, .snapshots:
      return try mappedRows(
        of: HistorySink(rows, plan: plan, wanted: importer.wanted), plan, taker)
    case .intervals:
      return try mappedRows(of: IntervalSink(rows, plan: plan), plan, taker)
    case .counts:
      return try mappedRows(of: CountSink(rows, plan: plan), plan, taker)
    }
  }

  private mutating func mappedRows<Base: RowReadingSink>(
    of base: Base, _ plan: ImportPlan, _ taker: any MappedRowTaker
  ) throws(Stop) -> Result<MappedImport, any Error> {
    let layout = MappedLayout(plan.mapping, base.rows)
    do {
      try taker.begin(layout)
    } catch {
      return .failure(error)
    }
    var sink = MappedRowSink(base, layout: layout, taker: taker)
    try fill(&sink)
    if let failure = sink.failure { return .failure(failure) }
    if sink.sawUnreadable || sink.ledger.rejected > 0 { try compareWithSettled(plan) }
    let settled = plan.timestamps.compactMapValues { $0.first?.text }
    return .success(
      MappedImport(
        ledger: sink.ledger, findings: findings.findings, unlistedFindings: findings.unlisted,
        unlistedProblems: findings.unlistedProblems, settledTimestamps: settled))
  }

  /// Refuses a file whose times are written otherwise than those of earlier imports.
  private mutating func compareWithSettled(_ plan: ImportPlan) throws(Stop) {
    guard plan.mapping.timestamps == .auto else { return }
    let before = plan.timeSources.filter { importer.settled[$0.key] != nil }
    for source in before {
      guard let settled = importer.settled[source.key],
        let found = try guessed([source], MissingTokens(plan.mapping.missing)), found != settled
      else { continue }
      throw .failed(
        .otherTimestamps(
          file: inputs.first?.name ?? "", key: source.key, settled: settled, found: found))
    }
  }

  /// The one pattern that fits most cells of a column.
  private mutating func guessed(
    _ sources: [(key: String, source: Mapping.CellSource)], _ missing: MissingTokens
  ) throws(Stop) -> String? {
    var guess = TimestampGuess(sources, missing: missing)
    for input in inputs.indices { try look(at: input, for: &guess) }
    guard let patterns = try? guess.patterns(file: "") else { return nil }
    return patterns.first?.value.first?.text
  }
}
