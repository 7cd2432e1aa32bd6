import ReportDocuments

/// The months x targets chart, as a real table.
enum SlamPart {
  /// Older months are in the workbook.
  static let months = 12
  /// After so many rows the months are named again.
  static let rowsPerHeader = 20

  static func write(_ grid: SlamGrid, _ anchors: Anchors, to page: inout HTMLWriter) {
    page.markup("<section class=\"slam\" aria-labelledby=\"slam\">")
    page.element("h2", ["id": "slam", "class": "chart-title"], grid.title)
    if !grid.subtitle.isEmpty { page.element("p", ["class": "subtitle"], grid.subtitle) }
    let shown = Array(grid.months.suffix(months))
    guard !shown.isEmpty, grid.groups.contains(where: { !$0.rows.isEmpty }) else {
      page.markup("<p class=\"none\">No data: there is no month or target to show.</p></section>")
      return
    }
    page.markup("<table class=\"grid\" role=\"table\"><thead role=\"rowgroup\">")
    monthRow(shown, isRepeated: false, to: &page)
    page.markup("</thead>")
    var rowsSinceHeader = 0
    for group in grid.groups where !group.rows.isEmpty {
      page.markup("<tbody role=\"rowgroup\">")
      groupRow(group, to: &page)
      for row in group.rows {
        if rowsSinceHeader == rowsPerHeader {
          monthRow(shown, isRepeated: true, to: &page)
          rowsSinceHeader = 0
        }
        rowsSinceHeader += 1
        write(row, months: shown, anchors, to: &page)
      }
      page.markup("</tbody>")
    }
    page.markup("</table>")
    key(of: grid, to: &page)
    page.markup("</section>")
  }

  private static func monthRow(
    _ shown: [SlamGrid.Month], isRepeated: Bool, to page: inout HTMLWriter
  ) {
    page.open(
      "tr",
      [
        "class": isRepeated ? "months again" : "months", "role": "row",
        "aria-hidden": isRepeated ? "true" : nil,
      ])
    page.markup("<td class=\"name\" role=\"cell\"></td>")
    for (index, month) in shown.enumerated() {
      page.open(
        isRepeated ? "td" : "th",
        [
          "scope": isRepeated ? nil : "col", "role": isRepeated ? "cell" : "columnheader",
          "class": month.isCurrent ? "month current" : "month",
        ])
      page.markup("<b><span class=\"initial\">")
      page.write(String(month.name.prefix(1)))
      page.markup("</span><span class=\"rest\">")
      page.write(String(month.name.dropFirst()))
      page.markup("</span></b>")
      if index == 0 || shown[index - 1].year != month.year {
        page.markup(" ")
        page.element("span", ["class": "year"], String(month.year))
      }
      page.close(isRepeated ? "td" : "th")
    }
    pad(shown.count, to: &page)
    page.markup("</tr>")
  }

  /// Keeps the width of a month's column when there are few.
  private static func pad(_ count: Int, to page: inout HTMLWriter) {
    for _ in count..<max(count, months) { page.markup("<td class=\"pad\" role=\"cell\"></td>") }
  }

  private static func groupRow(_ group: SlamGrid.Group, to page: inout HTMLWriter) {
    page.markup("<tr class=\"group\" role=\"row\"><th scope=\"rowgroup\" role=\"rowheader\"")
    page.markup(" colspan=\"\(months + 1)\">")
    page.element("b", group.name)
    if !group.objective.isEmpty {
      page.markup(" ")
      page.element("span", group.objective)
    }
    page.markup("</th></tr>")
  }

  private static func write(
    _ row: SlamGrid.Row, months shown: [SlamGrid.Month], _ anchors: Anchors,
    to page: inout HTMLWriter
  ) {
    page.markup("<tr role=\"row\"><th class=\"name\" scope=\"row\" role=\"rowheader\">")
    if let anchor = row.anchor, let id = anchors.id(for: anchor) {
      page.element("a", ["href": "#" + id], row.name)
    } else {
      page.element("span", row.name)
    }
    if !row.within.isEmpty {
      page.markup(" ")
      page.element("span", ["class": "within"], row.within)
    }
    page.markup("</th>")
    let entries = Array(row.entries.suffix(months).suffix(shown.count))
    for _ in entries.count..<max(entries.count, shown.count) {
      write(SlamGrid.Entry(grade: .noData, share: nil), to: &page)
    }
    for entry in entries { write(entry, to: &page) }
    pad(shown.count, to: &page)
    page.markup("</tr>")
  }

  private static func write(_ entry: SlamGrid.Entry, to page: inout HTMLWriter) {
    let share = entry.share?.text ?? ""
    var style = "cell " + entry.grade.cellStyle
    if entry.isToDate { style += " to-date" }
    if share.count > 5 { style += " long" }
    if entry.issued != nil { style += " changed" }
    let counts = entry.share.map {
      ": \(PageText.share($0)), \(PageText.count($0.part)) of \(PageText.count($0.whole))"
    }
    page.open(
      "td",
      [
        "class": style, "role": "cell",
        "title": entry.grade.words + (counts ?? "") + (entry.isToDate ? ", to date" : "")
          + (entry.issued.map { "; \($0)" } ?? ""),
      ])
    page.element("b", entry.grade.letter)
    if !share.isEmpty {
      page.markup(" ")
      page.element("span", share)
    }
    if let issued = entry.issued { page.element("span", ["class": "unseen"], issued) }
    page.close("td")
  }

  private static func key(of grid: SlamGrid, to page: inout HTMLWriter) {
    page.markup("<ul class=\"key-list\">")
    for (style, letter, words) in [
      ("m", "M", "met"), ("a", "A", "met, over 80\u{A0}% of the allowed misses used"),
      ("x", "X", "missed"), ("n", "–", "no data, partial or starting up"),
    ] {
      page.markup("<li><span class=\"cell \(style)\"><b>\(letter)</b></span> \(words)</li>")
    }
    if grid.groups.contains(where: { $0.rows.contains { $0.entries.contains(where: \.isToDate) } })
    {
      page.markup("<li><span class=\"cell m to-date\"><b>M</b></span> hatched: to date</li>")
    }
    if grid.groups.contains(where: {
      $0.rows.contains { $0.entries.contains { $0.issued != nil } }
    }) {
      page.markup("<li><span class=\"cell n changed\"></span> differs from the pack issued</li>")
    }
    page.markup("</ul>")
  }
}

extension Grade {
  /// The class of a cell of this grade.
  var cellStyle: String {
    switch self {
    case .met: "m"
    case .underPressure: "a"
    case .missed: "x"
    case .noData, .partial, .startingUp: "n"
    }
  }
}
