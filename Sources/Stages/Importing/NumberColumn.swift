import Tickets

/// Whole numbers, one a row, in as few bytes as the largest of them needs: codes, orders, instants.
///
/// A column of one number throughout takes no memory. The two marks of ``MomentColumn`` count as
/// the lowest numbers; other negative numbers, and those above 32 bits, make every row take eight
/// bytes.
struct NumberColumn: Sendable {
  enum Width: UInt8, Sendable { case none, one, two, four, eight }

  private(set) var count = 0
  private(set) var width = Width.none
  /// The packed number of every row while `width` is `none`.
  private var same: UInt64 = 0
  // Only the array of the width at hand has anything in it; all but `eights` hold packed numbers.
  private var ones: [UInt8] = []
  private var twos: [UInt16] = []
  private var fours: [UInt32] = []
  private var eights: [Int64] = []

  init() {}

  init(repeating value: Int64, count: Int) {
    append(repeating: value, count: count)
  }

  mutating func append(_ value: Int64) {
    let packed = NumberPacking.packed(value)
    switch width {
    case .one where packed <= 0xff: ones.append(UInt8(truncatingIfNeeded: packed))
    case .two where packed <= 0xffff: twos.append(UInt16(truncatingIfNeeded: packed))
    case .four where packed <= 0xffff_ffff: fours.append(UInt32(truncatingIfNeeded: packed))
    case .eight: eights.append(value)
    case .none where packed == same && count > 0: break
    case .none where count == 0 && packed <= 0xffff_ffff: same = packed
    case .none, .one, .two, .four:
      widen(for: packed)
      append(value)
      return
    }
    count += 1
  }

  mutating func append(_ code: UInt32) { append(Int64(code)) }

  mutating func append(contentsOf values: [Int64]) {
    values.withUnsafeBufferPointer { append($0) }
  }

  mutating func append(contentsOf codes: [UInt32]) {
    codes.withUnsafeBufferPointer { append($0) }
  }

  private mutating func append<Value: FixedWidthInteger>(_ values: UnsafeBufferPointer<Value>) {
    guard let first = values.first else { return }
    var largest: UInt64 = 0
    var isSame = true
    for value in values {
      largest = max(largest, NumberPacking.packed(Int64(truncatingIfNeeded: value)))
      isSame = isSame && value == first
    }
    makeRoom(for: largest, isSame: isSame)
    switch width {
    case .none: break
    case .one: Self.append(values, to: &ones)
    case .two: Self.append(values, to: &twos)
    case .four: Self.append(values, to: &fours)
    case .eight:
      eights.makeRoom(for: values.count)
      eights.append(contentsOf: values.lazy.map { Int64(truncatingIfNeeded: $0) })
    }
    count += values.count
  }

  private static func append<Value: FixedWidthInteger, Packed: FixedWidthInteger>(
    _ values: UnsafeBufferPointer<Value>, to rows: inout [Packed]
  ) {
    let first = rows.count
    rows.makeRoom(for: values.count)
    rows.append(contentsOf: repeatElement(0, count: values.count))
    rows.withUnsafeMutableBufferPointer { rows in
      for (index, value) in values.enumerated() {
        rows[first &+ index] = Packed(
          truncatingIfNeeded: NumberPacking.packed(Int64(truncatingIfNeeded: value)))
      }
    }
  }

  mutating func append(repeating value: Int64, count more: Int) {
    if width == .none, count > 0, NumberPacking.packed(value) == same {
      count += more
      return
    }
    append(contentsOf: [Int64](repeating: value, count: more))
  }

  subscript(row: Int) -> Int64 {
    get {
      switch width {
      case .none: NumberPacking.value(same)
      case .one: NumberPacking.value(UInt64(ones[row]))
      case .two: NumberPacking.value(UInt64(twos[row]))
      case .four: NumberPacking.value(UInt64(fours[row]))
      case .eight: eights[row]
      }
    }
    set {
      let packed = NumberPacking.packed(newValue)
      switch width {
      case .none where packed == same: break
      case .one where packed <= 0xff: ones[row] = UInt8(packed)
      case .two where packed <= 0xffff: twos[row] = UInt16(packed)
      case .four where packed <= 0xffff_ffff: fours[row] = UInt32(packed)
      case .eight: eights[row] = newValue
      case .none, .one, .two, .four:
        widen(for: packed)
        self[row] = newValue
      }
    }
  }

