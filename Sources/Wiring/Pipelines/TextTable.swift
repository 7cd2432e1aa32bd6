package import ReportDocuments
import ServiceTime

/// A table as text for a terminal: numbers to the right, columns as wide as what they hold.
package enum TextTable {
  package static func text(_ table: Table, usesColour: Bool = false) -> String {
    let header = table.columns.map(\.name)
    let rows = table.rows.map { $0.map(text) } + (table.sums.map { [$0.map(text)] } ?? [])
    var widths = header.map(width)
    for row in rows {
      for (index, cell) in row.enumerated() where index < widths.count {
        widths[index] = max(widths[index], width(cell))
      }
    }
    var lines: [String] = []
    if !table.title.isEmpty { lines.append(table.title) }
    lines.append(line(header, widths: widths, columns: table.columns))
    lines.append(widths.map { String(repeating: "-", count: $0) }.joined(separator: "  "))
    for (index, row) in rows.enumerated() {
      let plain = line(row, widths: widths, columns: table.columns)
      let cells = index < table.rows.count ? table.rows[index] : []
      lines.append(
        usesColour && cells.contains(.grade(.missed)) ? "\u{1b}[31m\(plain)\u{1b}[0m" : plain)
    }
    if rows.isEmpty { lines.append("no data") }
    if !table.note.isEmpty { lines.append(table.note) }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ cells: [String], widths: [Int], columns: [Table.Column]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() where index < widths.count {
      let padding = String(repeating: " ", count: widths[index] - width(cell))
      if index > 0 { line += "  " }
      line += columns[index].isNumeric ? padding + cell : cell + padding
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  private static func width(_ text: String) -> Int { text.count }

  /// Text without control characters, which could drive a terminal.
  package static func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 32 || (127..<160).contains($0.value) ? " " : $0 }))
  }

  package static func text(_ cell: Cell) -> String {
    switch cell {
    case .text(let text), .late(let text), .identifier(let text), .link(let text, _):
      printable(text)
    case .count(let count): String(count)
    case .share(let share): share.text
    case .duration(let seconds): DurationText.clock(seconds)
    case .over(let seconds): "over " + DurationText.clock(seconds)
    case .moment(let moment):
      String(
        Instant(seconds: moment.localSeconds).iso.dropLast().map { $0 == "T" ? " " : $0 })
    case .grade(let grade): grade == .noData ? "–" : grade.letter
    case .used(let share): "\(share.text) %"
    case .result(let grade, let figure): "\(grade.letter) \(figure)"
    case .decimal(let thousandths): decimal(thousandths)
    case .notMeasured: "–"
    }
  }

  private static func decimal(_ thousandths: Int64) -> String {
    let magnitude = thousandths.magnitude
    var fraction = String(magnitude % 1_000 + 1_000).dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return (thousandths < 0 ? "-" : "") + String(magnitude / 1_000)
      + (fraction.isEmpty ? "" : "." + fraction)
  }
}
