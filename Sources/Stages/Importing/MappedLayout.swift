import CSVRecords
package import Tickets

/// The way back: stored rows as an input, and the mapping that reads them.
extension MappedLayout {
  /// The columns that the rows of an import have.
  init(_ mapping: Mapping, _ rows: RowReader) {
    var columns = rows.moments.map { MappedColumn(.instant, $0.name) }
    columns += rows.fields.map { MappedColumn(.field, $0.name) }
    if rows.hasOrder { columns.append(.init(.order)) }
    if let paused = rows.paused { columns.append(.init(.paused, paused.counts.rawValue)) }
    if let reported = rows.reported { columns.append(.init(.reported, reported.clock)) }
    if rows.hasStretches { columns.append(.init(.suspensions)) }
    switch mapping.rows {
    case .tickets, .snapshots: break
    case .events:
      columns.append(.init(.at))
      if let change = mapping.change {
        columns.append(.init(.changed))
        if change.from != nil { columns.append(.init(.from)) }
        columns.append(.init(.to))
      }
    case .intervals: columns += [.init(.start), .init(.end)]
    case .counts: columns += [.init(.at), .init(.amount)]
    }
    self.init(shape: mapping.rows, hasIDs: mapping.id != nil, columns: columns)
  }

  private static let idColumn = "id of the row"

  private static func source(_ column: Int) -> Mapping.CellSource {
    .init(columns: ["cell \(column)"], isOptional: true)
  }

  /// The mapping that reads rows of this layout, written by ``MappedRowWriter``.
  ///
  /// It is to be used with the zone of the mapping that the rows were imported by.
  package func mapping(source name: String, holds: Holds) -> Mapping {
    var mapping = Mapping(name: name, source: name, rows: shape, file: name)
    mapping.timestamps = .patterns([.iso])
    mapping.delimiter = UInt8(ascii: ",")
    mapping.encoding = .utf8
    mapping.holds = holds
    if hasIDs { mapping.id = .init(columns: [Self.idColumn]) }
    var change = Mapping.ChangeRule(field: .init(), from: nil, to: .init())
    for (index, column) in columns.enumerated() {
      let source = Self.source(index)
      switch column.role {
      case .instant: mapping.moments.append(.init(name: column.name, source: source))
      case .field: mapping.fields.append(.init(name: column.name, source: source))
      case .order: mapping.order = source
      case .paused:
        mapping.paused = [
          .init(source: source, counts: .init(rawValue: column.name) ?? .wall, format: .seconds)
        ]
      case .reported: mapping.reported = .init(clock: column.name, source: source, met: ["met"])
      case .suspensions: mapping.suspensions = source
      case .at: mapping.at = source
      case .changed: change.field = source
      case .from: change.from = source
      case .to: change.to = source
      case .start: mapping.start = source
      case .end: mapping.end = source
      case .amount: mapping.amount = source
      }
    }
    if columns.contains(where: { $0.role == .changed }) { mapping.change = change }
    return mapping
  }

  fileprivate var header: [String] {
    [Self.idColumn] + columns.indices.map { Self.source($0).columns[0] }
  }
}

/// Writes stored rows for ``MappedLayout/mapping(source:holds:)`` to read.
package struct MappedRowWriter {
  private var writer = CSVWriter()

  package mutating func begin(id: UnsafeRawBufferPointer) {
    writer.text(bytes: id)
  }

  /// Writes the next cell of the row, in the order of the layout's columns.
  package mutating func cell(_ bytes: UnsafeRawBufferPointer) {
    writer.text(bytes: bytes)
  }

  package mutating func emptyCell() {
    writer.empty()
  }

  package mutating func end() {
    writer.endRecord()
  }

  /// The line at which the next row begins, counted from 1.
  package var line: Int { writer.lines + 1 }

  mutating func takeBytes() -> [UInt8] { writer.takeBytes() }

  /// The line that names the columns.
  static func header(of layout: MappedLayout) -> [UInt8] {
    var writer = CSVWriter()
    writer.record(layout.header)
    return writer.takeBytes()
  }
}
