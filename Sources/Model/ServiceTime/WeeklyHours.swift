/// The openings of a week, by the day they start on.
package struct WeeklyHours: Hashable, Sendable {
  /// Seven lists from Monday to Sunday, each ascending.
  private let windowsByDay: [[DayWindow]]

  package init(_ windows: [Weekday: [DayWindow]]) {
    windowsByDay = Weekday.allCases.map { (windows[$0] ?? []).sorted() }
  }

  /// Open at all times.
  package static let always = WeeklyHours(
    Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [DayWindow.allDay]) }))

  /// The openings that start on a weekday, ascending; none on a closed day.
  package subscript(weekday: Weekday) -> [DayWindow] {
    windowsByDay[weekday.rawValue]
  }

  /// The sum of a weekday's openings.
  package func opening(on weekday: Weekday) -> WorkTime {
    self[weekday].reduce(.zero) { $0 + $1.length }
  }

  /// The longest opening of a day in the week.
  package var longestOpening: WorkTime {
    Weekday.allCases.map(opening(on:)).max() ?? .zero
  }

  /// A window and the weekday it starts on.
  package struct Entry: Hashable, Sendable {
    package let weekday: Weekday
    package let window: DayWindow
  }

  /// The first two windows that share time, the earlier one first; `nil` if there are none.
  ///
  /// Overnight windows are held against the next day's, and Sunday's against Monday's. Windows
  /// that only touch do not overlap.
  package var firstOverlap: (earlier: Entry, later: Entry)? {
    let entries = Weekday.allCases.flatMap { weekday in
      self[weekday].map { Entry(weekday: weekday, window: $0) }
    }
    // As windows ascend and last a day at most, only neighbours can be the first to overlap.
    for (earlier, later) in zip(entries, entries.dropFirst())
    where earlier.secondOfWeek + earlier.length > later.secondOfWeek {
      return (earlier, later)
    }
    guard entries.count > 1, let first = entries.first, let last = entries.last,
      last.secondOfWeek + last.length > first.secondOfWeek + 7 * 86_400
    else { return nil }
    return (last, first)
  }
}

extension WeeklyHours.Entry {
  /// The start, in seconds after Monday's midnight.
  fileprivate var secondOfWeek: Int { weekday.rawValue * 86_400 + window.startSecond }
  fileprivate var length: Int { window.endSecond - window.startSecond }
}
