import Agreements
import Results
import ServiceTime
import Tickets

extension AgreementRun {
  /// What a reader of the figures has to know of the agreement, from its newest version.
  mutating func summary() -> AgreementSummary {
    let newest = versions[versions.count - 1]
    let interval = shelf.covering
    let changes = zone.changes(in: interval)
    var summary = AgreementSummary(
      name: newest.name, title: newest.title, kind: newest.kind.rawValue,
      provider: newest.provider, zone: zone.identifier,
      offsets: ([interval.start] + changes).map {
        ZoneOffset(from: $0.seconds, secondsEast: Int64(zone.offset(at: $0)))
      },
      countBy: countBy.rawValue, clocks: clocks(of: newest), calendars: calendars(of: newest),
      by: request.by, periods: periods(of: newest), period: plan.reported)
    summary.brand = newest.brand.map { AgreementSummary.BrandSummary($0) }
    return summary
  }

  private mutating func clocks(of agreement: Agreement) -> [AgreementSummary.ClockSummary] {
    var summaries: [AgreementSummary.ClockSummary] = []
    for (clock, target) in zip(agreement.clocks, agreement.targets) {
      summaries.append(
        AgreementSummary.ClockSummary(
          clock: clock.name, start: clock.start.map(\.words).joined(separator: ", else "),
          stop: clock.stop.map(\.words).joined(separator: ", else "),
          pauses: clock.pauseWords,
          cancel: clock.cancel?.words ?? "", reopen: clock.repeats?.words ?? clock.reopen.words,
          onTierChange: clock.onTierChange.words,
          tiers: tierSummaries(agreement, target: target),
          totalObjective: target.totalObjective?.millionthsOfPercent))
    }
    return summaries
  }

  private mutating func tierSummaries(_ agreement: Agreement, target: Target)
    -> [AgreementSummary.TierSummary]
  {
    var summaries: [AgreementSummary.TierSummary] = []
    for (tier, promise) in zip(agreement.tiers, target.tiers) {
      let calendar = shelf.calendar(promise.calendar)
      var seconds: Int64?
      switch promise.within {
      case .work(let amount): seconds = amount
      case .calendarDays(let days): seconds = Int64(days) * 86_400
      case .businessDays(let days):
        seconds =
          Int64(days)
          * calendar.longestOpening(at: Instant(seconds: plan.horizon)).seconds
      case nil: break
      }
      summaries.append(
        AgreementSummary.TierSummary(
          tier: tier.name, objective: promise.objective?.millionthsOfPercent,
          withinSeconds: seconds, within: promise.words, calendar: promise.calendar.name))
    }
    return summaries
  }

  private func calendars(of agreement: Agreement) -> [AgreementSummary.CalendarSummary] {
    var seen: [CalendarDefinition] = []
    for target in agreement.targets {
      for tier in target.tiers where !seen.contains(tier.calendar) { seen.append(tier.calendar) }
    }
    return seen.sorted { $0.name < $1.name }.map { definition in
      AgreementSummary.CalendarSummary(
        name: definition.name, hours: definition.words,
        zone: definition.versions.last?.zone.identifier ?? zone.identifier)
    }
  }

  private func periods(of agreement: Agreement) -> [AgreementSummary.PeriodSummary] {
    var summaries: [AgreementSummary.PeriodSummary] = []
    for series in [plan.months] + (plan.range.map { [$0] } ?? []) {
      for period in series.firstShown..<series.count {
        let (start, end) = (series.edges[period], series.edges[period + 1])
        let (completeness, reason) = completeness(end: end)
        summaries.append(
          AgreementSummary.PeriodSummary(
            label: series.labels[period], start: start, end: end,
            horizon: min(end, plan.horizon), completeness: completeness, reason: reason))
      }
    }
    return summaries
  }

  /// See docs/DECISIONS.md, "Complete, partial, starting up".
  func completeness(end: Int64) -> (Completeness, reason: String) {
    for gap in gaps {
      switch gap {
      case .all: break
      case .finished:
        return (.partial, "finished tickets only: overdue ones cannot be seen")
      case .openedFrom(let date):
        return (.partial, "tickets opened before \(date.iso) are not in the export")
      case .updatedFrom(let date):
        return (.partial, "tickets not updated since \(date.iso) are not in the export")
      }
    }
    if end < startingUpUntil {
      return (
        .startingUp, "the longest time allowed had not passed since the agreement or export began"
      )
    }
    return (.complete, "")
  }

  /// The instant at which the longest `within` has passed since the data or the agreement began.
  private var startingUpUntil: Int64 {
    let dataBegin = began ?? earliest.seconds
    let begins = max(
      dataBegin, versions.first?.validFrom.map { zone.midnight(of: $0).seconds } ?? dataBegin)
    var latest = begins
    var shelf = shelf
    for target in versions.last?.targets ?? [] {
      for tier in target.tiers {
        let prepared = PreparedTierTarget(
          calendar: shelf.calendar(tier.calendar), allowance: tier.within, dueMoment: nil,
          dueRule: tier.dueRule, objective: nil)
        let start = Instant(seconds: begins)
        let due =
          prepared.dueDate(startedAt: begins)
          ?? prepared.within(startedAt: begins).flatMap {
            prepared.calendar.due(after: WorkTime(seconds: $0), from: start)?.seconds
          }
        latest = max(latest, due ?? begins)
      }
    }
    return latest
  }
}

extension AgreementSummary.BrandSummary {
  fileprivate init(_ brand: Brand) {
    self.init()
    title = brand.title
    logo = brand.logo.map { "data:\($0.mediaType);base64,\($0.base64)" }
    (lightAccent, darkAccent) = (brand.accent?.light.text, brand.accent?.dark.text)
  }
}
