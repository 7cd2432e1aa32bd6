import Tickets

/// What the rows of some tickets that follow one another make of them.
struct HistoryPart: Sendable {
  let tickets: Range<Int>
  let rows: Int
  // Field by field, or moment by moment, each for all tickets.
  private var codes: [UInt32]
  private var initialCodes: [UInt32]
  private var seconds: [Int64]
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
  // The columns of the changes, of which the first `changeCount` entries are written.
  private var starts = [0]
  private var changeSeconds: [Int64] = []
  private var changeSubjects: [ChangeTable.SubjectCode] = []
  private var changeValues: [UInt32] = []
  private var changeLines: [UInt32] = []
  private var changeCount = 0

  init(_ tickets: Range<Int>, fields: Int, moments: Int, rows: Int) {
    self.tickets = tickets
    self.rows = rows
    let count = tickets.count
    codes = Array(repeating: 0, count: count * fields)
    initialCodes = codes
    seconds = Array(repeating: MomentColumn.missing, count: count * moments)
    files = Array(repeating: 0, count: count)
    lines = Array(repeating: 0, count: count)
    starts.reserveCapacity(count + 1)
    reserve(changes: rows + rows / 4 + count)
  }

  /// The value of a field as last stated, by ticket.
  func codes(of field: Int) -> ArraySlice<UInt32> { codes[column(field)] }

  /// The value of a field before its first change, by ticket.
  func initialCodes(of field: Int) -> ArraySlice<UInt32> { initialCodes[column(field)] }

  func seconds(of moment: Int) -> ArraySlice<Int64> { seconds[column(moment)] }

  private func column(_ index: Int) -> Range<Int> {
    index * tickets.count..<(index + 1) * tickets.count
  }

  /// Writes the next ticket; `place` counts from the part's first.
  mutating func write(
    _ timeline: inout TicketTimeline, at place: Int, file: UInt16, line: UInt32
  ) {
    var index = place
    for field in 0..<timeline.fieldCount {
      codes[index] = UInt32(truncatingIfNeeded: max(timeline.fields[field].current, 0))
      initialCodes[index] = timeline.fields[field].initial
      index += tickets.count
    }
    index = place
    for moment in 0..<timeline.momentCount {
      seconds[index] = timeline.moments[moment].latest
      index += tickets.count
    }
    files[place] = file
    lines[place] = line
    append(timeline.changes())
  }

  private mutating func append(_ changes: UnsafeBufferPointer<ChangeTable.Change>) {
    let first = changeCount
    changeCount += changes.count
    if changeCount > changeSeconds.count { makeRoom(changes: changes.count) }
    changeSeconds.withUnsafeMutableBufferPointer { column in
      for index in changes.indices { column[first + index] = changes[index].instant }
    }
    changeSubjects.withUnsafeMutableBufferPointer { column in
      for index in changes.indices { column[first + index] = changes[index].subject }
    }
    changeValues.withUnsafeMutableBufferPointer { column in
      for index in changes.indices { column[first + index] = changes[index].value }
    }
    changeLines.withUnsafeMutableBufferPointer { column in
      for index in changes.indices { column[first + index] = changes[index].line }
    }
    starts.append(changeCount)
  }

  /// Sets memory aside, of which none is taken before it is written to.
  private mutating func reserve(changes: Int) {
    changeSeconds.reserveCapacity(changes)
    changeSubjects.reserveCapacity(changes)
    changeValues.reserveCapacity(changes)
    changeLines.reserveCapacity(changes)
  }

  private mutating func makeRoom(changes count: Int) {
    let more = count + 4_096
    changeSeconds += repeatElement(0, count: more)
    changeSubjects += repeatElement(.field(0), count: more)
    changeValues += repeatElement(0, count: more)
    changeLines += repeatElement(0, count: more)
  }

  /// The changes of all tickets; to be asked for once, after the last was written.
  mutating func takeChanges() -> ChangeTable {
    let spare = changeSeconds.count - changeCount
    changeSeconds.removeLast(spare)
    changeSubjects.removeLast(spare)
    changeValues.removeLast(spare)
    changeLines.removeLast(spare)
    defer {
      (starts, changeSeconds, changeSubjects) = ([0], [], [])
      (changeValues, changeLines, changeCount) = ([], [], 0)
    }
    return ChangeTable(
      starts: starts, seconds: changeSeconds, subjects: changeSubjects, values: changeValues,
      lines: changeLines)
  }
}
