import FoundationEssentials
package import Results

/// Results as JSON, `attain.results/1`: keys sorted, one line, numbers as integers.
package enum ResultsFile {
  /// The bytes of `results.json`; the same results give the same bytes.
  package static func bytes(of results: CalculationResults) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(results)) + [UInt8(ascii: "\n")]
  }

  /// - Throws: ``CommandFailure`` if the bytes are not results of a format that is known.
  package static func read(_ bytes: [UInt8], file: String) throws(CommandFailure)
    -> CalculationResults
  {
    let results: CalculationResults
    do {
      results = try JSONDecoder().decode(CalculationResults.self, from: Data(bytes))
    } catch {
      throw CommandFailure(
        .badData,
        "\(file): error: this is no results file; make one with attain calculate -f json -o FILE")
    }
    guard results.format == CalculationResults.currentFormat else {
      throw CommandFailure(
        .badData,
        """
        \(file): error: the format is \(results.format), but this program reads \
        \(CalculationResults.currentFormat)
        """)
    }
    return results
  }
}

extension CalculationResults {
  /// What one client's pack may hold: this agreement's and customer's figures alone.
  ///
  /// Names of inputs are left out, and so are the run's own ledger of rows and the rules of other
  /// agreements and sources, whose files may be named after other clients.
  package func limited(to agreement: String, customer: String) -> CalculationResults {
    var limited = self
    limited.inputs = inputs.map { InputRecord(name: nil, sha256: $0.sha256) }
    limited.agreements = agreements.filter { $0.name == agreement }
    limited.figures = figures.filter { $0.agreement == agreement && $0.customer == customer }
    limited.reported = reported.filter { $0.agreement == agreement && $0.customer == customer }
    limited.ledgers = ledgers.filter { $0.agreement == agreement && $0.customer == customer }
    limited.promises = promises.filter { $0.agreement == agreement && $0.customer == customer }
    limited.rules = rules(of: agreement, sources: Set(limited.promises.map(\.source)))
    let promised = Set(
      limited.promises.map { PromiseKey(source: $0.source, ticket: $0.ticket, clock: $0.clock) })
    limited.traces = traces.filter {
      $0.agreement == agreement
        && promised.contains(PromiseKey(source: $0.source, ticket: $0.ticket, clock: $0.clock))
    }
    return limited
  }

  private func rules(of agreement: String, sources: Set<String>) -> [RuleRecord] {
    rules.filter { rule in
      (rule.agreement ?? agreement) == agreement && (rule.source.map(sources.contains) ?? true)
    }
  }

  private struct PromiseKey: Hashable {
    let source: String
    let ticket: String
    let clock: String
  }

  /// The customers of an agreement, sorted.
  package func customers(of agreement: String) -> [String] {
    Set(
      figures.filter { $0.agreement == agreement }.map(\.customer)
        + ledgers.filter { $0.agreement == agreement && !$0.customer.isEmpty }.map(\.customer)
    ).sorted()
  }
}
