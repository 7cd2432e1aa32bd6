import ReportDocuments

/// The list of missed promises, each with its trace.
struct MissedPart {
  private let missed: MissedPromises
  private let id: String
  private let hasHolders: Bool
  private let longest: Int64

  static func write(_ missed: MissedPromises, id: String, to page: inout HTMLWriter) {
    if !missed.title.isEmpty { page.element("h3", ["class": "chart-title"], missed.title) }
    if !missed.subtitle.isEmpty { page.element("p", ["class": "subtitle"], missed.subtitle) }
    guard !missed.items.isEmpty else {
      page.markup("<p class=\"none\">No promise was missed.</p>")
      return
    }
    MissedPart(
      missed: missed, id: id, hasHolders: missed.items.contains { !$0.holder.isEmpty },
      longest: max(1, missed.items.map(\.over).max() ?? 1)
    ).table(to: &page)
  }

  private var columns: [(name: String, style: String?)] {
    var columns: [(name: String, style: String?)] = [
      ("Ticket", nil), ("Target", nil), ("Opened", nil), ("Lost", nil),
    ]
    if hasHolders { columns.append(("Held at breach", nil)) }
    columns += [("Elapsed", "number"), ("Over by", "number")]
    return columns
  }

  private func table(to page: inout HTMLWriter) {
    page.open(
      "table",
      ["class": "data cards missed", "role": "table", "data-total": String(missed.total)])
    page.markup("<thead role=\"rowgroup\"><tr role=\"row\">")
    for column in columns {
      page.element(
        "th",
        [
          "scope": "col", "role": "columnheader", "class": column.style,
          "aria-sort": column.name == "Over by" ? "descending" : nil,
        ], column.name)
    }
    page.markup("<td class=\"over-bar\" role=\"cell\"></td></tr></thead>")
    for (index, item) in missed.items.enumerated() { write(item, index, to: &page) }
    page.markup("</table>")
    if missed.total > missed.items.count {
      page.element(
        "p", ["class": "note"],
        "\(PageText.count(missed.items.count)) of \(PageText.count(missed.total)) listed, worst "
          + "first; all are in csv/tickets.csv.")
    }
  }

  private func write(_ item: MissedPromises.Item, _ index: Int, to page: inout HTMLWriter) {
    page.markup("<tbody role=\"rowgroup\"><tr class=\"facts-row\" role=\"row\">")
    page.element(
      "th",
      [
        "scope": "row", "role": "rowheader",
        "class": PageText.isShortName(item.ticket) ? "id" : nil,
      ],
      item.ticket)
    cell("Target", to: &page) { $0.write(item.tier + " " + item.clock) }
    cell("Opened", value: item.opened.seconds, to: &page) { CellPart.write(item.opened, to: &$0) }
    cell("Lost", value: item.lost?.seconds ?? Int64.max, to: &page) {
      if let lost = item.lost { CellPart.write(lost, to: &$0) } else { $0.write("–") }
    }
    if hasHolders {
      cell("Held at breach", to: &page) { $0.write(item.holder.isEmpty ? "–" : item.holder) }
    }
    cell("Elapsed", value: item.elapsed, style: "number", to: &page) {
      $0.write(PageText.duration(item.elapsed))
      if item.verdict == "overdue" {
        $0.markup(" <span class=\"open\">still open</span>")
      }
    }
    cell("Over by", value: item.over, style: "number late", to: &page) {
      $0.write(PageText.duration(item.over))
    }
    page.markup("<td class=\"over-bar\" role=\"cell\">")
    var bar = Drawing(width: 110, height: 10)
    bar.bar(
      "past", x: 0, y: 0, width: max(1, 110 * Double(max(0, item.over)) / Double(longest)),
      height: 10)
    page.markup(bar.decoration)
    page.markup("</td></tr>")
    page.markup(
      "<tr class=\"cause-row\" role=\"row\"><td role=\"cell\" colspan=\"\(columns.count + 1)\">")
    if !item.cause.isEmpty { page.element("p", ["class": "cause"], item.cause) }
    if let trace = item.trace {
      TracePart.write(trace, id: "\(id)-trace-\(index + 1)", ticket: item.ticket, to: &page)
    }
    page.markup("</td></tr></tbody>")
  }

  private func cell(
    _ label: String, value: Int64? = nil, style: String? = nil, to page: inout HTMLWriter,
    content: (inout HTMLWriter) -> Void
  ) {
    page.open(
      "td",
      ["role": "cell", "class": style, "data-label": label, "data-value": value.map { String($0) }])
    content(&page)
    page.close("td")
  }
}
