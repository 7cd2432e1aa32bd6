/// How an export writes durations.
package enum DurationFormat: String, CaseIterable, Sendable {
  case seconds
  case minutes
  case hours
  case clockMinutes = "h:mm"
  case clockSeconds = "h:mm:ss"
  /// Numbers with units, such as `1 day 18 hours`; the mapping names the units.
  case words

  /// The whole seconds of a cell, or `nil` if it is no such duration.
  ///
  /// A part of a second is cut off. A negative duration is none.
  ///
  /// - Parameter units: Seconds by unit, in lower case; used by `words` only.
  func seconds(of cell: UnsafeRawBufferPointer, units: [String: Int64]) -> Int64? {
    switch self {
    case .seconds: Self.amount(cell, of: 1)
    case .minutes: Self.amount(cell, of: 60)
    case .hours: Self.amount(cell, of: 3_600)
    case .clockMinutes: Self.clock(cell, parts: 2)
    case .clockSeconds: Self.clock(cell, parts: 3)
    case .words: Self.words(cell, units: units)
    }
  }

  /// The most digits a whole number may have, so that no product overflows.
  private static let mostDigits = 9
  /// The longest unit of a mapping, in seconds: three years.
  static let longestUnit: Int64 = 100_000_000
  /// Longer than any duration between 1970 and 2100; a longer sum is a mistake.
  private static let longest: Int64 = 10_000_000_000

  /// Reads a number with an optional fraction, times the unit.
  private static func amount(_ cell: UnsafeRawBufferPointer, of unit: Int64) -> Int64? {
    var cursor = CellCursor(cell)
    let value = number(&cursor, of: unit)
    return cursor.isAtEnd ? value : nil
  }

  private static func number(_ cursor: inout CellCursor, of unit: Int64) -> Int64? {
    let whole = cursor.number(fewest: 1, most: mostDigits)
    guard whole >= 0 else { return nil }
    var value = Int64(whole) * unit
    if cursor.skip(UInt8(ascii: ".")) || cursor.skip(UInt8(ascii: ",")) {
      var scale: Int64 = 1
      var fraction: Int64 = 0
      let start = cursor.position
      while let byte = cursor.next, byte &- 0x30 < 10 {
        if scale < 1_000_000_000 {
          fraction = fraction * 10 + Int64(byte - 0x30)
          scale *= 10
        }
        cursor.position += 1
      }
      guard cursor.position > start else { return nil }
      value += fraction * unit / scale
    }
    return value
  }

  private static func clock(_ cell: UnsafeRawBufferPointer, parts: Int) -> Int64? {
    var cursor = CellCursor(cell)
    let hours = cursor.number(fewest: 1, most: mostDigits)
    guard hours >= 0 else { return nil }
    var value = Int64(hours)
    for _ in 1..<parts {
      guard cursor.skip(UInt8(ascii: ":")) else { return nil }
      let part = cursor.number(fewest: 2, most: 2)
      guard (0..<60).contains(part) else { return nil }
      value = value * 60 + Int64(part)
    }
    return cursor.isAtEnd ? (parts == 2 ? value * 60 : value) : nil
  }

  private static func words(_ cell: UnsafeRawBufferPointer, units: [String: Int64]) -> Int64? {
    var cursor = CellCursor(cell)
    var total: Int64 = 0
    var found = false
    while !cursor.isAtEnd {
      if cursor.skipBlanks() || cursor.skip(UInt8(ascii: ",")) { continue }
      let amount = cursor.number(fewest: 1, most: mostDigits)
      guard amount >= 0 else { return nil }
      _ = cursor.skipBlanks()
      let start = cursor.position
      while let byte = cursor.next, byte > 0x20, byte != UInt8(ascii: ","), byte &- 0x30 >= 10 {
        cursor.position += 1
      }
      let word = String(decoding: cell[start..<cursor.position], as: UTF8.self).lowercased()
      guard let unit = units[word] else { return nil }
      total += Int64(amount) * unit
      guard total <= longest else { return nil }
      found = true
    }
    return found ? total : nil
  }
}
