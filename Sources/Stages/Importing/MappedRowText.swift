import ServiceTime
import Tickets

/// Writes rows as JSON objects, of which ``MappedLayout/mapping(source:holds:)`` reads each cell
/// back to the same value.
struct MappedRowText {
  private enum Value {
    case moment(Int)
    case field(Int)
    case order, paused, reported, suspensions
    case at, end, amount, changed, from, to
  }

  private struct Cell {
    let value: Value
    let isNumber: Bool
    /// Where `,"key":` is in `keys`.
    let key: Range<Int>
  }

  private let cells: [Cell]
  private var keys: [UInt8] = []
  /// The texts of a field's codes: with comma, key and quotes, end to end.
  private var texts: [IDList]
  /// What the cells of a row take at most that are no fields and no texts of any length.
  private var mostBytes = 2
  private let opened: Int?
  /// Whose local time is kept where it occurred twice.
  private let updated: Int?
  private let zone: ZoneRules
  /// Whether a cell held no instant, so that the file may be written otherwise than others.
  private(set) var sawUnreadable = false

  /// `2026-10-25T01:30:00Z` with quotes.
  private static let instantBytes = 22
  private static let numberBytes = 24

  init(_ form: MappedRowForm, _ layout: MappedLayout, _ rows: RowReader) {
    var keys: [UInt8] = []
    var moment = 0
    var field = 0
    let values = layout.columns.map { column -> Value in
      switch column.role {
      case .instant:
        moment += 1
        return .moment(moment - 1)
      case .field:
        field += 1
        return .field(field - 1)
      case .order: return .order
      case .paused: return .paused
      case .reported: return .reported
      case .suspensions: return .suspensions
      case .at, .start: return .at
      case .changed: return .changed
      case .from: return .from
      case .to: return .to
      case .end: return .end
      case .amount: return .amount
      }
    }
    cells = form.cells.map { cell in
      let start = keys.count
      keys += [UInt8(ascii: ","), JSONText.quote]
      JSONText.append(cell.key, to: &keys)
      keys += [JSONText.quote, UInt8(ascii: ":")]
      return Cell(
        value: values[cell.column], isNumber: cell.isNumber, key: start..<keys.count)
    }
    self.keys = keys
    texts = Array(repeating: IDList(), count: field)
    mostBytes += keys.count + cells.count * Self.numberBytes
    opened = rows.opened
    updated = layout.shape == .snapshots ? rows.updated : nil
    zone = rows.clock.zone.rules
  }

  /// The texts of all rows.
  mutating func write(_ rows: RowColumns, _ extras: RowExtras?, _ reader: RowReader) -> IDList {
    learnTexts(of: reader)
    let others = otherTexts(rows, extras)
    var bound = rows.count * mostBytes + others.reduce(0) { $0 + ($1?.bytes.count ?? 0) }
    for (field, texts) in texts.enumerated() { bound += Self.size(of: rows.codes[field], texts) }
    var ends: [Int] = []
    ends.reserveCapacity(rows.count)
    let bytes = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      guard var place = buffer.baseAddress else { return }
      let start = place
      for row in 0..<rows.count {
        let first = place
        for (index, cell) in cells.enumerated() {
          if let other = others[index] {
            put(other, row, &place)
          } else {
            put(cell, row, rows, extras, &place)
          }
        }
        if place == first { place += 1 }
        first.pointee = UInt8(ascii: "{")
        place.pointee = UInt8(ascii: "}")
        place += 1
        ends.append(place - start)
      }
      count = place - start
    }
    return IDList(bytes: bytes, ends: ends)
  }
}

extension MappedRowText {
  private static func size(of codes: [UInt32], _ texts: IDList) -> Int {
    texts.ends.withUnsafeBufferPointer { ends in
      codes.reduce(0) { size, code in
        let code = Int(code)
        return size &+ ends[code] &- (code == 0 ? 0 : ends[code &- 1])
      }
    }
  }

  /// Makes the texts of codes that are new in the reader's dictionaries.
  private mutating func learnTexts(of reader: RowReader) {
    for cell in cells {
      guard case .field(let field) = cell.value else { continue }
      let dictionary = reader.fields[field].dictionary
      // Taken out, so that it grows in place.
      var list = IDList()
      swap(&list, &texts[field])
      while list.count < dictionary.count {
        append(dictionary[UInt32(list.count)], of: cell, to: &list)
      }
      swap(&list, &texts[field])
    }
  }

  private func append(_ text: String, of cell: Cell, to list: inout IDList) {
    if text.isEmpty { return list.appendRepeated() }
    var bytes = Array(keys[cell.key])
    if !cell.isNumber { bytes.append(JSONText.quote) }
    JSONText.append(text, to: &bytes)
    if !cell.isNumber { bytes.append(JSONText.quote) }
    bytes.withUnsafeBytes { list.append($0) }
  }

  /// By cell, then by row: texts that may be of any length, or are rare; `nil` of other cells.
  private func otherTexts(_ rows: RowColumns, _ extras: RowExtras?) -> [IDList?] {
    cells.map { cell in
      let text: (Int) -> String
      switch cell.value {
      case .suspensions:
        text = { row in rows.stretches[row].map { SuspensionText.text(of: $0) } ?? "" }
      case .reported: text = { row in rows.verdicts[row].text }
      case .amount: text = { row in AmountText.text(extras?.amounts[row] ?? 0) }
      case .changed: text = { row in extras?.changes[row].changed ?? "" }
      case .from: text = { row in extras?.changes[row].from ?? "" }
      case .to: text = { row in extras?.changes[row].to ?? "" }
      default: return nil
      }
      var list = IDList()
      for row in 0..<rows.count { append(text(row), of: cell, to: &list) }
      return list
    }
  }

