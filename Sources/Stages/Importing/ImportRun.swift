import CSVRecords
import Messages
import ServiceTime
import Tickets

extension Finding.Message {
  static func wrongWidth(_ found: Int, header: Int) -> Finding.Message {
    "the row has \(found) fields where the header has \(header); correct the row"
  }

  static let repeatedHeader: Finding.Message =
    "the row repeats the header; it is no data"

  static let trailingDelimiter: Finding.Message =
    "rows end with one delimiter more than the header; the empty field after it is not used"

  static func badRecord(_ reason: RejectedRecord.Reason) -> Finding.Message {
    switch reason {
    case .quoteNeverClosed: "the quote that opens here is never closed; correct the row"
    case .textAfterClosingQuote:
      "text follows a closing quote; double the quotes inside the field"
    case .tooLong(let limit): "the record is longer than \(limit) bytes"
    }
  }

  fileprivate static func naiveTimes(_ mapping: String) -> Finding.Message {
    """
    times have no offset, and mapping "\(mapping)" names no zone; taken as UTC, set "zone" or \
    --zone if that is wrong
    """
  }
}

/// One import at work.
struct ImportRun {
  let importer: Importer
  let inputs: [ImportInput]
  let progress: ImportProgress
  /// The encoding of each input; `nil` is UTF-8 until a cell proves otherwise.
  private(set) var encodings: [TextEncoding?]
  private var assumptions: [Finding] = []
  var findings = FindingList()
  var batch = RecordBatch()
  /// Hashes of ids that several rows have; see ``TicketTaker``.
  private var repeated: Set<UInt64> = []

  /// Why the reading of the inputs cannot go on, or has to begin again.
  enum Stop: Error {
    case failed(ImportError)
    /// One of the inputs has another encoding.
    case notUTF8(input: Int, line: Int)
    /// Rows with these hashes of ids must not be judged as they are read.
    case repeatedIDs(Set<UInt64>)
  }

  init(_ importer: Importer, _ inputs: [ImportInput], report: @escaping (Int) -> Void) {
    self.importer = importer
    self.inputs = inputs
    progress = ImportProgress(report)
    encodings = inputs.map { $0.isFromWorkbook ? .utf8 : importer.mapping.encoding }
  }

  mutating func outcome() throws(ImportError) -> ImportOutcome {
    try repeated { run throws(Stop) in try run.attempt() }
  }

  /// What an attempt comes to; it is made again when a reason to begin again comes up.
  mutating func repeated<Result>(
    _ attempt: (inout ImportRun) throws(Stop) -> Result
  ) throws(ImportError) -> Result {
    while true {
      do {
        return try attempt(&self)
      } catch {
        switch error {
        case .failed(let failure): throw failure
        case .notUTF8(let input, let line):
          let assumed = try EncodingAssumption(of: inputs[input], line: line)
          encodings[input] = assumed.encoding
          assumptions += assumed.findings
        case .repeatedIDs(let hashes): repeated.formUnion(hashes)
        }
        importer.taker?.startOver()
      }
    }
  }

  /// Forgets what an earlier attempt found, and fits the mapping to the inputs.
  mutating func begin() throws(Stop) -> ImportPlan {
    findings = FindingList()
    for finding in assumptions { findings.add(finding) }
    let header = try inputs.first.map { input throws(Stop) in try open(0).header } ?? Header([])
    var plan = ImportPlan(
      importer.mapping, header: header, wanted: importer.wanted,
      optional: importer.optional, hash: importer.hash)
    try settle(&plan)
    plan.alsoReadsISO = inputs.contains(where: \.isFromWorkbook)
    return plan
  }

  private mutating func attempt() throws(Stop) -> ImportOutcome {
    let plan = try begin()
    let zone = importer.zone ?? .utc
    let rows = RowReader(plan, zone: zone)
    let content: ImportOutcome.Content
    switch plan.mapping.rows {
    case .tickets:
      var store = TicketStore(rows)
      try fill(&store, taker: importer.taker, repeated: repeated) { RowReader(plan, zone: zone) }
      content = .tickets(finished(store.table(source: plan.mapping.source)))
    case .events, .snapshots:
      var sink = HistorySink(rows, plan: plan, wanted: importer.wanted)
      if plan.mapping.rows == .events {
        try fill(&sink)
      } else {
        try fill(&sink, taker: nil, repeated: []) { RowReader(plan, zone: zone) }
        sink.finishBatches()
      }
      var builder = HistoryBuilder(consume sink, source: plan.mapping.source)
      let table = builder.build(workers: importer.workers, taker: importer.taker)
      for place in builder.backward {
        findings.add(
          .warning, file: inputs[place.file].name, line: place.line,
          .goesBack(builder.ids[place.ticket]))
      }
      content = .tickets(finished(table))
    case .intervals:
      var sink = IntervalSink(rows, plan: plan)
      try fill(&sink)
      content = .intervals(sink.table(source: plan.mapping.source))
    case .counts:
      var sink = CountSink(rows, plan: plan)
      try fill(&sink)
      content = .counts(sink.table(source: plan.mapping.source))
    }
    return ImportOutcome(
      content: content, findings: findings.findings, unlistedFindings: findings.unlisted,
      unlistedProblems: findings.unlistedProblems,
      settledTimestamps: plan.timestamps.compactMapValues { $0.first?.text },
      bytesRead: progress.bytes, encodings: encodingsByName)
  }

