internal import Importing

/// The cells of a row as JSON, with the keys that a source gives to its columns.
///
/// Keys stand in the order of the columns, and empty cells are left out, so that equal rows are
/// equal texts, also when columns have been added since.
struct CellsText {
  struct Column: Hashable {
    let column: MappedColumn
    let key: String

    /// Whether cells are numbers in JSON, too.
    var isNumber: Bool {
      switch column.role {
      case .order, .paused, .amount: true
      default: false
      }
    }
  }

  private(set) var columns: [Column]
  /// By column: `"key":`.
  private var keys: [[UInt8]] = []

  init(_ columns: [Column]) {
    self.columns = columns
    keys = columns.map(Self.key)
  }

  /// The place of a column, which is added if it is not there.
  mutating func place(of column: MappedColumn) -> Int {
    if let place = columns.firstIndex(where: { $0.column == column }) { return place }
    let names = [column.name, column.role.rawValue, "\(column.role.rawValue) \(column.name)"]
    var key = (column.role == .instant || column.role == .field ? names[0] : names[1])
    while key.isEmpty || columns.contains(where: { $0.key == key }) {
      key = key == names[2] ? names[2] + "'" : key.hasPrefix(names[2]) ? key + "'" : names[2]
    }
    columns.append(Column(column: column, key: key))
    keys.append(Self.key(columns[columns.count - 1]))
    return columns.count - 1
  }

  private static func key(_ column: Column) -> [UInt8] {
    var bytes = [Character.quote]
    JSONText.append(column.key, to: &bytes)
    return bytes + [Character.quote, UInt8(ascii: ":")]
  }

  private enum Character {
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let comma = UInt8(ascii: ",")
  }

  // MARK: writing

  /// How the rows of an import are written whose columns are all among these.
  func form(of layout: MappedLayout) -> MappedRowForm {
    MappedRowForm(
      columns.compactMap { stored in
        layout.columns.lastIndex(of: stored.column).map { column in
          .init(column: column, key: stored.key, isNumber: stored.isNumber)
        }
      })
  }

  // MARK: reading

  /// Hands the cells of a row to a writer, one for each column; `false` if the text is damaged.
  func read(_ text: UnsafeRawBufferPointer, into writer: inout MappedRowWriter) -> Bool {
    var position = 1
    var scratch: [UInt8] = []
    guard text.first == UInt8(ascii: "{") else { return false }
    for place in columns.indices {
      guard isNext(keys[place], text, position) else {
        writer.emptyCell()
        continue
      }
      position += keys[place].count
      guard let end = Self.end(ofValueAt: position, text) else { return false }
      if text[position] == Character.quote {
        let value = UnsafeRawBufferPointer(rebasing: text[position + 1..<end - 1])
        if value.contains(Character.backslash) {
          Self.unescape(value, into: &scratch)
          scratch.withUnsafeBytes { writer.cell($0) }
        } else {
          writer.cell(value)
        }
      } else {
        writer.cell(UnsafeRawBufferPointer(rebasing: text[position..<end]))
      }
      position = end
      if position < text.count, text[position] == Character.comma { position += 1 }
    }
    return position == text.count - 1
  }

  private func isNext(_ key: [UInt8], _ text: UnsafeRawBufferPointer, _ position: Int) -> Bool {
    guard text.count - position >= key.count else { return false }
    for index in key.indices where text[position + index] != key[index] { return false }
    return true
  }

  /// Behind the value.
  private static func end(ofValueAt start: Int, _ text: UnsafeRawBufferPointer) -> Int? {
    var index = start
    guard index < text.count else { return nil }
    if text[index] != Character.quote {
      while index < text.count {
        if text[index] == Character.comma || text[index] == UInt8(ascii: "}") { return index }
        index += 1
      }
      return nil
    }
    index += 1
    while index < text.count {
      if text[index] == Character.quote { return index + 1 }
      index += text[index] == Character.backslash ? 2 : 1
    }
    return nil
  }

  private static func unescape(_ text: UnsafeRawBufferPointer, into bytes: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    var index = 0
    while index < text.count {
      guard text[index] == Character.backslash, index + 1 < text.count else {
        bytes.append(text[index])
        index += 1
        continue
      }
      switch text[index + 1] {
      case UInt8(ascii: "n"): bytes.append(0x0a)
      case UInt8(ascii: "r"): bytes.append(0x0d)
      case UInt8(ascii: "t"): bytes.append(0x09)
      case UInt8(ascii: "u"):
        let digits = String(decoding: text[(index + 2)..<min(index + 6, text.count)], as: UTF8.self)
        bytes.append(UInt8(truncatingIfNeeded: Int(digits, radix: 16) ?? 0))
        index += 4
      default: bytes.append(text[index + 1])
      }
      index += 2
    }
  }
}
