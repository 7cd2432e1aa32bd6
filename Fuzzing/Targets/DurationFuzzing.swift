import ServiceTime
import Tickets

@testable import Agreements
@testable import Importing

/// Durations, shares, days, periods and values as rule files write them, and durations of cells.
enum DurationFuzzing {
  private static let hundredYears: Int64 = 100 * 366 * 86_400
  private static let units: [String: Int64] = [
    "day": 86_400, "days": 86_400, "hours": 3_600, "h": 3_600, "m": 60, "s": 1,
    "años": DurationFormat.longestUnit,
  ]

  static func complaint(about bytes: [UInt8]) -> String? {
    if let complaint = cells(bytes) { return complaint }
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    return allowance(text) ?? shares(text) ?? days(text) ?? values(text)
  }

  private static func cells(_ bytes: [UInt8]) -> String? {
    for format in DurationFormat.allCases {
      let seconds = bytes.withUnsafeBytes { format.seconds(of: $0, units: units) }
      if let seconds, seconds < 0 { return "\(format): \(bytes): \(seconds) s" }
      let slow = SlowDuration.seconds(of: bytes, format)
      if let slow, slow != seconds {
        return "\(format): \(bytes): \(String(describing: seconds)) s, slowly \(slow) s"
      }
    }
    return nil
  }

  private static func allowance(_ text: String) -> String? {
    do throws(DurationTextError) {
      switch try DurationText.allowance(text) {
      case .work(let seconds):
        guard (0...hundredYears).contains(seconds) else { return "\(text): \(seconds) s" }
        let again = "\(seconds / 3_600)h\(seconds / 60 % 60)m\(seconds % 60)s"
        guard try DurationText.seconds(again) == seconds else { return "\(text): not \(again)" }
      case .businessDays(let count), .calendarDays(let count):
        guard (0...36_600).contains(count) else { return "\(text): \(count) days" }
      }
    } catch {
      if error.description.isEmpty { return "\(text): no message" }
    }
    return nil
  }

  private static func shares(_ text: String) -> String? {
    if let objective = try? Objective(text: text),
      !(1...100_000_000).contains(objective.millionthsOfPercent)
    {
      return "\(text): \(objective.millionthsOfPercent) millionths"
    }
    switch DueRule(text) {
    case .businessDaySameTime(let count) where !(1...1_000).contains(count): return "\(text)"
    case .businessDay(let count, let second)
    where !(1...1_000).contains(count) || !(0..<86_400).contains(second):
      return "\(text)"
    default: return nil
    }
  }

  private static func days(_ text: String) -> String? {
    if let date = CivilDate(iso: text), date.iso != text { return "\(text): \(date.iso)" }
    if let window = try? DayWindow(text), (try? DayWindow(window.text)) != window {
      return "\(text): \(window.text)"
    }
    if let instant = Instant(iso: text), Instant(iso: instant.iso) != instant {
      return "\(text): \(instant.iso)"
    }
    _ = try? Period.parse(text, asOf: .earliest, zone: .utc)
    return nil
  }

  /// The first line as a pattern for the others.
  private static func values(_ text: String) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let pattern = ValuePattern(lines[0])
    for line in lines.dropFirst().prefix(4) {
      let matches = pattern.matches(line)
      // The slow way takes too long with more.
      guard case .glob(let glob) = pattern,
        glob.utf8.count(where: { $0 == UInt8(ascii: "*") }) <= 3,
        glob.utf8.count <= 12, line.utf8.count <= 24
      else { continue }
      if matches != SlowGlob.matches(Array(glob.utf8)[...], Array(line.utf8)[...]) {
        return "\(glob) and \(line): \(matches)"
      }
    }
    return nil
  }
}

/// Globs, by trying every length of every star.
private enum SlowGlob {
  static func matches(_ glob: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) -> Bool {
    guard let first = glob.first else { return value.isEmpty }
    if first == UInt8(ascii: "*") {
      return (0...value.count).contains { matches(glob.dropFirst(), value.dropFirst($0)) }
    }
    guard let byte = value.first, first == UInt8(ascii: "?") || first == byte else { return false }
    return matches(glob.dropFirst(), value.dropFirst())
  }
}

/// Durations of cells by splitting texts, for those that are whole numbers and clocks.
private enum SlowDuration {
  static func seconds(of cell: [UInt8], _ format: DurationFormat) -> Int64? {
    let parts = cell.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    let isDigits = parts.allSatisfy { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } && (1...9).contains(part.utf8.count)
    }
    let numbers = parts.compactMap { Int64($0) }
    guard isDigits, numbers.count == parts.count else { return nil }
    let hasTwoDigits = parts.dropFirst().allSatisfy { $0.utf8.count == 2 }
    let isBelowSixty = numbers.dropFirst().allSatisfy { $0 < 60 }
    switch (format, numbers.count) {
    case (.seconds, 1): return numbers[0]
    case (.minutes, 1): return numbers[0] * 60
    case (.hours, 1): return numbers[0] * 3_600
    case (.clockMinutes, 2) where hasTwoDigits && isBelowSixty:
      return numbers[0] * 3_600 + numbers[1] * 60
    case (.clockSeconds, 3) where hasTwoDigits && isBelowSixty:
      return numbers[0] * 3_600 + numbers[1] * 60 + numbers[2]
    default: return nil
    }
  }
}
