internal import CLibICal

/// Reading of iCalendar files (RFC 5545).
package enum HolidayFeed {
  /// The days that a feed's all-day events name, ascending, each day and name once.
  ///
  /// An event of several days gives each of them. Repetitions are followed through `years`;
  /// cancelled events, excepted days and events with a time of day are left out. An event that
  /// stands in for one day of a series takes that day's place.
  package static func dates(
    inICS bytes: [UInt8], years: ClosedRange<Int>
  ) throws(HolidayFeedError) -> [Holiday] {
    let lines = try FeedLines(bytes)
    guard let parser = icalparser_new() else {
      throw HolidayFeedError(line: nil, reason: "there is not enough memory to read the file")
    }
    defer { icalparser_free(parser) }
    var calendars: [OpaquePointer] = []
    defer { calendars.forEach(icalcomponent_free) }
    for line in lines.lines {
      // libical writes into the line it is given.
      var text = line.text.map(CChar.init(bitPattern:)) + [0]
      if let calendar = icalparser_add_line(parser, &text) { calendars.append(calendar) }
    }
    let components = calendars.flatMap(events(of:))
    guard components.count == lines.events.count else {
      throw HolidayFeedError(line: nil, reason: "holds an event that cannot be read")
    }
    return try holidays(
      of: zip(components, lines.events).map(FeedEvent.init(component:lines:)), years: years)
  }

  private static func events(of calendar: OpaquePointer) -> [OpaquePointer] {
    var events: [OpaquePointer] = []
    var next = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT)
    while let event = next {
      events.append(event)
      next = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)
    }
    return events
  }

  private static func holidays(
    of events: [FeedEvent], years: ClosedRange<Int>
  ) throws(HolidayFeedError) -> [Holiday] {
    var replacedDays: [String: Set<Int>] = [:]
    for event in events {
      guard let uid = event.uid, let day = event.replacedDay else { continue }
      replacedDays[uid, default: []].insert(day)
    }
    let wanted = FeedDay.firstDay(of: years.lowerBound)..<FeedDay.firstDay(of: years.upperBound + 1)
    var holidays: Set<Holiday> = []
    var daysLeft = FeedEvent.mostDays
    for event in events {
      try event.checkForErrors()
      guard !event.isCancelled, let start = try event.start() else { continue }
      var startDays = try event.startDays(
        from: start, through: years.upperBound, daysLeft: &daysLeft)
      if event.replacedDay == nil, let uid = event.uid {
        startDays.subtract(replacedDays[uid] ?? [])
      }
      let length = try event.length(from: start)
      var end = Int.min
      for first in startDays.sorted() {
        let days = (max(first, end)..<first + length).clamped(to: wanted)
        try event.take(days.count, of: &daysLeft, at: "DTSTART")
        for day in days { holidays.insert(FeedDay.holiday(day, name: event.name)) }
        end = first + length
      }
    }
    return holidays.sorted()
  }
}
