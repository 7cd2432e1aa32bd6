import CSVRecords
import Messages
import ServiceTime
import Tickets

extension Finding.Message {
  static func blankInstant(_ column: String) -> Finding.Message {
    "column \"\(column)\", the instant of the row, is blank; correct the row"
  }

  static func goesBack(_ id: String) -> Finding.Message {
    """
    this version of ticket "\(id)" was updated before the version that precedes it in order; \
    taken as of that version's instant
    """
  }
}

/// Rows of shape `events` and `snapshots`: all are held until the last is read.
struct HistorySink: RowSink {
  var rows: RowReader
  var ledger = RowLedger()
  var ids: TextArena { index.ids.arena }
  var history = HistoryRows()
  let plan: ImportPlan
  let updated: Int?
  /// Marks the names of instants where fields and instants share a column.
  static let momentPrefix = "at:"
  var index = TicketIndex()
  /// The texts of all workers, where rows come in batches.
  var texts: SharedTexts
  private(set) var at: TimeLoader?
  private var changeField: RowReader.Column?
  private var changeFrom: RowReader.Column?
  private var changeTo: RowReader.Column?
  private var subjects: [String: Int?] = [:]
  private let wanted: Set<String>?
  var file: UInt16 = 0

  init(_ rows: RowReader, plan: ImportPlan, wanted: Set<String>?) {
    self.rows = rows
    self.plan = plan
    self.wanted = wanted
    texts = SharedTexts(rows.fields.map(\.dictionary))
    updated = rows.moments.firstIndex { $0.name == "updated" }
    history.codes = Array(repeating: NumberColumn(), count: rows.fields.count)
    history.seconds = Array(repeating: NumberColumn(), count: rows.moments.count)
    if plan.mapping.rows == .events {
      at = TimeLoader(source: plan.mapping.at ?? .init(), patterns: plan.patterns(of: "at"))
    }
    changeField = plan.mapping.change.map { .init(source: $0.field) }
    changeFrom = plan.mapping.change?.from.map { .init(source: $0) }
    changeTo = plan.mapping.change.map { .init(source: $0.to) }
  }

  mutating func bind(
    _ header: Header, file: Int, name: String, findings: inout FindingList
  ) throws(ImportError) {
    self.file = UInt16(clamping: file)
    try rows.bind(header, file: name, findings: &findings)
    if at != nil {
      at?.bind(header)
      if let at { try rows.require(at.source, "at", in: header, file: name) }
    } else if let updated {
      try rows.require(rows.moments[updated].time.source, "updated", in: header, file: name)
    }
    changeField?.bind(header)
    changeFrom?.bind(header)
    changeTo?.bind(header)
    if let rule = plan.mapping.change {
      try rows.require(rule.field, "field", in: header, file: name)
      try rows.require(rule.to, "to", in: header, file: name)
    }
  }

  mutating func take(_ cells: RowCells) throws(Rejection) {
    try rows.read(cells)
    let instant = try readInstant(cells)
    let change = try readChange(cells)
    let rule = rows.id
    let missing = rows.missing
    let (ticket, _) = try rule.withID(cells, missing: missing) { id throws(Rejection) in
      index.ticket(id)
    }
    let row = history.count
    if let change { history.changes[row] = change }
    let second = at == nil ? rows.secondUpdated : rows.clock.second
    if second != instant { history.seconds2[row] = second }
    history.chains.append(ticket: ticket)
    history.instants.append(instant)
    history.orders.append(rows.order)
    history.files.append(UInt32(file))
    history.lines.append(UInt32(clamping: cells.line))
    for field in history.codes.indices { history.codes[field].append(rows.codes[field]) }
    for moment in history.seconds.indices { history.seconds[moment].append(rows.seconds[moment]) }
    if rows.hasPaused { history.pausedSeconds.append(rows.pausedSeconds) }
    if rows.hasReported { history.verdicts.append(rows.verdict) }
    if !rows.stretches.isEmpty { history.stretches[row] = rows.stretches }
  }

  mutating func readInstant(_ cells: RowCells) throws(Rejection) -> Int64 {
    let label: String
    let instant: Int64
    guard let at else {
      return try rows.readUpdated()
    }
    label = at.label
    instant = try at.instant(cells, missing: rows.missing, clock: &rows.clock)
    if instant == MomentColumn.missing { throw Rejection(message: .blankInstant(label)) }
    if instant == MomentColumn.unreadable {
      throw Rejection(message: rows.clock.remarks.last?.message ?? .blankInstant(label))
    }
    if !rows.marks.isEmpty { rows.readMarks(cells, at: instant) }
    return instant
  }

  mutating func readChange(_ cells: RowCells) throws(Rejection) -> HistoryRows.Change? {
    guard let field = changeField, let to = changeTo else { return nil }
    let name = try text(field, cells)
    guard !name.isEmpty, let subject = subject(named: name) else { return nil }
    let after = try text(to, cells)
    if subject < 0 { return .init(subject: subject, from: nil, to: after.isEmpty ? 0 : 1) }
    let before = try changeFrom.map { column throws(Rejection) in try text(column, cells) }
    return .init(
      subject: subject, from: before.map { code($0, of: subject) }, to: code(after, of: subject))
  }

  private func text(
    _ column: RowReader.Column, _ cells: RowCells
  ) throws(Rejection) -> String {
    try rows.withCell(column.places, column.source, cells) { cell throws(Rejection) in
      if let fault = textFault(of: cell, column: column.label) { throw fault }
      return String(decoding: cell, as: UTF8.self)
    } ?? ""
  }

  private mutating func code(_ text: String, of field: Int) -> UInt32 {
    rows.fields[field].code(forValue: text)
  }

  /// What a name in the export's column of fields stands for; fields are made as they come.
  private mutating func subject(named text: String) -> Int? {
    if let known = subjects[text] { return known }
    var name = plan.mapping.values["field"]?[text] ?? text
    let isMoment = name.hasPrefix(Self.momentPrefix) || Mapping.momentNames.contains(name)
    if name.hasPrefix(Self.momentPrefix) { name.removeFirst(Self.momentPrefix.count) }
    let isWanted =
      wanted?.contains(name) ?? true || name == "opened" || name == "updated"
      || name == MergedTickets.field
    var subject: Int?
    if let moment = rows.moments.firstIndex(where: { $0.name == name }) {
      subject = -1 - moment
    } else if let field = rows.fields.firstIndex(where: { $0.name == name }) {
      subject = field
    } else if isWanted, plan.mayHold(name) {
      if isMoment {
        subject = -1 - rows.addMoment(name)
        history.seconds.append(NumberColumn(repeating: MomentColumn.missing, count: history.count))
      } else {
        subject = rows.addField(name, plan)
        history.codes.append(NumberColumn(repeating: 0, count: history.count))
      }
    }
    subjects[text] = .some(subject)
    return subject
  }
}

extension HistorySink {
  /// Adds the moment `opened`, where no column holds it.
  mutating func ensureOpened() {
    guard !rows.moments.contains(where: { $0.name == "opened" }) else { return }
    _ = rows.addMoment("opened")
    history.seconds.append(NumberColumn(repeating: MomentColumn.missing, count: history.count))
  }
}
