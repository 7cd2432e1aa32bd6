import CSVRecords
import LocatedYAML

/// A register of exclusions as CSV: the same keys as columns, and an entry a line.
///
/// A cell becomes the value that YAML would hold, so that both are read by the same rules.
struct RegisterTable {
  let rules: RuleFile

  /// The entries as maps; a column of which the cell is empty is not there.
  func nodes(_ bytes: [UInt8]) -> [YAMLNode] {
    let bytes = Array(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...])
    guard isValidUTF8(bytes) else {
      rules.reader.report("the register is not UTF-8; save it as CSV UTF-8", line: 1, column: 1)
      return []
    }
    let firstLine = bytes.prefix { $0 != UInt8(ascii: "\n") }
    let delimiter = firstLine.contains(UInt8(ascii: ";")) ? UInt8(ascii: ";") : UInt8(ascii: ",")
    var header: [String]?
    var nodes: [YAMLNode] = []
    for (line, cells) in records(bytes, delimiter: delimiter) {
      guard let names = header else {
        header = checked(cells, line: line)
        continue
      }
      guard cells.count == names.count else {
        rules.reader.report(
          "the line has \(cells.count) cells, but the header has \(names.count)", line: line,
          column: 1)
        continue
      }
      nodes.append(entry(names, cells, line: line))
    }
    if header == nil {
      rules.reader.report(
        "the register is empty; it starts with a header such as tickets,reason,approver,approved",
        line: 1, column: 1)
    }
    return nodes
  }

  private func records(_ bytes: [UInt8], delimiter: UInt8) -> [(line: Int, cells: [String])] {
    var place = 0
    let reader = RecordReader(delimiter: delimiter) { buffer in
      let count = min(buffer.count, bytes.count - place)
      buffer.copyBytes(from: bytes[place..<place + count])
      place += count
      return count
    }
    var batch = RecordBatch()
    var records: [(line: Int, cells: [String])] = []
    // A source in memory throws no error.
    while (try? reader.next(&batch)) ?? false {
      for record in 0..<batch.count {
        let cells = batch.texts(of: record).map { $0.trimmed }
        if cells.contains(where: { !$0.isEmpty }) {
          records.append((batch.firstLine(of: record), cells))
        }
      }
      for reject in batch.rejects {
        rules.reader.report(
          "the quotes of this line do not fit; a quote inside a cell is written twice",
          line: reject.line, column: 1)
      }
    }
    return records
  }

  private func checked(_ names: [String], line: Int) -> [String] {
    for (index, name) in names.enumerated() {
      if !ExclusionParser.keys.contains(name) {
        rules.reader.report(
          "unknown column \"\(name)\" in the register; "
            + rules.reader.hint(for: name, among: ExclusionParser.keys), line: line, column: 1)
      } else if names[..<index].contains(name) {
        rules.reader.report("column \"\(name)\" is given twice", line: line, column: 1)
      }
    }
    return names
  }

  private func entry(_ names: [String], _ cells: [String], line: Int) -> YAMLNode {
    var entries: [YAMLEntry] = []
    for (name, cell) in zip(names, cells) where ExclusionParser.keys.contains(name) {
      guard !cell.isEmpty, !entries.contains(where: { $0.key == name }) else { continue }
      entries.append(
        YAMLEntry(
          key: name, keyLine: line, keyColumn: 1, value: value(cell, of: name, line: line)))
    }
    return YAMLNode(line: line, column: 1, content: .mapping(entries))
  }

  /// Several tickets or clocks stand apart by blanks, a condition as in YAML: `group: Network`.
  private func value(_ cell: String, of name: String, line: Int) -> YAMLNode {
    switch name {
    case "tickets", "clocks":
      let items = cell.split { $0.isWhitespace }
      return YAMLNode(
        line: line, column: 1,
        content: .sequence(
          items.map { YAMLNode(line: line, column: 1, content: .scalar(String($0))) }))
    case "when":
      let text = cell.hasPrefix("{") ? cell : "{\(cell)}"
      do throws(YAMLError) {
        return try YAMLNode.parse(Array(text.utf8)).moved(to: line)
      } catch {
        rules.reader.report("\"when\" is \"\(cell)\": \(error.reason)", line: line, column: 1)
        return YAMLNode(line: line, column: 1, content: .mapping([]))
      }
    default: return YAMLNode(line: line, column: 1, content: .scalar(cell))
    }
  }
}

extension YAMLNode {
  /// The same value, said to stand on one line.
  fileprivate func moved(to line: Int) -> YAMLNode {
    let content: Content =
      switch self.content {
      case .scalar: self.content
      case .sequence(let items): .sequence(items.map { $0.moved(to: line) })
      case .mapping(let entries):
        .mapping(
          entries.map {
            YAMLEntry(
              key: $0.key, keyLine: line, keyColumn: 1, value: $0.value.moved(to: line))
          })
      }
    return YAMLNode(line: line, column: 1, content: content)
  }
}

extension String {
  /// Without blanks at either end.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace ?? false { text.removeFirst() }
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }
}
