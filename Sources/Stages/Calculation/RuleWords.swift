import Agreements
import ServiceTime
import Tickets

// Rules in the words of reports.

extension Signal {
  var words: String {
    switch self {
    case .moment(let name): name
    case .condition(let condition): condition.words
    }
  }
}

extension Condition {
  /// The condition in plain words, as it is written: `status Awaiting User Info`.
  var words: String {
    let tests = tests.map { test in
      test.field + " " + test.patterns.map(\.words).joined(separator: " or ")
    }
    let none = none.map { "not " + $0.words }
    return (tests + none).joined(separator: " and ")
  }
}

extension ValuePattern {
  var words: String {
    switch self {
    case .text(let text): return text.isEmpty ? "empty" : text
    case .glob(let glob): return glob
    case .comparison(let comparison, let bound):
      let whole = bound.millionths / 1_000_000
      let fraction = bound.millionths % 1_000_000
      return comparison.rawValue + String(whole) + (fraction == 0 ? "" : ".\(fraction)")
    }
  }
}

extension Target.TierTarget {
  var words: String {
    switch (within, dueField, dueRule) {
    case (let within?, _, _): return within.words
    case (nil, let field?, _): return "by the ticket's \(field)"
    case (nil, nil, .businessDaySameTime(let days)): return "business day \(days), same time"
    case (nil, nil, .businessDay(let days, let second)):
      return "business day \(days), \(DurationText.clock(Int64(second)).dropLast(3))"
    case (nil, nil, nil): return ""
    }
  }
}

extension Allowance {
  var words: String {
    switch self {
    case .work(let seconds): DurationText.prose(seconds)
    case .businessDays(let days):
      days == 1 ? "1\u{a0}business day" : "\(days)\u{a0}business days"
    case .calendarDays(let days):
      days == 1 ? "1\u{a0}calendar day" : "\(days)\u{a0}calendar days"
    }
  }
}

extension Reopening {
  var words: String {
    var words = rule.rawValue
    if let grace { words += ", but resume up to \(grace.words) after the stop" }
    switch counted {
    case .all: return words
    case .first: return words + "; only the first cycle of a ticket counts"
    case .last:
      return words + "; only the last cycle of a ticket counts, which restates earlier months"
    }
  }
}

extension Repetition {
  var words: String {
    switch self {
    case .eachStart: "each time that what starts it happens is a promise of its own, if none runs"
    case .eachStop: "the next promise starts, as it does with each stop that may come again"
    }
  }
}

extension TierChange {
  var words: String {
    upgrade == downgrade
      ? upgrade.rawValue : "\(upgrade.rawValue) on upgrade, \(downgrade.rawValue) on downgrade"
  }
}

extension CalendarDefinition {
  /// The hours of the newest version: `Mon-Fri 08:00-12:00 13:00-18:00; 8 exceptions`.
  var words: String {
    guard let version = versions.last, !isAlways else { return "24 x 7" }
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    var parts: [(first: Int, last: Int, text: String)] = []
    for weekday in Weekday.allCases {
      let text = version.week[weekday].map(\.text).joined(separator: " ")
      if let last = parts.last, last.text == text, last.last == weekday.rawValue - 1 {
        parts[parts.count - 1].last = weekday.rawValue
      } else {
        parts.append((weekday.rawValue, weekday.rawValue, text))
      }
    }
    let week = parts.filter { !$0.text.isEmpty }.map { part in
      let days =
        part.first == part.last ? names[part.first] : "\(names[part.first])-\(names[part.last])"
      return "\(days) \(part.text)"
    }
    let holidays = version.exceptions.values.count { $0.isEmpty }
    let special = version.exceptions.count - holidays
    return week.joined(separator: ", ") + (holidays > 0 ? "; \(holidays) holidays" : "")
      + (special > 0 ? "; \(special) days with other hours" : "")
  }
}
