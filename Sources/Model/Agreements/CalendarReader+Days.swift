import LocatedYAML
import ServiceTime

/// An opening of the week, to find where it was written.
private struct WeekPlace: Hashable {
  let weekday: Weekday
  let window: DayWindow
}

extension CalendarParser {
  private static let shortNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
  private static let longNames = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// Reads `{mon-fri: ["08:00-12:00", "13:00-18:00"], sat: "09:00-12:00"}`.
  func week(_ node: YAMLNode) -> WeeklyHours? {
    guard let entries = rules.reader.entries(node, of: "\"week\"") else { return nil }
    var windows: [Weekday: [DayWindow]] = [:]
    var places: [WeekPlace: YAMLNode] = [:]
    for entry in entries {
      guard let days = weekdays(entry.key) else {
        rules.reader.report(.notDays(entry.key), atKeyOf: entry)
        continue
      }
      let read = self.windows(entry.value, of: "\"\(entry.key)\"")
      for day in days {
        guard windows[day] == nil else {
          rules.reader.report(.dayTwice(Self.longNames[day.rawValue]), atKeyOf: entry)
          continue
        }
        windows[day] = read.map(\.window)
        for (window, place) in read {
          places[WeekPlace(weekday: day, window: window)] = place
        }
      }
    }
    let week = WeeklyHours(windows)
    if let (earlier, later) = week.firstOverlap {
      let place = places[WeekPlace(weekday: later.weekday, window: later.window)]
      rules.reader.report(.overlap(text(earlier), text(later)), at: place ?? node)
    }
    if week.longestOpening == .zero, !rules.hasErrors {
      rules.reader.report(.neverOpen, at: node)
    }
    return week
  }

  private func text(_ entry: WeeklyHours.Entry) -> String {
    Self.shortNames[entry.weekday.rawValue] + " " + entry.window.text
  }

