import ServiceTime

@testable import Importing

/// Reading of timestamps in the most obvious way: letter by letter of the pattern, on texts.
struct SlowTimestamp {
  private let letters: [Run]

  /// A letter of the pattern and how often it stands there, or a text that must stand in the cell.
  private enum Run {
    case letter(Character, Int)
    case text([UInt8])
  }

  init?(_ pattern: String) {
    guard pattern != "iso" else {
      letters = []
      return
    }
    var runs: [Run] = []
    var rest = Array(pattern.utf8)[...]
    while let byte = rest.first {
      if byte == 0x27 {
        rest = rest.dropFirst()
        if rest.first == 0x27 {
          rest = rest.dropFirst()
          runs.append(.text([0x27]))
          continue
        }
        guard let end = rest.firstIndex(of: 0x27) else { return nil }
        runs.append(.text(Array(rest[..<end])))
        rest = rest[(end + 1)...]
        continue
      }
      var count = 0
      while rest.first == byte {
        rest = rest.dropFirst()
        count += 1
      }
      let letter = Character(Unicode.Scalar(byte))
      let isLetter = byte < 0x80 && letter.isLetter || byte == 0x20
      runs.append(isLetter ? .letter(letter, count) : .text(Array(repeating: byte, count: count)))
    }
    letters = runs
  }

  private struct Parts {
    var year = 0
    var month = 0
    var day = 0
    var hour = 0
    var minute = 0
    var second = 0
    var isAfternoon: Bool?
    var isOfTwelve = false
    var offset = WrittenTime.noOffset
  }

  func read(_ cell: [UInt8]) -> WrittenTime? {
    var rest = cell[...]
    var parts = Parts()
    if letters.isEmpty {
      guard Self.iso(&rest, &parts) else { return nil }
    } else {
      for run in letters {
        switch run {
        case .text(let text):
          guard rest.starts(with: text) else { return nil }
          rest = rest.dropFirst(text.count)
        case .letter(let letter, let count):
          guard Self.take(letter, count, &rest, &parts) else { return nil }
        }
      }
    }
    return rest.isEmpty ? Self.time(parts) : nil
  }

  private static func time(_ parts: Parts) -> WrittenTime? {
    var hour = parts.hour
    if parts.isOfTwelve || parts.isAfternoon != nil {
      guard hour >= 1, hour <= 12 else { return nil }
      hour = (hour == 12 ? 0 : hour) + (parts.isAfternoon == true ? 12 : 0)
    }
    // A year before 1 is one like any other here, unlike for a date.
    guard (1...12).contains(parts.month), parts.day >= 1,
      parts.day <= CivilDate.length(ofMonth: parts.month, in: parts.year),
      hour < 24, parts.minute < 60, parts.second < 60
    else { return nil }
    let days = CivilDate.daysSince1970(year: parts.year, month: parts.month, day: parts.day)
    let seconds = ((days * 24 + hour) * 60 + parts.minute) * 60 + parts.second
    return WrittenTime(localSeconds: Int64(seconds), offset: parts.offset)
  }

  private static func take(
    _ letter: Character, _ count: Int, _ rest: inout ArraySlice<UInt8>, _ parts: inout Parts
  ) -> Bool {
    switch letter {
    case " ": return blanks(&rest) > 0
    case "S": return number(&rest, 1...18) != nil
    case "X":
      guard let offset = offset(&rest) else { return false }
      parts.offset = offset
    case "a":
      guard let isAfternoon = afternoon(&rest) else { return false }
      parts.isAfternoon = isAfternoon
    case "E": return word(&rest)
    case "M" where count > 2:
      guard let month = month(&rest) else { return false }
      parts.month = month
    case "y":
      guard let year = number(&rest, count...count) else { return false }
      parts.year = count == 4 ? year : year + (year < 70 ? 2_000 : 1_900)
    default:
      guard let value = number(&rest, count...2) else { return false }
      switch letter {
      case "d": parts.day = value
      case "M": parts.month = value
      case "H": parts.hour = value
      case "m": parts.minute = value
      case "s": parts.second = value
      default:
        parts.hour = value
        parts.isOfTwelve = true
      }
    }
    return true
  }

  private static func iso(_ rest: inout ArraySlice<UInt8>, _ parts: inout Parts) -> Bool {
    guard let year = number(&rest, 4...4), skip("-", &rest), let month = number(&rest, 2...2),
      skip("-", &rest), let day = number(&rest, 2...2)
    else { return false }
    (parts.year, parts.month, parts.day) = (year, month, day)
    if rest.isEmpty { return true }
    guard skip("T", &rest) || blanks(&rest) > 0, let hour = number(&rest, 1...2), skip(":", &rest),
      let minute = number(&rest, 2...2)
    else { return false }
    (parts.hour, parts.minute) = (hour, minute)
    if skip(":", &rest) {
      guard let second = number(&rest, 2...2) else { return false }
      parts.second = second
      if skip(".", &rest) || skip(",", &rest), number(&rest, 1...18) == nil { return false }
    }
    if rest.isEmpty { return true }
    _ = blanks(&rest)
    guard let offset = offset(&rest) else { return false }
    parts.offset = offset
    return true
  }

  /// As many digits as there are, up to the upper bound.
  private static func number(_ rest: inout ArraySlice<UInt8>, _ digits: ClosedRange<Int>) -> Int? {
    let found = rest.prefix(digits.upperBound).prefix { (0x30...0x39).contains($0) }
    guard found.count >= digits.lowerBound else { return nil }
    rest = rest.dropFirst(found.count)
    return Int(String(decoding: found, as: UTF8.self))
  }

  private static func skip(_ text: String, _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: text.utf8) else { return false }
    rest = rest.dropFirst(text.utf8.count)
    return true
  }

  private static func blanks(_ rest: inout ArraySlice<UInt8>) -> Int {
    var count = 0
    while [" ", "\t", "\u{a0}", "\u{202f}"].contains(where: { skip($0, &rest) }) { count += 1 }
    return count
  }

  private static func offset(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    if skip("Z", &rest) || skip("z", &rest) { return 0 }
    let sign: Int64 = skip("+", &rest) ? 1 : skip("-", &rest) ? -1 : 0
    guard sign != 0, let hours = number(&rest, 2...2), hours <= 18 else { return nil }
    let hasColon = skip(":", &rest)
    if rest.isEmpty && !hasColon { return sign * Int64(hours) * 3_600 }
    guard let minutes = number(&rest, 2...2), minutes < 60 else { return nil }
    return sign * Int64(hours * 60 + minutes) * 60
  }

  private static func afternoon(_ rest: inout ArraySlice<UInt8>) -> Bool? {
    guard let first = rest.first, "aApP".utf8.contains(first) else { return nil }
    rest = rest.dropFirst()
    if skip(".", &rest) { _ = blanks(&rest) }
    guard skip("m", &rest) || skip("M", &rest) else { return nil }
    _ = skip(".", &rest)
    return first | 0x20 == UInt8(ascii: "p")
  }

  /// The name of a weekday in any language, which says nothing of the time.
  private static func word(_ rest: inout ArraySlice<UInt8>) -> Bool {
    let letters = rest.prefix { byte in
      byte >= 0x80 || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
    }
    rest = rest.dropFirst(letters.count)
    _ = skip(".", &rest)
    return !letters.isEmpty
  }

  /// By the list of names itself, which has its own tests.
  private static func month(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let bytes = Array(rest)
    return bytes.withUnsafeBytes { all in
      var cursor = CellCursor(all)
      let month = MonthNames.read(&cursor)
      rest = rest.dropFirst(cursor.position)
      return month
    }
  }
}
