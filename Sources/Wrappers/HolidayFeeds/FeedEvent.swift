internal import CLibICal

/// An event as libical read it, with its lines for messages.
struct FeedEvent {
  let component: OpaquePointer
  let lines: [FeedLine]

  /// The properties that decide on which days an event falls.
  private static let properties = [
    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "STATUS",
  ]

  /// How many repetitions and days of a feed are followed: more than any calendar of holidays has,
  /// and few enough to be done with in a second or two.
  static let mostDays = 200_000

  var isCancelled: Bool { icalcomponent_get_status(component) == ICAL_STATUS_CANCELLED }

  var name: String {
    icalcomponent_get_summary(component).map { String(cString: $0) } ?? ""
  }

  var uid: String? {
    icalcomponent_get_uid(component).map { String(cString: $0) }
  }

  /// The day of the series that this event stands in for, if it does.
  var replacedDay: Int? {
    guard icalcomponent_get_first_property(component, ICAL_RECURRENCEID_PROPERTY) != nil else {
      return nil
    }
    return FeedDay.number(of: icalcomponent_get_recurrenceid(component))
  }

  /// The first day, or `nil` if the event is not an all-day one.
  func start() throws(HolidayFeedError) -> icaltimetype? {
    guard let property = icalcomponent_get_first_property(component, ICAL_DTSTART_PROPERTY) else {
      throw failure("has no DTSTART", at: "BEGIN")
    }
    let start = icalproperty_get_dtstart(property)
    guard icaltime_is_date(start) != 0 else { return nil }
    try check(start, of: "DTSTART")
    return start
  }

  /// The first days of all repetitions up to the end of `lastYear`, as day numbers.
  ///
  /// - Parameter daysLeft: How many more repetitions and days of the feed are followed.
  func startDays(
    from start: icaltimetype, through lastYear: Int, daysLeft: inout Int
  ) throws(HolidayFeedError) -> Set<Int> {
    var days: Set<Int> = [FeedDay.number(of: start)]
    for property in properties(ICAL_RRULE_PROPERTY) {
      days.formUnion(
        try repetitions(
          of: icalproperty_get_rrule(property), from: start, through: lastYear,
          daysLeft: &daysLeft))
    }
    for property in properties(ICAL_RDATE_PROPERTY) {
      let value = icalproperty_get_rdate(property)
      let day = icaltime_is_null_time(value.time) == 0 ? value.time : value.period.start
      try check(day, of: "RDATE")
      days.insert(FeedDay.number(of: day))
    }
    for property in properties(ICAL_EXDATE_PROPERTY) {
      let day = icalproperty_get_exdate(property)
      try check(day, of: "EXDATE")
      days.remove(FeedDay.number(of: day))
    }
    return days
  }

  private func repetitions(
    of rule: icalrecurrencetype, from start: icaltimetype, through lastYear: Int,
    daysLeft: inout Int
  ) throws(HolidayFeedError) -> Set<Int> {
    guard let iterator = icalrecur_iterator_new(rule, start) else {
      throw failure("holds a repetition that cannot be followed", at: "RRULE")
    }
    defer { icalrecur_iterator_free(iterator) }
    var days: Set<Int> = []
    while true {
      let next = icalrecur_iterator_next(iterator)
      if icaltime_is_null_time(next) != 0 || Int(next.year) > lastYear { return days }
      days.insert(FeedDay.number(of: next))
      try take(1, of: &daysLeft, at: "RRULE")
    }
  }

  /// Takes days off what may still be followed.
  func take(
    _ days: Int, of daysLeft: inout Int, at property: String
  ) throws(HolidayFeedError) {
    daysLeft -= days
    guard daysLeft >= 0 else {
      throw failure(
        "names more days than holidays can be, with those before it; at most "
          + "\(FeedEvent.mostDays) are followed", at: property)
    }
  }

  /// The length in days: `DTEND` is the day after the last; at least one.
  func length(from start: icaltimetype) throws(HolidayFeedError) -> Int {
    let first = FeedDay.number(of: start)
    if let property = icalcomponent_get_first_property(component, ICAL_DTEND_PROPERTY) {
      let end = icalproperty_get_dtend(property)
      try check(end, of: "DTEND")
      return max(1, FeedDay.number(of: end) - first)
    }
    guard let property = icalcomponent_get_first_property(component, ICAL_DURATION_PROPERTY) else {
      return 1
    }
    let seconds = Int(icaldurationtype_as_int(icalproperty_get_duration(property)))
    return max(1, (seconds + 86_399) / 86_400)
  }

  /// Refuses what libical noted and passed over, where it decides on the days.
  func checkForErrors() throws(HolidayFeedError) {
    if let line = lines.first(where: { !$0.text.contains(UInt8(ascii: ":")) }) {
      throw HolidayFeedError(line: line.number, reason: "is not a property with a value")
    }
    for property in properties(ICAL_XLICERROR_PROPERTY) {
      guard let text = icalproperty_get_xlicerror(property).map({ String(cString: $0) }) else {
        continue
      }
      if let name = FeedEvent.properties.first(where: { text.contains("\($0) property") }) {
        throw failure("holds a \(name) that cannot be read", at: name)
      }
    }
  }

  private func properties(_ kind: icalproperty_kind) -> [OpaquePointer] {
    var properties: [OpaquePointer] = []
    var next = icalcomponent_get_first_property(component, kind)
    while let property = next {
      properties.append(property)
      next = icalcomponent_get_next_property(component, kind)
    }
    return properties
  }

  private func check(_ day: icaltimetype, of name: String) throws(HolidayFeedError) {
    guard day.year >= 1, (1...12).contains(day.month), day.day >= 1,
      day.day <= icaltime_days_in_month(day.month, day.year)
    else { throw failure("holds a \(name) with a day that does not exist", at: name) }
  }

  private func failure(_ reason: String, at property: String) -> HolidayFeedError {
    let line = lines.first { $0.isProperty(property) } ?? lines.first
    return HolidayFeedError(line: line?.number, reason: reason)
  }
}

/// Days as numbers since 1970-01-01, by libical's own arithmetic.
enum FeedDay {
  static func number(of time: icaltimetype) -> Int {
    var day = time
    day.is_date = 1
    day.zone = nil
    (day.hour, day.minute, day.second) = (0, 0, 0)
    let seconds = Int(icaltime_as_timet(day))
    return (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
  }

  static func firstDay(of year: Int) -> Int {
    var day = icaltime_null_date()
    (day.year, day.month, day.day) = (Int32(clamping: year), 1, 1)
    return number(of: day)
  }

  static func holiday(_ number: Int, name: String) -> Holiday {
    let day = icaltime_from_timet_with_zone(time_t(number * 86_400), 1, nil)
    return Holiday(year: Int(day.year), month: Int(day.month), day: Int(day.day), name: name)
  }
}
