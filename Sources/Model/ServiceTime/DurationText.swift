/// What an agreement allows, as it is written.
package enum Allowance: Hashable, Sendable {
  /// Time of the target's calendar.
  case work(seconds: Int64)
  /// So many times the longest opening of a day in the calendar's week.
  case businessDays(Int)
  /// So many times 24 hours.
  case calendarDays(Int)
}

/// Why a text is not a duration.
package enum DurationTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A number of days, without saying which.
  case bareDays(text: String, count: String)
  /// Not written like a duration.
  case notADuration(String)
  /// Days, where only a time will do.
  case notATime(String)
  /// Longer than the years this program knows.
  case tooLong(String)

  package var description: String {
    switch self {
    case .bareDays(let text, let count):
      """
      "\(text)" does not say which days: a day may be 24 hours, the opening hours of one day, or \
      a date; write "\(count) calendar days", "\(count) business days", or a due date such as \
      "due: next business day same time"
      """
    case .notADuration(let text):
      """
      "\(text)" is not a duration like 90s, 30m, 4h, 1h30m, 3 business days or 2 calendar days
      """
    case .notATime(let text):
      "\"\(text)\" counts days, where a duration like 90s, 30m, 4h or 1h30m is needed"
    case .tooLong(let text):
      "\"\(text)\" is longer than a hundred years"
    }
  }
}

/// Durations as people write and read them.
package enum DurationText {
  private static let longest: Int64 = 100 * 366 * 86_400

  /// Reads `90s`, `30m`, `4h` or `1h30m` as seconds.
  package static func seconds(_ text: String) throws(DurationTextError) -> Int64 {
    guard case .work(let seconds) = try allowance(text) else { throw .notATime(text) }
    return seconds
  }

  /// Reads a duration, or a number of business or calendar days.
  package static func allowance(_ text: String) throws(DurationTextError) -> Allowance {
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\u{a0}" })
    if let last = words.last, last == "days" || last == "day", words.count > 1 {
      return try days(words, in: text)
    }
    return .work(seconds: try clock(words.joined(), in: text))
  }

  private static func days(
    _ words: [Substring], in text: String
  ) throws(DurationTextError) -> Allowance {
    guard let count = Int(words[0]), count >= 0, words[0].utf8.allSatisfy(isDigit) else {
      throw .notADuration(text)
    }
    guard count <= 36_600 else { throw .tooLong(text) }
    guard words.count == 3 else {
      guard words.count == 2 else { throw .notADuration(text) }
      throw .bareDays(text: text, count: String(count))
    }
    switch words[1] {
    case "business": return .businessDays(count)
    case "calendar": return .calendarDays(count)
    default: throw .notADuration(text)
    }
  }

  /// Reads numbers with units that get smaller, such as `1h30m`.
  private static func clock(_ text: String, in whole: String) throws(DurationTextError) -> Int64 {
    var scanner = DigitScanner(text)
    var total: Int64 = 0
    var smallest = Int64.max
    guard !scanner.isAtEnd else { throw .notADuration(whole) }
    while !scanner.isAtEnd {
      guard let number = scanner.number(upTo: 10) else { throw .notADuration(whole) }
      let unit: Int64
      if scanner.skip("h") {
        unit = 3_600
      } else if scanner.skip("m") {
        unit = 60
      } else if scanner.skip("s") {
        unit = 1
      } else if scanner.skip("d") {
        throw .bareDays(text: whole, count: String(number))
      } else {
        throw .notADuration(whole)
      }
      guard unit < smallest else { throw .notADuration(whole) }
      smallest = unit
      total += Int64(number) * unit
      guard total <= longest else { throw .tooLong(whole) }
    }
    return total
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension DurationText {
  /// Seconds as `h:mm:ss`, such as `0:00:15` or `132:53:00`.
  package static func clock(_ seconds: Int64) -> String {
    let magnitude = Int(seconds.magnitude)
    return (seconds < 0 ? "-" : "") + String(magnitude / 3_600) + ":"
      + padded(magnitude / 60 % 60, 2) + ":" + padded(magnitude % 60, 2)
  }

  /// Seconds for reading, such as `8 h 08 m`, `52 m` or `15 s`, rounded towards zero.
  ///
  /// A no-break space stands between number and unit; minus is U+2212. Seconds are left out from
  /// one minute on, so this never stands where figures have to add up.
  package static func prose(_ seconds: Int64) -> String {
    let sign = seconds < 0 ? "\u{2212}" : ""
    let magnitude = Int(seconds.magnitude)
    let (hours, minutes) = (magnitude / 3_600, magnitude / 60 % 60)
    if hours > 0 {
      return sign + "\(hours)\u{a0}h" + (minutes > 0 ? " \(padded(minutes, 2))\u{a0}m" : "")
    }
    return sign + (minutes > 0 ? "\(minutes)\u{a0}m" : "\(magnitude)\u{a0}s")
  }
}
