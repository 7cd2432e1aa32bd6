/// Everything a report shows, as worked out from one set of inputs: `attain.results/1`.
package struct CalculationResults: Hashable, Sendable, Codable {
  package static let currentFormat = "attain.results/1"

  package var format = CalculationResults.currentFormat
  /// The tool's name and version.
  package var tool: String
  /// Seconds since 1970.
  package var asOf: Int64
  /// Of rows that a workspace holds, the instant at which they were known; seconds since 1970.
  package var knownAt: Int64?
  package var tzdata: String
  package var inputs: [InputRecord]
  package var rules: [RuleRecord]
  package var agreements: [AgreementSummary]
  /// Sorted by agreement, customer, clock, tier (as the agreement lists them), `by`, period.
  package var figures: [FigureRow] = []
  /// What the source systems say of their own clocks.
  package var reported: [ReportedRow] = []
  /// Our verdicts held against theirs; `nil` without promises or where no source says anything.
  package var reconciliation: [ReconciliationRow]?
  /// The promises of which they say another verdict, in the order of `promises`.
  package var disagreements: [Disagreement]?
  /// One ledger per agreement and customer, and one for the run (both names empty).
  package var ledgers: [LedgerRecord] = []
  /// One row per promise, sorted by agreement, customer, clock, tier, the period of the stop,
  /// elapsed, source and ticket; empty if the calculation was asked for figures alone.
  package var promises: [PromiseRow] = []
  /// Whether `promises` was asked for.
  package var hasPromises = false
  package var traces: [TraceRecord] = []
  /// Where promises were asked for: sorted as `figures`, without the period.
  package var charts: [ControlChart]?
  /// Where they were, of the groups of which enough clocks are censored.
  package var survival: [SurvivalRecord]?
  /// Where they were, of the totals that moved against their tiers.
  package var mixes: [MixRecord]?
  /// Which issues the reported periods are, of packs that were issued; `nil` if none was.
  package var issues: [IssueRecord]?
  /// What differs from packs that were issued; `nil` if nothing does.
  package var changes: [IssueChanges]?
  /// What is excluded or asked to be; `nil` if no register says anything that is known.
  package var exclusions: ExclusionResults?
  /// Pauses by party, and which to look at; `nil` without promises, or without pauses.
  package var pauses: PauseAudit?
  /// Who held tickets, of clocks that other agreements support; `nil` if there are none.
  package var chain: [ChainRecord]?
  /// Promises that are not about single tickets, sorted by agreement and customer, then as the
  /// agreement lists them; `nil` where there are none.
  package var obligations: [ObligationRecord]?
  /// What is given back of fees, sorted by agreement and customer; `nil` where no agreement has
  /// terms for it.
  package var credits: [CreditRecord]?
  /// What was agreed to be done, by agreement and customer, in the order of the list; `nil` if there
  /// is nothing.
  package var actions: [ActionRecord]?
  /// What was changed of services, sorted by agreement and customer; `nil` where no agreement asks,
  /// or no changes came in.
  package var serviceChanges: [ServiceChangeRecord]?
  /// `nil` is `as-was`, what is usual.
  package var reading: Reading?

  package init(
    tool: String, asOf: Int64, tzdata: String, inputs: [InputRecord], rules: [RuleRecord],
    agreements: [AgreementSummary]
  ) {
    self.tool = tool
    self.asOf = asOf
    self.tzdata = tzdata
    self.inputs = inputs
    self.rules = rules
    self.agreements = agreements
  }
}

/// An input by its hash; the name is left out of a client's pack.
package struct InputRecord: Hashable, Sendable, Codable {
  package var name: String?
  package var sha256: String

  package init(name: String?, sha256: String) {
    self.name = name
    self.sha256 = sha256
  }
}

/// A file of rules that took part: an agreement, a calendar, a mapping.
package struct RuleRecord: Hashable, Sendable, Codable {
  package var kind: String
  package var name: String
  package var sha256: String
  /// The agreement that uses it, of an agreement, calendar or list of holidays.
  package var agreement: String?
  /// The source that is read with it, of a mapping.
  package var source: String?

  package init(
    kind: String, name: String, sha256: String, agreement: String? = nil, source: String? = nil
  ) {
    self.kind = kind
    self.name = name
    self.sha256 = sha256
    self.agreement = agreement
    self.source = source
  }
}

