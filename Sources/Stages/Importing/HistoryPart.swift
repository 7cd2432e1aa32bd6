import Tickets

/// What the rows of some tickets make of them.
struct HistoryPart: Sendable {
  /// The value of a field as last stated: by field, then by ticket.
  var codes: [[UInt32]] = []
  /// The value of a field before its first change: by field, then by ticket.
  var initialCodes: [[UInt32]] = []
  /// By moment, then by ticket.
  var seconds: [[Int64]] = []
  var files: [UInt16] = []
  var lines: [UInt32] = []
  /// Empty where no column holds them.
  var pausedSeconds: [Int64] = []
  var verdicts: [ReportedVerdicts.Value] = []
  /// By place in the part, where a ticket has any.
  var stretches: [Int: [RowReader.Stretch]] = [:]
  var changes = ChangeTable()
  var tally = HistoryTally()
}

/// Where the rows of some tickets went.
struct HistoryTally: Sendable {
  var rows = 0
  var tickets = 0
  var unchanged = 0
  /// Where versions went back in time: file, line and ticket.
  var backward: [(file: Int, line: Int, ticket: Int)] = []
}

/// The memory in which a part is written; it is used again for the next.
struct HistoryPage: ~Copyable {
  private let fields: Int
  private let moments: Int
  /// The most tickets of a part.
  private let size: Int
  private var count = 0
  // By field or moment, then by ticket: each has room for `size` tickets.
  private let codes: UnsafeMutablePointer<UInt32>
  private let initialCodes: UnsafeMutablePointer<UInt32>
  private let seconds: UnsafeMutablePointer<Int64>
  private let files: UnsafeMutablePointer<UInt16>
  private let lines: UnsafeMutablePointer<UInt32>
  private let starts: UnsafeMutablePointer<Int>
  private var changes = ChangeColumns(capacity: 1_024)
  private var changeCount = 0

  init(fields: Int, moments: Int, size: Int) {
    self.fields = fields
    self.moments = moments
    self.size = size
    codes = .allocate(capacity: fields * size)
    initialCodes = .allocate(capacity: fields * size)
    seconds = .allocate(capacity: moments * size)
    files = .allocate(capacity: size)
    lines = .allocate(capacity: size)
    starts = .allocate(capacity: size + 1)
    starts.initialize(to: 0)
  }

  deinit {
    codes.deallocate()
    initialCodes.deallocate()
    seconds.deallocate()
    files.deallocate()
    lines.deallocate()
    starts.deallocate()
    changes.deallocate()
  }

  /// Writes the next ticket.
  mutating func write(_ timeline: inout TicketTimeline, file: UInt16, line: UInt32) {
    precondition(count < size, "a part has more tickets than there is room for")
    var index = count
    for field in 0..<fields {
      let code = max(timeline.fields[field].current, 0)
      (codes + index).initialize(to: UInt32(truncatingIfNeeded: code))
      (initialCodes + index).initialize(to: timeline.fields[field].initial)
      index += size
    }
    index = count
    for moment in 0..<moments {
      (seconds + index).initialize(to: timeline.moments[moment].latest)
      index += size
    }
    (files + count).initialize(to: file)
    (lines + count).initialize(to: line)
    append(timeline.changes())
    count += 1
    (starts + count).initialize(to: changeCount)
  }

  @inline(__always)
  private mutating func append(_ new: UnsafeBufferPointer<ChangeTable.Change>) {
    if changeCount + new.count > changes.capacity {
      changes.grow(keeping: changeCount, for: new.count)
    }
    for change in new {
      changes.write(change, at: changeCount)
      changeCount += 1
    }
  }

  /// The part of the tickets that were written since the last one was taken.
  mutating func take() -> HistoryPart {
    var part = HistoryPart()
    part.codes = (0..<fields).map { list(codes + $0 * size, count) }
    part.initialCodes = (0..<fields).map { list(initialCodes + $0 * size, count) }
    part.seconds = (0..<moments).map { list(seconds + $0 * size, count) }
    part.files = list(files, count)
    part.lines = list(lines, count)
    part.changes = changes.table(starts: list(starts, count + 1), count: changeCount)
    part.tally.tickets = count
    count = 0
    changeCount = 0
    return part
  }
}

/// Columns of changes, of which no memory is taken before it is written to.
private struct ChangeColumns {
  private(set) var capacity: Int
  private var seconds: UnsafeMutablePointer<Int64>
  private var subjects: UnsafeMutablePointer<ChangeTable.SubjectCode>
  private var values: UnsafeMutablePointer<UInt32>
  private var lines: UnsafeMutablePointer<UInt32>

  init(capacity: Int) {
    self.capacity = capacity
    seconds = .allocate(capacity: capacity)
    subjects = .allocate(capacity: capacity)
    values = .allocate(capacity: capacity)
    lines = .allocate(capacity: capacity)
  }

  func deallocate() {
    seconds.deallocate()
    subjects.deallocate()
    values.deallocate()
    lines.deallocate()
  }

  mutating func grow(keeping count: Int, for more: Int) {
    let larger = ChangeColumns(capacity: max(2 * capacity, count + more))
    larger.seconds.moveInitialize(from: seconds, count: count)
    larger.subjects.moveInitialize(from: subjects, count: count)
    larger.values.moveInitialize(from: values, count: count)
    larger.lines.moveInitialize(from: lines, count: count)
    deallocate()
    self = larger
  }

  @inline(__always)
  func write(_ change: ChangeTable.Change, at index: Int) {
    (seconds + index).initialize(to: change.instant)
    (subjects + index).initialize(to: change.subject)
    (values + index).initialize(to: change.value)
    (lines + index).initialize(to: change.line)
  }

  func table(starts: [Int], count: Int) -> ChangeTable {
    ChangeTable(
      starts: starts, seconds: list(seconds, count), subjects: list(subjects, count),
      values: list(values, count), lines: list(lines, count))
  }
}

private func list<Value>(_ start: UnsafeMutablePointer<Value>, _ count: Int) -> [Value] {
  Array(UnsafeBufferPointer(start: start, count: count))
}
