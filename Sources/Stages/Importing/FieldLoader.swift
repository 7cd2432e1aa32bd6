import CSVRecords
import Tickets

/// Turns the cells of one field into codes of its dictionary.
///
/// All that a value needs (is it text, is it missing, what is it called here) is looked up once
/// for each distinct cell.
struct FieldLoader {
  /// The code of a cell that is not UTF-8 or holds a NUL byte.
  static let notText = UInt32.max

  let name: String
  let source: Mapping.CellSource
  private let values: [String: String]
  /// Takes the place of every value; see ``Importer``.
  private let hash: (@Sendable (String) -> String)?
  private(set) var dictionary = TextDictionary()
  private var seen = ByteCodes()
  private(set) var columns: [Int] = []
  private(set) var constant: UInt32 = 0

  init(
    name: String, source: Mapping.CellSource, values: [String: String] = [:],
    hash: (@Sendable (String) -> String)? = nil
  ) {
    self.name = name
    self.source = source
    self.values = values
    self.hash = hash
    if let text = source.constant { constant = dictionary.code(for: text) }
  }

  var isBound: Bool { source.constant != nil || !columns.isEmpty }

  mutating func bind(_ header: Header) {
    columns = header.indices(of: source)
  }

  /// The code of the row's value: of the first column that is not missing.
  @inline(__always)
  mutating func code(_ cells: RowCells, missing: MissingTokens) -> UInt32 {
    for column in columns {
      let code = self.code(of: cells.cell(column), missing: missing)
      if code != 0 { return code }
    }
    return constant
  }

  @inline(__always)
  mutating func code(of cell: UnsafeRawBufferPointer, missing: MissingTokens) -> UInt32 {
    if cell.isEmpty { return 0 }
    return seen.code(for: cell) { cell in
      guard !cell.contains(0), isValidUTF8(cell) else { return Self.notText }
      let bytes = source.isPlain ? Array(cell) : cleaned(cell, source)
      guard !bytes.withUnsafeBytes({ missing.contains($0) }) else { return 0 }
      let text = String(decoding: bytes, as: UTF8.self)
      return dictionary.code(for: Self.written(text, values, hash))
    }
  }

  /// Reads the codes of a whole column; rows with a cell that is no text are left to the careful
  /// way.
  ///
  /// - Parameter onlyMissing: Whether codes that are there already stay.
  mutating func read(
    _ cells: PlainCells, missing: MissingTokens, into codes: UnsafeMutableBufferPointer<UInt32>,
    onlyMissing: Bool
  ) {
    var above = CellAbove()
    var code: UInt32 = 0
    for record in 0..<cells.count where cells.isPlain(record) {
      if onlyMissing, codes[record] != 0 { continue }
      let cell = cells[record]
      if !above.isRepeated(by: cell) { code = self.code(of: cell, missing: missing) }
      if code == Self.notText { cells.leaveToCarefulWay(record) }
      codes[record] = code
    }
  }

  /// Takes codes from another dictionary from now on, in which its own texts have their codes.
  mutating func adopt(_ dictionary: TextDictionary) {
    self.dictionary = dictionary
    seen = ByteCodes()
  }

  /// The code of a text that does not come from a cell.
  mutating func code(for text: String) -> UInt32 {
    dictionary.code(for: text)
  }

  /// The code of a value as the export has it.
  mutating func code(forValue text: String) -> UInt32 {
    dictionary.code(for: Self.written(text, values, hash))
  }

  /// What stands for a value of the export.
  private static func written(
    _ text: String, _ values: [String: String], _ hash: (@Sendable (String) -> String)?
  ) -> String {
    let value = values[text] ?? text
    return value.isEmpty ? value : hash.map { $0(value) } ?? value
  }
}