  /// `mon`, `mon-fri`, `sat-mon` or `mon, wed, fri`; also in full and with capitals.
  private func weekdays(_ text: String) -> [Weekday]? {
    var days: [Weekday] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        .map { weekday(String($0.filter { $0 != " " })) }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1]
      else { return nil }
      var day = first
      days.append(day)
      while day != last {
        day = day.following
        days.append(day)
      }
    }
    return days
  }

  private func weekday(_ name: String) -> Weekday? {
    let name = name.lowercased()
    let index = Self.shortNames.firstIndex(of: name) ?? Self.longNames.firstIndex(of: name)
    return index.flatMap(Weekday.init(rawValue:))
  }

  /// A window, a list of them, or `closed`.
  private func windows(
    _ node: YAMLNode, of what: String
  ) -> [(window: DayWindow, place: YAMLNode)] {
    if node.scalar == "closed" { return [] }
    var windows: [(window: DayWindow, place: YAMLNode)] = []
    for item in rules.reader.itemOrItems(node) {
      let expected = "an opening like 08:00-12:00, or closed"
      guard let text = rules.reader.text(item, of: what, expected: expected) else { continue }
      do throws(DayWindowError) {
        windows.append((try DayWindow(text), item))
      } catch {
        rules.reader.report("\(what): \(error)", at: item)
      }
    }
    return windows.sorted { $0.window < $1.window }
  }

  /// The openings of single days; what is named day by day goes before the days of files.
  func exceptions(holidays: YAMLNode?, exceptions: YAMLNode?) -> [CivilDate: [DayWindow]] {
    var fromFiles: Set<CivilDate> = []
    var named: [CivilDate: [DayWindow]] = [:]
    let items = holidays.flatMap { rules.reader.items($0, of: "\"holidays\"") } ?? []
    for item in items {
      guard let text = item.scalar else {
        partialDays(item, of: "\"holidays\"", into: &named)
        continue
      }
      if text.hasSuffix(".ics") {
        fromFiles.formUnion(feed(text, at: item))
      } else if let date = CivilDate(iso: text) {
        add(date, [], into: &named, line: item.line, column: item.column)
      } else {
        rules.reader.report(.notAHoliday(item.description), at: item)
      }
    }
    if let exceptions { partialDays(exceptions, of: "\"exceptions\"", into: &named) }
    for date in fromFiles where named[date] == nil { named[date] = [] }
    return named
  }

  private func feed(_ path: String, at node: YAMLNode) -> [CivilDate] {
    do {
      let dates = try rules.sources.holidays(path, rules.name)
      if dates.isEmpty { rules.reader.report(.emptyFeed(path), at: node) }
      return dates
    } catch {
      rules.reader.report("holidays \"\(path)\" cannot be read: \(error)", at: node)
      return []
    }
  }

  /// Reads `{2026-12-24: "08:00-12:00", 2026-12-31: closed}`.
  private func partialDays(
    _ node: YAMLNode, of what: String, into named: inout [CivilDate: [DayWindow]]
  ) {
    for entry in rules.reader.entries(node, of: what) ?? [] {
      guard let date = CivilDate(iso: entry.key) else {
        rules.reader.report(.notADate(entry.key), atKeyOf: entry)
        continue
      }
      let windows = windows(entry.value, of: "\"\(entry.key)\"")
      for (earlier, later) in zip(windows, windows.dropFirst())
      where earlier.window.endSecond > later.window.startSecond {
        rules.reader.report(.overlap(earlier.window.text, later.window.text), at: later.place)
      }
      add(date, windows.map(\.window), into: &named, line: entry.keyLine, column: entry.keyColumn)
    }
  }

  private func add(
    _ date: CivilDate, _ windows: [DayWindow], into named: inout [CivilDate: [DayWindow]],
    line: Int, column: Int
  ) {
    if named.updateValue(windows, forKey: date) != nil {
      rules.reader.report(.dayTwice(date.iso), line: line, column: column)
    }
  }

  /// `[mon, tue]` or `mon-fri`; each must have an opening.
  func businessDays(_ node: YAMLNode, of week: WeeklyHours?) -> Set<Weekday>? {
    var days: Set<Weekday> = []
    for item in rules.reader.itemOrItems(node) {
      guard let text = rules.reader.text(item, of: "\"business-days\"") else { continue }
      guard let named = weekdays(text) else {
        rules.reader.report(.notDays(text), at: item)
        continue
      }
      for day in named where week.map({ $0[day].isEmpty }) ?? false {
        rules.reader.report(.closedBusinessDay(Self.longNames[day.rawValue]), at: item)
      }
      days.formUnion(named)
    }
    return days.isEmpty ? nil : days
  }
}

extension String {
  fileprivate static let neverOpen =
    "the calendar never opens; give at least one day of \"week\" an opening like 08:00-17:00"

  fileprivate static func notDays(_ text: String) -> String {
    "\"\(text)\" is not a day or a range of days like mon, mon-fri or \"mon, wed\""
  }

  fileprivate static func dayTwice(_ day: String) -> String {
    "\(day) is given twice; put all its openings into one list"
  }

  fileprivate static func overlap(_ earlier: String, _ later: String) -> String {
    "the openings \(earlier) and \(later) overlap; let one end where the next starts"
  }

  fileprivate static func notAHoliday(_ what: String) -> String {
    """
    \(what) is not a holiday: write an .ics file, a date like 2026-12-25, or a partial day like \
    {2026-12-24: "08:00-12:00"}
    """
  }

  fileprivate static func notADate(_ text: String) -> String {
    "\"\(text)\" is not a date like 2026-12-24"
  }

  fileprivate static func emptyFeed(_ path: String) -> String {
    "holidays \"\(path)\" hold no day; check the file, or leave it out"
  }

  fileprivate static func closedBusinessDay(_ day: String) -> String {
    "\(day) is named as a business day, but \"week\" gives it no opening"
  }
}
