import Tickets

/// What the rows of some tickets that follow one another make of them.
struct HistoryPart: Sendable {
  let tickets: Range<Int>
  let rows: Int
  /// By field, then by ticket: the value as last stated, and the one before the first change.
  private(set) var codes: [[UInt32]]
  private(set) var initialCodes: [[UInt32]]
  /// By moment, then by ticket.
  private(set) var seconds: [[Int64]]
  private(set) var files: [UInt16]
  private(set) var lines: [UInt32]
  /// Empty where no column holds them.
  var pausedSeconds: [Int64] = []
  var verdicts: [ReportedVerdicts.Value] = []
  /// By ticket, where one has any.
  var stretches: [Int: [RowReader.Stretch]] = [:]
  /// Where versions went back in time: file, line and ticket.
  var backward: [(file: Int, line: Int, ticket: Int)] = []
  var unchanged = 0
  private var starts: [Int]
  private var changeSeconds: [Int64] = []
  private var subjects: [ChangeTable.SubjectCode] = []
  private var values: [UInt32] = []
  private var changeLines: [UInt32] = []

  init(_ tickets: Range<Int>, fields: Int, moments: Int, rows: Int) {
    self.tickets = tickets
    self.rows = rows
    let count = tickets.count
    codes = Array(repeating: Array(repeating: 0, count: count), count: fields)
    initialCodes = codes
    seconds = Array(repeating: Array(repeating: MomentColumn.missing, count: count), count: moments)
    files = Array(repeating: 0, count: count)
    lines = Array(repeating: 0, count: count)
    starts = [0]
    starts.reserveCapacity(count + 1)
    changeSeconds.reserveCapacity(rows)
    subjects.reserveCapacity(rows)
    values.reserveCapacity(rows)
    changeLines.reserveCapacity(rows)
  }

  var changes: ChangeTable {
    ChangeTable(
      starts: starts, seconds: changeSeconds, subjects: subjects, values: values,
      lines: changeLines)
  }

  /// Writes the next ticket; `place` counts from the part's first.
  @inline(__always)
  mutating func write(
    _ timeline: inout TicketTimeline, at place: Int, file: UInt16, line: UInt32
  ) {
    for (field, state) in timeline.fields.enumerated() {
      codes[field][place] = UInt32(truncatingIfNeeded: max(state.current, 0))
      initialCodes[field][place] = state.initial
    }
    for (moment, state) in timeline.moments.enumerated() {
      seconds[moment][place] = state.latest
    }
    files[place] = file
    lines[place] = line
    timeline.withChanges { entries in
      changeSeconds.append(contentsOf: entries.lazy.map(\.instant))
      subjects.append(contentsOf: entries.lazy.map(\.subject))
      values.append(contentsOf: entries.lazy.map(\.value))
      changeLines.append(contentsOf: entries.lazy.map(\.line))
    }
    starts.append(changeSeconds.count)
  }
}
