import ReportDocuments
import Testing
import Workbooks

@testable import XLSXReports

@Suite("Control limits in trend charts")
struct LimitLinesTests {
  private func sheet(_ role: DataSheet.Role, _ keys: [String], _ rows: [[Cell]]) -> DataSheet {
    DataSheet(
      role: role, name: role.rawValue, file: nil, columns: keys.map { .init($0, $0) }, rows: rows)
  }

  private func document(limits months: [String], upper: Cell = .notMeasured) -> ReportDocument {
    var document = SampleDocument.document()
    let share = Share(8, of: 10).map { Cell.share($0) } ?? .notMeasured
    document.dataSheets = [
      sheet(
        .attainment, ["clock", "tier", "period", "attainment"],
        ["01", "02", "03"].map { [.text("resolution"), .text("P1"), .text($0), share] }),
      sheet(
        .control, ["clock", "tier", "measure", "period", "mean", "lower", "upper"],
        [[.text("resolution"), .text("P1"), .text("volume"), .text("01"), share, share, share]]
          + months.map {
            [.text("resolution"), .text("P1"), .text("attainment"), .text($0), share, share, upper]
          }),
    ]
    return document
  }

  private func series(_ document: ReportDocument) -> [String] {
    let plan = WorkbookPlan(document)
    guard let part = plan.part(.attainment) else { return [] }
    let charts = TrendCharts(part: part, limits: plan.part(.control).map(LimitLines.init)).charts
    return charts.flatMap(\.series).map { series in
      let rows = series.values.range
      return "\(series.name) \(series.values.sheet) \(rows.first.row)-\(rows.last.row)"
    }
  }

  @Test("Mean and limits are drawn over the same months as attainment, from the sheet of limits")
  func drawn() {
    // The rows of data begin at row 4, counted from 0.
    #expect(
      series(document(limits: ["00", "01", "02", "03", "04"])) == [
        "attainment attainment 4-6", "mean control 6-8", "expected at least control 6-8",
      ])
  }

  @Test("A limit that nothing can pass is no line; months that do not fit draw none")
  func leftOut() {
    let share = Share(9, of: 10).map { Cell.share($0) } ?? .notMeasured
    #expect(
      series(document(limits: ["01", "02", "03"], upper: share)).contains(
        "expected at most control 5-7"))
    #expect(series(document(limits: ["01", "03", "04"])).count == 1)
    #expect(series(document(limits: ["01", "02"])).count == 1)
    #expect(series(document(limits: [])).count == 1)
  }
}
