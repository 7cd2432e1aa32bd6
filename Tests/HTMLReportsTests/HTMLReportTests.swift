import ReportDocuments
import Testing

@testable import HTMLReports

@Suite("The page of a report")
struct HTMLReportTests {
  static let all = [("month", SampleReport.month())] + OddReports.all

  @Test("The same document gives the same bytes")
  func deterministic() throws {
    for (name, document) in Self.all {
      #expect(try HTMLReport.page(document) == HTMLReport.page(document), "\(name)")
    }
  }

  @Test("Ids are unique and every reference resolves")
  func anchors() throws {
    for (name, document) in Self.all {
      let page = PageMarkup(try HTMLReport.page(document))
      let ids = page.values(of: "id")
      #expect(Set(ids).count == ids.count && ids.count > 3, "\(name)")
      for target in page.values(of: "href") where target.hasPrefix("#") {
        #expect(ids.contains(String(target.dropFirst())), "\(name): \(target)")
      }
      for target in page.values(of: "aria-labelledby").flatMap({ $0.split(separator: " ") }) {
        #expect(ids.contains(String(target)), "\(name): \(target)")
      }
    }
  }

  @Test("One first heading, and no level is skipped")
  func headings() throws {
    for (name, document) in Self.all {
      let page = PageMarkup(try HTMLReport.page(document))
      let levels = page.tags.compactMap { tag in
        tag.firstMatch(of: /^<h([1-6])/).flatMap { Int($0.output.1) }
      }
      #expect(levels.count { $0 == 1 } == 1 && levels.first == 1, "\(name)")
      for (above, below) in zip(levels, levels.dropFirst()) {
        #expect(below <= above + 1, "\(name)")
      }
    }
  }

  @Test("No element carries a style or a handler, and nothing is loaded from elsewhere")
  func plainAttributes() throws {
    for (name, document) in Self.all {
      let page = PageMarkup(try HTMLReport.page(document))
      for tag in page.tags {
        let outside = tag.replacing(/"[^"]*"/, with: "")
        #expect(!outside.contains(" style="), "\(name): \(tag)")
        #expect(outside.firstMatch(of: /\son[a-z]+=/) == nil, "\(name): \(tag)")
        #expect(!tag.hasPrefix("<img") && !tag.hasPrefix("<script"), "\(name): \(tag)")
      }
      #expect(page.values(of: "src").isEmpty, "\(name)")
      #expect(page.values(of: "href").allSatisfy { !$0.hasPrefix("javascript") }, "\(name)")
    }
  }

  @Test("The policy names the hashes of the one style and the one script")
  func policy() throws {
    for (name, document) in Self.all {
      let page = PageMarkup(try HTMLReport.page(document))
      for (element, directive) in [("style", "style-src"), ("script", "script-src")] {
        let hash = PageDigest.source(of: page.content(of: element))
        #expect(page.text.contains("\(directive) '\(hash)'"), "\(name)")
        #expect(page.text.ranges(of: "<\(element)>").count == 1, "\(name)")
        #expect(page.text.ranges(of: "</\(element)>").count == 1, "\(name)")
      }
    }
  }

  @Test("Names of any script and markup are text; control characters are gone")
  func escaping() throws {
    let page = PageMarkup(try HTMLReport.page(OddReports.hostile))
    #expect(page.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.text.contains(">=1+1<"))
    #expect(page.text.contains("倉庫管理システム障害対応チーム"))
    #expect(!page.text.unicodeScalars.contains { $0 != "\n" && HTMLWriter.isRemoved($0) })
    #expect(HTMLWriter.escape("95 % & <\u{0}>") == "95\u{A0}% &amp; &lt;&gt;")
  }

  @Test("No number of a drawing is anything but a number")
  func numbers() throws {
    for (name, document) in Self.all {
      let page = PageMarkup(try HTMLReport.page(document))
      for attribute in ["x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "d"] {
        for value in page.values(of: attribute) {
          #expect(value.wholeMatch(of: /[ML0-9.\- ]+/) != nil, "\(name): \(attribute)=\(value)")
        }
      }
    }
    #expect(Drawing.number(.nan) == "0" && Drawing.number(.infinity) == "0")
    #expect(Drawing.number(-1.005) == "-1" || Drawing.number(-1.005) == "-1.01")
    #expect(Drawing.number(0.05) == "0.05" && Drawing.number(12.5) == "12.5")
  }

  @Test("Every figure is drawn twice and has its table behind it")
  func tablesBehind() throws {
    let page = PageMarkup(try HTMLReport.page(SampleReport.month()))
    let figures = page.tags.count { $0.hasPrefix("<figure") }
    #expect(figures == 3)
    #expect(page.tags.count { $0.contains("class=\"behind\"") } == figures)
    let traces = page.tags.count { $0.contains("class=\"how\"") }
    #expect(page.tags.count { $0.contains("class=\"drawing wide\"") } == figures + traces)
    #expect(page.tags.count { $0.contains("class=\"drawing narrow\"") } == figures + traces)
  }

  @Test("The grid shows the last twelve months, however many there are")
  func lastMonths() throws {
    let page = PageMarkup(try HTMLReport.page(OddReports.fifteenYears))
    #expect(page.tags.count { $0.contains("scope=\"col\"") && $0.contains("class=\"month") } == 12)
  }

  @Test("A ledger that does not tie out says so")
  func ledger() {
    var page = HTMLWriter()
    LedgerPart.write(
      LedgerBlocks(blocks: [
        .init(whole: .init("All", 1200), parts: [.init("lost", 200), .init("kept", 999)])
      ]),
      to: &page)
    #expect(page.text.contains("999 + 200 = 1,200"))
    #expect(page.text.contains("does not tie out"))
  }

  @Test("A link leads into the page, beside it, or to the web, and nowhere else")
  func links() {
    let anchors = Anchors(SampleReport.month())
    #expect(CellPart.address("#resolution-p3", anchors) == "#resolution-p3")
    #expect(CellPart.address("csv/tickets.csv", anchors) == "csv/tickets.csv")
    for target in [
      "javascript:alert(1)", "#none", "/etc/passwd", "", "java\nscript:x", "data:text/html,x",
    ] {
      #expect(CellPart.address(target, anchors) == nil, "\(target)")
    }
  }

  @Test("A cell that differs from the pack issued has a corner, a word for it, and a key")
  func issuedCells() throws {
    var document = SampleReport.month()
    let plain = String(decoding: try HTMLReport.page(document), as: UTF8.self)
    #expect(!plain.contains(" changed\"") && !plain.contains("differs from the pack issued"))
    document.slam.groups[0].rows[0].entries[0].issued = "issue 1 has <b>91.3 %"
    document.properties.issue = "Issue 2, replaces issue 1 of 2 Nov 2026"
    let page = String(decoding: try HTMLReport.page(document), as: UTF8.self)
    #expect(page.contains(" changed\""))
    #expect(page.contains("<span class=\"unseen\">issue 1 has &lt;b&gt;91.3\u{a0}%</span>"))
    #expect(page.contains("differs from the pack issued"))
    #expect(page.contains("<span>Issue 2, replaces issue 1 of 2 Nov 2026</span>"))
  }
}
