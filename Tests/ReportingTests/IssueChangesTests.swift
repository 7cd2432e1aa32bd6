import ReportDocuments
import Reporting
import Results
import Testing

@Suite("What changed since a pack was issued")
struct IssueChangesTests {
  private typealias Promise = IssuedMonth.Promise

  private func promise(
    _ ticket: String, _ verdict: Verdict, tier: String = "P1", elapsed: Int64 = 14_400,
    isCounted: Bool = true
  ) -> Promise {
    let key = PromiseKey(source: "desk", ticket: ticket, clock: "resolution", cycle: nil)
    var promise = Promise(key: key, tier: tier, verdict: verdict, isCounted: isCounted)
    promise.elapsedSeconds = elapsed
    promise.withinSeconds = 14_400
    return promise
  }

  private func month(_ promises: [Promise], objective: Int64? = 95_000_000) -> IssuedMonth {
    var counts: [String: PromiseCounts] = [:]
    for promise in promises where promise.isCounted {
      switch promise.verdict {
      case .met: counts[promise.tier, default: PromiseCounts()].met += 1
      case .breached: counts[promise.tier, default: PromiseCounts()].breached += 1
      case .overdue: counts[promise.tier, default: PromiseCounts()].overdue += 1
      default: break
      }
    }
    return IssuedMonth(
      figures: counts.map {
        .init(clock: "resolution", tier: $0.key, objective: objective, counts: $0.value)
      }, promises: promises)
  }

  private let issue = IssueRecord(
    agreement: "it", customer: "Finance", period: "2026-09", number: 1,
    asOf: SampleResults.october + 21_600, replacedAsOf: nil)

  private func changes(_ was: [Promise], _ now: [Promise]) -> IssueChanges {
    IssueChanges.between(month(was), and: month(now), of: issue) { _, _ in [.data] }
  }

  @Test("A second over flips a verdict; a second more of the time allowed flips nothing")
  func toTheSecond() {
    let was = [promise("A", .met, elapsed: 14_399), promise("B", .met, elapsed: 14_399)]
    let now = [promise("A", .breached, elapsed: 14_401), promise("B", .met, elapsed: 14_400)]
    let changes = changes(was, now)
    #expect(changes.promises.map(\.ticket) == ["A"])
    #expect(changes.promises.map(\.kind) == [.changed])
    #expect(changes.promises[0].was?.elapsedSeconds == 14_399)
    #expect(changes.promises[0].is?.elapsedSeconds == 14_401)
    #expect(changes.figures.map(\.was) == [.init(met: 2, missed: 0)])
    #expect(changes.figures.map(\.is) == [.init(met: 1, missed: 1)])
  }

  @Test("Promises come into a month, go out of it, or change places without a change of a figure")
  func inAndOut() {
    let was = [
      promise("A", .met), promise("B", .breached), promise("C", .running, isCounted: false),
    ]
    let now = [promise("A", .breached), promise("B", .met), promise("C", .met), promise("D", .met)]
    let changes = changes(was, now)
    #expect(changes.promises.map(\.ticket) == ["A", "B", "C", "D"])
    #expect(changes.promises.map(\.kind) == [.changed, .changed, .cameIn, .cameIn])
    let swapped = self.changes(Array(was[0...1]), Array(now[0...1]))
    #expect(swapped.promises.count == 2)
    #expect(!swapped.isEmpty && !swapped.figures[0].isChanged)
    let back = self.changes(now, was)
    #expect(back.promises.map(\.kind) == [.changed, .changed, .wentOut, .wentOut])
  }

