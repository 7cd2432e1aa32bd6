import ServiceTime
import TestSupport
import Testing

@testable import Importing

/// The fast reading of local times, beside the patterns that it must agree with.
@Suite struct WallClockFormTests {
  private let months = MonthTable()

  /// What the form reads: seconds on the wall clock; `nil` if it leaves the cell to the pattern.
  private func seconds(_ text: String, _ form: WallClockForm) -> Int64? {
    // The bytes around a cell must not matter.
    let bytes = Array(("8" + text + "7777777777777777777777777777").utf8)
    return bytes.withUnsafeBytes { all in
      let cell = UnsafeRawBufferPointer(rebasing: all[1..<1 + text.utf8.count])
      return months.withLookUp { lookUp in
        let (day, second) =
          switch form {
          case .dashed(let takesT): DashedTimes(months: lookUp, takesT: takesT).read(cell)
          case .numbers(let steps):
            steps.withUnsafeBufferPointer { NumberedTimes(months: lookUp, steps: $0).read(cell) }
          }
        return day < 0 ? nil : Int64(day * 86_400 + second)
      }
    }
  }

  private func patternSeconds(_ text: String, _ pattern: TimestampPattern) -> Int64? {
    Array(text.utf8).withUnsafeBytes { pattern.read($0)?.localSeconds }
  }

  @Test(
    "Usual times are read without the pattern, to the same second",
    arguments: [
      ("yyyy-MM-dd HH:mm:ss", "2026-01-05 08:09:10"), ("iso", "2024-02-29 23:59:59"),
      ("iso", "2024-02-29T23:59:59"), ("d/M/yyyy H:mm", "5/1/2026 8:09"),
      ("d/M/yyyy HH:mm", "29/2/2016 01:16"), ("dd.MM.yyyy HH:mm:ss", "31.12.2099 00:00:00"),
      ("M/d/yyyy", "12/31/2025"), ("yyyy/MM/dd HH:mm", "1970-01-01 00:00"),
    ])
  func usualTimes(_ text: String, _ cell: String) throws {
    let pattern = try #require(TimestampPattern(text))
    let form = try #require(WallClockForm(pattern))
    let cell = text == "yyyy/MM/dd HH:mm" ? "1970/01/01 00:00" : cell
    let expected = try #require(patternSeconds(cell, pattern))
    #expect(seconds(cell, form) == expected)
  }

  @Test(
    "What is no such time is left to the pattern",
    arguments: [
      "2026-02-29 08:09:10", "2026-13-05 08:09:10", "2026-00-05 08:09:10", "2026-01-00 08:09:10",
      "2026-01-05 24:09:10", "2026-01-05 08:60:10", "2026-01-05 08:09:60", "2026-01-05T08:09:10",
      "2026-01-05 08:09:1x", "2026/01/05 08:09:10", "1969-12-31 23:59:59", "2101-01-01 00:00:00",
      "2026-01-05_08:09:10", "２026-01-05 08:09", "2026-01-05 08:09:", ":026-01-05 08:09:10",
    ])
  func noSuchTimes(_ cell: String) throws {
    let pattern = try #require(TimestampPattern("yyyy-MM-dd HH:mm:ss"))
    let form = try #require(WallClockForm(pattern))
    #expect(seconds(cell, form) == nil)
  }

  @Test(
    "Forms take nothing that their pattern does not take, and never another second",
    arguments: 0..<40 as Range<UInt64>)
  func agreement(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let texts = [
      "yyyy-MM-dd HH:mm:ss", "iso", "d/M/yyyy H:mm", "dd/MM/yyyy HH:mm:ss", "M-d-yyyy H:mm",
      "yyyy/M/d",
    ]
    let pattern = try #require(TimestampPattern(texts[Int.random(in: 0..<6, using: &random)]))
    let form = try #require(WallClockForm(pattern))
    let letters = Array("0123456789-/:. T9")
    for _ in 0..<500 {
      func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
      let (year, month, day) = (number(1_968...2_103), number(0...13), number(0...32))
      let (hour, minute, second) = (number(0...24), number(0...60), number(0...60))
      func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
      var cell = Array(
        [
          "\(year)-\(pad(month))-\(pad(day)) \(pad(hour)):\(pad(minute)):\(pad(second))",
          "\(day)/\(month)/\(year) \(hour):\(pad(minute))",
          "\(pad(day))/\(pad(month))/\(year) \(pad(hour)):\(pad(minute)):\(pad(second))",
          "\(month)-\(day)-\(year) \(hour):\(pad(minute))", "\(year)/\(month)/\(day)",
        ][number(0...4)])
      if number(0...2) == 0 { cell[number(0...cell.count - 1)] = letters[number(0...16)] }
      if number(0...9) == 0 { cell.removeLast() }
      let text = String(cell)
      if let found = seconds(text, form) {
        #expect(patternSeconds(text, pattern) == found, "\(pattern.text) on \(text)")
      }
    }
  }
}
