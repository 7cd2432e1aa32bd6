import ReportDocuments

/// How one promise was counted: strip, intervals, identity, comparison.
struct TracePart {
  private let trace: Trace
  private let hasStopped: Bool

  static func write(_ trace: Trace, id: String, ticket: String, to page: inout HTMLWriter) {
    page.markup("<details class=\"how\"><summary>How it was counted")
    page.element("span", ["class": "unseen"], ": " + ticket)
    page.markup("</summary><div class=\"trace\">")
    for board in Board.allCases {
      guard let strip = StripDrawing.draw(trace, on: board) else { continue }
      page.markup(
        strip.svg(
          id: "\(id)-\(board.suffix)", style: board.style, title: "Time line of " + ticket,
          description: trace.identity))
    }
    TracePart(trace: trace, hasStopped: trace.stretches.contains { $0.stopped != 0 })
      .table(ticket: ticket, to: &page)
    identity(trace.identity, to: &page)
    page.element(
      "p", ["class": "comparison"],
      trace.comparison + (trace.lines.isEmpty ? "" : ". " + trace.lines))
    page.markup("</div></details>")
  }

  private typealias Amounts = (
    elapsed: Int64, paused: Int64, stopped: Int64, closed: Int64, wall: Int64
  )

  private func table(ticket: String, to page: inout HTMLWriter) {
    guard !trace.stretches.isEmpty else { return }
    page.open(
      "div",
      ["class": "scroll", "role": "group", "tabindex": "0", "aria-label": "Intervals of " + ticket])
    page.markup(
      "<table class=\"data intervals\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">")
    for name in textNames {
      page.markup("<th scope=\"col\" role=\"columnheader\">\(name)</th>")
    }
    for name in numberNames {
      page.markup("<th scope=\"col\" role=\"columnheader\" class=\"number\">\(name)</th>")
    }
    page.markup("</tr></thead><tbody role=\"rowgroup\">")
    var isMarked = trace.lost == nil
    for stretch in trace.stretches {
      if !isMarked, let lost = trace.lost, stretch.from.seconds >= lost.seconds {
        mark(lost, to: &page)
        isMarked = true
      }
      write(stretch, to: &page)
    }
    if !isMarked, let lost = trace.lost { mark(lost, to: &page) }
    page.markup("</tbody><tfoot role=\"rowgroup\"><tr role=\"row\">")
    page.markup("<th scope=\"row\" role=\"rowheader\" colspan=\"\(textNames.count)\">Sum</th>")
    numbers(trace.stretches.reduce((0, 0, 0, 0, 0)) { Self.sum($0, Self.amounts($1)) }, to: &page)
    page.markup("<td role=\"cell\" colspan=\"2\"></td></tr></tfoot></table></div>")
  }

  private var textNames: [String] {
    ["From", "To", "State"] + (trace.stretches.contains { !$0.rule.isEmpty } ? ["Rule"] : [])
  }

  private var numberNames: [String] {
    ["Elapsed", "Paused"] + (hasStopped ? ["Stopped"] : []) + [
      "Closed", "Wall", "Running total", "Line",
    ]
  }

  private static func amounts(_ stretch: Trace.Stretch) -> Amounts {
    (
      stretch.counted, stretch.paused, stretch.stopped, stretch.closed,
      stretch.to.seconds - stretch.from.seconds
    )
  }

  private static func sum(_ left: Amounts, _ right: Amounts) -> Amounts {
    (
      left.elapsed + right.elapsed, left.paused + right.paused, left.stopped + right.stopped,
      left.closed + right.closed, left.wall + right.wall
    )
  }

  private func write(_ stretch: Trace.Stretch, to page: inout HTMLWriter) {
    page.markup("<tr role=\"row\">")
    page.element("td", ["role": "cell"], PageText.exactMoment(stretch.from))
    page.element("td", ["role": "cell"], PageText.exactMoment(stretch.to))
    page.element("td", ["role": "cell", "class": "state"], stretch.state)
    if textNames.count > 3 {
      page.element("td", ["role": "cell", "class": "state"], stretch.rule)
    }
    numbers(Self.amounts(stretch), to: &page)
    page.element("td", ["role": "cell", "class": "number"], PageText.clock(stretch.runningTotal))
    page.element("td", ["role": "cell", "class": "number"], Self.line(of: stretch))
    page.markup("</tr>")
  }

  private static func line(of stretch: Trace.Stretch) -> String {
    if stretch.registerLine > 0 { return "register \(stretch.registerLine)" }
    return stretch.line > 0 ? String(stretch.line) : "–"
  }

  private func numbers(_ amounts: Amounts, to page: inout HTMLWriter) {
    let values =
      [amounts.elapsed, amounts.paused] + (hasStopped ? [amounts.stopped] : [])
      + [amounts.closed, amounts.wall]
    for value in values {
      page.element(
        "td", ["role": "cell", "class": "number"], value == 0 ? "–" : PageText.clock(value))
    }
  }

  private func mark(_ lost: LocalMoment, to page: inout HTMLWriter) {
    page.markup(
      "<tr class=\"lost\" role=\"row\"><td role=\"cell\" colspan=\"\(numberNames.count + textNames.count)\">"
    )
    page.write("Lost here: " + PageText.day(lost) + ", " + PageText.exactMoment(lost).suffix(8))
    page.markup("</td></tr>")
  }

  /// The identity, each amount above its name.
  private static func identity(_ text: String, to page: inout HTMLWriter) {
    guard !text.isEmpty else { return }
    page.markup("<p class=\"identity\">")
    var term: [Substring] = []
    func flush(_ page: inout HTMLWriter) {
      guard !term.isEmpty else { return }
      let amount = term.first { $0.contains(":") && $0.first?.isNumber ?? false }
      let name = term.filter { $0 != amount }.joined(separator: " ")
      page.markup("<span class=\"term\">")
      if let amount { page.element("b", String(amount)) }
      page.markup(" ")
      page.element("span", name)
      page.markup("</span> ")
      term = []
    }
    for word in text.split(separator: " ") {
      if word == "+" || word == "=" {
        flush(&page)
        page.element("span", ["class": "sign"], String(word))
        page.markup(" ")
      } else {
        term.append(word)
      }
    }
    flush(&page)
    page.markup("</p>")
  }
}
