import ReportDocuments

/// One section: rule, heading, blocks.
enum SectionPart {
  static func write(_ section: Section, _ anchors: Anchors, to page: inout HTMLWriter) {
    guard let id = anchors.id(for: section.id) else { return }
    let name = anchors.landmark(for: section)
    page.open(
      "section",
      [
        "id": id, "class": section.startsPage ? "part starts-page" : "part",
        "aria-labelledby": name == nil ? id + "-title" : nil, "aria-label": name,
      ])
    page.element("h2", ["id": id + "-title"], section.title)
    for (index, block) in section.blocks.enumerated() {
      let blockID = "\(id)-block-\(index + 1)"
      switch block {
      case .paragraph(let text):
        page.element("p", ["class": index == 0 ? "intro" : "prose"], text)
      case .figure(let figure): FigurePart.write(figure, anchors, to: &page)
      case .table(let table):
        page.markup("<div class=\"block\">")
        TablePart.write(table, anchors, label: section.title, to: &page)
        page.markup("</div>")
      case .missed(let missed):
        page.markup("<div class=\"block\">")
        MissedPart.write(missed, id: blockID, to: &page)
        page.markup("</div>")
      case .ledger(let ledger):
        page.markup("<div class=\"block\">")
        LedgerPart.write(ledger, to: &page)
        page.markup("</div>")
      case .definitions(let definitions): write(definitions, to: &page)
      case .overview(let overview): OverviewPart.write(overview, to: &page)
      }
    }
    page.close("section")
  }

  private static func write(_ definitions: [Definition], to page: inout HTMLWriter) {
    guard !definitions.isEmpty else { return }
    page.markup("<dl class=\"block\">")
    for definition in definitions {
      page.markup("<div>")
      page.element("dt", definition.term)
      page.element("dd", definition.text)
      page.markup("</div>")
    }
    page.markup("</dl>")
  }
}

/// A drawing on both boards, with its words and the table behind it.
enum FigurePart {
  static func write(_ figure: Figure, _ anchors: Anchors, to page: inout HTMLWriter) {
    guard let id = anchors.id(for: figure.id) else { return }
    page.open("figure", ["id": id, "class": figure.notes.isEmpty ? nil : "with-notes"])
    page.markup("<div class=\"chart\"><figcaption>")
    page.element("h3", ["class": "chart-title"], figure.title)
    if !figure.subtitle.isEmpty { page.element("p", ["class": "subtitle"], figure.subtitle) }
    page.markup("</figcaption>")
    for board in Board.allCases {
      page.markup(
        figure.chart.drawing(on: board).svg(
          id: "\(id)-\(board.suffix)", style: board.style, title: figure.title,
          description: figure.alternative))
    }
    StatementPart.write(figure.statements, to: &page)
    page.markup("<details class=\"behind\"><summary>Table behind this chart")
    page.element("span", ["class": "unseen"], ": " + figure.title)
    page.markup("</summary>")
    TablePart.write(figure.table, anchors, label: figure.title, to: &page)
    page.markup("</details></div>")
    if !figure.notes.isEmpty {
      page.markup("<div class=\"notes\">")
      for note in figure.notes { page.element("p", note) }
      page.markup("</div>")
    }
    page.close("figure")
  }
}

extension Chart {
  func drawing(on board: Board) -> Drawing {
    switch self {
    case .trend(let chart): TrendDrawing.draw(chart, on: board)
    case .ranges(let chart): RangesDrawing.draw(chart, on: board)
    case .distribution(let chart): DistributionDrawing.draw(chart, on: board)
    case .route(let chart): RouteDrawing.draw(chart, on: board)
    case .waterfall(let chart): WaterfallDrawing.draw(chart, on: board)
    case .availability(let chart): AvailabilityDrawing.draw(chart, on: board)
    case .heat(let chart): HeatDrawing.draw(chart, on: board)
    case .ageing(let chart): AgeingDrawing.draw(chart, on: board)
    }
  }
}
