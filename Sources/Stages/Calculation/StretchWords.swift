import Agreements
import Messages
import Results
import ServiceTime
import Tickets

/// The rule by which a stretch of a trace is counted or not, in words.
struct StretchWords {
  let clock: PreparedClock
  let version: PreparedVersion
  let events: TicketEvents

  /// More closed days are not named one by one.
  private static let mostDays = 3

  func rule(of stretch: Timeline.Stretch, _ record: TraceRecord.Stretch) -> String {
    switch record.kind {
    case .counted:
      let start = "counted on \(record.calendar)"
      return record.closed > 0 ? start + " without " + closed(stretch, record) : start
    case .closed: return closed(stretch, record) + " of \(record.calendar)"
    case .paused:
      return record.reason.map { "excluded: \($0)" } ?? pause(of: stretch, party: record.party)
    case .stopped: return stop(stretch)
    }
  }

  /// Where the register has the entry with which excluded time began or ended, if no row of the
  /// export began the stretch.
  func entry(at stretch: Timeline.Stretch, of plan: ExclusionPlan) -> TraceRecord.Entry? {
    guard stretch.line == 0 else { return nil }
    let event = events.events.last { $0.at == stretch.start && $0.subject == .exclusion }
    guard let event else { return nil }
    let place = plan.entries[version.excluded.applied[event.index].entry].place
    return TraceRecord.Entry(file: place.file, line: place.line ?? 0)
  }

  /// The first pause that holds with the fields of the stretch's start, else a suspension that the
  /// row carries itself.
  private func pause(of stretch: Timeline.Stretch, party: String) -> String {
    if clock.part != nil, party == PreparedPart.elsewhereName {
      return "not with \(clock.name) (\(party))"
    }
    var codes = events.initialCodes
    for event in events.events where event.at <= stretch.start {
      if case .field = event.subject { codes[event.index] = event.value }
    }
    let rules = version.agreement.clocks.first { $0.name == clock.name }?.pauses ?? []
    let held = clock.pauses.firstIndex { $0.condition.holds(codes) }
    guard let held, held < rules.count, rules[held].party == party else {
      return "suspended in the export (\(party))"
    }
    return "\(rules[held].condition.words) (\(party))"
  }

  private func stop(_ stretch: Timeline.Stretch) -> String {
    let rule = version.agreement.clocks.first { $0.name == clock.name }
    switch stretch.state {
    case .cancelled: return "cancel: \(rule?.cancel?.words ?? "")"
    case .ended: return "the ticket has ended"
    case .stopped, .running, .paused:
      let signals = rule?.stop.map(\.words).joined(separator: " or ") ?? ""
      return "stop: \(signals); reopen: \(clock.reopening.words)"
    }
  }

  /// `closed hours`, with the days that the calendar closes as holidays.
  private func closed(_ stretch: Timeline.Stretch, _ record: TraceRecord.Stretch) -> String {
    let days = holidays(
      of: clock.tiers[stretch.tier].calendar.definition, from: record.from, to: record.to)
    guard !days.isEmpty else { return "closed hours" }
    guard days.count <= Self.mostDays else { return "closed hours and \(days.count) holidays" }
    return "closed hours and holiday" + (days.count == 1 ? " " : "s ")
      + days.map(\.iso).joined(separator: ", ")
  }

  /// Days of a span that a calendar closes though their weekday is open, ascending.
  private func holidays(
    of calendar: CalendarDefinition, from: Int64, to: Int64
  ) -> [CivilDate] {
    let days = calendar.versions.flatMap { version in
      let first = version.zone.local(of: Instant(seconds: from)).date
      let last = version.zone.local(of: Instant(seconds: max(from, to - 1))).date
      return version.exceptions.compactMap { day, windows in
        windows.isEmpty && day >= first && day <= last && version.isValid(on: day)
          && !version.week[day.weekday].isEmpty ? day : nil
      }
    }
    return Set(days).sorted()
  }
}
