import Agreements
package import Results
import ServiceTime
import Tickets

/// Stage 2: tickets and agreements in, results out.
package struct Calculator {
  package let request: CalculationRequest

  package init(_ request: CalculationRequest) {
    self.request = request
  }

  /// Works out every figure that was asked for.
  ///
  /// - Complexity: Linear in tickets x clocks and in events; percentiles sort what they are of.
  package func results() throws(CalculationError) -> CalculationResults {
    var results = CalculationResults(
      tool: request.tool, asOf: request.asOf.seconds, tzdata: request.tzdata,
      inputs: request.inputs, rules: request.rules, agreements: [])
    results.hasPromises = request.collectsPromises
    var chains = ChainBuilder(request)
    for (number, versions) in request.agreements.enumerated() where !versions.isEmpty {
      var run = try AgreementRun(versions, request: request)
      run.replayAll()
      for fold in request.folded { fold.addCounts(ofAgreement: number, to: &run) }
      run.add(to: &results)
      addObligations(of: run, to: &results)
      addCredits(of: versions, to: &results)
      addChanges(of: run, to: &results)
      addActions(of: run, to: &results)
      try addExclusions(of: run, versions, to: &results)
      try addPauses(of: &run, versions, to: &results)
      chains.add(&run)
    }
    chains.finish(&results)
    results.ledgers.insert(rowLedger(), at: 0)
    return results
  }

  /// The promises of one ticket of a table, each with its trace; empty if no source has the ticket.
  package func explain(ticket: String, source: String?) throws(CalculationError)
    -> [(promise: PromiseRow, trace: TraceRecord?, summary: AgreementSummary)]
  {
    var explained: [(promise: PromiseRow, trace: TraceRecord?, summary: AgreementSummary)] = []
    for versions in request.agreements where !versions.isEmpty {
      var run = try AgreementRun(versions, request: request)
      let summary = run.summary()
      for (promise, trace) in run.explain(ticket: ticket, source: source) {
        explained.append((promise, trace, summary))
      }
    }
    return explained
  }

  private func rowLedger() -> LedgerRecord {
    var sum = RowLedger()
    for table in request.tables {
      sum.read += table.ledger.read
      sum.rejected += table.ledger.rejected
      sum.unchanged += table.ledger.unchanged
      sum.superseded += table.ledger.superseded
      sum.history += table.ledger.history
      sum.tickets += table.ledger.tickets
    }
    return LedgerRecord(
      agreement: "", customer: "",
      rows: [
        .init("read", sum.read), .init("rejected", sum.rejected),
        .init("unchanged", sum.unchanged), .init("superseded", sum.superseded),
        .init("history", sum.history), .init("tickets", sum.tickets),
      ])
  }
}
