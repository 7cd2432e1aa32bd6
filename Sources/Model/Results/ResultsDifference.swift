/// What differs between two results, packs or readings: `attain.diff/1`.
package struct ResultsDifference: Hashable, Sendable, Codable {
  package static let currentFormat = "attain.diff/1"

  /// What is compared; of an agreement's file the name alone.
  package struct Side: Hashable, Sendable, Codable {
    /// As the command line names it.
    package var name: String
    /// Seconds since 1970.
    package var asOf: Int64?
    package var knownAt: Int64?
    package var tool: String?
    package var tzdata: String?
    /// The reported periods, without repeats.
    package var periods: [String]?

    package init(name: String) { self.name = name }

    package init(name: String, _ results: CalculationResults) {
      self.name = name
      (asOf, knownAt) = (results.asOf, results.knownAt)
      (tool, tzdata) = (results.tool, results.tzdata)
      periods = Set(results.agreements.map(\.period)).sorted()
    }
  }

  package var format = ResultsDifference.currentFormat
  /// Of `was`.
  package var a: Side
  /// Of `is`.
  package var b: Side
  /// Every month that both hold, sorted by agreement, customer and period.
  package var months: [MonthDifference]
  /// Periods that only one of them holds.
  package var onlyInA: [String] = []
  package var onlyInB: [String] = []
  /// What differs in the rules, as far as they are known.
  package var rules: [RuleDifference] = []
  /// Whether causes are proven: by replaying, or because nothing but rows is another.
  package var isProven = false
  /// By what promises are counted.
  package var countBy = "decided"
  /// What a reader has to know, a sentence each.
  package var notes: [String] = []

  package init(a: Side, b: Side, months: [MonthDifference] = []) {
    (self.a, self.b, self.months) = (a, b, months)
  }

  /// Whether two files of agreements are compared, and no figures.
  package var isOfRules: Bool { a.asOf == nil }

  package var isEmpty: Bool { isOfRules ? rules.isEmpty : months.allSatisfy(\.isEmpty) }
}

/// One difference between the rules of two agreements, in words.
package struct RuleDifference: Hashable, Sendable, Codable {
  /// Such as `P1 Critical, resolution`.
  package var place: String
  /// Such as `within`.
  package var what: String
  /// Empty if there was none.
  package var was: String
  package var `is`: String
  /// What it can be the cause of.
  package var cause: ChangeCause

  package init(place: String, what: String, was: String, `is`: String, cause: ChangeCause) {
    (self.place, self.what, self.was, self.`is`) = (place, what, was, `is`)
    self.cause = cause
  }

  /// Such as `P1 Critical, resolution: within was 4 h, is 8 h`.
  package var sentence: String {
    let change =
      switch (was.isEmpty, `is`.isEmpty) {
      case (true, _): "is new: \(`is`)"
      case (_, true): "was \(was), is gone"
      default: "was \(was), is \(`is`)"
      }
    return "\(place): \(what) \(change)"
  }
}

/// What differs in one month of one client.
package struct MonthDifference: Hashable, Sendable, Codable {
  /// One clock and tier.
  package struct Figure: Hashable, Sendable, Codable {
    package var clock: String
    package var tier: String
    /// Millionths of a per cent; `nil` if the target had no objective.
    package var objectiveWas: Int64?
    package var objectiveIs: Int64?
    package var was: PromiseCounts
    package var `is`: PromiseCounts
    /// Of elapsed; only where no `--by` divides the figure.
    package var stoppedWas: StoppedStatistics?
    package var stoppedIs: StoppedStatistics?
    /// Of the change of met and of missed, what no listed promise stands for.
    package var untoldMet: Int?
    package var untoldMissed: Int?

    package init(clock: String, tier: String) {
      (self.clock, self.tier) = (clock, tier)
      (was, `is`) = (PromiseCounts(), PromiseCounts())
    }

    package var isChanged: Bool {
      was != `is` || objectiveWas != objectiveIs || stoppedWas != stoppedIs
    }
  }

  package var agreement: String
  package var customer: String
  package var period: String
  /// Those that differ, sorted by clock and tier.
  package var figures: [Figure]
  /// Those that differ, sorted by source, ticket, clock and cycle.
  package var promises: [IssueChanges.Promise]

  package init(
    agreement: String, customer: String, period: String, figures: [Figure],
    promises: [IssueChanges.Promise]
  ) {
    (self.agreement, self.customer, self.period) = (agreement, customer, period)
    (self.figures, self.promises) = (figures, promises)
  }

  package var isEmpty: Bool { figures.isEmpty && promises.isEmpty }
}

extension MonthDifference {
  /// One side of a month.
  package struct Side: Sendable {
    package var rows: [FigureRow]
    package var month: IssuedMonth

    /// - Parameters:
    ///   - limited: The results of one agreement and customer.
    ///   - month: What is known of its promises; if `nil`, what the results themselves tell, which
    ///     of a month before the reported one leaves out promises that run again.
    package init(_ limited: CalculationResults, period: String, month: IssuedMonth? = nil) {
      rows = limited.figures.filter { $0.period == period }
      let isReported = limited.agreements.first?.period == period
      self.month =
        month ?? (isReported ? IssuedMonth(limited) : IssuedMonth(limited, earlier: period))
    }
  }

