import ReportDocuments

/// The answer first: line, headline, lede, folded contents, facts.
enum CoverPart {
  static func write(_ document: ReportDocument, _ anchors: Anchors, to page: inout HTMLWriter) {
    let cover = document.cover
    page.open("header", ["class": "cover", "id": "summary"])
    if let logo = document.properties.logo, logo.hasPrefix("data:image/") {
      page.markup("<p class=\"brand\">")
      // It stands beside the names that it would tell.
      page.open("img", ["src": logo, "alt": ""])
      page.close("p")
    }
    page.open("p", ["class": "line"])
    page.element("strong", document.properties.customer)
    let properties = document.properties
    for text in [properties.agreement, properties.period, properties.issue] where !text.isEmpty {
      page.markup(" ")
      page.element("span", text)
    }
    page.close("p")
    page.element("h1", cover.headline)
    if !cover.lede.isEmpty { page.element("p", ["class": "lede"], cover.lede) }
    page.markup("<details class=\"contents\"><summary>Contents</summary>")
    contents(document, anchors, label: "Contents, folded", to: &page)
    page.close("details")
    if !cover.facts.isEmpty { facts(cover.facts, to: &page) }
    page.close("header")
  }

  static func contents(
    _ document: ReportDocument, _ anchors: Anchors, label: String, to page: inout HTMLWriter
  ) {
    page.open("nav", ["aria-label": label])
    page.markup("<ul><li><a href=\"#summary\"><span>Summary</span></a></li>")
    for section in document.sections {
      guard let id = anchors.id(for: section.id) else { continue }
      page.markup("<li>")
      page.open("a", ["href": "#" + id])
      page.element("span", TextWidth.label(section.contentsTitle, limit: 48))
      if !section.mark.isEmpty {
        page.markup(" ")
        page.element("span", ["class": section.markIsLate ? "mark late" : "mark"], section.mark)
      }
      page.markup("</a></li>")
    }
    page.markup("</ul></nav>")
  }

  private static func facts(_ facts: [Cover.Fact], to page: inout HTMLWriter) {
    page.markup("<ul class=\"facts\">")
    for fact in facts {
      page.markup("<li><p class=\"figure-line\">")
      page.element("span", ["class": fact.isLate ? "key late" : "key"], fact.figure)
      if !fact.unit.isEmpty {
        page.markup(" ")
        page.element("span", ["class": "unit"], fact.unit)
      }
      page.markup("</p>")
      page.element("p", ["class": "label"], fact.label)
      page.markup("</li>")
    }
    page.markup("</ul>")
  }
}

extension Section {
  /// What the contents call the section.
  var contentsTitle: String { contents.isEmpty ? title : contents }
}
