import Tickets

/// What the rows of shape `events` and `snapshots` said, by columns.
struct HistoryRows {
  /// A row of one change: which field or moment, and its values before and after.
  struct Change {
    /// Index of the field, or -1 - index of the moment.
    var subject: Int
    var from: UInt32?
    var to: UInt32
  }

  var tickets: [UInt32] = []
  var instants: [Int64] = []
  var orders: [Int64] = []
  var files: [UInt16] = []
  var lines: [UInt32] = []
  var codes: [[UInt32]] = []
  var seconds: [[Int64]] = []
  var pausedSeconds: [Int64] = []
  var verdicts: [ReportedVerdicts.Value] = []
  var stretches: [Int: [RowReader.Stretch]] = [:]
  /// By row: the second occurrence of an instant whose local time occurred twice.
  var seconds2: [Int: Int64] = [:]
  var changes: [Int: Change] = [:]

  var count: Int { tickets.count }
}
