/// Which issue of its pack a report is, and what it takes the place of.
package struct IssueRecord: Hashable, Sendable, Codable {
  package var agreement: String
  package var customer: String
  package var period: String
  /// 1 is the first issue, 2 the first reissue.
  package var number: Int
  /// The as-of instant of this issue, and of the one before; seconds since 1970.
  package var asOf: Int64
  package var replacedAsOf: Int64?

  package init(
    agreement: String, customer: String, period: String, number: Int, asOf: Int64,
    replacedAsOf: Int64?
  ) {
    self.agreement = agreement
    self.customer = customer
    self.period = period
    self.number = number
    self.asOf = asOf
    self.replacedAsOf = replacedAsOf
  }
}

/// What differs in one period, as now known, from the pack that was issued last.
package struct IssueChanges: Hashable, Sendable, Codable {
  package struct Count: Hashable, Sendable, Codable {
    package var met: Int
    package var missed: Int

    package init(met: Int, missed: Int) {
      self.met = met
      self.missed = missed
    }

    package var decided: Int { met + missed }

    package static func + (left: Count, right: Count) -> Count {
      Count(met: left.met + right.met, missed: left.missed + right.missed)
    }
  }

  /// The counts of one clock and tier.
  package struct Figure: Hashable, Sendable, Codable {
    package var clock: String
    package var tier: String
    /// Millionths of a per cent; `nil` if the target had no objective.
    package var objectiveWas: Int64?
    package var objectiveIs: Int64?
    package var was: Count
    package var `is`: Count

    package init(
      clock: String, tier: String, objectiveWas: Int64?, objectiveIs: Int64?, was: Count,
      `is`: Count
    ) {
      self.clock = clock
      self.tier = tier
      self.objectiveWas = objectiveWas
      self.objectiveIs = objectiveIs
      self.was = was
      self.is = `is`
    }

    package var isChanged: Bool { was != `is` || objectiveWas != objectiveIs }
  }

  /// How one promise stood.
  package struct State: Hashable, Sendable, Codable {
    package var tier: String
    package var verdict: Verdict
    /// Whether it is in the counts of the period.
    package var isCounted: Bool
    package var decided: Int64?
    package var elapsedSeconds: Int64?
    package var withinSeconds: Int64?

    package init(_ promise: IssuedMonth.Promise) {
      tier = promise.tier
      verdict = promise.verdict
      isCounted = promise.isCounted
      decided = promise.decided
      elapsedSeconds = promise.elapsedSeconds
      withinSeconds = promise.withinSeconds
    }
  }

  package struct Promise: Hashable, Sendable, Codable {
    package var ticket: String
    package var source: String
    package var clock: String
    package var cycle: Int?
    /// `nil` if it was not in the pack, or is no longer.
    package var was: State?
    package var `is`: State?
    /// In their fixed order; several if it cannot be told which of them it was.
    package var causes: [ChangeCause] = []

    package enum Kind: String, Hashable, Sendable, Codable {
      case changed
      case cameIn = "came in"
      case wentOut = "went out"
    }

    package var kind: Kind {
      if was?.isCounted != true { return .cameIn }
      return `is`?.isCounted == true ? .changed : .wentOut
    }
  }

  package var agreement: String
  package var customer: String
  package var period: String
  /// The issue that is compared with.
  package var issue: Int
  /// Its as-of instant; seconds since 1970.
  package var issuedAsOf: Int64
  /// Every clock and tier that either of them has, sorted by clock and tier.
  package var figures: [Figure]
  /// Sorted by source, ticket, clock and cycle.
  package var promises: [Promise]

  package init(
    agreement: String, customer: String, period: String, issue: Int, issuedAsOf: Int64,
    figures: [Figure], promises: [Promise]
  ) {
    self.agreement = agreement
    self.customer = customer
    self.period = period
    self.issue = issue
    self.issuedAsOf = issuedAsOf
    self.figures = figures
    self.promises = promises
  }

  package var isEmpty: Bool { promises.isEmpty && !figures.contains(where: \.isChanged) }
}

/// Why a figure is another than in the pack issued, in the order in which causes are named.
package enum ChangeCause: String, Hashable, Sendable, Codable, CaseIterable {
  case data, pause, exclusion, target, calendar, mapping, tzdata, tool
}

extension IssueChanges {
  /// Compares by counts and verdicts, never by what is rounded.
  ///
  /// See docs/DECISIONS.md, "What changed since it was issued".
  ///
  /// - Parameter causes: The possible causes of a difference between two states of a promise.
  package static func between(
    _ was: IssuedMonth, and now: IssuedMonth, of issue: IssueRecord,
    causes: (_ was: IssuedMonth.Promise?, _ now: IssuedMonth.Promise?) -> [ChangeCause]
  ) -> IssueChanges {
    IssueChanges(
      agreement: issue.agreement, customer: issue.customer, period: issue.period,
      issue: issue.number, issuedAsOf: issue.asOf,
      figures: figures(was.figures, now.figures),
      promises: pairs(was.promises, now.promises).compactMap { was, now in
        guard let key = (was ?? now)?.key, differ(was, now) else { return nil }
        return Promise(
          ticket: key.ticket, source: key.source, clock: key.clock, cycle: key.cycle,
          was: was.map { State($0) }, is: now.map { State($0) }, causes: causes(was, now))
      })
  }

  /// Whether a reader of the period's figures would be told something else of a promise.
  private static func differ(_ was: IssuedMonth.Promise?, _ now: IssuedMonth.Promise?) -> Bool {
    let (was, now) = (was?.isCounted == true ? was : nil, now?.isCounted == true ? now : nil)
    return was?.verdict != now?.verdict || was?.tier != now?.tier
  }

  private static func figures(
    _ was: [IssuedMonth.Figure], _ now: [IssuedMonth.Figure]
  ) -> [Figure] {
    var names = Set(was.map { [$0.clock, $0.tier] })
    names.formUnion(now.map { [$0.clock, $0.tier] })
    func find(_ name: [String], in figures: [IssuedMonth.Figure]) -> IssuedMonth.Figure? {
      figures.first { $0.clock == name[0] && $0.tier == name[1] }
    }
    func count(_ figure: IssuedMonth.Figure?) -> Count {
      Count(met: figure?.counts.met ?? 0, missed: figure?.counts.missed ?? 0)
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }.map { name in
      let (old, new) = (find(name, in: was), find(name, in: now))
      let (known, current) = (old ?? new, new ?? old)
      return Figure(
        clock: name[0], tier: name[1], objectiveWas: known?.objective,
        objectiveIs: current?.objective, was: count(old), is: count(new))
    }
  }

  /// Promises of both sides by their keys, in ascending order.
  static func pairs(
    _ was: [IssuedMonth.Promise], _ now: [IssuedMonth.Promise]
  ) -> [(IssuedMonth.Promise?, IssuedMonth.Promise?)] {
    var pairs: [(IssuedMonth.Promise?, IssuedMonth.Promise?)] = []
    var (old, new) = (was.startIndex, now.startIndex)
    while old < was.endIndex || new < now.endIndex {
      if new == now.endIndex || (old < was.endIndex && was[old].key < now[new].key) {
        pairs.append((was[old], nil))
        old += 1
      } else if old == was.endIndex || now[new].key < was[old].key {
        pairs.append((nil, now[new]))
        new += 1
      } else {
        pairs.append((was[old], now[new]))
        (old, new) = (old + 1, new + 1)
      }
    }
    return pairs
  }
}
