/// One opening of a day, in seconds after its local midnight; half-open.
///
/// An overnight opening belongs to the day it starts on and ends after 86,400.
package struct DayWindow: Comparable, Hashable, Sendable {
  /// 0 to 86,399.
  package let startSecond: Int
  /// Greater than `startSecond`, and at most a day after it.
  package let endSecond: Int

  /// Creates a window, or returns `nil` if it is empty, longer than a day, or starts outside it.
  package init?(startSecond: Int, endSecond: Int) {
    guard (0..<86_400).contains(startSecond), endSecond > startSecond,
      endSecond - startSecond <= 86_400
    else { return nil }
    self.startSecond = startSecond
    self.endSecond = endSecond
  }

  private init(allDayFrom start: Int) {
    startSecond = start
    endSecond = start + 86_400
  }

  /// From midnight to midnight.
  package static let allDay = DayWindow(allDayFrom: 0)

  /// The length on a day without a clock change.
  package var length: WorkTime { WorkTime(seconds: Int64(endSecond - startSecond)) }

  /// As an agreement writes it: `08:00-12:00`, `22:00-06:00`, `00:00-24:00`.
  package var text: String {
    let end = endSecond > 86_400 ? endSecond - 86_400 : endSecond
    return clockText(startSecond) + "-" + clockText(end)
  }

  package static func < (left: DayWindow, right: DayWindow) -> Bool {
    (left.startSecond, left.endSecond) < (right.startSecond, right.endSecond)
  }
}

/// Why a text is not an opening.
package enum DayWindowError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text is not two times of day with a hyphen between them.
  case notAWindow(String)
  /// A time does not exist, such as `24:30` or `9:70`.
  case noSuchTime(String)
  /// Both ends are the same time.
  case empty(String)

  package var description: String {
    switch self {
    case .notAWindow(let text):
      "\"\(text)\" is not an opening like 08:00-12:00 or, overnight, 22:00-06:00"
    case .noSuchTime(let text):
      "\"\(text)\" is not a time of day from 00:00 to 24:00"
    case .empty(let text):
      "\"\(text)\" starts and ends at one time; for a whole day write 00:00-24:00"
    }
  }
}

extension DayWindow {
  /// Reads `08:00-12:00`; an end at or before the start is on the next day.
  package init(_ text: String) throws(DayWindowError) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .notAWindow(text) }
    let start = try DayWindow.second(of: String(parts[0]), in: text)
    var end = try DayWindow.second(of: String(parts[1]), in: text)
    guard start < 86_400 else { throw .noSuchTime(String(parts[0])) }
    guard start != end else { throw .empty(text) }
    if end < start { end += 86_400 }
    startSecond = start
    endSecond = end
  }

  private static func second(of part: String, in text: String) throws(DayWindowError) -> Int {
    let trimmed = part.filter { $0 != " " }
    var scanner = DigitScanner(trimmed)
    guard let hour = scanner.number(upTo: 2), scanner.skip(":"),
      let minute = scanner.number(digits: 2)
    else { throw .notAWindow(text) }
    var second = 0
    if scanner.skip(":") {
      guard let value = scanner.number(digits: 2) else { throw .notAWindow(text) }
      second = value
    }
    guard scanner.isAtEnd else { throw .notAWindow(text) }
    let total = hour * 3_600 + minute * 60 + second
    guard minute < 60, second < 60, total <= 86_400 else { throw .noSuchTime(trimmed) }
    return total
  }
}

/// A second of the day as `08:00`, or `08:00:30` if it is not a whole minute.
func clockText(_ second: Int) -> String {
  let text = padded(second / 3_600, 2) + ":" + padded(second / 60 % 60, 2)
  return second % 60 == 0 ? text : text + ":" + padded(second % 60, 2)
}
