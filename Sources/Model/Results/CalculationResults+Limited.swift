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
    limited.limitReconciliation(to: agreement, customer: customer)
    limited.ledgers = ledgers.filter { $0.agreement == agreement && $0.customer == customer }
    limited.promises = promises.filter { $0.agreement == agreement && $0.customer == customer }
    limited.rules = rules(of: agreement, sources: Set(limited.promises.map(\.source)))
    func isOwn(_ name: String, _ whose: String) -> Bool { name == agreement && whose == customer }
    limited.charts = charts?.filter { isOwn($0.agreement, $0.customer) }
    limited.survival = survival?.filter { isOwn($0.agreement, $0.customer) }
    limited.mixes = mixes?.filter { isOwn($0.agreement, $0.customer) }
    if limited.charts?.isEmpty == true { limited.charts = nil }
    if limited.survival?.isEmpty == true { limited.survival = nil }
    if limited.mixes?.isEmpty == true { limited.mixes = nil }
    let promised = Set(limited.promises.map { PromiseKey($0) })
    limited.traces = traces.filter {
      $0.agreement == agreement && promised.contains(PromiseKey($0))
    }.map(\.withoutFiles)
    limited.issues = issues?.filter { $0.agreement == agreement && $0.customer == customer }
    limited.changes = changes?.filter { $0.agreement == agreement && $0.customer == customer }
    if limited.issues?.isEmpty == true { limited.issues = nil }
    if limited.changes?.isEmpty == true { limited.changes = nil }
    limited.exclusions = exclusions?.limited(to: agreement, customer: customer)
    limited.pauses = pauses?.limited(to: agreement, customer: customer)
    limited.chain = chain?.limited(to: agreement, customer: customer)
    limited.obligations = obligations?.filter { isOwn($0.agreement, $0.customer) }
    if limited.obligations?.isEmpty == true { limited.obligations = nil }
    limited.credits = credits?.filter { isOwn($0.agreement, $0.customer) }
    if limited.credits?.isEmpty == true { limited.credits = nil }
    limited.actions = actions?.filter { isOwn($0.agreement, $0.customer) }
    if limited.actions?.isEmpty == true { limited.actions = nil }
    limited.serviceChanges = serviceChanges?.filter { isOwn($0.agreement, $0.customer) }
    if limited.serviceChanges?.isEmpty == true { limited.serviceChanges = nil }
    return limited
  }

  /// The figures of an agreement for all its customers, without its promises one by one.
  package func figures(of agreement: String) -> CalculationResults {
    var limited = self
    limited.agreements = agreements.filter { $0.name == agreement }
    limited.figures = figures.filter { $0.agreement == agreement }
    limited.reported = reported.filter { $0.agreement == agreement }
    limited.ledgers = ledgers.filter { $0.agreement == agreement }
    limited.rules = rules.filter { ($0.agreement ?? agreement) == agreement }
    limited.promises = []
    limited.hasPromises = false
    limited.traces = []
    (limited.reconciliation, limited.disagreements) = (nil, nil)
    (limited.charts, limited.survival, limited.mixes) = (nil, nil, nil)
    (limited.issues, limited.changes, limited.serviceChanges) = (nil, nil, nil)
    limited.actions = nil
    (limited.exclusions, limited.pauses, limited.chain) = (nil, nil, nil)
    limited.obligations = obligations?.filter { $0.agreement == agreement }.map(\.figuresAlone)
    if limited.obligations?.isEmpty == true { limited.obligations = nil }
    limited.credits = credits?.filter { $0.agreement == agreement }
    if limited.credits?.isEmpty == true { limited.credits = nil }
    return limited
  }

  private mutating func limitReconciliation(to agreement: String, customer: String) {
    reconciliation?.removeAll { $0.agreement != agreement || $0.customer != customer }
    disagreements?.removeAll { $0.agreement != agreement || $0.customer != customer }
    if reconciliation?.isEmpty == true { reconciliation = nil }
    if disagreements?.isEmpty == true { disagreements = nil }
  }

  private func rules(of agreement: String, sources: Set<String>) -> [RuleRecord] {
    rules.filter { rule in
      (rule.agreement ?? agreement) == agreement && (rule.source.map(sources.contains) ?? true)
    }
  }

  /// The customers of an agreement, sorted.
  package func customers(of agreement: String) -> [String] {
    Set(
      figures.filter { $0.agreement == agreement }.map(\.customer)
        + ledgers.filter { $0.agreement == agreement && !$0.customer.isEmpty }.map(\.customer)
        + (obligations ?? []).filter { $0.agreement == agreement }.map(\.customer)
    ).sorted()
  }
}

extension TraceRecord {
  /// Names of files stay out of a pack.
  fileprivate var withoutFiles: TraceRecord {
    var trace = self
    for index in stretches.indices { trace.stretches[index].entry?.file = nil }
    return trace
  }
}
