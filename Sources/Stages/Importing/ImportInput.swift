import CSVRecords
package import Messages
package import Tickets

/// One export to read: a name for messages, and a way to open it as often as needed.
package struct ImportInput {
  /// Fills the start of a buffer and returns how many bytes; 0 is the end.
  package typealias Read = (UnsafeMutableRawBufferPointer) throws -> Int

  package let name: String
  /// Whether the bytes were made of a workbook: UTF-8 with commas, and true dates as ISO 8601.
  package let isFromWorkbook: Bool
  package let open: () throws -> Read

  package init(
    name: String, isFromWorkbook: Bool = false, open: @escaping () throws -> Read
  ) {
    self.name = name
    self.isFromWorkbook = isFromWorkbook
    self.open = open
  }

  /// An input that is held in memory.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    isFromWorkbook = false
    open = {
      var rest = bytes[...]
      return { buffer in
        let piece = rest.prefix(buffer.count)
        buffer.copyBytes(from: piece)
        rest = rest.dropFirst(piece.count)
        return piece.count
      }
    }
  }
}

/// What an import came to.
package struct ImportOutcome: Sendable {
  package enum Content: Sendable {
    case tickets(TicketTable)
    case intervals(IntervalTable)
    case counts(CountTable)
  }

  package let content: Content
  /// In the order of the rows; rejected rows, adjusted values, warnings and notes.
  package let findings: [Finding]
  /// Findings beyond those listed, because there were too many.
  package let unlistedFindings: Int
  /// Those of them that are rejected rows or warnings.
  package let unlistedProblems: Int
  /// The pattern of each time column, by its name in the mapping, where `auto` settled it.
  package let settledTimestamps: [String: String]
  package let bytesRead: Int
  /// How each input was read, by its name.
  let encodings: [String: TextEncoding]

  package var ledger: RowLedger {
    switch content {
    case .tickets(let table): table.ledger
    case .intervals(let table): table.ledger
    case .counts(let table): table.ledger
    }
  }

  package var rejectedRows: Int { ledger.rejected }

  package var tickets: TicketTable? {
    if case .tickets(let table) = content { table } else { nil }
  }

  package var intervals: IntervalTable? {
    if case .intervals(let table) = content { table } else { nil }
  }

  package var counts: CountTable? {
    if case .counts(let table) = content { table } else { nil }
  }
}

/// Why an import cannot go on.
package enum ImportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The source could not be opened or read to its end.
  case unreadable(file: String, reason: String)
  case noHeader(file: String)
  /// The first bytes are those of another kind of file.
  case notText(file: String, kind: String)
  /// No column of the file has any of these names.
  case columnMissing(
    file: String, key: String, columns: [String], nearest: String?, header: [String])
  /// Day and month cannot be told apart.
  case ambiguousTimestamps(file: String, column: String, example: String, patterns: [String])
  case noTimestampFits(file: String, column: String, example: String)
  /// A time column is written otherwise than in the files before.
  case otherTimestamps(file: String, key: String, settled: String, found: String)

  package var finding: Finding {
    switch self {
    case .unreadable(let file, let reason):
      Finding(.error, at: Place(file: file), .unreadable(reason))
    case .noHeader(let file):
      Finding(.error, at: Place(file: file, line: 1), .noHeader)
    case .notText(let file, let kind):
      Finding(.error, at: Place(file: file), .notText(kind))
    case .columnMissing(let file, let key, let columns, let nearest, let header):
      Finding(
        .error, at: Place(file: file, line: 1),
        .columnMissing(key, columns, nearest: nearest, header: header))
    case .ambiguousTimestamps(let file, let column, let example, let patterns):
      Finding(.error, at: Place(file: file), .ambiguous(column, example, patterns))
    case .noTimestampFits(let file, let column, let example):
      Finding(.error, at: Place(file: file), .noneFits(column, example))
    case .otherTimestamps(let file, let key, let settled, let found):
      Finding(.error, at: Place(file: file), .otherTimestamps(key, settled, found))
    }
  }

  package var description: String { finding.line }
}

extension Finding.Message {
  fileprivate static func unreadable(_ reason: String) -> Finding.Message {
    "cannot be read to its end: \(reason)"
  }

  fileprivate static let noHeader: Finding.Message =
    "there is no header; the first record must name the columns"

  fileprivate static func notText(_ kind: String) -> Finding.Message {
    "is \(kind), but must be CSV or a workbook (.xlsx, no password); export it as one of the two"
  }

  fileprivate static func columnMissing(
    _ key: String, _ columns: [String], nearest: String?, header: [String]
  ) -> Finding.Message {
    let names = columns.map { "\"\($0)\"" }.joined(separator: " or ")
    let hint = nearest.map { "did you mean \"\($0)\"?" } ?? listed(header)
    return """
      there is no column \(names) for "\(key)"; \(hint) Correct the mapping, or take the one that \
      fits this file
      """
  }

  private static func listed(_ header: [String]) -> String {
    let shown = 12
    let names = header.prefix(shown).map { quoted($0) }.joined(separator: ", ")
    let more = header.count > shown ? " and \(header.count - shown) more" : ""
    return "the file has \(names)\(more)."
  }

  private static func quoted(_ name: String) -> String {
    Array(name.utf8).withUnsafeBytes { Importing.quoted($0) }
  }

  fileprivate static func ambiguous(
    _ column: String, _ example: String, _ patterns: [String]
  ) -> Finding.Message {
    let names = patterns.map { "\"\($0)\"" }.joined(separator: " and ")
    return """
      column "\(column)" holds times such as "\(example)", which fit both \(names); \
      set "timestamps" in the mapping
      """
  }

  fileprivate static func otherTimestamps(
    _ key: String, _ settled: String, _ found: String
  ) -> Finding.Message {
    """
    the times of "\(key)" are written as "\(found)", but those of earlier imports as \
    "\(settled)"; export them as before, or name both under "timestamps" in the mapping
    """
  }

  fileprivate static func noneFits(_ column: String, _ example: String) -> Finding.Message {
    """
    column "\(column)" holds "\(example)", and no known pattern fits the column; \
    set "timestamps" in the mapping
    """
  }
}
