import HolidayFeeds

/// iCalendar files: days in order, inside the years asked for, each day and name once.
enum HolidayFuzzing {
  static func complaint(about bytes: [UInt8]) -> String? {
    do {
      let holidays = try HolidayFeed.dates(inICS: bytes, years: 2020...2030)
      guard holidays.allSatisfy({ (2020...2030).contains($0.year) }) else { return "another year" }
      return zip(holidays, holidays.dropFirst()).allSatisfy(<) ? nil : "not in order, or twice"
    } catch {
      return error.reason.isEmpty ? "no message" : nil
    }
  }
}
