import CSVRecords
import Messages
import ServiceTime
import Tickets

extension Finding.Message {
  fileprivate static func unreadable(
    _ cell: String, _ column: String, _ patterns: [TimestampPattern]
  ) -> Finding.Message {
    let expected = patterns.map(\.text).joined(separator: " or ")
    return """
      column "\(column)" holds \(cell), which is not an instant like \(expected); correct the \
      row, or "timestamps" in the mapping
      """
  }

  fileprivate static func outOfRange(_ cell: String, _ column: String) -> Finding.Message {
    "column \"\(column)\" holds \(cell), which is not between 1970 and 2100; correct the row"
  }

  fileprivate static func gap(
    _ cell: String, _ column: String, zone: String
  ) -> Finding.Message {
    """
    column "\(column)" holds \(cell), which the clocks of \(zone) skipped; \
    taken as moved forward by the gap
    """
  }

  fileprivate static func fold(
    _ cell: String, _ column: String, zone: String, isFirst: Bool
  ) -> Finding.Message {
    """
    column "\(column)" holds \(cell), which occurred twice in \(zone); \
    taken as the \(isFirst ? "first" : "second")
    """
  }

  static func notText(
    _ cell: String, _ column: String, hasNUL: Bool, isMarked: Bool = false
  ) -> Finding.Message {
    let what =
      hasNUL
      ? "a NUL byte"
      : isMarked ? "bytes outside the mapping's encoding" : "bytes that are not UTF-8"
    return "column \"\(column)\" holds \(what) in \(cell); correct the row or set \"encoding\""
  }
}

/// Says why a cell is not text, or returns `nil` if it is.
func textFault(of cell: UnsafeRawBufferPointer, column: String) -> Rejection? {
  let hasNUL = cell.contains(0)
  guard hasNUL || !isValidUTF8(cell) else { return nil }
  return Rejection(
    message: .notText(quoted(cell), column, hasNUL: hasNUL, isMarked: isMarkedInvalid(cell)),
    isNotText: !isValidUTF8(cell))
}

/// Where naive times of one import become instants, and what is said about it.
struct ClockFace {
  var zone: ZoneCursor
  /// Whether a time without an offset was read.
  var sawNaive = false
  /// Whether a value of the row at hand was moved out of a clock change.
  var isAdjusted = false
  /// What is to be said about the row at hand.
  var remarks: [(severity: Finding.Severity, message: Finding.Message)] = []
  /// The second occurrence, if the time read last occurred twice; else the same as it.
  var second: Int64 = 0
}

/// Reads the cells of one time column.
///
/// A class, so that a row's reading copies a reference and not the lists inside.
final class TimeLoader {
  let source: Mapping.CellSource
  let patterns: [TimestampPattern]
  private(set) var columns: [Int] = []
  private(set) var label = ""
  /// The place of the column, if there is but one and its cells need no cleaning.
  private(set) var onlyColumn: Int?
  /// The form in which most cells will be, if it is one that is read fast.
  let form: WallClockForm?

  init(source: Mapping.CellSource, patterns: [TimestampPattern]) {
    self.source = source
    self.patterns = patterns
    form = patterns.first.flatMap { WallClockForm($0) }
  }

  var isBound: Bool { !columns.isEmpty }

  func bind(_ header: Header) {
    columns = header.indices(of: source)
    onlyColumn = columns.count == 1 && source.isPlain ? columns[0] : nil
    label = columns.first.map { header.names[$0] } ?? source.columns.first ?? ""
  }

  /// The instant of the row, ``MomentColumn/missing`` or ``MomentColumn/unreadable``.
  ///
  /// - Parameter previous: The instant that a doubled local time must not precede.
  func instant(
    _ cells: RowCells, missing: MissingTokens, clock: inout ClockFace,
    after previous: Int64 = MomentColumn.missing
  ) throws(Rejection) -> Int64 {
    if let onlyColumn {
      let cell = cells.cell(onlyColumn)
      if missing.contains(cell) { return MomentColumn.missing }
      return try instant(of: cell, clock: &clock, after: previous)
    }
    for column in columns {
      let cell = cells.cell(column)
      if cell.isEmpty { continue }
      if source.isPlain {
        if missing.contains(cell) { continue }
        return try instant(of: cell, clock: &clock, after: previous)
      }
      let bytes = cleaned(cell, source)
      if bytes.withUnsafeBytes({ missing.contains($0) }) { continue }
      return try withBytes(bytes) { cell throws(Rejection) in
        try instant(of: cell, clock: &clock, after: previous)
      }
    }
    return MomentColumn.missing
  }

  @inline(__always)
  func instant(
    of cell: UnsafeRawBufferPointer, clock: inout ClockFace, after previous: Int64
  ) throws(Rejection) -> Int64 {
    for pattern in patterns {
      guard let time = pattern.read(cell) else { continue }
      return try instant(time, cell, clock: &clock, after: previous)
    }
    if let fault = textFault(of: cell, column: label) { throw fault }
    clock.remarks.append((.warning, .unreadable(quoted(cell), label, patterns)))
    return MomentColumn.unreadable
  }

  @inline(__always)
  private func instant(
    _ time: WrittenTime, _ cell: UnsafeRawBufferPointer, clock: inout ClockFace,
    after previous: Int64
  ) throws(Rejection) -> Int64 {
    var seconds: Int64
    if time.offset != WrittenTime.noOffset {
      seconds = time.localSeconds - time.offset
      clock.second = seconds
    } else {
      clock.sawNaive = true
      let found = clock.zone.instants(ofLocal: time.localSeconds)
      seconds = found.first.seconds
      clock.second = found.second.seconds
      if found.placement != .unique {
        if found.placement == .fold, previous > MomentColumn.unreadable, seconds < previous {
          seconds = clock.second
        }
        adjust(
          cell, isGap: found.placement == .gap, isFirst: seconds == found.first.seconds, &clock)
      }
    }
    guard seconds >= Instant.earliest.seconds, seconds <= Instant.latestAllowed.seconds else {
      throw Rejection(message: .outOfRange(quoted(cell), label))
    }
    return seconds
  }

  private func adjust(
    _ cell: UnsafeRawBufferPointer, isGap: Bool, isFirst: Bool, _ clock: inout ClockFace
  ) {
    clock.isAdjusted = true
    let zone = clock.zone.rules.identifier
    clock.remarks.append(
      (
        .adjusted,
        isGap
          ? .gap(quoted(cell), label, zone: zone)
          : .fold(quoted(cell), label, zone: zone, isFirst: isFirst)
      ))
  }
}