  // MARK: single cells

  @inline(__always)
  private func put(_ list: IDList, _ row: Int, _ place: inout UnsafeMutablePointer<UInt8>) {
    let range = list.range(of: row)
    list.bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      place.update(from: base + range.lowerBound, count: range.count)
      place += range.count
    }
  }

  @inline(__always)
  private mutating func put(
    _ cell: Cell, _ row: Int, _ rows: RowColumns, _ extras: RowExtras?,
    _ place: inout UnsafeMutablePointer<UInt8>
  ) {
    switch cell.value {
    case .field(let field): put(texts[field], Int(rows.codes[field][row]), &place)
    case .moment(let moment):
      let seconds = rows.moments[moment][row]
      if seconds > MomentColumn.unreadable {
        let second = moment == updated ? rows.secondUpdated[row] : nil
        put(instant: seconds, second: second, cell, &place)
      } else if seconds == MomentColumn.unreadable {
        sawUnreadable = true
        // A row whose opening is no instant would be rejected when it is read back.
        if moment != opened { put(cell, ascii: "unreadable", &place) }
      }
    case .order:
      if rows.orders[row] != Int64.min { put(cell, ascii: String(rows.orders[row]), &place) }
    case .paused:
      let seconds = rows.pausedSeconds[row]
      if seconds != MomentColumn.missing { put(cell, ascii: String(seconds), &place) }
    case .at:
      guard let extras, extras.instants[row] > MomentColumn.unreadable else { return }
      let second = extras.seconds.isEmpty ? nil : extras.seconds[row]
      put(instant: extras.instants[row], second: second, cell, &place)
    case .end:
      guard let end = extras?.ends[row], end != MomentColumn.missing else { return }
      put(instant: end, second: nil, cell, &place)
    case .reported, .suspensions, .amount, .changed, .from, .to: return
    }
  }

  @inline(__always)
  private func put(key cell: Cell, _ place: inout UnsafeMutablePointer<UInt8>) {
    keys.withUnsafeBufferPointer { keys in
      guard let base = keys.baseAddress else { return }
      place.update(from: base + cell.key.lowerBound, count: cell.key.count)
      place += cell.key.count
    }
  }

  private func put(_ cell: Cell, ascii text: String, _ place: inout UnsafeMutablePointer<UInt8>) {
    put(key: cell, &place)
    if !cell.isNumber { put(JSONText.quote, &place) }
    for byte in text.utf8 { put(byte, &place) }
    if !cell.isNumber { put(JSONText.quote, &place) }
  }

  @inline(__always)
  private func put(_ byte: UInt8, _ place: inout UnsafeMutablePointer<UInt8>) {
    place.pointee = byte
    place += 1
  }

  /// Writes an instant in UTC.
  ///
  /// One whose local time occurred twice is kept as that local time, because which of the two it
  /// was depends on the ticket's other rows.
  @inline(__always)
  private func put(
    instant seconds: Int64, second: Int64?, _ cell: Cell,
    _ place: inout UnsafeMutablePointer<UInt8>
  ) {
    let local = second.flatMap { $0 == seconds ? nil : localTime(seconds, $0) }
    put(key: cell, &place)
    put(JSONText.quote, &place)
    put(time: local ?? seconds, &place)
    if local == nil { put(UInt8(ascii: "Z"), &place) }
    put(JSONText.quote, &place)
  }

  /// The local seconds of an instant, if they stand for just these two.
  private func localTime(_ first: Int64, _ second: Int64) -> Int64? {
    let local = zone.localSeconds(of: Instant(seconds: first))
    let found = zone.instants(ofLocal: local)
    return found.first.seconds == first && found.second.seconds == second ? local : nil
  }

  @inline(__always)
  private func put(time seconds: Int64, _ place: inout UnsafeMutablePointer<UInt8>) {
    let day = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let date = CivilDate(daysSince1970: Int(day))
    let second = Int(seconds - day * 86_400)
    put(digits: date.year / 100, &place)
    put(digits: date.year % 100, &place)
    put(UInt8(ascii: "-"), digits: date.month, &place)
    put(UInt8(ascii: "-"), digits: date.day, &place)
    put(UInt8(ascii: "T"), digits: second / 3_600, &place)
    put(UInt8(ascii: ":"), digits: second / 60 % 60, &place)
    put(UInt8(ascii: ":"), digits: second % 60, &place)
  }

  @inline(__always)
  private func put(
    _ mark: UInt8, digits value: Int, _ place: inout UnsafeMutablePointer<UInt8>
  ) {
    put(mark, &place)
    put(digits: value, &place)
  }

  @inline(__always)
  private func put(digits value: Int, _ place: inout UnsafeMutablePointer<UInt8>) {
    put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value / 10), &place)
    put(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10), &place)
  }
}

extension ReportedVerdicts.Value {
  fileprivate var text: String {
    switch self {
    case .unknown: ""
    case .met: "met"
    case .breached: "breached"
    }
  }
}
