import Tickets

/// The changes of one ticket while its rows are walked in order.
struct TicketTimeline {
  private struct Entry {
    var instant: Int64
    let subject: ChangeTable.Subject
    let value: UInt32
    let line: UInt32
    var isDropped = false
  }

  /// The value of each field now; `nil` before it is first stated.
  private(set) var current: [UInt32?]
  private(set) var initial: [UInt32]
  /// Each instant as last stated, or ``MomentColumn/missing``.
  var latest: [Int64]
  private var entries: [Entry] = []
  /// Where in `entries` each instant was set, while it is.
  private var settingEntry: [Int?]
  /// Each instant as it stands in `entries`.
  private var standing: [Int64]
  /// The status when each instant was first stated as it stands.
  private var statusWhenSet: [UInt32]
  /// When the status first changed away from that.
  private var leftStatus: [Int64?]
  private var status: UInt32 = 0

  init(fields: Int, moments: Int) {
    current = Array(repeating: nil, count: fields)
    initial = Array(repeating: 0, count: fields)
    latest = Array(repeating: MomentColumn.missing, count: moments)
    settingEntry = Array(repeating: nil, count: moments)
    standing = latest
    statusWhenSet = Array(repeating: 0, count: moments)
    leftStatus = Array(repeating: nil, count: moments)
  }

  mutating func begin() {
    self = TicketTimeline(fields: current.count, moments: latest.count)
  }

  mutating func state(
    field: Int, _ code: UInt32, at instant: Int64, line: UInt32, isFirst: Bool
  ) {
    guard code != current[field] else { return }
    current[field] = code
    if isFirst {
      initial[field] = code
    } else {
      entries.append(Entry(instant: instant, subject: .field(field), value: code, line: line))
    }
  }

  mutating func change(field: Int, from: UInt32?, to: UInt32, at instant: Int64, line: UInt32) {
    if current[field] == nil, let from {
      initial[field] = from
      current[field] = from
    }
    state(field: field, to, at: instant, line: line, isFirst: false)
  }

  /// Tells the status of the row at hand; to be called before its instants are stated.
  mutating func noteStatus(_ code: UInt32, at instant: Int64) {
    status = code
    for moment in standing.indices where standing[moment] != MomentColumn.missing {
      if leftStatus[moment] == nil, statusWhenSet[moment] != code { leftStatus[moment] = instant }
    }
  }

  /// Takes what a row says of an instant: that it is `value`, or that it has not happened.
  ///
  /// A later value in place of another is a reopening if the status changed away in between:
  /// the first is taken back then. Otherwise it corrects the first, of which nothing remains.
  mutating func state(moment: Int, _ value: Int64, at instant: Int64, line: UInt32) {
    latest[moment] = value
    guard value != MomentColumn.unreadable, value != standing[moment] else { return }
    if value == MomentColumn.missing {
      takeBack(moment, at: instant, line: line)
      return
    }
    if let setting = settingEntry[moment], standing[moment] != MomentColumn.missing {
      guard let left = leftStatus[moment], left >= standing[moment], value >= left else {
        entries[setting].instant = value
        standing[moment] = value
        return
      }
      takeBack(moment, at: left, line: line)
    }
    set(moment, value, line: line)
  }

  mutating func change(moment: Int, isSet: Bool, at instant: Int64, line: UInt32) {
    latest[moment] = isSet ? instant : MomentColumn.missing
    if isSet {
      set(moment, instant, line: line)
    } else {
      takeBack(moment, at: instant, line: line)
    }
  }

  /// Sets the instant at which a ticket was opened, before all else.
  mutating func open(_ moment: Int, at instant: Int64, line: UInt32) {
    latest[moment] = instant
    entries.insert(Entry(instant: instant, subject: .moment(moment), value: 1, line: line), at: 0)
  }

  private mutating func set(_ moment: Int, _ value: Int64, line: UInt32) {
    settingEntry[moment] = entries.count
    entries.append(Entry(instant: value, subject: .moment(moment), value: 1, line: line))
    standing[moment] = value
    statusWhenSet[moment] = status
    leftStatus[moment] = nil
  }

  /// An instant that is taken back before it came never was.
  private mutating func takeBack(_ moment: Int, at instant: Int64, line: UInt32) {
    if standing[moment] > instant, let setting = settingEntry[moment] {
      entries[setting].isDropped = true
    } else {
      entries.append(Entry(instant: instant, subject: .moment(moment), value: 0, line: line))
    }
    settingEntry[moment] = nil
    standing[moment] = MomentColumn.missing
    leftStatus[moment] = nil
  }

  /// Writes the changes in time order, and within one instant in the export's order.
  func write(into table: inout ChangeTable) {
    let kept = entries.indices.filter { !entries[$0].isDropped }
    for index in kept.sorted(by: { (entries[$0].instant, $0) < (entries[$1].instant, $1) }) {
      let entry = entries[index]
      table.append(at: entry.instant, entry.subject, value: entry.value, line: entry.line)
    }
    table.endTicket()
  }
}
