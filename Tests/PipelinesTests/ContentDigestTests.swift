import Results
import Testing

@testable import Pipelines

@Suite("The hash of what a pack shows")
struct ContentDigestTests {
  private var row: PromiseRow {
    PromiseRow(
      ticket: "T-1", source: "desk", agreement: "a", customer: "c", clock: "k", tier: "P1",
      by: ["x", "y"], verdict: .met, file: 0, line: 7)
  }

  private func digest(_ rows: [PromiseRow], asOf: Int64 = 5) throws -> String {
    var results = CalculationResults(
      tool: "attain", asOf: asOf, tzdata: "2026a", inputs: [], rules: [], agreements: [])
    results.promises = rows
    return try ContentDigest.hex(of: results)
  }

  @Test("It changes with every field of a promise, and not with the as-of instant")
  func everyField() throws {
    let changes: [(inout PromiseRow) -> Void] = [
      { $0.ticket = "T-2" }, { $0.source = "o" }, { $0.agreement = "b" }, { $0.customer = "d" },
      { $0.clock = "l" }, { $0.tier = "P2" }, { $0.by = ["xy", ""] }, { $0.verdict = .breached },
      { $0.reason = "r" }, { $0.started = 0 }, { $0.stopped = 0 }, { $0.due = 0 },
      { $0.lost = 0 }, { $0.decided = 0 }, { $0.elapsedSeconds = 0 }, { $0.pausedSeconds = 0 },
      { $0.withinSeconds = 0 }, { $0.period = "p" }, { $0.stoppedPeriod = "p" },
      { $0.reversedFrom = "" }, { $0.holder = "h" }, { $0.file = 1 }, { $0.line = 8 },
      { $0.cycle = 2 },
    ]
    #expect(changes.count == Mirror(reflecting: row).children.count)
    var seen: Set<String> = [try digest([row])]
    for change in changes {
      var changed = row
      change(&changed)
      seen.insert(try digest([changed]))
    }
    #expect(seen.count == changes.count + 1)
    #expect(try digest([row], asOf: 6) == digest([row]))
    #expect(try digest([row, row]) != digest([row]))
  }
}
