/// The rule for all years after a zone file's table, such as `GMT0BST,M3.5.0/1,M10.5.0`.
///
/// The form is that of the POSIX variable TZ, with the hours from -167 to 167 that RFC 8536 adds.
struct ZoneFooter {
  /// The day on which the clocks change, in any year.
  enum Day: Hashable {
    /// `J60`: counted from 1, without 29 February.
    case julian(Int)
    /// `59`: counted from 0, with 29 February.
    case zeroBased(Int)
    /// `M3.5.0`: weekday (0 is Sunday) of a month; the fifth is the last.
    case weekday(month: Int, week: Int, weekday: Int)

    /// The day of that year, as days since 1970-01-01.
    func daysSince1970(in year: Int) -> Int {
      switch self {
      case .julian(let number):
        let skipped = CivilDate.isLeap(year) && number >= 60 ? 1 : 0
        return CivilDate.daysSince1970(year: year, month: 1, day: 1) + number - 1 + skipped
      case .zeroBased(let number):
        return CivilDate.daysSince1970(year: year, month: 1, day: 1) + number
      case .weekday(let month, let week, let weekday):
        let first = CivilDate.daysSince1970(year: year, month: month, day: 1)
        let sundayBased = (CivilDate.weekday(ofDay: first).rawValue + 1) % 7
        let day = (weekday - sundayBased + 7) % 7 + (week - 1) * 7
        return first + (day < CivilDate.length(ofMonth: month, in: year) ? day : day - 7)
      }
    }
  }

  /// A clock change of every year: a day and the local second after its midnight.
  struct Change: Hashable {
    let day: Day
    let second: Int
  }

  /// Seconds east of UTC in standard time.
  let standard: Int
  /// The other offset and its dates, if the zone has one.
  let daylight: (offset: Int, from: Change, to: Change)?

  /// Every change from 1969 to 2101, ascending.
  func changes() -> [(at: Int64, offset: Int)] {
    guard let daylight else { return [] }
    var changes: [(at: Int64, offset: Int)] = []
    for year in 1_969...2_101 {
      let from = Int64(daylight.from.day.daysSince1970(in: year) * 86_400 + daylight.from.second)
      let to = Int64(daylight.to.day.daysSince1970(in: year) * 86_400 + daylight.to.second)
      changes.append((to - Int64(daylight.offset), standard))
      changes.append((from - Int64(standard), daylight.offset))
    }
    // Of two at one instant the return to daylight time holds: daylight time all year is written so.
    return changes.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
  }

  /// The offset in force before the first of ``changes()``.
  var offsetBeforeChanges: Int {
    guard let daylight, let first = changes().first else { return standard }
    return first.offset == standard ? daylight.offset : standard
  }
}

extension ZoneFooter {
  /// Reads a rule, or returns `nil` if it is not one.
  init?(_ text: String) {
    var scanner = DigitScanner(text)
    guard scanner.zoneName(), let west = scanner.clock(upToHour: 24) else { return nil }
    standard = -west
    if scanner.isAtEnd {
      daylight = nil
      return
    }
    guard scanner.zoneName() else { return nil }
    var offset = standard + 3_600
    if scanner.next != UInt8(ascii: ",") {
      guard let west = scanner.clock(upToHour: 24) else { return nil }
      offset = -west
    }
    guard let from = scanner.change(), let to = scanner.change(), scanner.isAtEnd else {
      return nil
    }
    daylight = (offset, from, to)
  }
}

extension DigitScanner {
  /// Passes over `CET`, or a name with digits and signs such as `<+0530>`.
  fileprivate mutating func zoneName() -> Bool {
    let quoted = skip("<")
    var length = 0
    while let byte = next, byte.isLetter || quoted && (byte.isDigit || byte.isSign) {
      _ = skip(Unicode.Scalar(byte))
      length += 1
    }
    return length >= 3 && (!quoted || skip(">"))
  }

  /// Reads `[+-]hh[:mm[:ss]]` as seconds.
  fileprivate mutating func clock(upToHour limit: Int) -> Int? {
    let sign = skip("-") ? -1 : 1
    if sign == 1 { _ = skip("+") }
    guard let hours = number(upTo: 3), hours <= limit else { return nil }
    var seconds = hours * 3_600
    for unit in [60, 1] where skip(":") {
      guard let value = number(digits: 2), value < 60 else { return nil }
      seconds += value * unit
    }
    return sign * seconds
  }

  /// Reads `,M3.5.0/1`, `,J60` or `,59/25:30`; without a time it is 02:00.
  fileprivate mutating func change() -> ZoneFooter.Change? {
    guard skip(","), let day = changeDay() else { return nil }
    guard skip("/") else { return ZoneFooter.Change(day: day, second: 2 * 3_600) }
    guard let second = clock(upToHour: 167) else { return nil }
    return ZoneFooter.Change(day: day, second: second)
  }

  private mutating func changeDay() -> ZoneFooter.Day? {
    if skip("J") {
      guard let day = number(upTo: 3), (1...365).contains(day) else { return nil }
      return .julian(day)
    }
    guard skip("M") else {
      guard let day = number(upTo: 3), (0...365).contains(day) else { return nil }
      return .zeroBased(day)
    }
    guard let month = number(upTo: 2), (1...12).contains(month), skip("."),
      let week = number(upTo: 1), (1...5).contains(week), skip("."),
      let weekday = number(upTo: 1), (0...6).contains(weekday)
    else { return nil }
    return .weekday(month: month, week: week, weekday: weekday)
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  fileprivate var isSign: Bool { self == UInt8(ascii: "+") || self == UInt8(ascii: "-") }
}
