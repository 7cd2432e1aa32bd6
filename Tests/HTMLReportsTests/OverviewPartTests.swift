import Foundation
import ReportDocuments
import Testing

@testable import HTMLReports

@Suite("The overview's data in a page")
struct OverviewPartTests {
  @Test("It is JSON that says what the overview says, without a character of markup")
  func json() throws {
    let names =
      OddReports.hostileNames + ["</script><script>alert(1)</script>", "a\u{2028}b", "\\\""]
    let overview = Overview(
      dimensions: [.init("Tier", values: names), .init("Month", values: ["October 2026"])],
      rows: names.indices.map { .init(places: [$0, 0], met: $0, decided: 2 * $0) })
    let text = OverviewPart.json(overview)
    #expect(!text.contains(where: { "<>&'".contains($0) }))
    let data = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let dimensions = try #require(data["dimensions"] as? [[String: Any]])
    // Control characters and those that turn the direction are left out, as everywhere in a page.
    let read = try #require(dimensions[0]["values"] as? [String])
    let kept = names.map { name in
      String(
        String.UnicodeScalarView(name.unicodeScalars.filter { !HTMLWriter.isRemoved($0) }))
    }
    #expect(read == kept)
    #expect(data["rows"] as? [[Int]] == names.indices.map { [$0, 0, $0, 2 * $0] })
  }

  @Test("The page's script is at most 300 lines")
  func script() {
    #expect(PageScript.text.split(separator: "\n").count <= 300)
  }
}
