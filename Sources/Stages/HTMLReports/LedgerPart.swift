import ReportDocuments

/// Blocks of "whole, minus, minus, = rest" with bars placed where the part was cut off.
enum LedgerPart {
  static func write(_ ledger: LedgerBlocks, to page: inout HTMLWriter) {
    for block in ledger.blocks { write(block, to: &page) }
  }

  private static func write(_ block: LedgerBlocks.LedgerBlock, to page: inout HTMLWriter) {
    page.markup(
      "<table class=\"data ledger\" role=\"table\"><thead class=\"unseen\" role=\"rowgroup\">")
    page.markup("<tr role=\"row\"><th scope=\"col\" role=\"columnheader\">Line</th>")
    page.markup(
      "<th scope=\"col\" role=\"columnheader\">Count</th></tr></thead><tbody role=\"rowgroup\">")
    row(block.whole, sign: "", style: "whole", from: 0, of: block.whole.count, to: &page)
    var left = block.whole.count
    for (index, part) in block.parts.enumerated() {
      let isRest = index == block.parts.count - 1
      left -= isRest ? left : part.count
      row(
        part, sign: isRest ? "=" : "\u{2212}", style: isRest ? "rest" : "part",
        from: left, of: block.whole.count, to: &page)
    }
    page.markup("</tbody></table>")
    let sums = block.parts.reversed().map { PageText.count($0.count) }.joined(separator: " + ")
    page.markup("<p class=\"ties\">")
    page.element("b", (sums.isEmpty ? "0" : sums) + " = " + PageText.count(block.whole.count))
    page.markup(
      block.tiesOut ? " ties out</p>" : " <span class=\"late\">does not tie out</span></p>")
  }

  private static func row(
    _ line: LedgerBlocks.Line, sign: String, style: String, from start: Int, of whole: Int,
    to page: inout HTMLWriter
  ) {
    page.markup("<tr class=\"ledger-\(style)\" role=\"row\"><th scope=\"row\" role=\"rowheader\">")
    page.element("span", ["class": "sign"], sign)
    page.element("span", ["class": "line-name"], line.name)
    if !line.note.isEmpty {
      page.markup(" ")
      page.element("span", ["class": "line-note"], line.note)
    }
    page.markup("</th>")
    page.element("td", ["class": "number", "role": "cell"], PageText.count(line.count))
    page.markup("<td class=\"ledger-bar\" role=\"cell\">")
    if whole > 0, line.count > 0 {
      var bar = Drawing(width: 344, height: 12)
      let scale = 344 / Double(whole)
      let width = max(1.5, min(344, Double(line.count) * scale))
      let place = min(344 - width, max(0, Double(start) * scale))
      let fill = line.isLate ? "past" : style == "part" ? "p95" : style == "rest" ? "bar" : "total"
      bar.bar(fill, x: place, y: 0, width: width, height: 12, radius: 1)
      page.markup(bar.decoration)
    }
    page.markup("</td></tr>")
  }
}
