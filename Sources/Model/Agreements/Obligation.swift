package import ServiceTime
package import Tickets

/// A promise that is not about single tickets: one party owes it another, period by period.
///
/// See docs/DECISIONS.md, "Obligations".
package struct Obligation: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case availability, volume, ratio, deliverable
    case responseTo = "response-to"
  }

  /// The rows that an obligation is judged by.
  package struct Rows: Hashable, Sendable {
    /// The source they are imported as.
    package var source: String
    /// Which of them; the rest is none of the obligation's business.
    package var condition: Condition
    /// Of tickets, the instant that dates a row.
    package var moment: String

    package init(source: String, condition: Condition = .anything, moment: String = "opened") {
      self.source = source
      self.condition = condition
      self.moment = moment
    }
  }

  package var name: String
  package var title: String
  /// Who owes it, and whom.
  package var by: String
  package var to: String
  package var rows: Rows
  /// Whether its rows are about every customer alike, as the outages of a shared service.
  package var isShared = false
  /// The share that is promised; a volume has none.
  package var objective: Objective?
  /// When its rows began to be kept; `nil` is the first row.
  package var since: CivilDate?
  package var terms: Terms

  package enum Terms: Hashable, Sendable {
    case availability(Availability)
    case volume(Volume)
    case ratio(Ratio)
    case deliverable(Deliverable)
    case responseTo(Response)
  }

  /// A service that is there in the agreed service time, less approved maintenance.
  package struct Availability: Hashable, Sendable {
    /// The agreed service time.
    package var calendar: CalendarDefinition
    package var maintenance: Rows?
    /// Outages that were planned, but are no approved maintenance: they count as downtime.
    package var planned: Condition?
    /// The field with the share of the service that an outage takes away; `nil` is all of it.
    package var weightField: String?
    /// The fields that name an outage and a maintenance; `nil` is the row's id.
    package var labelField: String?

    package init(calendar: CalendarDefinition) { self.calendar = calendar }
  }

  /// At least so much in every month.
  package struct Volume: Hashable, Sendable {
    /// The amount from a month on, in millionths; ascending, not empty.
    package var steps: [Step]
    /// What makes a row count.
    package var quality: Condition
    /// Whether a month that is partly covered owes its share by days; if not it is not judged.
    package var isProRata: Bool

    package struct Step: Hashable, Sendable {
      /// The first day of the month; `nil` is from the beginning.
      package var from: CivilDate?
      package var millionths: Int64

      package init(from: CivilDate?, millionths: Int64) {
        self.from = from
        self.millionths = millionths
      }
    }

    package init(steps: [Step], quality: Condition, isProRata: Bool) {
      self.steps = steps
      self.quality = quality
      self.isProRata = isProRata
    }
  }

  /// A share of the rows.
  package struct Ratio: Hashable, Sendable {
    /// What makes a row count in the part; all of the rows are the whole.
    package var part: Condition
    /// Whether the objective is the most and not the least.
    package var isAtMost: Bool

    package init(part: Condition, isAtMost: Bool) {
      self.part = part
      self.isAtMost = isAtMost
    }
  }

  /// Something handed over for every month, by a day of the month after it.
  package struct Deliverable: Hashable, Sendable {
    package var calendar: CalendarDefinition
    /// Counted from the month's last day.
    package var businessDays: Int
    /// Seconds since local midnight; in time up to and with this second.
    package var secondOfDay: Int
    /// The field with the month, such as `2026-03`; `nil` takes the month before the row's own.
    package var monthField: String?
    package var complete: Condition?
    package var accepted: Condition?

    package init(calendar: CalendarDefinition, businessDays: Int, secondOfDay: Int) {
      self.calendar = calendar
      self.businessDays = businessDays
      self.secondOfDay = secondOfDay
    }
  }

  /// Every row is answered in time: from its start to its end.
  package struct Response: Hashable, Sendable {
    package var calendar: CalendarDefinition
    package var within: Allowance

    package init(calendar: CalendarDefinition, within: Allowance) {
      self.calendar = calendar
      self.within = within
    }
  }

  package init(name: String, title: String, by: String, to: String, rows: Rows, terms: Terms) {
    self.name = name
    self.title = title
    self.by = by
    self.to = to
    self.rows = rows
    self.terms = terms
  }

  package var kind: Kind {
    switch terms {
    case .availability: .availability
    case .volume: .volume
    case .ratio: .ratio
    case .deliverable: .deliverable
    case .responseTo: .responseTo
    }
  }

  /// The calendar in which its time counts; `nil` where none does.
  package var calendar: CalendarDefinition? {
    switch terms {
    case .availability(let terms): terms.calendar
    case .deliverable(let terms): terms.calendar
    case .responseTo(let terms): terms.calendar
    case .volume, .ratio: nil
    }
  }

  /// The sources of its rows.
  package var sources: [String] {
    guard case .availability(let terms) = terms, let maintenance = terms.maintenance else {
      return [rows.source]
    }
    return [rows.source, maintenance.source]
  }

  /// The fields and moments of rows that it looks at.
  package var namesUsed: [String] {
    rows.condition.fields + [rows.moment] + termNames
  }

  private var termNames: [String] {
    switch terms {
    case .availability(let terms):
      (terms.maintenance?.condition.fields ?? []) + (terms.planned?.fields ?? [])
        + [terms.weightField, terms.labelField].compactMap { $0 }
    case .volume(let terms): terms.quality.fields
    case .ratio(let terms): terms.part.fields
    case .deliverable(let terms):
      [terms.monthField].compactMap { $0 } + (terms.complete?.fields ?? [])
        + (terms.accepted?.fields ?? [])
    case .responseTo: []
    }
  }
}

extension Obligation.Volume {
  /// What a whole month owes, in millionths; `nil` before the first step.
  package func amount(inMonthFrom first: CivilDate) -> Int64? {
    steps.last { $0.from.map { $0 <= first } ?? true }?.millionths
  }
}