  private var encodingsByName: [String: TextEncoding] {
    var names: [String: TextEncoding] = [:]
    for (input, encoding) in zip(inputs, encodings) { names[input.name] = encoding }
    return names
  }

  private func finished(_ table: TicketTable) -> TicketTable {
    var table = table
    table.holds = importer.mapping.holds
    table.files = inputs.map(\.name)
    return table
  }

  mutating func fill<Sink: RowSink>(_ sink: inout Sink) throws(Stop) {
    for input in inputs.indices {
      progress.isCounting = true
      var source = try open(input)
      do {
        try sink.bind(source.header, file: input, name: inputs[input].name, findings: &findings)
      } catch {
        throw .failed(error)
      }
      var notedTrailing = false
      while try next(&source, input) {
        try take(batch, source, input, &notedTrailing, &sink)
      }
      progress.isCounting = false
    }
    if sink.rows.clock.sawNaive { tellOfNaiveTimes() }
  }

  /// To be called once if times without an offset were read.
  mutating func tellOfNaiveTimes() {
    guard importer.zone == nil else { return }
    findings.add(
      Finding(
        .warning, at: Place(file: importer.mapping.file), .naiveTimes(importer.mapping.name)))
  }

  private mutating func take<Sink: RowSink>(
    _ batch: RecordBatch, _ source: OpenedInput, _ input: Int, _ notedTrailing: inout Bool,
    _ sink: inout Sink
  ) throws(Stop) {
    var rejects = batch.rejects[...]
    try withBytes(batch.storage) { base throws(Stop) in
      var cells = RowCells(batch: batch, base: base)
      for record in 0..<batch.count {
        while let reject = rejects.first, reject.precedingRecords <= record {
          tell(reject, input, &sink)
          rejects.removeFirst()
        }
        guard record >= source.headerRecords else { continue }
        cells.record = record
        sink.ledger.read += 1
        try take(cells, source.header, input, &notedTrailing, &sink)
      }
    }
    for reject in rejects { tell(reject, input, &sink) }
  }

  private mutating func tell<Sink: RowSink>(
    _ reject: RejectedRecord, _ input: Int, _ sink: inout Sink
  ) {
    sink.ledger.read += 1
    sink.ledger.rejected += 1
    findings.add(
      .rejected, file: inputs[input].name, line: reject.line, .badRecord(reject.reason))
  }

  private mutating func take<Sink: RowSink>(
    _ cells: RowCells, _ header: Header, _ input: Int, _ notedTrailing: inout Bool,
    _ sink: inout Sink
  ) throws(Stop) {
    let width = header.count
    let found = cells.batch.fieldCount(of: cells.record)
    if found != width {
      guard found == width + 1, cells.cell(width).isEmpty else {
        reject(cells, input, .wrongWidth(found, header: width), &sink)
        return
      }
      if !notedTrailing {
        notedTrailing = true
        findings.add(.note, file: inputs[input].name, line: cells.line, .trailingDelimiter)
      }
    }
    if header.isRepeated(by: cells) {
      reject(cells, input, .repeatedHeader, &sink)
      return
    }
    try take(cells, input, &sink)
  }

  @inline(__always)
  private mutating func take<Sink: RowSink>(
    _ cells: RowCells, _ input: Int, _ sink: inout Sink
  ) throws(Stop) {
    do {
      try sink.take(cells)
      guard !sink.rows.clock.remarks.isEmpty else { return }
      for remark in sink.rows.clock.remarks {
        findings.add(remark.severity, file: inputs[input].name, line: cells.line, remark.message)
      }
      if sink.rows.clock.isAdjusted { sink.ledger.adjusted += 1 }
    } catch {
      if error.isNotText, encodings[input] == nil {
        throw .notUTF8(input: input, line: cells.line)
      }
      reject(cells, input, error.message, &sink)
    }
    sink.rows.clock.forgetRow()
  }

  private mutating func reject<Sink: RowSink>(
    _ cells: RowCells, _ input: Int, _ message: Finding.Message, _ sink: inout Sink
  ) {
    sink.ledger.rejected += 1
    findings.add(.rejected, file: inputs[input].name, line: cells.line, message)
  }

  mutating func next(_ source: inout OpenedInput, _ input: Int) throws(Stop) -> Bool {
    do {
      return try source.next(&batch)
    } catch {
      throw .failed(.unreadable(file: inputs[input].name, reason: "\(error)"))
    }
  }

  mutating func open(_ input: Int) throws(Stop) -> OpenedInput {
    let opened: OpenedInput
    do {
      opened = try OpenedInput(
        inputs[input], encoding: encodings[input], delimiter: importer.mapping.delimiter,
        blockSize: importer.blockSize, progress: progress)
    } catch {
      throw .failed(error)
    }
    if let certain = opened.certainEncoding { encodings[input] = certain }
    if encodings[input] == nil, !opened.headerIsUTF8 { throw .notUTF8(input: input, line: 1) }
    return opened
  }
}
