import ReportDocuments
import Testing

@testable import HTMLReports

struct AvailabilityDrawingTests {
  private static let day: Int64 = 86_400
  /// 1 October 2026 in London.
  private static let start: Int64 = 1_790_809_200

  private static func moment(_ day: Double) -> LocalMoment {
    let seconds = start + Int64(day * Double(Self.day))
    return LocalMoment(seconds: seconds, localSeconds: seconds + 3_600)
  }

  private static func mark(_ name: String, _ from: Double, _ to: Double) -> AvailabilityChart.Mark {
    AvailabilityChart.Mark(name: name, from: moment(from), to: moment(to), length: "26 m")
  }

  private static func chart(days: Double, lanes: Int, marks: Int) -> AvailabilityChart {
    AvailabilityChart(
      start: moment(0), end: moment(days),
      lanes: (0..<lanes).map { lane in
        AvailabilityChart.Lane(
          name: "A service with quite a long name \(lane)", reached: "99.47 %, down 1 h of 59 m",
          isMissed: lane.isMultiple(of: 2),
          outages: (0..<marks).map {
            mark("Outage \($0)", Double($0) * days / 40, Double($0) * days / 40 + 0.01)
          }, maintenance: (0..<marks).map { mark("Release \($0)", Double($0), Double($0) + 0.1) })
      }, emptyText: "No outage in October")
  }

  @Test("Lanes keep to their board, and names to their own room", arguments: Board.allCases)
  func lanes(board: Board) {
    for (days, lanes, marks) in [(31.0, 2, 3), (31, 20, 40), (365, 3, 12), (1, 1, 1), (31, 1, 0)] {
      let drawing = AvailabilityDrawing.draw(
        Self.chart(days: days, lanes: lanes, marks: marks), on: board)
      #expect(!drawing.labels.isEmpty)
      for label in drawing.labels {
        #expect(label.left >= -0.01 && label.right <= drawing.width + 0.01, "\(label.text)")
        #expect(label.baseline >= 9 && label.baseline <= drawing.height, "\(label.text)")
      }
      for (_, line) in Dictionary(grouping: drawing.labels, by: \.baseline) {
        let ordered = line.sorted { $0.left < $1.left }
        for (a, b) in zip(ordered, ordered.dropFirst()) {
          #expect(a.right <= b.left, "\(a.text) meets \(b.text)")
        }
      }
    }
  }

  @Test("A lane without an outage says so, and no lane is an empty frame")
  func empty() {
    let lane = AvailabilityDrawing.draw(Self.chart(days: 31, lanes: 1, marks: 0), on: .wide)
    #expect(lane.labels.contains { $0.text == "No outage in October" })
    let none = AvailabilityDrawing.draw(Self.chart(days: 31, lanes: 0, marks: 0), on: .wide)
    #expect(none.labels.map(\.text) == ["No outage in October"])
  }
}
