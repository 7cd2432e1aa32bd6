import Tickets

/// The rows of a history with fast access, without checks of bounds.
///
/// A class of constants, so that passing it on copies nothing.
final class HistoryColumns {
  let chains: RowChainReader
  let instants: NumberReader
  let orders: NumberReader
  let files: NumberReader
  let pausedSeconds: NumberReader
  let lines: LineReader
  /// By field.
  let codes: UnsafeBufferPointer<NumberReader>
  /// By moment.
  let seconds: UnsafeBufferPointer<NumberReader>
  /// Empty where no column holds them.
  let verdicts: UnsafeBufferPointer<ReportedVerdicts.Value>
  let hasPausedSeconds: Bool
  let hasSeveralFiles: Bool
  // What few rows have; a look-up for each row would be felt.
  private let secondInstants: [Int: Int64]
  private let changes: [Int: HistoryRows.Change]
  private let stretches: [Int: [RowReader.Stretch]]

  /// Calls `body` with the columns, which are good until it returns.
  static func with<Result>(
    _ history: HistoryRows, _ plan: HistoryPlan, _ body: (HistoryColumns) -> Result
  ) -> Result {
    let single = [
      history.instants, history.orders, history.files, history.pausedSeconds,
      history.lines.distances,
    ]
    return single.withReaders { single in
      history.codes.withReaders { codes in
        history.seconds.withReaders { seconds in
          history.chains.withReader { chains in
            history.verdicts.withUnsafeBufferPointer { verdicts in
              body(HistoryColumns(history, plan, chains, single, codes, seconds, verdicts))
            }
          }
        }
      }
    }
  }

  private init(
    _ history: HistoryRows, _ plan: HistoryPlan, _ chains: RowChainReader,
    _ single: UnsafeBufferPointer<NumberReader>,
    _ codes: UnsafeBufferPointer<NumberReader>, _ seconds: UnsafeBufferPointer<NumberReader>,
    _ verdicts: UnsafeBufferPointer<ReportedVerdicts.Value>
  ) {
    self.chains = chains
    (orders, files, pausedSeconds) = (single[1], single[2], single[3])
    let updated = plan.isVersioned ? plan.updated : nil
    instants = updated.map { seconds[$0] } ?? single[0]
    self.codes = codes
    self.seconds = seconds
    lines = LineReader(distances: single[4])
    self.verdicts = verdicts
    hasPausedSeconds = history.pausedSeconds.count > 0
    hasSeveralFiles = history.files.width != .none
    secondInstants = history.seconds2
    changes = history.changes
    stretches = history.stretches
  }
}

/// What few rows have.
extension HistoryColumns {
  func secondInstant(of row: Int) -> Int64? {
    secondInstants.isEmpty ? nil : secondInstants[row]
  }

  @inline(__always)
  func change(of row: Int) -> HistoryRows.Change? { changes.isEmpty ? nil : changes[row] }

  @inline(__always)
  func stretches(of row: Int) -> [RowReader.Stretch]? {
    stretches.isEmpty ? nil : stretches[row]
  }
}

/// Comparison of the rows of one ticket.
extension HistoryColumns {
  /// Whether rows are in order: versions by their order, events by their instant; then by the
  /// other, then as read.
  func areInOrder(_ rows: [UInt32], isVersioned: Bool) -> Bool {
    let first = isVersioned ? orders : instants
    var last = Int64.min
    for index in rows.indices {
      let key = first[Int(rows[index])]
      if key <= last, index > 0 {
        guard precedes(rows[index - 1], rows[index], isVersioned: isVersioned) else { return false }
      }
      last = key
    }
    return true
  }

  func precedes(_ a: UInt32, _ b: UInt32, isVersioned: Bool) -> Bool {
    let left = (orders[Int(a)], instants[Int(a)])
    let right = (orders[Int(b)], instants[Int(b)])
    if left == right { return a < b }
    return isVersioned ? left < right : (left.1, left.0) < (right.1, right.0)
  }

  @inline(__always)
  func areEqual(_ a: Int, _ b: Int) -> Bool {
    orders[a] == orders[b] && instants[a] == instants[b] && areEqualElsewhere(a, b)
  }

  private func areEqualElsewhere(_ a: Int, _ b: Int) -> Bool {
    for column in codes where column[a] != column[b] { return false }
    for column in seconds where column[a] != column[b] { return false }
    if hasPausedSeconds, pausedSeconds[a] != pausedSeconds[b] { return false }
    if !verdicts.isEmpty, verdicts[a] != verdicts[b] { return false }
    return change(of: a) == change(of: b) && stretches(of: a) == stretches(of: b)
  }

  /// Whether an event says what one of another file said; two equal events in one file are two.
  func isRepeated(_ row: Int, after kept: [UInt32]) -> Bool {
    for earlier in kept.reversed() {
      guard instants[Int(earlier)] == instants[row] else { return false }
      if files[Int(earlier)] != files[row], areEqual(Int(earlier), row) { return true }
    }
    return false
  }
}
