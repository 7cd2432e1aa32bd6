import CSVRecords
import Messages
import ServiceTime
import Tickets

extension Finding.Message {
  fileprivate static func noDuration(
    _ cell: String, _ column: String, _ format: DurationFormat
  ) -> Finding.Message {
    "column \"\(column)\" holds \(cell), which is no duration in \(format.rawValue)"
  }

  fileprivate static func noOrder(_ cell: String, _ column: String) -> Finding.Message {
    "column \"\(column)\" holds \(cell), which is no whole number to order versions by"
  }

  fileprivate static func pauseEndsEarly(_ column: String) -> Finding.Message {
    "the pause that column \"\(column)\" starts ends before it starts; it is not used"
  }
}

/// Reads the wanted cells of one row after the other; each row's values replace the last row's.
struct RowReader {
  struct Moment {
    let name: String
    let time: TimeLoader
    /// The moment from which the cell counts a duration.
    let after: Int?
    let format: DurationFormat
  }

  struct Column {
    let source: Mapping.CellSource
    var places: [Int] = []
    var label = ""

    mutating func bind(_ header: Header) {
      places = header.indices(of: source)
      label = places.first.map { header.names[$0] } ?? source.columns.first ?? ""
    }
  }

  struct Pause {
    let from: TimeLoader
    let to: TimeLoader
    let party: String
  }

  struct Stretch: Equatable {
    let start: Int64
    /// ``MomentColumn/missing`` if it has no end.
    let end: Int64
    let party: String
  }

  let missing: MissingTokens
  var clock: ClockFace
  var id: IDRule
  private(set) var moments: [Moment]
  /// Moments of which a column says that they happened at the row's own instant.
  let marks: [(moment: Int, loader: VerdictLoader)]
  /// Instants that others are compared with come first, and derived ones last.
  let readingOrder: [Int]
  let opened: Int?
  let updated: Int?
  var fields: [FieldLoader]
  var pauses: [Pause]
  var suspensions: Column?
  let paused: Mapping.PausedRule?
  var pausedColumn: Column?
  private let units: [String: Int64]
  let reported: Mapping.ReportedRule?
  let verdictLoader: VerdictLoader?
  var orderColumn: Column?
  let missed: Set<String>
  // Asked for every row, so that no rule is copied to see whether it is there.
  let hasPaused: Bool
  let hasReported: Bool
  let hasOrder: Bool
  let hasStretches: Bool

  // The row at hand.
  private(set) var seconds: [Int64]
  private(set) var codes: [UInt32]
  private(set) var pausedSeconds = MomentColumn.missing
  private(set) var verdict = ReportedVerdicts.Value.unknown
  private(set) var stretches: [Stretch] = []
  private(set) var order = Int64.min
  /// The second occurrence of the row's `updated`, if that local time occurred twice.
  private(set) var secondUpdated = MomentColumn.missing

