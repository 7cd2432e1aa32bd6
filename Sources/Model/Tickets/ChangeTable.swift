/// The changes of all tickets, grouped by ticket, each group in time order and within one
/// instant in the export's order.
///
/// A change takes 18 bytes. The types are public because members of a package type are never
/// inlined in other modules.
public struct ChangeTable: Sendable {
  /// What a change is about.
  package enum Subject: Hashable, Sendable {
    /// Index into ``TicketTable/fields``; the value is a code.
    case field(Int)
    /// Index into ``TicketTable/moments``; the value is 1 if it happened, 0 if it was taken back.
    case moment(Int)
  }

  /// A subject in two bytes.
  public struct SubjectCode: Hashable, Sendable {
    /// The index, and the highest bit for a moment.
    public let bits: UInt16

    @inlinable public init(bits: UInt16) { self.bits = bits }

    @inlinable public static func field(_ index: Int) -> Self {
      Self(bits: UInt16(truncatingIfNeeded: index))
    }

    @inlinable public static func moment(_ index: Int) -> Self {
      Self(bits: UInt16(truncatingIfNeeded: index) | 0x8000)
    }

    @inlinable public var isMoment: Bool { bits & 0x8000 != 0 }

    @inlinable public var index: Int { Int(bits & 0x7fff) }
  }

  /// One change by itself.
  public struct Change: Sendable {
    public var instant: Int64
    public var value: UInt32
    public var line: UInt32
    public var subject: SubjectCode

    @inlinable public init(
      instant: Int64, value: UInt32, line: UInt32, subject: SubjectCode
    ) {
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

  /// Creates a table from its columns.
  ///
  /// - Parameter starts: Ascending from 0 to the number of changes, one more than there are tickets.
  package init(
    starts: [Int], seconds: [Int64], subjects: [SubjectCode], values: [UInt32], lines: [UInt32]
  ) {
    self.starts = starts
    self.seconds = seconds
    self.subjects = subjects
    self.values = values
    self.lines = lines
  }

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

  /// Appends the tickets of another table.
  package mutating func append(_ other: ChangeTable) {
    guard starts.count > 1 else {
      self = other
      return
    }
    let first = seconds.count
    for start in other.starts.dropFirst() { starts.append(start + first) }
    seconds += other.seconds
    subjects += other.subjects
    values += other.values
    lines += other.lines
  }
}
