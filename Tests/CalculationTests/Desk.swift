import Agreements
import Calculation
import Foundation
import Results
import ServiceTime
import Testing
import Tickets

/// What happens to a ticket, in the words of the tests.
enum Happening {
  case set(String, String)
  /// A moment happens.
  case now(String)
  /// A moment is taken back.
  case undo(String)
}

/// A ticket as a test writes it: where it starts, and what happens to it.
struct Sketch {
  var id: String
  var fields: [String: String]
  var happenings: [(at: Int64, what: Happening)] = []
  var suspensions: [(from: Int64, to: Int64?, party: String)] = []
  var pausedTotal: Int64?
  /// Moments whose cell held something that is no instant.
  var unreadable: [String] = []

  init(_ id: String, _ fields: [String: String] = [:]) {
    self.id = id
    self.fields = ["status": "New", "priority": "2", "department": "Sales"]
      .merging(fields) { $1 }
  }

  func at(_ time: String, _ what: Happening...) -> Sketch {
    var copy = self
    copy.happenings += what.map { (instant(time), $0) }
    return copy
  }

  func opened(_ time: String) -> Sketch { at(time, .now("opened")) }
  func responded(_ time: String) -> Sketch { at(time, .now("responded")) }
  func resolved(_ time: String) -> Sketch { at(time, .now("resolved")) }
  func closed(_ time: String) -> Sketch { at(time, .now("closed")) }
  func customer(_ time: String...) -> Sketch {
    time.reduce(self) { $0.at($1, .now("customer-replied")) }
  }
  func agent(_ time: String...) -> Sketch {
    time.reduce(self) { $0.at($1, .now("agent-replied")) }
  }
  func reopened(_ time: String) -> Sketch { at(time, .undo("resolved")) }
  func status(_ status: String, _ time: String) -> Sketch { at(time, .set("status", status)) }

  func suspended(_ from: String, _ to: String?, by party: String = "customer") -> Sketch {
    var copy = self
    copy.suspensions.append((instant(from), to.map(instant), party))
    return copy
  }

  func paused(seconds: Int64) -> Sketch {
    var copy = self
    copy.pausedTotal = seconds
    return copy
  }

  func garbled(_ moment: String) -> Sketch {
    var copy = self
    copy.unreadable.append(moment)
    return copy
  }
}

/// `03-05 19:30` of 2026, or `2027-03-05 19:30`, in UTC; seconds may follow.
func instant(_ text: String) -> Int64 {
  let full = text.prefix(5).contains(" ") || !text.hasPrefix("20") ? "2026-" + text : text
  let parts = full.split(separator: " ").map(String.init)
  let time = parts.count < 2 ? "00:00:00" : parts[1].count == 5 ? parts[1] + ":00" : parts[1]
  guard let instant = Instant(iso: parts[0] + "T" + time + "Z") else {
    preconditionFailure("not a time: \(text)")
  }
  return instant.seconds
}

func hours(_ count: Double) -> Int64 { Int64(count * 3_600) }

func date(_ text: String) -> CivilDate {
  guard let date = CivilDate(iso: text) else { preconditionFailure("not a date: \(text)") }
  return date
}

func zone(_ name: String) throws -> ZoneRules {
  let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/" + name))
  return try ZoneRules(identifier: name, tzif: [UInt8](data))
}

func window(_ text: String) -> DayWindow {
  guard let window = try? DayWindow(text) else { preconditionFailure("not a window: \(text)") }
  return window
}

/// Monday to Friday, 08:00 to 18:00.
func office(_ zone: ZoneRules = .utc) -> CalendarDefinition {
  let days = Weekday.allCases.prefix(5)
  let week = WeeklyHours(
    Dictionary(uniqueKeysWithValues: days.map { ($0, [window("08:00-18:00")]) }))
  return CalendarDefinition(name: "office", versions: [CalendarVersion(zone: zone, week: week)])
}

func when(_ field: String, _ values: String...) -> Condition {
  Condition(tests: [.init(field: field, patterns: values.map { ValuePattern($0) })])
}

/// The shape of a table: one row an event, or one column an instant.
enum Shape: CaseIterable { case events, tickets }

/// The moments that the tables of the tests have.
let usualMoments = [
  "opened", "responded", "resolved", "closed", "due", "customer-replied", "agent-replied",
]

func table(
  _ sketches: [Sketch], shape: Shape = .events, counts: PausedTotals.Counts = .working,
  moments: [String] = usualMoments, holds: Holds = .all,
  source: String = "desk"
) -> TicketTable {
  var table = TicketTable(source: source)
  table.holds = holds
  for sketch in sketches { table.ids.append(sketch.id.utf8) }
  let names = Set(sketches.flatMap { $0.fields.keys }).sorted()
  table.moments = moments.map { MomentColumn(name: $0) }
  table.fields = names.map { FieldColumn(name: $0) }
  if sketches.contains(where: { $0.pausedTotal != nil }) {
    table.pausedTotals = PausedTotals(counts: counts)
  }
  for index in names.indices where shape == .events { table.fields[index].initialCodes = [] }
  var history = ChangeTable()
  for (number, sketch) in sketches.enumerated() {
    add(sketch, number: number, names: names, to: &table, history: &history)
  }
  if shape == .events { table.history = history }
  table.ledger.read = sketches.count
  table.ledger.tickets = sketches.count
  return table
}

private func add(
  _ sketch: Sketch, number: Int, names: [String], to table: inout TicketTable,
  history: inout ChangeTable
) {
  var values = sketch.fields
  var seconds: [String: Int64] = [:]
  for (index, name) in names.enumerated() where table.fields[index].initialCodes != nil {
    let code = table.fields[index].dictionary.code(for: values[name] ?? "")
    table.fields[index].initialCodes?.append(code)
  }
  let ordered = sketch.happenings.enumerated().sorted {
    ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
  }
  for (line, happening) in ordered.map(\.element).enumerated() {
    let (subject, value): (ChangeTable.Subject, UInt32)
    switch happening.what {
    case .set(let field, let text):
      guard let index = names.firstIndex(of: field) else { continue }
      values[field] = text
      (subject, value) = (.field(index), table.fields[index].dictionary.code(for: text))
    case .now(let name):
      guard let index = table.momentIndex(name) else { continue }
      seconds[name] = happening.at
      (subject, value) = (.moment(index), 1)
    case .undo(let name):
      guard let index = table.momentIndex(name) else { continue }
      seconds[name] = nil
      (subject, value) = (.moment(index), 0)
    }
    // A due date is a value, and nothing that happens; nor is it a change to be exported.
    if case .now("due") = happening.what { continue }
    if case .now("updated") = happening.what { continue }
    history.append(at: happening.at, subject, value: value, line: UInt32(line + 2))
  }
  history.endTicket()
  for index in table.moments.indices {
    let name = table.moments[index].name
    let value =
      sketch.unreadable.contains(name)
      ? MomentColumn.unreadable : seconds[name] ?? MomentColumn.missing
    table.moments[index].seconds.append(value)
  }
  for (index, name) in names.enumerated() {
    table.fields[index].codes.append(
      table.fields[index].dictionary.code(for: values[name] ?? ""))
  }
  table.pausedTotals?.seconds.append(sketch.pausedTotal ?? MomentColumn.missing)
  for suspension in sketch.suspensions {
    table.suspensions.append(
      Suspension(
        ticket: number, start: Instant(seconds: suspension.from),
        end: suspension.to.map { Instant(seconds: $0) }, party: suspension.party))
  }
}