  @Test("Another tier or another objective is a change; what was and is not counted is none")
  func otherChanges() {
    let moved = changes([promise("A", .met)], [promise("A", .met, tier: "P2")])
    #expect(moved.promises.map(\.ticket) == ["A"])
    #expect(moved.promises.first?.was?.tier == "P1")
    #expect(moved.promises.first?.is?.tier == "P2")
    #expect(changes([promise("A", .running, isCounted: false)], []).isEmpty)
    #expect(changes([promise("A", .met)], [promise("A", .met, elapsed: 1)]).isEmpty)
    let other = IssueChanges.between(
      month([promise("A", .met)]), and: month([promise("A", .met)], objective: 96_000_000),
      of: issue
    ) { _, _ in [] }
    #expect(other.promises.isEmpty && !other.isEmpty)
  }

  private func document(_ changes: [IssueChanges]?, issues: [IssueRecord]? = nil)
    -> ReportDocument
  {
    let sample = SampleResults(
      tiers: [("P1", .init(met: 95, missed: 5))], september: [.init(met: 69, missed: 7)])
    var results = sample.results()
    results.changes = changes
    results.issues = issues
    return PackReporter(
      results: results, agreement: "it", customer: "Finance", generator: "attain"
    ).document()
  }

  /// 70 of 76 kept in September, and one of them now missed.
  private var september: IssueChanges {
    let kept =
      (0..<69).map { promise("K\($0)", .met) } + (0..<6).map { promise("L\($0)", .breached) }
    return changes(
      kept + [promise("INC7", .met)], kept + [promise("INC7", .breached, elapsed: 14_401)])
  }

  @Test("A section says in one sentence what became of the share, and marks the cell")
  func section() throws {
    let document = document([september])
    let section = try #require(document.sections.first { $0.id == "changes" })
    let space = "\u{a0}"
    #expect(
      section.title
        == "Since issue 1 of 1 Oct 2026, one promise of September changed: "
        + "92.1\(space)% kept became 90.8\(space)%")
    guard case .table(let figures) = section.blocks[0],
      case .table(let promises) = section.blocks[1]
    else {
      Issue.record("two tables were expected")
      return
    }
    #expect(figures.rows.count == 1)
    #expect(figures.rows[0][3] == .text("70 of 76") && figures.rows[0][6] == .text("69 of 76"))
    #expect(
      promises.rows == [
        [
          .identifier("INC7"), .text("P1 resolution"), .text("data"), .text("met"),
          .text("breached"), .duration(seconds: 14_400), .duration(seconds: 14_401),
        ]
      ])
    let entries = document.slam.groups[0].rows[0].entries
    #expect(entries.map(\.issued) == ["issue 1 has 92.1\(space)%, 70 of 76", nil])
    let sheet = try #require(document.dataSheets.first { $0.role == .changes })
    #expect(sheet.file == "changes" && sheet.rows.count == 1)
    #expect(sheet.rows[0].count == sheet.columns.count)
  }

  @Test("Without a change there is no section, no sheet, no mark and no issue")
  func nothing() {
    let document = document(nil)
    #expect(!document.sections.contains { $0.id == "changes" })
    #expect(!document.dataSheets.contains { $0.role == .changes })
    #expect(document.slam.groups[0].rows[0].entries.allSatisfy { $0.issued == nil })
    #expect(document.properties.issue.isEmpty)
  }

  @Test("The cover says which issue it is, and what it takes the place of")
  func issues() {
    var record = issue
    (record.period, record.customer) = ("2026-10", "Finance")
    #expect(document(nil, issues: [record]).properties.issue == "Issue 1")
    (record.number, record.replacedAsOf) = (2, SampleResults.november + 7 * 3_600)
    #expect(
      document(nil, issues: [record]).properties.issue
        == "Issue 2, replaces issue 1 of 1 Nov 2026")
    record.customer = "Sales"
    #expect(document(nil, issues: [record]).properties.issue.isEmpty)
  }

  @Test("Another customer's changes are in no pack")
  func otherCustomers() {
    var other = september
    other.customer = "Sales"
    #expect(!document([other]).sections.contains { $0.id == "changes" })
    #expect(document([other]).slam.groups[0].rows[0].entries.allSatisfy { $0.issued == nil })
  }
}
