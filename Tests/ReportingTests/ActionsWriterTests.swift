import ReportDocuments
import Reporting
import Results
import Testing

@Suite("The actions of a pack")
struct ActionsWriterTests {
  private func section(_ states: [(ActionRecord.State, String?)]) -> Section? {
    var results = SampleResults(tiers: [("P1", .init(met: 1, missed: 0))]).results()
    results.actions =
      states.isEmpty
      ? nil
      : states.enumerated().map { number, state in
        var record = ActionRecord(
          agreement: "it", customer: "Finance", title: "A\(number)", owner: "IT", state: state.0)
        record.due = state.1
        record.done = state.0 == .done ? "2026-10-05" : nil
        return record
      }
    return PackReporter(
      results: results, agreement: "it", customer: "Finance", generator: "attain"
    ).document().sections.first { $0.id == "actions" }
  }

  @Test("Overdue ones come first, then open ones by their day, then those done")
  func order() {
    let section = section([
      (.done, "2026-09-01"), (.open, nil), (.open, "2026-11-20"), (.overdue, "2026-10-15"),
      (.overdue, "2026-10-01"), (.open, "2026-11-02"),
    ])
    guard case .table(let table)? = section?.blocks.first else {
      return #expect(Bool(false), "no table")
    }
    #expect(table.rows.map { $0[0] } == ["A4", "A3", "A5", "A2", "A1", "A0"].map { .text($0) })
    #expect(table.rows[0][4] == .late("overdue") && table.rows[5][4] == .text("done 5 Oct 2026"))
    #expect(table.rows[0][3] == .text("1 Oct 2026") && table.rows[4][3] == .text(""))
    #expect(section?.title == "Five actions are open; two of them overdue")
    #expect(section?.mark == "5" && section?.markIsLate == true)
  }

  @Test("Titles of one, none overdue, all overdue, all done; without actions there is no section")
  func titles() {
    #expect(section([(.open, nil)])?.title == "One action is open; none is overdue")
    #expect(section([(.overdue, nil)])?.title == "One action is open and overdue")
    #expect(
      section([(.overdue, nil), (.overdue, nil)])?.title
        == "Two actions are open, and all are overdue")
    #expect(section([(.done, nil)])?.title == "The one action is done")
    #expect(section([]) == nil)
  }
}
