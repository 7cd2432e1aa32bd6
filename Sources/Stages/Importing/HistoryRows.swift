import Tickets

/// What the rows of shape `events` and `snapshots` said, by columns, in reading order.
struct HistoryRows: Sendable {
  /// A row of one change: which field or moment, and its values before and after.
  struct Change: Equatable, Sendable {
    /// Index of the field, or -1 - index of the moment.
    var subject: Int
    var from: UInt32?
    var to: UInt32
  }

  var chains = RowChains()
  /// Of events; those of versions are in the column of `updated`.
  var instants = NumberColumn()
  var orders = NumberColumn()
  var files = NumberColumn()
  var lines = LineColumn()
  /// By field: codes.
  var codes: [NumberColumn] = []
  /// By moment: seconds, or the marks of ``MomentColumn``.
  var seconds: [NumberColumn] = []
  var pausedSeconds = NumberColumn()
  var verdicts: [ReportedVerdicts.Value] = []
  var stretches: [Int: [RowReader.Stretch]] = [:]
  /// By row: the second occurrence of an instant whose local time occurred twice.
  var seconds2: [Int: Int64] = [:]
  var changes: [Int: Change] = [:]

  var count: Int { chains.count }
}