  /// Bytes taken by a row.
  var bytesPerRow: Int { width == .none ? 0 : 1 << (Int(width.rawValue) - 1) }

  private mutating func makeRoom(for packed: UInt64, isSame: Bool) {
    let isFirst = count == 0
    if width == .none, isSame, isFirst || packed == same, packed <= 0xffff_ffff {
      same = packed
      return
    }
    if width == .none || packed > largest { widen(for: packed) }
  }

  /// The largest packed number that the width holds.
  private var largest: UInt64 {
    switch width {
    case .none, .one: 0xff
    case .two: 0xffff
    case .four: 0xffff_ffff
    case .eight: .max
    }
  }

  /// Makes every row as wide as a number needs, and wider than now.
  private mutating func widen(for packed: UInt64) {
    let needed = width == .none ? max(packed, count > 0 ? same : 0) : packed
    let rows = 0..<count
    let old = self
    ones = []
    twos = []
    fours = []
    if needed <= 0xff {
      width = .one
      ones = rows.map { UInt8(truncatingIfNeeded: old.packed($0)) }
    } else if needed <= 0xffff {
      width = .two
      twos = rows.map { UInt16(truncatingIfNeeded: old.packed($0)) }
    } else if needed <= 0xffff_ffff {
      width = .four
      fours = rows.map { UInt32(truncatingIfNeeded: old.packed($0)) }
    } else {
      width = .eight
      eights = rows.map { old[$0] }
    }
  }

  private func packed(_ row: Int) -> UInt64 { NumberPacking.packed(self[row]) }

  /// Calls `body` with fast access to the rows.
  func withReader<Result>(_ body: (NumberReader) -> Result) -> Result {
    let value = NumberPacking.value(same)
    func reader(_ bytes: UnsafeRawBufferPointer) -> NumberReader {
      NumberReader(base: bytes.baseAddress, width: width, same: value)
    }
    switch width {
    case .none: return body(NumberReader(base: nil, width: .none, same: value))
    case .one: return ones.withUnsafeBytes { body(reader($0)) }
    case .two: return twos.withUnsafeBytes { body(reader($0)) }
    case .four: return fours.withUnsafeBytes { body(reader($0)) }
    case .eight: return eights.withUnsafeBytes { body(reader($0)) }
    }
  }
}

/// How a number is packed: the two marks are 0 and 1, and what is not negative follows from 2.
enum NumberPacking {
  /// `UInt64.max` for a number that has to stay as it is.
  @inline(__always)
  static func packed(_ value: Int64) -> UInt64 {
    if value >= 0 { return UInt64(bitPattern: value) &+ 2 }
    return value <= MomentColumn.unreadable ? UInt64(bitPattern: value &- Int64.min) : .max
  }

  @inline(__always)
  static func value(_ packed: UInt64) -> Int64 {
    Int64(bitPattern: packed) &- 2 &+ (packed < 2 ? Int64.min &+ 2 : 0)
  }
}

/// The rows of a ``NumberColumn``, without a check of bounds.
struct NumberReader {
  fileprivate let base: UnsafeRawPointer?
  fileprivate let width: NumberColumn.Width
  fileprivate let same: Int64

  @inline(__always)
  subscript(row: Int) -> Int64 {
    guard let base else { return same }
    switch width {
    case .none: return same
    case .one: return NumberPacking.value(UInt64(base.load(fromByteOffset: row, as: UInt8.self)))
    case .two:
      return NumberPacking.value(UInt64(base.load(fromByteOffset: row &* 2, as: UInt16.self)))
    case .four:
      return NumberPacking.value(UInt64(base.load(fromByteOffset: row &* 4, as: UInt32.self)))
    case .eight: return base.load(fromByteOffset: row &* 8, as: Int64.self)
    }
  }
}

extension Array {
  /// Makes room for more rows of a column that may become long.
  ///
  /// Memory is taken when it is written to, so that a large step costs nothing; what costs is to
  /// move all rows at every step.
  mutating func makeRoom(for more: Int) {
    if capacity - count < more { reserveCapacity(8 * (count + more)) }
  }
}

extension Array where Element == NumberColumn {
  /// Calls `body` with fast access to the rows of all columns.
  func withReaders<Result>(_ body: (UnsafeBufferPointer<NumberReader>) -> Result) -> Result {
    func open(_ readers: [NumberReader]) -> Result {
      guard readers.count < count else { return readers.withUnsafeBufferPointer(body) }
      return self[readers.count].withReader { open(readers + [$0]) }
    }
    return open([])
  }
}
