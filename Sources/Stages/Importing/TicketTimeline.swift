import Tickets

/// The changes of one ticket while its rows are walked in order; its memory is used again for the
/// next ticket.
struct TicketTimeline: ~Copyable {
  struct Field {
    /// The value now, or ``unstated`` before it is first stated.
    var current = Self.unstated
    var initial: UInt32 = 0

    static var unstated: Int64 { -1 }
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

  let fields: UnsafeMutablePointer<Field>
  let fieldCount: Int
  let moments: UnsafeMutablePointer<Moment>
  let momentCount: Int
  /// Bits of the moments that may happen again and again.
  private let repeated: UInt64
  private var entries: UnsafeMutablePointer<ChangeTable.Change>
  private var capacity = 64
  private var count = 0
  /// Entries that are no changes after all.
  private var dropped: [Int] = []
  private var isInOrder = true
  private var status: UInt32 = 0

  init(fields: Int, moments: Int, repeated: UInt64 = 0) {
    self.repeated = repeated
    fieldCount = fields
    momentCount = moments
    self.fields = .allocate(capacity: fields)
    self.moments = .allocate(capacity: moments)
    entries = .allocate(capacity: capacity)
    begin()
  }

  deinit {
    fields.deallocate()
    moments.deallocate()
    entries.deallocate()
  }

  mutating func begin() {
    fields.initialize(repeating: Field(), count: fieldCount)
    moments.initialize(repeating: Moment(), count: momentCount)
    count = 0
    dropped.removeAll(keepingCapacity: true)
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
    for moment in 0..<momentCount where moments[moment].standing != MomentColumn.missing {
      if moments[moment].leftStatus == MomentColumn.missing,
        moments[moment].statusWhenSet != status
      {
        moments[moment].leftStatus = instant
      }
    }
  }

  /// Takes what a row says of an instant: that it is `value`, or that it has not happened.
  @inline(__always)
  mutating func state(moment: Int, _ value: Int64, at instant: Int64, line: UInt32) {
    guard value != moments[moment].latest || value != moments[moment].standing else { return }
    stateAnew(moment: moment, value, at: instant, line: line)
  }

  /// Takes an instant that is not as it was.
  ///
  /// A later value in place of another is a reopening if the status changed away in between:
  /// the first is taken back then. Otherwise it corrects the first, of which nothing remains.
  private mutating func stateAnew(moment: Int, _ value: Int64, at instant: Int64, line: UInt32) {
    guard !isRepeated(moment) else {
      happenAgain(moment, value, line: line)
      return
    }
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
        moments[moment].standing = value
        isInOrder = false
        return
      }
      takeBack(moment, at: left, line: line)
    }
    set(moment, value, line: line)
  }

  private func isRepeated(_ moment: Int) -> Bool {
    repeated != 0 && moment < 64 && repeated >> UInt64(moment) & 1 == 1
  }

  /// Takes an instant that takes no other's place; a blank says nothing.
  private mutating func happenAgain(_ moment: Int, _ value: Int64, line: UInt32) {
    guard value != MomentColumn.missing else { return }
    moments[moment].latest = value
    guard value != MomentColumn.unreadable, value != moments[moment].standing else { return }
    moments[moment].standing = value
    add(at: value, .moment(moment), value: 1, line: line)
  }

  /// Takes what a row says of an instant that changes nothing of the ticket, such as `updated`.
  @inline(__always)
  mutating func note(moment: Int, _ value: Int64) {
    moments[moment].latest = value
  }

  mutating func change(moment: Int, isSet: Bool, at instant: Int64, line: UInt32) {
    guard !isRepeated(moment) else {
      if isSet { happenAgain(moment, instant, line: line) }
      return
    }
    moments[moment].latest = isSet ? instant : MomentColumn.missing
    if isSet {
      set(moment, instant, line: line)
    } else {
      takeBack(moment, at: instant, line: line)
    }
  }

  private mutating func set(_ moment: Int, _ value: Int64, line: UInt32) {
    moments[moment].settingEntry = Int32(truncatingIfNeeded: count)
    moments[moment].standing = value
    moments[moment].statusWhenSet = status
    moments[moment].leftStatus = MomentColumn.missing
    add(at: value, .moment(moment), value: 1, line: line)
  }

  /// An instant that is taken back before it came never was.
  private mutating func takeBack(_ moment: Int, at instant: Int64, line: UInt32) {
    let setting = Int(moments[moment].settingEntry)
    if moments[moment].standing > instant, setting >= 0 {
      dropped.append(setting)
    } else {
      add(at: instant, .moment(moment), value: 0, line: line)
    }
    moments[moment].settingEntry = -1
    moments[moment].standing = MomentColumn.missing
    moments[moment].leftStatus = MomentColumn.missing
  }
}

/// The list of changes.
extension TicketTimeline {
  @inline(__always)
  private mutating func add(
    at instant: Int64, _ subject: ChangeTable.SubjectCode, value: UInt32, line: UInt32
  ) {
    if count == capacity { grow() }
    if count > 0, entries[count - 1].instant > instant { isInOrder = false }
    (entries + count).initialize(
      to: ChangeTable.Change(instant: instant, value: value, line: line, subject: subject))
    count += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<ChangeTable.Change>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: entries, count: count)
    entries.deallocate()
    entries = larger
    capacity *= 2
  }

  /// Sets the instant at which a ticket was opened, before all else.
  mutating func open(_ moment: Int, at instant: Int64, line: UInt32) {
    moments[moment].latest = instant
    add(at: instant, .moment(moment), value: 1, line: line)
    let opening = entries[count - 1]
    (entries + 1).update(from: entries, count: count - 1)
    entries[0] = opening
    dropped = dropped.map { $0 + 1 }
    isInOrder = false
  }

  /// The changes in time order, and within one instant in the export's order; to be used before
  /// the next ticket begins.
  mutating func changes() -> UnsafeBufferPointer<ChangeTable.Change> {
    if !dropped.isEmpty { removeDropped() }
    if !isInOrder { putInOrder() }
    return UnsafeBufferPointer(start: entries, count: count)
  }

  private mutating func removeDropped() {
    dropped.sort()
    var next = 0
    var kept = 0
    for index in 0..<count {
      if next < dropped.count, dropped[next] == index {
        next += 1
        continue
      }
      entries[kept] = entries[index]
      kept += 1
    }
    count = kept
    dropped.removeAll(keepingCapacity: true)
  }

  /// Most of a few entries are in their places already.
  private mutating func putInOrder() {
    guard count <= 64 else {
      let list = UnsafeMutableBufferPointer(start: entries, count: count)
      let order = list.indices.sorted { (list[$0].instant, $0) < (list[$1].instant, $1) }
      _ = list.update(fromContentsOf: order.map { list[$0] })
      return
    }
    for index in 1..<max(count, 1) {
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
