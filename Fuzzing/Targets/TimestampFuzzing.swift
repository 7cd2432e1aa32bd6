@testable import Importing

/// Patterns of timestamps, and cells read with them: the first line is a pattern, the others cells.
enum TimestampFuzzing {
  private static let months = MonthTable()

  static func complaint(about bytes: [UInt8]) -> String? {
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
    guard let first = lines.first, let text = String(validating: first, as: UTF8.self),
      let pattern = TimestampPattern(text)
    else { return nil }
    let form = WallClockForm(pattern)
    let shape = TimestampShape.shape(of: pattern)
    for line in lines.dropFirst() {
      let cell = Array(line)
      let read = cell.withUnsafeBytes { pattern.read($0) }
      let slow = SlowTimestamp(text)?.read(cell)
      if read != slow {
        return "\(text): \(cell): \(String(describing: read)), slowly \(String(describing: slow))"
      }
      if let form, let seconds = seconds(cell, form), seconds != read?.localSeconds {
        return
          "\(text): \(cell): the form reads \(seconds), the pattern \(String(describing: read))"
      }
      let shown = cell.withUnsafeBytes { TimestampShape.shape(of: $0) }
      if read != nil, !pattern.isISO, let shape, let shown, shape != shown {
        return "\(text): \(cell) fits, but has another shape"
      }
    }
    return nil
  }

  /// What the fast way reads; `nil` if it leaves the cell to the pattern.
  private static func seconds(_ cell: [UInt8], _ form: WallClockForm) -> Int64? {
    // It may look at bytes around a cell.
    let padded = Array("8".utf8) + cell + Array("7777777777777777777777777777".utf8)
    return padded.withUnsafeBytes { all in
      let cell = UnsafeRawBufferPointer(rebasing: all[1..<1 + cell.count])
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
}
