import Tickets

/// The changes of one ticket while its rows are walked in order; its buffers are reused from ticket
/// to ticket.
struct TicketTimeline {
  struct Entry {
    var instant: Int64
    let value: UInt32
    let line: UInt32
    let subject: ChangeTable.SubjectCode
    var isDropped = false
  }

  struct Field {
    /// The value now, or ``unstated`` before it is first stated.
    var current = Self.unstated
    var initial: UInt32 = 0

    static let unstated: Int64 = -1
  }

  struct Moment {
    /// As last stated, or ``MomentColumn/missing``.
    var latest = MomentColumn.missing
    /// As it stands in the entries.
    var standing = MomentColumn.missing
    /// When the status first changed away from that at which the instant was set, if it did; else
    /// ``MomentColumn/missing``.
    var leftStatus = MomentColumn.missing
    /// The status when the instant was first stated as it stands.
    var statusWhenSet: UInt32 = 0
    /// Where in the entries it was set, while it is; else -1.
    var settingEntry: Int32 = -1
  }

  private(set) var fields: [Field]
  private(set) var moments: [Moment]
  private var entries: [Entry] = []
  /// Whether the entries are in time order, and none was dropped.
  private var isInOrder = true
  private var status: UInt32 = 0

  init(fields: Int, moments: Int) {
    self.fields = Array(repeating: Field(), count: fields)
    self.moments = Array(repeating: Moment(), count: moments)
  }

  mutating func begin() {
    for field in fields.indices { fields[field] = Field() }
    for moment in moments.indices { moments[moment] = Moment() }
    entries.removeAll(keepingCapacity: true)
    isInOrder = true
    status = 0
  }

  @inline(__always)
  mutating func state(
    field: Int, _ code: Int64, at instant: Int64, line: UInt32, isFirst: Bool
  ) {
    guard code != fields[field].current else { return }
    fields[field].current = code
    let value = UInt32(truncatingIfNeeded: code)
    if isFirst {
      fields[field].initial = value
    } else {
      add(at: instant, .field(field), value: value, line: line)
    }
  }

  mutating func change(field: Int, from: UInt32?, to: UInt32, at instant: Int64, line: UInt32) {
    if fields[field].current == Field.unstated, let from {
      fields[field].initial = from
      fields[field].current = Int64(from)
    }
    state(field: field, Int64(to), at: instant, line: line, isFirst: false)
  }

  /// Tells the status of the row at hand; to be called before its instants are stated.
  @inline(__always)
  mutating func noteStatus(_ code: Int64, at instant: Int64) {
    guard code != Int64(status) else { return }
    status = UInt32(truncatingIfNeeded: code)
    for moment in moments.indices where moments[moment].standing != MomentColumn.missing {
      if moments[moment].leftStatus == MomentColumn.missing,
        moments[moment].statusWhenSet != status
      {
        moments[moment].leftStatus = instant
      }
    }
  }

  /// Takes what a row says of an instant: that it is `value`, or that it has not happened.
  ///
  /// A later value in place of another is a reopening if the status changed away in between:
  /// the first is taken back then. Otherwise it corrects the first, of which nothing remains.
  @inline(__always)
  mutating func state(moment: Int, _ value: Int64, at instant: Int64, line: UInt32) {
    guard value != moments[moment].latest || value != moments[moment].standing else { return }
    stateAnew(moment: moment, value, at: instant, line: line)
  }

  private mutating func stateAnew(moment: Int, _ value: Int64, at instant: Int64, line: UInt32) {
    moments[moment].latest = value
    let standing = moments[moment].standing
    guard value != MomentColumn.unreadable, value != standing else { return }
    if value == MomentColumn.missing {
      takeBack(moment, at: instant, line: line)
      return
    }
    let setting = Int(moments[moment].settingEntry)
    if setting >= 0, standing != MomentColumn.missing {
      let left = moments[moment].leftStatus
      guard left != MomentColumn.missing, left >= standing, value >= left else {
        entries[setting].instant = value
        isInOrder = false
        moments[moment].standing = value
        return
      }
      takeBack(moment, at: left, line: line)
    }
    set(moment, value, line: line)
  }

  /// Takes what a row says of an instant that changes nothing of the ticket, such as `updated`.
  mutating func note(moment: Int, _ value: Int64) {
    moments[moment].latest = value
  }

  mutating func change(moment: Int, isSet: Bool, at instant: Int64, line: UInt32) {
    moments[moment].latest = isSet ? instant : MomentColumn.missing
    if isSet {
      set(moment, instant, line: line)
    } else {
      takeBack(moment, at: instant, line: line)
    }
  }

  /// Sets the instant at which a ticket was opened, before all else.
  mutating func open(_ moment: Int, at instant: Int64, line: UInt32) {
    moments[moment].latest = instant
    entries.insert(
      Entry(instant: instant, value: 1, line: line, subject: .moment(moment)), at: 0)
    isInOrder = isInOrder && (entries.count < 2 || entries[1].instant >= instant)
  }

  private mutating func set(_ moment: Int, _ value: Int64, line: UInt32) {
    moments[moment].settingEntry = Int32(truncatingIfNeeded: entries.count)
    moments[moment].standing = value
    moments[moment].statusWhenSet = status
    moments[moment].leftStatus = MomentColumn.missing
    add(at: value, .moment(moment), value: 1, line: line)
  }

  /// An instant that is taken back before it came never was.
  private mutating func takeBack(_ moment: Int, at instant: Int64, line: UInt32) {
    let setting = Int(moments[moment].settingEntry)
    if moments[moment].standing > instant, setting >= 0 {
      entries[setting].isDropped = true
      isInOrder = false
    } else {
      add(at: instant, .moment(moment), value: 0, line: line)
    }
    moments[moment].settingEntry = -1
    moments[moment].standing = MomentColumn.missing
    moments[moment].leftStatus = MomentColumn.missing
  }

  @inline(__always)
  private mutating func add(
    at instant: Int64, _ subject: ChangeTable.SubjectCode, value: UInt32, line: UInt32
  ) {
    if let last = entries.last, last.instant > instant { isInOrder = false }
    entries.append(Entry(instant: instant, value: value, line: line, subject: subject))
  }

  /// Calls `body` with the changes in time order, and within one instant in the export's order.
  mutating func withChanges(_ body: (UnsafeBufferPointer<Entry>) -> Void) {
    if !isInOrder { putInOrder() }
    entries.withUnsafeBufferPointer(body)
  }

  /// Few entries are moved to their places, most of which they have already.
  private mutating func putInOrder() {
    entries.removeAll { $0.isDropped }
    guard entries.count <= 64 else {
      let order = entries.indices.sorted { (entries[$0].instant, $0) < (entries[$1].instant, $1) }
      entries = order.map { entries[$0] }
      return
    }
    for index in entries.indices.dropFirst()
    where entries[index - 1].instant > entries[index].instant {
      let entry = entries[index]
      var place = index
      while place > 0, entries[place - 1].instant > entry.instant {
        entries[place] = entries[place - 1]
        place -= 1
      }
      entries[place] = entry
    }
  }
}
