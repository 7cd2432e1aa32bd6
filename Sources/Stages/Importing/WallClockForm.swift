import ServiceTime

/// Reads local times in the commonest forms a word of eight bytes at a time.
///
/// A form takes only what its pattern takes too, and leaves the rest to the pattern.
enum WallClockForm {
  /// `2026-01-05 08:00:00`, with a blank or, where the pattern is ISO, `T` in the middle.
  case dashed(takesT: Bool)
  /// Numbers with one byte between them, such as `5/1/2026 8:00`.
  case numbers([Step])

  struct Step {
    /// What the number counts for in the sum of all; see ``weight(of:)``.
    let weight: UInt64
    let largest: UInt32
    let fewest: UInt8
    let most: UInt8
    /// The byte that follows the number; 0 for the end of the cell.
    let following: UInt8
  }

  init?(_ pattern: TimestampPattern) {
    if pattern.isISO || pattern.text == "yyyy-MM-dd HH:mm:ss" {
      self = .dashed(takesT: pattern.isISO)
      return
    }
    var steps: [Step] = []
    var parts: Set<TimestampPattern.Part> = []
    var index = 0
    while index < pattern.steps.count {
      guard case .number(let part, let fewest, let most) = pattern.steps[index],
        let (weight, largest) = Self.weight(of: part), most <= 4, parts.insert(part).inserted
      else { return nil }
      var following: UInt8 = 0
      if index + 1 < pattern.steps.count {
        switch pattern.steps[index + 1] {
        case .literal(let byte): following = byte
        case .blank: following = 0x20
        default: return nil
        }
        if index + 2 == pattern.steps.count { return nil }
      }
      steps.append(
        Step(
          weight: weight, largest: largest, fewest: UInt8(fewest), most: UInt8(most),
          following: following))
      index += 2
    }
    self = .numbers(steps)
  }

  /// Seconds of the day in 24 bits, above them the day, the month and the year.
  private static func weight(
    of part: TimestampPattern.Part
  ) -> (weight: UInt64, largest: UInt32)? {
    switch part {
    case .year: (1 << 40, 9_999)
    case .month: (1 << 32, 12)
    case .day: (1 << 24, 31)
    case .hour: (3_600, 23)
    case .minute: (60, 59)
    case .second: (1, 59)
    case .hour12: nil
    }
  }
}

/// The days of the months from 1970 to 2100: days since 1970 above, the month's length below.
struct MonthTable {
  private static let firstYear = 1970
  private static let years = 131
  private static let lengthBits: UInt32 = 8

  private let months: [UInt32] = (0..<years * 12).map { index in
    let (year, month) = (firstYear + index / 12, index % 12 + 1)
    let days = CivilDate.daysSince1970(year: year, month: month, day: 1)
    return UInt32(days) << lengthBits | UInt32(CivilDate.length(ofMonth: month, in: year))
  }

  /// Gives `body` the table for look-ups without checks of bounds.
  func withLookUp<Result>(_ body: (LookUp) -> Result) -> Result {
    months.withUnsafeBufferPointer { body(LookUp(months: $0)) }
  }

  struct LookUp {
    let months: UnsafeBufferPointer<UInt32>

    /// Days since 1970-01-01, or -1 if there is no such day from 1970 to 2100.
    @inline(__always)
    func day(year: Int, month: Int, day: Int) -> Int {
      let index = (year &- MonthTable.firstYear) &* 12 &+ (month &- 1)
      guard UInt(bitPattern: month &- 1) < 12,
        UInt(bitPattern: index) < UInt(bitPattern: months.count)
      else { return -1 }
      let entry = months[index]
      guard day >= 1, day <= Int(entry & (1 << MonthTable.lengthBits - 1)) else { return -1 }
      return Int(entry >> MonthTable.lengthBits) &+ day &- 1
    }
  }
}

/// Reads cells in one form.
protocol WallClockReader {
  /// The day since 1970 and the second of that day; -1 for the day if the cell does not fit.
  func read(_ cell: UnsafeRawBufferPointer) -> (day: Int, second: Int)
}

/// ``WallClockForm/dashed(takesT:)``: the 19 bytes of `2026-01-05 08:00:00`.
struct DashedTimes: WallClockReader {
  let months: MonthTable.LookUp
  let takesT: Bool