  init(_ plan: ImportPlan, zone: ZoneRules) {
    let mapping = plan.mapping
    missing = MissingTokens(mapping.missing)
    clock = ClockFace(zone: ZoneCursor(zone))
    id = IDRule(source: mapping.id ?? .init())
    let moments = mapping.moments.map { rule in
      Moment(
        name: rule.name,
        time: TimeLoader(source: rule.source, patterns: plan.patterns(of: rule.name)),
        after: rule.after.flatMap { base in mapping.moments.firstIndex { $0.name == base } },
        format: rule.format)
    }
    self.moments = moments
    let opened = mapping.moments.firstIndex { $0.name == "opened" }
    self.opened = opened
    updated = moments.firstIndex { $0.name == "updated" }
    marks = mapping.moments.enumerated().compactMap { index, rule in
      rule.when.map { words in
        (index, VerdictLoader(.init(clock: rule.name, source: rule.source, met: words)))
      }
    }
    let marked = Set(marks.map(\.moment))
    let plain = moments.indices.filter {
      moments[$0].after == nil && $0 != opened && !marked.contains($0)
    }
    let derived = moments.indices.filter { moments[$0].after != nil }
    readingOrder = (opened.map { moments[$0].after == nil ? [$0] : [] } ?? []) + plain + derived
    fields = mapping.fields.map {
      FieldLoader(
        name: $0.name, source: $0.source, values: mapping.values[$0.name] ?? [:],
        hash: mapping.isHashed($0) ? plan.hash : nil)
    }
    pauses = mapping.pauses.enumerated().map { index, rule in
      Pause(
        from: TimeLoader(source: rule.from, patterns: plan.patterns(of: "pause \(index) from")),
        to: TimeLoader(source: rule.to, patterns: plan.patterns(of: "pause \(index) to")),
        party: rule.party)
    }
    suspensions = mapping.suspensions.map { Column(source: $0) }
    paused = mapping.paused.first
    pausedColumn = mapping.paused.first.map { Column(source: $0.source) }
    units = mapping.units
    reported = mapping.reported
    verdictLoader = mapping.reported.map { VerdictLoader($0) }
    orderColumn = mapping.order.map { Column(source: $0) }
    missed = plan.missed
    hasPaused = !mapping.paused.isEmpty
    hasReported = mapping.reported != nil
    hasOrder = mapping.order != nil
    hasStretches = !mapping.pauses.isEmpty || mapping.suspensions != nil
    seconds = Array(repeating: MomentColumn.missing, count: moments.count)
    codes = Array(repeating: 0, count: fields.count)
  }
}

extension RowReader {
  /// Reads the row; ``seconds``, ``codes`` and the rest hold its values then.
  ///
  /// - Parameter previous: The ticket's previous event, for times that occurred twice; without
  ///   one it is the row's `opened`.
  mutating func read(_ cells: RowCells) throws(Rejection) {
    var openedAt = MomentColumn.missing
    for index in readingOrder {
      if let after = moments[index].after {
        seconds[index] = try derived(index, base: seconds[after], cells)
      } else {
        seconds[index] = try moments[index].time.instant(
          cells, missing: missing, clock: &clock, after: openedAt)
      }
      if index == updated {
        secondUpdated = clock.second
      }
      if index == opened {
        openedAt = seconds[index]
        if openedAt == MomentColumn.unreadable, let last = clock.remarks.popLast() {
          throw Rejection(message: last.message)
        }
      }
    }
    for index in fields.indices {
      let code = fields[index].code(cells, missing: missing)
      if code == FieldLoader.notText { throw fault(ofField: index, cells) }
      codes[index] = code
    }
    if hasOrder { order = try readOrder(cells) }
    if hasPaused { pausedSeconds = try readPaused(cells) }
    if let verdictLoader { verdict = verdictLoader.verdict(cells, missing: missing) }
    if hasStretches { try readStretches(cells) }
  }

  /// Reads which moments happened at the instant of the row that was read.
  mutating func readMarks(_ cells: RowCells, at instant: Int64) {
    for mark in marks {
      let isSet = mark.loader.verdict(cells, missing: missing) == .met
      seconds[mark.moment] = isSet ? instant : MomentColumn.missing
    }
  }

  /// The `updated` of the row that was read; a row without one is rejected.
  func readUpdated() throws(Rejection) -> Int64 {
    guard let updated else { return MomentColumn.missing }
    let instant = seconds[updated]
    if instant == MomentColumn.missing {
      throw Rejection(message: .blankInstant(moments[updated].time.label))
    }
    if instant == MomentColumn.unreadable {
      throw Rejection(
        message: clock.remarks.last?.message ?? .blankInstant(moments[updated].time.label))
    }
    return instant
  }

  private func fault(ofField index: Int, _ cells: RowCells) -> Rejection {
    for column in fields[index].columns {
      if let fault = textFault(of: cells.cell(column), column: fields[index].name) { return fault }
    }
    return Rejection(message: .notText("\"\"", fields[index].name, hasNUL: false))
  }