  /// Compares two sides by counts, verdicts and seconds, never by what is rounded.
  ///
  /// - Parameter causes: The possible causes of a difference between two states of a promise.
  package init(
    agreement: String, customer: String, period: String, from a: Side, to b: Side,
    causes: (_ was: IssuedMonth.Promise?, _ now: IssuedMonth.Promise?) -> [ChangeCause]
  ) {
    let pairs = IssueChanges.pairs(a.month.promises, b.month.promises)
    let promises = pairs.compactMap { was, now -> IssueChanges.Promise? in
      guard let key = (was ?? now)?.key, Self.differ(was, now) else { return nil }
      return IssueChanges.Promise(
        ticket: key.ticket, source: key.source, clock: key.clock, cycle: key.cycle,
        was: was.map { IssueChanges.State($0) }, is: now.map { IssueChanges.State($0) },
        causes: causes(was, now))
    }
    var figures = Self.figures(a, b).filter(\.isChanged)
    for index in figures.indices { figures[index].setUntold(by: promises) }
    self.init(
      agreement: agreement, customer: customer, period: period, figures: figures,
      promises: promises)
  }

  /// Whether the month counts a promise otherwise, or after other counted seconds; seconds that are
  /// not known are no difference.
  private static func differ(_ was: IssuedMonth.Promise?, _ now: IssuedMonth.Promise?) -> Bool {
    let (was, now) = (was?.isCounted == true ? was : nil, now?.isCounted == true ? now : nil)
    if was?.verdict != now?.verdict || was?.tier != now?.tier { return true }
    guard let before = was?.elapsedSeconds, let after = now?.elapsedSeconds else { return false }
    return before != after
  }

  private static func figures(_ a: Side, _ b: Side) -> [Figure] {
    var figures: [[String]: Figure] = [:]
    for row in a.rows {
      let key = [row.clock, row.tier]
      var figure = figures[key] ?? Figure(clock: row.clock, tier: row.tier)
      figure.was += row.counts
      figure.objectiveWas = row.objective
      figure.stoppedWas = row.by.isEmpty ? row.stopped : nil
      figures[key] = figure
    }
    for row in b.rows {
      let key = [row.clock, row.tier]
      var figure = figures[key] ?? Figure(clock: row.clock, tier: row.tier)
      figure.is += row.counts
      figure.objectiveIs = row.objective
      figure.stoppedIs = row.by.isEmpty ? row.stopped : nil
      figures[key] = figure
    }
    let isDivided = (a.rows + b.rows).contains { !$0.by.isEmpty }
    return figures.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { key in
      guard var figure = figures[key] else { return nil }
      if isDivided { (figure.stoppedWas, figure.stoppedIs) = (nil, nil) }
      // A row without a promise is the same as none.
      let (wasThere, isThere) = (
        a.rows.contains { [$0.clock, $0.tier] == key },
        b.rows.contains { [$0.clock, $0.tier] == key }
      )
      if !wasThere { figure.objectiveWas = figure.objectiveIs }
      if !isThere { figure.objectiveIs = figure.objectiveWas }
      return figure
    }
  }
}

extension MonthDifference.Figure {
  /// Holds the change of the counts against that of the promises.
  fileprivate mutating func setUntold(by promises: [IssueChanges.Promise]) {
    func count(
      _ state: KeyPath<IssueChanges.Promise, IssueChanges.State?>, _ verdicts: Set<Verdict>
    ) -> Int {
      promises.count { promise in
        guard promise.clock == clock, let state = promise[keyPath: state] else { return false }
        return state.isCounted && state.tier == tier && verdicts.contains(state.verdict)
      }
    }
    let missed: Set<Verdict> = [.breached, .overdue]
    let met = `is`.met - was.met - count(\.is, [.met]) + count(\.was, [.met])
    let lost = `is`.missed - was.missed - count(\.is, missed) + count(\.was, missed)
    untoldMet = met == 0 ? nil : met
    untoldMissed = lost == 0 ? nil : lost
  }
}

extension IssuedMonth {
  /// What results tell of a month before the reported one.
  ///
  /// A promise that was met in it and is open again is told by no row. One that stopped later was
  /// open at the month's end, after seconds that no row tells.
  init(_ limited: CalculationResults, earlier period: String) {
    let end = limited.agreements.first?.periods.first { $0.label == period }?.end ?? .max
    self.init(
      figures: Self.figures(limited.figures, period: period),
      promises: limited.promises.compactMap { row in
        guard row.period == period || row.reversedFrom == period else { return nil }
        var promise = Promise(row, isCounted: true)
        if row.reversedFrom == period, row.period != period {
          (promise.verdict, promise.elapsedSeconds) = (.met, nil)
        } else if row.stopped ?? .max >= end {
          if promise.verdict == .breached { promise.verdict = .overdue }
          promise.elapsedSeconds = nil
        }
        return promise
      })
  }
}
