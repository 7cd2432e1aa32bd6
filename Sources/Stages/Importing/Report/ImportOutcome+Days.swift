import ServiceTime
import Tickets

extension ImportOutcome {
  /// The days on which something begins, and the gaps between them; `nil` if nothing does.
  func days(in zone: ZoneRules) -> ImportReport.Days? {
    let days = beginnings.reduce(into: Set<Int>()) { $0.insert(zone.day(of: $1)) }.sorted()
    guard let first = days.first, let last = days.last else { return nil }
    let gaps = zip(days, days.dropFirst()).filter { $1 - $0 > 1 }.map { ($0 + 1, $1 - 1) }
    let longest = gaps.sorted { ($1.1 - $1.0, $0.0) < ($0.1 - $0.0, $1.0) }
      .prefix(ImportReport.mostPlaces)
    return ImportReport.Days(
      first: CivilDate(daysSince1970: first).iso, last: CivilDate(daysSince1970: last).iso,
      withTickets: days.count, without: last - first + 1 - days.count,
      gaps: longest.map { from, to in
        .init(
          from: CivilDate(daysSince1970: from).iso, to: CivilDate(daysSince1970: to).iso,
          days: to - from + 1)
      })
  }

  /// When tickets were opened, intervals started, things were delivered.
  private var beginnings: [Instant] {
    switch content {
    case .tickets(let table):
      guard let opened = table.momentIndex("opened") else { return [] }
      return (0..<table.count).compactMap { table.moments[opened][$0] }
    case .intervals(let table): return table.starts.map { Instant(seconds: $0) }
    case .counts(let table): return table.instants.map { Instant(seconds: $0) }
    }
  }
}
