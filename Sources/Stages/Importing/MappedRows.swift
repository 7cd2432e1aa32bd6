package import Messages
import ServiceTime
package import Tickets

/// Takes the rows of an import, some at a time, as the mapping reads them.
package protocol MappedRowTaker: AnyObject {
  /// Rows of this layout follow; what was taken before is void, because the reading began again.
  ///
  /// - Returns: How rows are to be written.
  func begin(_ layout: MappedLayout) throws -> MappedRowForm
  /// Rows of this input follow, by its index in reading order.
  func begin(file: Int) throws
  /// Takes the next rows.
  ///
  /// Called by one thread at a time, but not always the same one.
  func take(_ rows: MappedBatch) throws
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
    let zone = importer.zone ?? .utc
    let rows = RowReader(plan, zone: zone)
    let layout = MappedLayout(plan.mapping, rows)
    let form: MappedRowForm
    do {
      form = try taker.begin(layout)
    } catch {
      return .failure(error)
    }
    let text = MappedRowText(form, layout, rows)
    switch plan.mapping.rows {
    case .tickets, .snapshots:
      var store = MappedRowStore(rows, taker: taker)
      try fill(&store, taker: nil, repeated: [], text: text) { RowReader(plan, zone: zone) }
      if let failure = store.failure { return .failure(failure) }
      return .success(try made(store.ledger, plan, sawUnreadable: store.sawUnreadable))
    case .events:
      let sink = HistorySink(rows, plan: plan, wanted: importer.wanted)
      return try mappedRows(of: sink, layout, text, plan, taker)
    case .intervals:
      return try mappedRows(of: IntervalSink(rows, plan: plan), layout, text, plan, taker)
    case .counts:
      return try mappedRows(of: CountSink(rows, plan: plan), layout, text, plan, taker)
    }
  }

  private mutating func mappedRows<Base: RowReadingSink>(
    of base: Base, _ layout: MappedLayout, _ text: MappedRowText, _ plan: ImportPlan,
    _ taker: any MappedRowTaker
  ) throws(Stop) -> Result<MappedImport, any Error> {
    var sink = MappedRowSink(base, layout: layout, text: text, taker: taker)
    try fill(&sink)
    sink.handOver()
    if let failure = sink.failure { return .failure(failure) }
    return .success(try made(sink.ledger, plan, sawUnreadable: sink.sawUnreadable))
  }

  private mutating func made(
    _ ledger: RowLedger, _ plan: ImportPlan, sawUnreadable: Bool
  ) throws(Stop) -> MappedImport {
    if sawUnreadable || ledger.rejected > 0 { try compareWithSettled(plan) }
    return MappedImport(
      ledger: ledger, findings: findings.findings, unlistedFindings: findings.unlisted,
      unlistedProblems: findings.unlistedProblems,
      settledTimestamps: plan.timestamps.compactMapValues { $0.first?.text })
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
