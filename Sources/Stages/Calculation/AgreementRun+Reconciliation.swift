import Dispatch
import Results
import Synchronization
import Tickets

/// Our verdicts held against those of the source system; see docs/DECISIONS.md, "Reconciliation".
extension AgreementRun {
  private struct TicketClock: Hashable {
    let table: Int
    let ticket: Int
    let clock: String
  }

  /// A promise of which the source says another verdict.
  private struct Found {
    var disagreement: Disagreement
    let row: Int
    let table: Int
    let ticket: Int
  }

  /// Adds the matrix of the promises that the reported period counts, and what explains each
  /// disagreement.
  ///
  /// - Complexity: Linear in promises; a disagreement costs a replay for every other reading of
  ///   the rules until one gives the source's verdict.
  func addReconciliation(order: [Int], to results: inout CalculationResults) {
    guard request.tables.contains(where: { $0.reported != nil }) else { return }
    let latest = latestCycles()
    var rows: [ReconciliationRow] = []
    var found: [Found] = []
    for index in order {
      let (promise, place) = (promises[index], places[index])
      let key = TicketClock(table: place.table, ticket: place.ticket, clock: promise.clock)
      guard place.isReported, promise.cycle == latest[key],
        let theirs = reported(of: key)
      else { continue }
      if rows.last.map({ !$0.isAbout(promise) }) ?? true {
        rows.append(
          ReconciliationRow(
            agreement: promise.agreement, customer: promise.customer, clock: promise.clock,
            tier: promise.tier))
      }
      guard let verdict = rows[rows.count - 1].count(promise.verdict, theirs: theirs) else {
        continue
      }
      found.append(
        Found(
          disagreement: Disagreement(promise, theirs: verdict), row: rows.count - 1,
          table: place.table, ticket: place.ticket))
    }
    let explained = explained(found)
    for (found, disagreement) in zip(found, explained) {
      rows[found.row].add(disagreement.cause)
    }
    rows.removeAll { $0.agreed + $0.disagreed + $0.notJudged + $0.notReported == 0 }
    // A source that says nothing at all of this agreement is not held against it.
    guard rows.contains(where: { $0.agreed + $0.disagreed + $0.notJudged > 0 }) else { return }
    results.reconciliation = (results.reconciliation ?? []) + rows
    if !explained.isEmpty { results.disagreements = (results.disagreements ?? []) + explained }
  }

  private func reported(of key: TicketClock) -> ReportedVerdicts.Value? {
    guard let reported = request.tables[key.table].reported, reported.clock == key.clock,
      !reported.values.isEmpty
    else { return nil }
    return reported.values[key.ticket]
  }

  /// A source speaks of a ticket once: what it says is held against the last cycle.
  private func latestCycles() -> [TicketClock: Int] {
    var latest: [TicketClock: Int] = [:]
    for (promise, place) in zip(promises, places) {
      guard let cycle = promise.cycle else { continue }
      let key = TicketClock(table: place.table, ticket: place.ticket, clock: promise.clock)
      latest[key] = max(latest[key] ?? cycle, cycle)
    }
    return latest
  }

  /// The disagreements with their causes, in the order given.
  private func explained(_ found: [Found]) -> [Disagreement] {
    var explained = found.map(\.disagreement)
    for (table, own) in Dictionary(grouping: found.indices, by: { found[$0].table }) {
      let maker = AlteredRulesMaker(self, table: request.tables[table])
      let unit = RoundingTest.unit(of: request.tables[table])
      let parts = max(1, min(request.workers, own.count / 100))
      let done = Mutex<[(Int, Disagreement)]>([])
      DispatchQueue.concurrentPerform(iterations: parts) { part in
        let test = DisagreementTest(own: maker.own, others: maker.all, unit: unit)
        let mine = own[own.count * part / parts..<own.count * (part + 1) / parts].map { index in
          (index, test.explained(found[index].disagreement, ticket: found[index].ticket))
        }
        done.withLock { $0 += mine }
      }
      for (index, disagreement) in done.withLock({ $0 }) { explained[index] = disagreement }
    }
    return explained
  }
}

extension ReconciliationRow {
  fileprivate func isAbout(_ promise: PromiseRow) -> Bool {
    agreement == promise.agreement && customer == promise.customer && clock == promise.clock
      && tier == promise.tier
  }

  /// Puts a promise in its cell.
  ///
  /// - Returns: What the source says, if it says another verdict.
  fileprivate mutating func count(
    _ ours: Verdict, theirs: ReportedVerdicts.Value
  ) -> Verdict? {
    switch (ours, theirs) {
    case (.met, .met): metMet += 1
    case (.breached, .breached), (.overdue, .breached): missedBreached += 1
    case (.met, .breached):
      metBreached += 1
      return .breached
    case (.breached, .met), (.overdue, .met):
      missedMet += 1
      return .met
    case (.met, .unknown), (.breached, .unknown), (.overdue, .unknown): notReported += 1
    case (_, .unknown): break
    default: notJudged += 1
    }
    return nil
  }

  fileprivate mutating func add(_ cause: DisagreementCause) {
    if let index = reasons.firstIndex(where: { $0.cause == cause }) {
      reasons[index].count += 1
      return
    }
    let order = DisagreementCause.allCases
    let place = reasons.firstIndex {
      (order.firstIndex(of: $0.cause) ?? 0) > (order.firstIndex(of: cause) ?? 0)
    }
    reasons.insert(Reason(cause: cause, count: 1), at: place ?? reasons.count)
  }
}