  /// The first cell of a column that is not missing, cleaned.
  func withCell<Result>(
    _ column: [Int], _ source: Mapping.CellSource, _ cells: RowCells,
    _ body: (UnsafeRawBufferPointer) throws(Rejection) -> Result
  ) throws(Rejection) -> Result? {
    for place in column {
      let cell = cells.cell(place)
      if missing.contains(cell) { continue }
      if source.isPlain { return try body(cell) }
      let bytes = cleaned(cell, source)
      if bytes.withUnsafeBytes({ missing.contains($0) }) { continue }
      return try withBytes(bytes) { cell throws(Rejection) in try body(cell) }
    }
    return nil
  }

  mutating func derived(
    _ index: Int, base: Int64, _ cells: RowCells
  ) throws(Rejection) -> Int64 {
    let moment = moments[index]
    guard base > MomentColumn.unreadable else { return base }
    var remark: Finding.Message?
    let found = try withCell(moment.time.columns, moment.time.source, cells) {
      cell throws(Rejection) in
      if let fault = textFault(of: cell, column: moment.time.label) { throw fault }
      if let length = moment.format.seconds(of: cell, units: units) { return base + length }
      remark = .noDuration(quoted(cell), moment.time.label, moment.format)
      return MomentColumn.unreadable
    }
    if let remark { clock.remarks.append((.warning, remark)) }
    guard let found else { return MomentColumn.missing }
    return found <= Instant.latestAllowed.seconds ? found : MomentColumn.unreadable
  }

  func readOrder(_ cells: RowCells) throws(Rejection) -> Int64 {
    guard let column = orderColumn else { return Int64.min }
    return try withCell(column.places, column.source, cells) { cell throws(Rejection) in
      let text = String(decoding: cell, as: UTF8.self)
      guard let number = Int64(text) else {
        throw Rejection(message: .noOrder(quoted(cell), column.label))
      }
      return number
    } ?? Int64.min
  }

  func readPaused(_ cells: RowCells) throws(Rejection) -> Int64 {
    guard let column = pausedColumn, let rule = paused else { return MomentColumn.missing }
    return try withCell(column.places, column.source, cells) { cell throws(Rejection) in
      guard let length = rule.format.seconds(of: cell, units: units) else {
        throw Rejection(message: .noDuration(quoted(cell), column.label, rule.format))
      }
      return length
    } ?? MomentColumn.missing
  }

  mutating func readStretches(_ cells: RowCells) throws(Rejection) {
    stretches.removeAll(keepingCapacity: true)
    for pause in pauses {
      let start = try pause.from.instant(cells, missing: missing, clock: &clock)
      let end = try pause.to.instant(cells, missing: missing, clock: &clock, after: start)
      guard start > MomentColumn.unreadable, end != MomentColumn.unreadable else { continue }
      if end != MomentColumn.missing, end < start {
        clock.remarks.append((.warning, .pauseEndsEarly(pause.from.label)))
        continue
      }
      if start != end { stretches.append(Stretch(start: start, end: end, party: pause.party)) }
    }
    guard let column = suspensions else { return }
    let listed = try withCell(column.places, column.source, cells) { cell throws(Rejection) in
      SuspensionText.stretches(String(decoding: cell, as: UTF8.self))
    }
    stretches += (listed ?? []) ?? []
  }
}

extension RowReader {
  /// Adds a field that no column of its own holds, and returns its index.
  mutating func addField(_ name: String, _ plan: ImportPlan) -> Int {
    let isHashed = plan.mapping.hashed.contains(name)
    fields.append(
      FieldLoader(
        name: name, source: .init(), values: plan.mapping.values[name] ?? [:],
        hash: isHashed ? plan.hash : nil))
    codes.append(0)
    return fields.count - 1
  }

  /// Adds a moment that no column of its own holds, and returns its index.
  mutating func addMoment(_ name: String) -> Int {
    moments.append(
      Moment(
        name: name, time: TimeLoader(source: .init(), patterns: []), after: nil, format: .minutes))
    seconds.append(MomentColumn.missing)
    return moments.count - 1
  }
}
