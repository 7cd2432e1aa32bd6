import ReportDocuments

/// What a chart means, below it: an icon, the answer and a sentence.
enum StatementPart {
  static func write(_ statements: [Statement], to page: inout HTMLWriter) {
    guard !statements.isEmpty else { return }
    page.markup("<div class=\"statements\">")
    for statement in statements {
      page.markup("<div class=\"statement\">" + StatementIcon.draw(statement.icon) + "<p>")
      page.element("strong", statement.answer + ".")
      page.write(" " + statement.text)
      page.markup("</p></div>")
    }
    page.markup("</div>")
  }
}

/// The icons of variation and assurance, in the manner of NHS England's Making Data Count.
///
/// Shape alone tells them apart; they never stand without words.
enum StatementIcon {
  static func draw(_ icon: Statement.Icon) -> String {
    var drawing = Drawing(width: 44, height: 44)
    drawing.dot("icon-ring \(style(icon))", x: 22, y: 22, radius: 20.5)
    switch icon {
    case .commonCause: dots([24, 18, 26, 19, 22], icon, in: &drawing)
    case .better: dots([30, 28, 25, 18, 13], icon, in: &drawing)
    case .worse: dots([13, 16, 19, 26, 31], icon, in: &drawing)
    case .reliablyMet: range(top: 12, objective: 30, icon, in: &drawing)
    case .reliablyMissed: range(top: 22, objective: 14, icon, in: &drawing)
    case .mayOrMayNot: range(top: 16, objective: 22, icon, in: &drawing)
    case .lineOnly, .tooEarly:
      for x in [14.0, 22, 30] { drawing.dot("icon-dot grey", x: x, y: 22, radius: 2.2) }
    }
    return drawing.decoration
  }

  private static func style(_ icon: Statement.Icon) -> String {
    switch icon {
    case .commonCause, .mayOrMayNot: "grey"
    case .better, .reliablyMet: "good"
    case .worse, .reliablyMissed: "bad"
    case .lineOnly, .tooEarly: "grey unknown"
    }
  }

  /// Five months around their mean; the last two are larger where they are the signal.
  private static func dots(_ heights: [Double], _ icon: Statement.Icon, in drawing: inout Drawing) {
    let points = heights.enumerated().map { (x: 10 + 6 * Double($0.offset), y: $0.element) }
    drawing.line("icon-mean", 7, 22, 37, 22)
    drawing.path("icon-line \(style(icon))", through: points)
    for (index, point) in points.enumerated() {
      let isLarge = icon != .commonCause && index >= 3
      drawing.dot("icon-dot \(style(icon))", x: point.x, y: point.y, radius: isLarge ? 3.2 : 2.2)
    }
  }

  /// The expected range as a bar, and the objective as a dashed line.
  private static func range(
    top: Double, objective: Double, _ icon: Statement.Icon, in drawing: inout Drawing
  ) {
    drawing.bar("icon-bar \(style(icon))", x: 13, y: top, width: 18, height: 12, radius: 2)
    drawing.line("icon-objective \(style(icon))", 8, objective, 36, objective)
  }
}
