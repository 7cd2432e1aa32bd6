import ReportDocuments

/// A table of one thing: cards on a phone if it lists records, a scroll region if it is numeric.
enum TablePart {
  /// A printed table of fewer rows stays on one page.
  private static let longTable = 12

  static func write(
    _ table: Table, _ anchors: Anchors, label: String, to page: inout HTMLWriter
  ) {
    if !table.title.isEmpty { page.element("h3", ["class": "chart-title"], table.title) }
    if !table.subtitle.isEmpty { page.element("p", ["class": "subtitle"], table.subtitle) }
    if table.rows.isEmpty {
      page.element("p", ["class": "none"], table.note.isEmpty ? "None." : table.note)
      return
    }
    let isCards = areRecords(table)
    if !isCards {
      page.open(
        "div",
        [
          "class": "scroll", "role": "group", "tabindex": "0",
          "aria-label": table.title.isEmpty ? label : table.title,
        ])
    }
    let size = table.rows.count < longTable ? " small" : ""
    page.open(
      "table", ["class": (isCards ? "data cards" : "data") + size, "role": "table"])
    head(table, to: &page)
    page.markup("<tbody role=\"rowgroup\">")
    for row in table.rows { write(row, table, anchors, to: &page) }
    page.markup("</tbody>")
    if let sums = table.sums {
      page.markup("<tfoot role=\"rowgroup\">")
      write(sums, table, anchors, to: &page)
      page.markup("</tfoot>")
    }
    page.markup("</table>")
    if !isCards { page.close("div") }
    if !table.note.isEmpty { page.element("p", ["class": "note"], table.note) }
  }

  /// Tables that say so, and those with words in over half of the columns after the first.
  static func areRecords(_ table: Table) -> Bool {
    if table.isRecords { return true }
    let others = table.columns.dropFirst()
    return others.count { !$0.isNumeric } * 2 > others.count
  }

  private static func head(_ table: Table, to page: inout HTMLWriter) {
    page.markup("<thead role=\"rowgroup\"><tr role=\"row\">")
    for column in table.columns {
      page.element(
        "th",
        ["scope": "col", "role": "columnheader", "class": column.isNumeric ? "number" : nil],
        column.name)
    }
    page.markup("</tr></thead>")
  }

  private static func write(
    _ cells: [Cell], _ table: Table, _ anchors: Anchors, to page: inout HTMLWriter
  ) {
    page.markup("<tr role=\"row\">")
    for (index, column) in table.columns.enumerated() {
      let cell = index < cells.count ? cells[index] : .text("")
      page.open(
        index == 0 ? "th" : "td",
        [
          "scope": index == 0 ? "row" : nil, "role": index == 0 ? "rowheader" : "cell",
          "class": style(of: cell, in: column), "data-label": index == 0 ? nil : column.name,
        ])
      CellPart.write(cell, anchors, to: &page)
      page.close(index == 0 ? "th" : "td")
    }
    page.markup("</tr>")
  }
}

extension TablePart {
  private static func style(of cell: Cell, in column: Table.Column) -> String? {
    if column.isNumeric { return "number" }
    if case .identifier(let name) = cell, PageText.isShortName(name) { return "id" }
    return nil
  }
}

/// One cell by its meaning.
enum CellPart {
  static func write(_ cell: Cell, _ anchors: Anchors, to page: inout HTMLWriter) {
    switch cell {
    case .text(let text), .identifier(let text): page.write(text)
    case .late(let text): page.element("b", ["class": "late-text"], text)
    case .count(let count): page.write(PageText.count(count))
    case .share(let share): page.write(PageText.share(share))
    case .duration(let seconds): page.write(PageText.duration(seconds))
    case .over(let seconds): page.write("over " + PageText.duration(seconds))
    case .moment(let moment): write(moment, to: &page)
    case .decimal(let thousandths): page.write(PageText.decimal(thousandths))
    case .notMeasured: page.write("–")
    case .used(let share): write(used: share, to: &page)
    case .grade(let grade): write(grade, to: &page)
    case .result(let grade, let figure):
      page.markup("<span class=\"result\">")
      write(grade, to: &page)
      page.markup(" ")
      page.element("span", figure)
      page.markup("</span>")
    case .link(let text, let target):
      if let address = address(target, anchors) {
        page.element("a", ["href": address], text)
      } else {
        page.write(text)
      }
    }
  }

  private static func write(_ grade: Grade, to page: inout HTMLWriter) {
    page.open("span", ["class": "cell " + grade.cellStyle, "title": grade.words])
    page.element("b", grade.letter)
    page.markup("</span>")
    page.element("span", ["class": "unseen"], grade.words)
  }

  /// The last tenth of the time allowed, with its end as a tick.
  private static func write(used share: Share, to page: inout HTMLWriter) {
    let width = 140.0
    var bar = Drawing(width: width + 4, height: 14)
    let part = min(1, max(0, (share.percent - 90) / 10))
    bar.bar("gauge-ground", x: 0.5, y: 2.5, width: width, height: 9)
    bar.bar("bar", x: 0, y: 2, width: width * part, height: 10)
    bar.line("limit", width + 1, 0, width + 1, 14)
    page.markup("<span class=\"gauge\">")
    page.markup(bar.decoration)
    page.element("span", ["class": "unseen"], PageText.share(share))
    page.markup("</span>")
  }

  static func write(_ moment: LocalMoment, to page: inout HTMLWriter) {
    page.element(
      "time", ["datetime": PageText.instant(moment.seconds)], PageText.moment(moment))
  }

  /// Where a link may lead: a part of this page, a file beside it, or the web.
  static func address(_ target: String, _ anchors: Anchors) -> String? {
    if target.hasPrefix("#") { return anchors.id(for: String(target.dropFirst())).map { "#" + $0 } }
    if target.hasPrefix("https://") || target.hasPrefix("http://") { return target }
    if target.isEmpty || target.hasPrefix("/") || target.contains("\\") { return nil }
    let firstPart = target.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let isPlain = target.unicodeScalars.allSatisfy { !HTMLWriter.isRemoved($0) }
    return firstPart.contains(":") || !isPlain ? nil : target
  }
}
