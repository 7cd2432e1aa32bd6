import ServiceTime

/// A cursor over the bytes of one cell.
struct CellCursor {
  let bytes: UnsafeRawBufferPointer
  var position = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position == bytes.count }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skip(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  /// Reads from `fewest` to `most` ASCII digits; -1 if there are fewer.
  @inline(__always)
  mutating func number(fewest: Int, most: Int) -> Int {
    var value = 0
    var count = 0
    while count < most, position < bytes.count {
      let digit = bytes[position] &- 0x30
      guard digit < 10 else { break }
      value = value &* 10 &+ Int(digit)
      count += 1
      position += 1
    }
    return count >= fewest ? value : -1
  }

  /// Passes over blanks, tabs and the no-break blanks of Unicode; false if there is none.
  mutating func skipBlanks() -> Bool {
    let start = position
    while let byte = next {
      if byte == 0x20 || byte == 0x09 {
        position += 1
      } else if byte == 0xc2, position + 1 < bytes.count, bytes[position + 1] == 0xa0 {
        position += 2
      } else if byte == 0xe2, position + 2 < bytes.count, bytes[position + 1] == 0x80,
        bytes[position + 2] == 0xaf
      {
        position += 3
      } else {
        break
      }
    }
    return position > start
  }

  /// Passes over letters and a dot after them; false if there is no letter.
  mutating func skipWord() -> Bool {
    let start = position
    while let byte = next,
      byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    {
      position += 1
    }
    guard position > start else { return false }
    _ = skip(UInt8(ascii: "."))
    return true
  }

  /// Reads `Z`, `+02`, `+0200` or `+02:00`, as seconds east of UTC.
  mutating func offset() -> Int64? {
    if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
    let sign: Int64
    if skip(UInt8(ascii: "+")) {
      sign = 1
    } else if skip(UInt8(ascii: "-")) {
      sign = -1
    } else {
      return nil
    }
    let hours = number(fewest: 2, most: 2)
    guard (0..<19).contains(hours) else { return nil }
    var minutes = 0
    if skip(UInt8(ascii: ":")) || !isAtEnd {
      minutes = number(fewest: 2, most: 2)
      guard (0..<60).contains(minutes) else { return nil }
    }
    return sign * Int64(hours * 3_600 + minutes * 60)
  }

  /// Reads `AM`, `pm`, `a.m.` or `p. m.`; `nil` if it is neither, else whether it is afternoon.
  mutating func isAfternoon() -> Bool? {
    guard let first = next else { return nil }
    let letter = first | 0x20
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return nil }
    position += 1
    if skip(UInt8(ascii: ".")) { _ = skipBlanks() }
    guard let second = next, second | 0x20 == UInt8(ascii: "m") else { return nil }
    position += 1
    _ = skip(UInt8(ascii: "."))
    return letter == UInt8(ascii: "p")
  }
}

extension TimestampPattern {
  private struct Fields {
    var year = 0
    var month = 0
    var day = 0
    var hour = 0
    var minute = 0
    var second = 0
    var halfDay: Int?
    var isTwelveHours = false
    var offset = WrittenTime.noOffset

    /// `nil` if there is no such day or time of day; nothing is rolled over.
    var time: WrittenTime? {
      var hour = hour
      if isTwelveHours || halfDay != nil {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + (halfDay ?? 0)
      }
      guard (1...12).contains(month), day >= 1, day <= 31, hour < 24, minute < 60, second < 60,
        day <= 28 || day <= CivilDate.length(ofMonth: month, in: year)
      else { return nil }
      let days = CivilDate.daysSince1970(year: year, month: month, day: day)
      return WrittenTime(
        localSeconds: Int64(days * 86_400 + hour * 3_600 + minute * 60 + second), offset: offset)
    }
  }

  /// Reads a whole cell, blanks around it already removed; `nil` if it does not fit.
  func read(_ cell: UnsafeRawBufferPointer) -> WrittenTime? {
    isISO ? Self.readISO(cell) : readSteps(cell)
  }

  private func readSteps(_ cell: UnsafeRawBufferPointer) -> WrittenTime? {
    var cursor = CellCursor(cell)
    var fields = Fields()
    for step in steps {
      switch step {
      case .literal(let byte):
        guard cursor.skip(byte) else { return nil }
      case .number(let part, let fewest, let most):
        let value = cursor.number(fewest: fewest, most: most)
        guard value >= 0 else { return nil }
        switch part {
        case .day: fields.day = value
        case .month: fields.month = value
        case .year: fields.year = value
        case .hour: fields.hour = value
        case .hour12:
          fields.hour = value
          fields.isTwelveHours = true
        case .minute: fields.minute = value
        case .second: fields.second = value
        }
      case .blank:
        guard cursor.skipBlanks() else { return nil }
      case .shortYear:
        let value = cursor.number(fewest: 2, most: 2)
        guard value >= 0 else { return nil }
        // Two digits mean 1970 to 2069: no ticket is older than the time line.
        fields.year = value < 70 ? 2_000 + value : 1_900 + value
      case .monthName:
        guard let month = MonthNames.read(&cursor) else { return nil }
        fields.month = month
      case .weekday:
        guard cursor.skipWord() else { return nil }
      case .halfDay:
        guard let afternoon = cursor.isAfternoon() else { return nil }
        fields.halfDay = afternoon ? 12 : 0
      case .fraction:
        guard cursor.number(fewest: 1, most: 18) >= 0 else { return nil }
      case .offset:
        guard let offset = cursor.offset() else { return nil }
        fields.offset = offset
      }
    }
    return cursor.isAtEnd ? fields.time : nil
  }

  /// Reads `yyyy-MM-dd`, then optionally `T` or blanks and `HH:mm`, `:ss`, a fraction, an offset.
  private static func readISO(_ cell: UnsafeRawBufferPointer) -> WrittenTime? {
    var cursor = CellCursor(cell)
    var fields = Fields()
    fields.year = cursor.number(fewest: 4, most: 4)
    guard fields.year >= 0, cursor.skip(UInt8(ascii: "-")) else { return nil }
    fields.month = cursor.number(fewest: 2, most: 2)
    guard cursor.skip(UInt8(ascii: "-")) else { return nil }
    fields.day = cursor.number(fewest: 2, most: 2)
    if cursor.isAtEnd { return fields.time }
    guard cursor.skip(UInt8(ascii: "T")) || cursor.skipBlanks() else { return nil }
    fields.hour = cursor.number(fewest: 1, most: 2)
    guard fields.hour >= 0, cursor.skip(UInt8(ascii: ":")) else { return nil }
    fields.minute = cursor.number(fewest: 2, most: 2)
    guard fields.minute >= 0 else { return nil }
    if cursor.skip(UInt8(ascii: ":")) {
      fields.second = cursor.number(fewest: 2, most: 2)
      guard fields.second >= 0 else { return nil }
      if cursor.skip(UInt8(ascii: ".")) || cursor.skip(UInt8(ascii: ",")) {
        guard cursor.number(fewest: 1, most: 18) >= 0 else { return nil }
      }
    }
    if cursor.isAtEnd { return fields.time }
    _ = cursor.skipBlanks()
    guard let offset = cursor.offset(), cursor.isAtEnd else { return nil }
    fields.offset = offset
    return fields.time
  }
}
