/// A drawing of a chart: shapes by class and attribute, and texts whose extent is known.
///
/// One unit is one pixel. Numbers that are not finite cannot leave it.
struct Drawing {
  enum Anchor: String { case start, middle, end }

  /// A text as placed, with its estimated extent.
  struct Label {
    let text: String
    let left: Double
    let right: Double
    let baseline: Double
  }

  let width: Double
  let height: Double
  private(set) var labels: [Label] = []
  private var writer = HTMLWriter()

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  /// A number of at most two decimals; what is not finite becomes 0.
  static func number(_ value: Double) -> String {
    guard value.isFinite, value.magnitude < 1e9 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let whole = hundredths.magnitude / 100
    let rest = hundredths.magnitude % 100
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  mutating func line(
    _ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, tip: String? = nil
  ) {
    shape(
      "line",
      [
        "class": style, "x1": Self.number(x1), "y1": Self.number(y1), "x2": Self.number(x2),
        "y2": Self.number(y2),
      ], tip: tip)
  }

  mutating func bar(
    _ style: String, x: Double, y: Double, width: Double, height: Double, radius: Double = 0,
    tip: String? = nil
  ) {
    shape(
      "rect",
      [
        "class": style, "x": Self.number(x), "y": Self.number(y),
        "width": Self.number(max(0, width)), "height": Self.number(max(0, height)),
        "rx": radius > 0 ? Self.number(radius) : nil,
      ], tip: tip)
  }

  mutating func dot(_ style: String, x: Double, y: Double, radius: Double, tip: String? = nil) {
    shape(
      "circle",
      [
        "class": style, "cx": Self.number(x), "cy": Self.number(y), "r": Self.number(radius),
      ], tip: tip)
  }

  mutating func path(_ style: String, through points: [(x: Double, y: Double)]) {
    guard points.count > 1 else { return }
    let steps = points.enumerated().map { index, point in
      (index == 0 ? "M" : "L") + Self.number(point.x) + " " + Self.number(point.y)
    }
    writer.mark("path", ["class": style, "d": steps.joined()])
  }

  /// Writes text and keeps it on the board by turning its anchor inwards.
  mutating func text(
    _ content: String, x: Double, y: Double, anchor: Anchor = .start, style: String = "t",
    tip: String? = nil
  ) {
    guard !content.isEmpty else { return }
    let words = style.split(separator: " ")
    let size = words.contains("count") ? 11.0 : 12.0
    let length = TextWidth.estimate(content, size: size, isBold: words.contains("b"))
    let left: Double
    switch anchor {
    case .start: left = x
    case .middle: left = x - length / 2
    case .end: left = x - length
    }
    var place = (x: x, anchor: anchor)
    if left < 0 { place = (0, .start) }
    if left + length > width { place = length > width ? (0, .start) : (width, .end) }
    let start =
      place.anchor == .start
      ? place.x : place.anchor == .end ? place.x - length : place.x - length / 2
    labels.append(Label(text: content, left: start, right: start + length, baseline: y))
    writer.open(
      "text",
      [
        "class": style, "x": Self.number(place.x), "y": Self.number(y),
        "text-anchor": place.anchor == .start ? nil : place.anchor.rawValue,
      ])
    if let tip { writer.element("title", tip) }
    writer.write(content)
    writer.close("text")
  }

  /// A dashed frame with words, for a chart that has nothing to show.
  mutating func emptyFrame(_ words: String) {
    bar("empty", x: 0.5, y: 0.5, width: width - 1, height: height - 1, radius: 6)
    text(words, x: width / 2, y: height / 2 + 4, anchor: .middle, style: "t b on-surface")
  }

  /// The drawing as an image with a name and a description.
  func svg(id: String, style: String, title: String, description: String) -> String {
    var page = HTMLWriter()
    page.open(
      "svg",
      [
        "class": "drawing " + style, "viewBox": "0 0 \(Self.number(width)) \(Self.number(height))",
        "width": Self.number(width), "height": Self.number(height), "role": "img",
        "aria-labelledby": "\(id)-t \(id)-d",
      ])
    page.element("title", ["id": id + "-t"], title)
    page.element("desc", ["id": id + "-d"], description)
    page.markup(writer.text)
    page.close("svg")
    return page.text
  }

  /// The drawing as decoration beside a figure that is written out.
  var decoration: String {
    "<svg class=\"mini\" viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\" width=\""
      + "\(Self.number(width))\" height=\"\(Self.number(height))\" aria-hidden=\"true\">"
      + writer.text + "</svg>"
  }

  private mutating func shape(
    _ name: String, _ attributes: KeyValuePairs<String, String?>, tip: String?
  ) {
    guard let tip else { return writer.mark(name, attributes) }
    writer.open(name, attributes)
    writer.element("title", tip)
    writer.close(name)
  }
}

/// The two drawings of every chart.
enum Board: CaseIterable {
  case wide, narrow

  var width: Double { self == .wide ? 704 : 343 }
  var style: String { self == .wide ? "wide" : "narrow" }
  var suffix: String { self == .wide ? "w" : "n" }
}
