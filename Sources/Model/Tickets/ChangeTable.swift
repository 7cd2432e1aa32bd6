/// The changes of all tickets, grouped by ticket, each group in time order and within one
/// instant in the export's order.
///
/// A change takes 18 bytes.
package struct ChangeTable: Sendable {
  /// What a change is about.
  package enum Subject: Hashable, Sendable {
    /// Index into ``TicketTable/fields``; the value is a code.
    case field(Int)
    /// Index into ``TicketTable/moments``; the value is 1 if it happened, 0 if it was taken back.
    case moment(Int)
  }

  /// A subject in two bytes.
  package struct SubjectCode: Hashable, Sendable {
    /// The index, and the highest bit for a moment.
    package let bits: UInt16

    @inlinable package init(bits: UInt16) { self.bits = bits }

    @inlinable package static func field(_ index: Int) -> Self {
      Self(bits: UInt16(truncatingIfNeeded: index))
    }

    @inlinable package static func moment(_ index: Int) -> Self {
      Self(bits: UInt16(truncatingIfNeeded: index) | 0x8000)
    }

    @inlinable package var isMoment: Bool { bits & 0x8000 != 0 }

    @inlinable package var index: Int { Int(bits & 0x7fff) }
  }

  /// One change by itself.
  package struct Change: Sendable {
    package var instant: Int64
    package var value: UInt32
    package var line: UInt32
    package var subject: SubjectCode

    @inlinable package init(instant: Int64, value: UInt32, line: UInt32, subject: SubjectCode) {
      self.instant = instant
      self.value = value
      self.line = line
      self.subject = subject
    }
  }

  /// First change of each ticket, and one entry more for the end.
  package private(set) var starts: [Int] = [0]
  package private(set) var seconds: [Int64] = []
  package private(set) var subjects: [SubjectCode] = []
  package private(set) var values: [UInt32] = []
  package private(set) var lines: [UInt32] = []

  package init() {}

  package func range(of ticket: Int) -> Range<Int> { starts[ticket]..<starts[ticket + 1] }

  package func subject(_ index: Int) -> Subject {
    let code = subjects[index]
    return code.isMoment ? .moment(code.index) : .field(code.index)
  }

  /// Appends a change of the ticket that is being written; call ``endTicket()`` after its last.
  package mutating func append(at instant: Int64, _ subject: Subject, value: UInt32, line: UInt32) {
    seconds.append(instant)
    switch subject {
    case .field(let index): subjects.append(.field(index))
    case .moment(let index): subjects.append(.moment(index))
    }
    values.append(value)
    lines.append(line)
  }

  package mutating func endTicket() {
    starts.append(seconds.count)
  }

  package mutating func reserve(tickets: Int, changes: Int) {
    starts.reserveCapacity(tickets + 1)
    seconds.reserveCapacity(changes)
    subjects.reserveCapacity(changes)
    values.reserveCapacity(changes)
    lines.reserveCapacity(changes)
  }

  /// Appends all changes of a ticket, which are in order, and ends it.
  package mutating func appendTicket(_ changes: UnsafeBufferPointer<Change>) {
    let first = seconds.count
    let count = changes.count
    seconds.append(contentsOf: repeatElement(0, count: count))
    subjects.append(contentsOf: repeatElement(SubjectCode(bits: 0), count: count))
    values.append(contentsOf: repeatElement(0, count: count))
    lines.append(contentsOf: repeatElement(0, count: count))
    for index in 0..<count { seconds[first + index] = changes[index].instant }
    for index in 0..<count { subjects[first + index] = changes[index].subject }
    for index in 0..<count { values[first + index] = changes[index].value }
    for index in 0..<count { lines[first + index] = changes[index].line }
    starts.append(first + count)
  }

  /// Creates a table of the tickets of several tables, one after the other.
  package init(joining tables: [ChangeTable]) {
    guard tables.count > 1 else {
      self = tables.first ?? ChangeTable()
      return
    }
    let count = tables.reduce(0) { $0 + $1.seconds.count }
    starts.reserveCapacity(tables.reduce(1) { $0 + $1.starts.count - 1 })
    seconds.reserveCapacity(count)
    subjects.reserveCapacity(count)
    values.reserveCapacity(count)
    lines.reserveCapacity(count)
    for table in tables {
      let first = seconds.count
      for start in table.starts.dropFirst() { starts.append(start + first) }
      seconds += table.seconds
      subjects += table.subjects
      values += table.values
      lines += table.lines
    }
  }
}
