import ServiceTime
import TestSupport

/// A calendar of one zone, and a stretch of time around one of its clock changes.
struct RandomCalendar {
  let versions: [CalendarVersion]
  let covering: ClockInterval

  static let zones = [
    "Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
    "Asia/Jerusalem", "Asia/Kathmandu", "America/Havana",
  ]

  /// - Parameter unit: Every edge is a multiple of so many seconds.
  init(days: Int64, unit: Int, using random: inout SeededGenerator) throws {
    let zone = try Zones.system(RandomCalendar.zones.randomElement(using: &random) ?? "UTC")
    let years = try interval("1995-01-01T00:00:00Z", "2060-01-01T00:00:00Z")
    let change = zone.changes(in: years).randomElement(using: &random) ?? years.start
    let before = Int64.random(in: 0...days * 24, using: &random) * 3_600
    let start = change.advanced(by: -before)
    guard let covering = ClockInterval(from: start, to: start.advanced(by: days * 86_400)) else {
      throw NotWritten(text: start.iso)
    }
    self.covering = covering
    let first = zone.local(of: start).date
    func version(from: CivilDate?, until: CivilDate?) -> CalendarVersion {
      var week: [Weekday: [DayWindow]] = [:]
      for weekday in Weekday.allCases {
        week[weekday] = RandomCalendar.windows(unit: unit, using: &random)
      }
      var exceptions: [CivilDate: [DayWindow]] = [:]
      for offset in -1...Int(days) where Int.random(in: 0..<5, using: &random) == 0 {
        exceptions[first.adding(days: offset)] =
          Bool.random(using: &random) ? [] : RandomCalendar.windows(unit: unit, using: &random)
      }
      return CalendarVersion(
        zone: zone, week: WeeklyHours(week), exceptions: exceptions, validFrom: from,
        validUntil: until)
    }
    let border = first.adding(days: Int.random(in: 0...Int(days), using: &random))
    let hole = border.adding(days: Int.random(in: 0...1, using: &random))
    versions =
      Bool.random(using: &random)
      ? [version(from: nil, until: nil)]
      : [version(from: nil, until: border), version(from: hole, until: nil)]
  }

  /// Up to three windows, which may overlap and may last overnight.
  private static func windows(unit: Int, using random: inout SeededGenerator) -> [DayWindow] {
    if Int.random(in: 0..<6, using: &random) == 0 { return [.allDay] }
    return (0..<Int.random(in: 0...3, using: &random)).compactMap { _ in
      // Half of the edges fall into the hours in which clocks change.
      let hours = Bool.random(using: &random) ? 0..<4 * 3_600 / unit : 0..<86_400 / unit
      let start = Int.random(in: hours, using: &random) * unit
      let length = Int.random(in: 1...12 * 3_600 / unit, using: &random) * unit
      return DayWindow(startSecond: start, endSecond: start + length)
    }
  }

  var calendar: WorkCalendar {
    WorkCalendar(CalendarDefinition(name: "random", versions: versions), covering: covering)
  }

  /// An instant within `covering`, its end included.
  func instant(unit: Int64, using random: inout SeededGenerator) -> Instant {
    covering.start.advanced(
      by: Int64.random(in: 0...covering.seconds / unit, using: &random) * unit)
  }
}