  @inline(__always)
  func read(_ cell: UnsafeRawBufferPointer) -> (day: Int, second: Int) {
    guard cell.count == 19, let bytes = cell.baseAddress else { return (-1, 0) }
    // "YYYY-MM-", "DD h" and "hh:mm:ss": after the exclusive or, digits are 0 to 9 and what
    // stands between them is 0; the sums carry into the top bit of every byte that is more.
    let date = bytes.word(at: 0) ^ 0x2d30_302d_3030_3030
    let time = bytes.word(at: 11) ^ 0x3030_3a30_303a_3030
    let dayText = UInt32(truncatingIfNeeded: bytes.word(at: 8)) ^ 0x0020_3030
    let blank = dayText >> 16 & 0xff
    guard blank == 0 || (takesT && blank == 0x20 ^ 0x54) else { return (-1, 0) }
    let dates = date &* 10 &+ date >> 8
    let times = time &* 10 &+ time >> 8
    // An hour from 24, a minute or second from 60 carries into the top bit of its byte.
    let tooLate = times &+ 0x0044_0000_4400_0068
    let wrong =
      ((date &+ 0x7f76_767f_7676_7676) | date | (time &+ 0x7676_7f76_767f_7676) | time)
      & 0x8080_8080_8080_8080 | tooLate & 0x0080_0000_8000_0080
    let wrongDay = ((dayText & 0xffff) &+ 0x7676 | dayText) & 0x8080
    guard wrong | UInt64(wrongDay) == 0 else { return (-1, 0) }
    let days = dayText &* 10 &+ dayText >> 8
    let day = months.day(
      year: Int(dates & 0xff) &* 100 &+ Int(dates >> 16 & 0xff), month: Int(dates >> 40 & 0xff),
      day: Int(days & 0xff))
    return (
      day, Int(times & 0xff) &* 3_600 &+ Int(times >> 24 & 0xff) &* 60 &+ Int(times >> 48 & 0xff)
    )
  }
}

/// ``WallClockForm/numbers(_:)``, which are added up by their weights.
struct NumberedTimes: WallClockReader {
  let months: MonthTable.LookUp
  let steps: UnsafeBufferPointer<WallClockForm.Step>

  @inline(__always)
  func read(_ cell: UnsafeRawBufferPointer) -> (day: Int, second: Int) {
    guard let bytes = cell.baseAddress, cell.count <= 24 else { return (-1, 0) }
    // A bit for every byte that is no digit; what is read past the cell is told off below.
    var others = bytes.others(at: 0)
    if cell.count > 8 { others |= bytes.others(at: 8) << 8 }
    if cell.count > 16 { others |= bytes.others(at: 16) << 16 }
    others |= ~0 << UInt32(truncatingIfNeeded: cell.count)
    var sum: UInt64 = 0
    var place = 0
    for step in steps {
      // All bits from the cell's end on are set, so that there are digits no more.
      let digits = (others &>> UInt32(truncatingIfNeeded: place)).trailingZeroBitCount
      guard digits >= Int(step.fewest), digits <= Int(step.most) else { return (-1, 0) }
      let number = bytes.number(at: place, digits: digits)
      guard number <= step.largest else { return (-1, 0) }
      sum &+= UInt64(number) &* step.weight
      place &+= digits
      if step.following != 0 {
        guard bytes.load(fromByteOffset: place, as: UInt8.self) == step.following else {
          return (-1, 0)
        }
        place &+= 1
      }
    }
    guard place == cell.count else { return (-1, 0) }
    let day = months.day(
      year: Int(sum >> 40), month: Int(sum >> 32 & 0xff), day: Int(sum >> 24 & 0xff))
    return (day, Int(sum & 0xff_ffff))
  }
}

extension UnsafeRawPointer {
  /// Eight bytes from `offset` on, the first the lowest.
  @inline(__always)
  fileprivate func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The number that one to four digits make, read two and then four at a time.
  @inline(__always)
  fileprivate func number(at offset: Int, digits: Int) -> UInt32 {
    // Shifted up, so that what follows the digits is gone and zeros stand before them.
    let word =
      UInt32(littleEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self))
      &<< UInt32(truncatingIfNeeded: 32 &- 8 &* digits)
    let pairs = ((word & 0x0f0f_0f0f) &* 2_561) >> 8 & 0x00ff_00ff
    return (pairs &* 6_553_601) >> 16
  }

  /// A bit for each of the eight bytes from `offset` on that is no digit, the first the lowest.
  @inline(__always)
  fileprivate func others(at offset: Int) -> UInt32 {
    let digits = word(at: offset) ^ 0x3030_3030_3030_3030
    // The sum carries out of a byte only if that has its top bit, which sets the bit anyway; the
    // byte above may be told off wrongly then, and is in no time either.
    let tops = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
    return UInt32(truncatingIfNeeded: ((tops >> 7) &* 0x0102_0408_1020_4080) >> 56)
  }
}