/// What a reader of the figures has to know of an agreement.
package struct AgreementSummary: Hashable, Sendable, Codable {
  package struct TierSummary: Hashable, Sendable, Codable {
    package var tier: String
    /// Millionths of a per cent; `nil` if the target has no objective.
    package var objective: Int64?
    /// Counted seconds; `nil` if not judged, or if each ticket has its own.
    package var withinSeconds: Int64?
    /// `4 h`, `3 business days`; empty if not judged.
    package var within: String
    package var calendar: String

    package init(
      tier: String, objective: Int64?, withinSeconds: Int64?, within: String, calendar: String
    ) {
      self.tier = tier
      self.objective = objective
      self.withinSeconds = withinSeconds
      self.within = within
      self.calendar = calendar
    }
  }

  package struct ClockSummary: Hashable, Sendable, Codable {
    package var clock: String
    package var start: String
    package var stop: String
    /// One line per rule, such as `customer: status Awaiting User Info`.
    package var pauses: [String]
    package var cancel: String
    package var reopen: String
    package var onTierChange: String
    package var tiers: [TierSummary]
    /// Of all tiers together, in millionths of a per cent; `nil` if the agreement sets none.
    package var totalObjective: Int64?

    package init(
      clock: String, start: String, stop: String, pauses: [String], cancel: String,
      reopen: String, onTierChange: String, tiers: [TierSummary], totalObjective: Int64? = nil
    ) {
      self.clock = clock
      self.start = start
      self.stop = stop
      self.pauses = pauses
      self.cancel = cancel
      self.reopen = reopen
      self.onTierChange = onTierChange
      self.tiers = tiers
      self.totalObjective = totalObjective
    }
  }

  package struct CalendarSummary: Hashable, Sendable, Codable {
    package var name: String
    /// Such as `Mon-Fri 08:00-12:00 13:00-18:00; 24 holidays`.
    package var hours: String
    package var zone: String

    package init(name: String, hours: String, zone: String) {
      self.name = name
      self.hours = hours
      self.zone = zone
    }
  }

  package struct PeriodSummary: Hashable, Sendable, Codable {
    /// Such as `2026-10`.
    package var label: String
    package var start: Int64
    package var end: Int64
    /// The end or as-of, whichever is earlier.
    package var horizon: Int64
    package var completeness: Completeness
    /// Why it is not complete; empty if it is.
    package var reason: String

    package init(
      label: String, start: Int64, end: Int64, horizon: Int64, completeness: Completeness,
      reason: String
    ) {
      self.label = label
      self.start = start
      self.end = end
      self.horizon = horizon
      self.completeness = completeness
      self.reason = reason
    }

    package var isToDate: Bool { horizon < end }
  }

  /// How its reports look.
  package struct BrandSummary: Hashable, Sendable, Codable {
    package var title: String?
    /// As `data:` address.
    package var logo: String?
    /// `#1f6f54`, on a light and on a dark page.
    package var lightAccent: String?
    package var darkAccent: String?

    package init() {}
  }

  package var name: String
  package var title: String
  /// `nil` as usual.
  package var brand: BrandSummary?
  package var kind: String
  package var provider: String
  package var zone: String
  /// Offsets of the zone over the results' span: seconds east, each valid from an instant on.
  package var offsets: [ZoneOffset]
  package var countBy: String
  package var clocks: [ClockSummary]
  package var calendars: [CalendarSummary]
  /// Fields of `--by`, in order.
  package var by: [String]
  /// Ascending; the reported one is `period`.
  package var periods: [PeriodSummary]
  package var period: String

  package init(
    name: String, title: String, kind: String, provider: String, zone: String,
    offsets: [ZoneOffset], countBy: String, clocks: [ClockSummary], calendars: [CalendarSummary],
    by: [String], periods: [PeriodSummary], period: String
  ) {
    self.name = name
    self.title = title
    self.kind = kind
    self.provider = provider
    self.zone = zone
    self.offsets = offsets
    self.countBy = countBy
    self.clocks = clocks
    self.calendars = calendars
    self.by = by
    self.periods = periods
    self.period = period
  }

  /// Seconds on the zone's wall clock at an instant.
  ///
  /// - Complexity: O(log *n*) in the number of offsets.
  package func localSeconds(at seconds: Int64) -> Int64 {
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle].from <= seconds { low = middle + 1 } else { high = middle }
    }
    return seconds + (offsets.isEmpty ? 0 : offsets[max(low - 1, 0)].secondsEast)
  }
}

package struct ZoneOffset: Hashable, Sendable, Codable {
  package var from: Int64
  package var secondsEast: Int64

  package init(from: Int64, secondsEast: Int64) {
    self.from = from
    self.secondsEast = secondsEast
  }
}

/// Whether a period's figures may be judged.
package enum Completeness: String, Hashable, Sendable, Codable {
  case complete
  /// Tickets that were open in it may be missing from the input.
  case partial
  /// It ends before the longest `within` has passed since the agreement or the export began.
  case startingUp = "starting-up"
}
