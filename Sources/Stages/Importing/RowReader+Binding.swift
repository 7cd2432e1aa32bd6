import Messages

extension Finding.Message {
  fileprivate static func optionalColumnMissing(
    _ key: String, _ columns: [String], nearest: String?
  ) -> Finding.Message {
    let names = columns.map { "\"\($0)\"" }.joined(separator: " or ")
    let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
    return "there is no column \(names), so \"\(key)\" is missing everywhere\(hint)"
  }
}

extension RowReader {
  /// Finds the columns of a file; says which are missing, and refuses to go on without the id.
  mutating func bind(
    _ header: Header, file: String, findings: inout FindingList
  ) throws(ImportError) {
    try require(id.source, "id", in: header, file: file)
    for part in id.source.parts { try require(part, "id", in: header, file: file) }
    id.columns = header.indices(of: id.source)
    id.parts = id.source.parts.map { header.indices(of: $0) }
    id.label = id.columns.first.map { header.names[$0] } ?? ""
    for index in moments.indices {
      moments[index].time.bind(header)
      // What rows of one change name has no column.
      if moments[index].time.source.columns.isEmpty { continue }
      if moments[index].name == "opened", !moments[index].time.source.isOptional {
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
    for mark in marks { mark.loader.bind(header) }
    suspensions?.bind(header)
    pausedColumn?.bind(header)
    verdictLoader?.bind(header)
    orderColumn?.bind(header)
    if let order = orderColumn { try require(order.source, "order", in: header, file: file) }
    if let paused = pausedColumn, paused.places.isEmpty {
      tell("paused_seconds", paused.source, header, file, &findings)
    }
    if let verdicts = verdictLoader, !verdicts.isBound {
      tell("reported", verdicts.rule.source, header, file, &findings)
    }
  }

  /// The places of all columns that are looked at.
  var columnsInUse: [Int] {
    var columns = id.columns + fields.flatMap(\.columns) + moments.flatMap(\.time.columns)
    columns += pauses.flatMap { $0.from.columns + $0.to.columns }
    columns += (suspensions?.places ?? []) + (pausedColumn?.places ?? [])
    return columns + (verdictLoader?.columns ?? []) + (orderColumn?.places ?? [])
  }

  /// Refuses to go on where a file lacks a column that its rows cannot do without.
  func require(
    _ source: Mapping.CellSource, _ key: String, in header: Header, file: String
  ) throws(ImportError) {
    guard source.constant == nil, header.indices(of: source).isEmpty else { return }
    throw .columnMissing(
      file: file, key: key, columns: source.columns, nearest: header.nearest(to: source.columns),
      header: header.names)
  }

  private func tell(
    _ key: String, _ source: Mapping.CellSource, _ header: Header, _ file: String,
    _ findings: inout FindingList
  ) {
    guard source.constant == nil, !source.columns.isEmpty else { return }
    let nearest = header.nearest(to: source.columns)
    // What nobody asked for by name is only said for the record.
    findings.add(
      missed.contains(key) ? .warning : .note, file: file, line: 1,
      .optionalColumnMissing(key, source.columns, nearest: nearest))
  }
}
