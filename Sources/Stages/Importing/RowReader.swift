import CSVRecords
import Messages
import ServiceTime
import Tickets

extension Finding.Message {
  fileprivate static func blankID(_ column: String) -> Finding.Message {
    "column \"\(column)\", the id, is blank; correct the row"
  }

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

  fileprivate static func optionalColumnMissing(
    _ key: String, _ columns: [String], nearest: String?
  ) -> Finding.Message {
    let names = columns.map { "\"\($0)\"" }.joined(separator: " or ")
    let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
    return "there is no column \(names), so \"\(key)\" is missing everywhere\(hint)"
  }
}

/// The id of a row.
struct IDRule {
  let source: Mapping.CellSource
  var columns: [Int] = []
  var label = ""

  /// Gives `body` the id of a row; a row without one is rejected.
  @inline(__always)
  func withID<Result>(
    _ cells: RowCells, missing: MissingTokens,
    _ body: (UnsafeRawBufferPointer) throws(Rejection) -> Result
  ) throws(Rejection) -> Result {
    for column in columns {
      let cell = cells.cell(column)
      if missing.contains(cell) { continue }
      if cell.contains(0) || !isValidUTF8(cell), let fault = textFault(of: cell, column: label) {
        throw fault
      }
      if source.isPlain { return try body(cell) }
      let bytes = cleaned(cell, source)
      if bytes.withUnsafeBytes({ missing.contains($0) }) { continue }
      return try withBytes(bytes) { cell throws(Rejection) in try body(cell) }
    }
    throw Rejection(message: .blankID(label))
  }
}

/// Reads the wanted cells of one row after the other; each row's values replace the last row's.
struct RowReader {
  struct Moment {
    let name: String
    var time: TimeLoader
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
    var from: TimeLoader
    var to: TimeLoader
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
  /// Instants that others are compared with come first, and derived ones last.
  private let readingOrder: [Int]
  private let opened: Int?
  var fields: [FieldLoader]
  private var pauses: [Pause]
  private var suspensions: Column?
  let paused: Mapping.PausedRule?
  private var pausedColumn: Column?
  private let units: [String: Int64]
  let reported: Mapping.ReportedRule?
  private var reportedColumn: Column?
  private var orderColumn: Column?
  private let wanted: Set<String>

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
    let plain = moments.indices.filter { moments[$0].after == nil && $0 != opened }
    let derived = moments.indices.filter { moments[$0].after != nil }
    readingOrder = (opened.map { moments[$0].after == nil ? [$0] : [] } ?? []) + plain + derived
    fields = mapping.fields.map {
      FieldLoader(name: $0.name, source: $0.source, values: mapping.values[$0.name] ?? [:])
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
    reportedColumn = mapping.reported.map { Column(source: $0.source) }
    orderColumn = mapping.order.map { Column(source: $0) }
    wanted = plan.wanted
    seconds = Array(repeating: MomentColumn.missing, count: moments.count)
    codes = Array(repeating: 0, count: fields.count)
  }
}

extension RowReader {
  /// Finds the columns of a file; says which are missing, and refuses to go on without the id.
  mutating func bind(
    _ header: Header, file: String, findings: inout FindingList
  ) throws(ImportError) {
    try require(id.source, "id", in: header, file: file)
    id.columns = header.indices(of: id.source)
    id.label = id.columns.first.map { header.names[$0] } ?? ""
    for index in moments.indices {
      moments[index].time.bind(header)
      if moments[index].name == "opened" {
        try require(moments[index].time.source, "opened", in: header, file: file)
      } else if !moments[index].time.isBound {
        tell(moments[index].name, moments[index].time.source, header, file, &findings)
      }
    }
    for index in fields.indices {
      fields[index].bind(header)
      if !fields[index].isBound {
        tell(fields[index].name, fields[index].source, header, file, &findings)
      }
    }
    for index in pauses.indices {
      pauses[index].from.bind(header)
      pauses[index].to.bind(header)
      if !pauses[index].from.isBound {
        tell("pauses", pauses[index].from.source, header, file, &findings)
      }
    }
    suspensions?.bind(header)
    pausedColumn?.bind(header)
    reportedColumn?.bind(header)
    orderColumn?.bind(header)
    if let order = orderColumn { try require(order.source, "order", in: header, file: file) }
    for (key, column) in [("paused_seconds", pausedColumn), ("reported", reportedColumn)] {
      if let column, column.places.isEmpty { tell(key, column.source, header, file, &findings) }
    }
  }

  /// Refuses to go on where a file lacks a column that its rows cannot do without.
  func require(
    _ source: Mapping.CellSource, _ key: String, in header: Header, file: String
  ) throws(ImportError) {
    guard source.constant == nil, header.indices(of: source).isEmpty else { return }
    throw .columnMissing(
      file: file, key: key, columns: source.columns, nearest: header.nearest(to: source.columns))
  }

  private func tell(
    _ key: String, _ source: Mapping.CellSource, _ header: Header, _ file: String,
    _ findings: inout FindingList
  ) {
    guard source.constant == nil, !source.columns.isEmpty else { return }
    let nearest = header.nearest(to: source.columns)
    // What nobody asked for by name is only said for the record.
    findings.add(
      wanted.contains(key) ? .warning : .note, file: file, line: 1,
      .optionalColumnMissing(key, source.columns, nearest: nearest))
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
      if moments[index].name == "updated" {
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
    if orderColumn != nil { order = try readOrder(cells) }
    if pausedColumn != nil { pausedSeconds = try readPaused(cells) }
    if reportedColumn != nil { verdict = readVerdict(cells) }
    if !pauses.isEmpty || suspensions != nil { try readStretches(cells) }
  }

  private func fault(ofField index: Int, _ cells: RowCells) -> Rejection {
    for column in 0..<cells.batch.fieldCount(of: cells.record) {
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

  private mutating func derived(
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

  private func readOrder(_ cells: RowCells) throws(Rejection) -> Int64 {
    guard let column = orderColumn else { return Int64.min }
    return try withCell(column.places, column.source, cells) { cell throws(Rejection) in
      let text = String(decoding: cell, as: UTF8.self)
      guard let number = Int64(text) else {
        throw Rejection(message: .noOrder(quoted(cell), column.label))
      }
      return number
    } ?? Int64.min
  }

  private func readPaused(_ cells: RowCells) throws(Rejection) -> Int64 {
    guard let column = pausedColumn, let rule = paused else { return MomentColumn.missing }
    return try withCell(column.places, column.source, cells) { cell throws(Rejection) in
      guard let length = rule.format.seconds(of: cell, units: units) else {
        throw Rejection(message: .noDuration(quoted(cell), column.label, rule.format))
      }
      return length
    } ?? MomentColumn.missing
  }

  private func readVerdict(_ cells: RowCells) -> ReportedVerdicts.Value {
    guard let column = reportedColumn, let rule = reported else { return .unknown }
    for place in column.places {
      let cell = cells.cell(place)
      if missing.contains(cell) { continue }
      func isOne(of words: [String]) -> Bool {
        words.contains { Array($0.utf8).withUnsafeBytes { areEqual($0, cell) } }
      }
      if let breached = rule.breached { return isOne(of: breached) ? .breached : .met }
      if let met = rule.met { return isOne(of: met) ? .met : .breached }
    }
    return .unknown
  }

  private mutating func readStretches(_ cells: RowCells) throws(Rejection) {
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
  mutating func addField(_ name: String) -> Int {
    fields.append(FieldLoader(name: name, source: .init(), values: [:]))
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
