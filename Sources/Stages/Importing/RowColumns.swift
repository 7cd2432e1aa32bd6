import Tickets

/// The rows of one batch by columns, in the order of the file.
///
/// Its memory is used again for the next batch.
struct RowColumns: Sendable {
  var count = 0
  /// By moment, then by row: seconds, or ``MomentColumn/missing`` or ``MomentColumn/unreadable``.
  var moments: [[Int64]]
  /// By field, then by row: codes of the worker's own dictionaries.
  var codes: [[UInt32]]
  /// Hashes of the ids; equal ids have equal hashes.
  var hashes: [UInt64] = []
  /// An empty one is that of the row above.
  ///
  /// There are none where rows are judged at once and their ids not kept.
  var ids = IDList()
  var lines: [UInt32] = []
  /// By row, where rows are handed on as texts; see ``MappedRowText``.
  var texts = IDList()
  /// Whether one of the moments in `texts` is unreadable.
  var sawUnreadable = false
  /// Empty unless the mapping names an order, a total pause, a verdict.
  var orders: [Int64] = []
  var pausedSeconds: [Int64] = []
  var verdicts: [ReportedVerdicts.Value] = []
  /// By row, where a row has any.
  var stretches: [Int: [RowReader.Stretch]] = [:]
  /// By row: the second occurrence of an `updated` whose local time occurred twice.
  var secondUpdated: [Int: Int64] = [:]

  init(moments: Int, fields: Int) {
    self.moments = Array(repeating: [], count: moments)
    codes = Array(repeating: [], count: fields)
  }

  /// Makes room for the rows of a batch; what is in the columns then means nothing.
  mutating func begin(_ rows: RowReader, count: Int) {
    self.count = count
    for index in moments.indices { resize(&moments[index], to: count, with: MomentColumn.missing) }
    for index in codes.indices { resize(&codes[index], to: count, with: 0) }
    resize(&hashes, to: count, with: 0)
    resize(&lines, to: count, with: 0)
    if rows.hasOrder { resize(&orders, to: count, with: Int64.min) }
    if rows.hasPaused { resize(&pausedSeconds, to: count, with: MomentColumn.missing) }
    if rows.hasReported { resize(&verdicts, to: count, with: .unknown) }
    ids.removeAll()
    stretches.removeAll(keepingCapacity: true)
    secondUpdated.removeAll(keepingCapacity: true)
  }

  /// Keeps some of the rows, in their order; `ids` are those of the kept ones already.
  mutating func keep(_ isKept: (Int) -> Bool) {
    let kept = (0..<count).filter(isKept)
    for index in moments.indices { pick(kept, of: &moments[index]) }
    for index in codes.indices { pick(kept, of: &codes[index]) }
    pick(kept, of: &hashes)
    pick(kept, of: &lines)
    if !orders.isEmpty { pick(kept, of: &orders) }
    if !pausedSeconds.isEmpty { pick(kept, of: &pausedSeconds) }
    if !verdicts.isEmpty { pick(kept, of: &verdicts) }
    stretches = renumbered(stretches, kept)
    secondUpdated = renumbered(secondUpdated, kept)
    count = kept.count
  }

  /// Appends one row of another batch's columns; its id is appended by the caller.
  mutating func append(row: Int, of other: RowColumns, line: Int) {
    for index in moments.indices { moments[index].append(other.moments[index][row]) }
    for index in codes.indices { codes[index].append(other.codes[index][row]) }
    hashes.append(other.hashes[row])
    lines.append(UInt32(clamping: line))
    if !other.orders.isEmpty { orders.append(other.orders[row]) }
    if !other.pausedSeconds.isEmpty { pausedSeconds.append(other.pausedSeconds[row]) }
    if !other.verdicts.isEmpty { verdicts.append(other.verdicts[row]) }
    if let found = other.stretches[row] { stretches[count] = found }
    if let found = other.secondUpdated[row] { secondUpdated[count] = found }
    count += 1
  }
}

private func resize<Value>(_ column: inout [Value], to count: Int, with value: Value) {
  if column.count > count {
    column.removeLast(column.count - count)
  } else if column.count < count {
    column.append(contentsOf: repeatElement(value, count: count - column.count))
  }
}

private func pick<Value>(_ kept: [Int], of column: inout [Value]) {
  for (place, row) in kept.enumerated() { column[place] = column[row] }
  column.removeLast(column.count - kept.count)
}

private func renumbered<Value>(_ values: [Int: Value], _ kept: [Int]) -> [Int: Value] {
  guard !values.isEmpty else { return values }
  var renumbered: [Int: Value] = [:]
  for (place, row) in kept.enumerated() {
    if let value = values[row] { renumbered[place] = value }
  }
  return renumbered
}
