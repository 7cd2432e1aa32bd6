import ReportDocuments
import Results
import Testing

@testable import Reporting

@Suite("Due beside decided")
struct DueWriterTests {
  @Test("Shares differ if they are more than one point apart, exactly")
  func differ() {
    // 95 of 100 and 94 of 100 are one point apart; 94 of 101 is further.
    #expect(!DueWriter.differ(94, of: 100, from: 95, of: 100))
    #expect(DueWriter.differ(94, of: 101, from: 95, of: 100))
    #expect(DueWriter.differ(95, of: 100, from: 939, of: 1_000))
    #expect(!DueWriter.differ(0, of: 0, from: 95, of: 100))
  }

  @Test("A promise due in another period moves the share of a target")
  func moved() throws {
    var results = SampleResults(tiers: [("P1", SampleResults.Counted(met: 1, missed: 1))]).results()
    results.agreements[0].countBy = "decided"
    let agreement = results.agreements[0]
    let period = try #require(agreement.periods.first { $0.label == agreement.period })
    let counted = results.promises.indices.filter { index in
      let promise = results.promises[index]
      return promise.customer == "Finance" && promise.tier == "P1"
    }
    for index in counted {
      let isMet = results.promises[index].verdict == .met
      results.promises[index].due = isMet ? period.start : period.end
    }
    let pack = try #require(PackView(results, agreement: agreement.name, customer: "Finance"))
    let table = try #require(DueWriter(pack: pack).table)
    #expect(table.rows.map { $0[2] } == [.text("1 of 2")])
    #expect(table.rows.map { $0[4] } == [.text("1 of 1")])
  }
}
