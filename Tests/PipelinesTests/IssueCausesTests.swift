import Results
import Testing

@testable import Pipelines

@Suite("Causes of a change")
struct IssueCausesTests {
  private func promise(paused: Int64 = 0, within: Int64 = 14_400, tier: String = "P1")
    -> IssuedMonth.Promise
  {
    let key = PromiseKey(source: "desk", ticket: "INC7", clock: "resolution", cycle: nil)
    var promise = IssuedMonth.Promise(key: key, tier: tier, verdict: .met, isCounted: true)
    promise.pausedSeconds = paused
    promise.withinSeconds = within
    return promise
  }

  private func causes(
    _ differences: WritableKeyPath<IssueCauses.Differences, Bool>..., rowsChanged: Bool = false,
    now: IssuedMonth.Promise? = nil
  ) -> [ChangeCause] {
    var found = IssueCauses.Differences()
    for difference in differences { found[keyPath: difference] = true }
    let causes = IssueCauses(
      differences: found, changedTickets: rowsChanged ? ["desk": ["INC7"]] : [:])
    return causes.causes(promise(), now ?? promise())
  }

  @Test("One thing that differs is the cause")
  func one() {
    #expect(causes(rowsChanged: true) == [.data])
    #expect(causes() == [.data])
    #expect(causes(\.calendar) == [.calendar])
    #expect(causes(\.tzdata) == [.tzdata])
    #expect(causes(\.tool) == [.tool])
    #expect(causes(\.agreement, now: promise(within: 18_000)) == [.target])
    #expect(causes(\.agreement, now: promise(paused: 60)) == [.pause])
    #expect(causes(\.exclusions, now: promise(paused: 60)) == [.exclusion])
    var excluded = promise()
    excluded.verdict = .excluded
    #expect(causes(\.exclusions, now: excluded) == [.exclusion])
    #expect(causes(\.exclusions, now: promise(tier: "P2")) == [.data])
  }

  @Test("Of several that differ all are named, in the fixed order, rather than one guessed")
  func several() {
    #expect(
      causes(\.tool, \.agreement, rowsChanged: true, now: promise(within: 18_000))
        == [.data, .target, .tool])
    #expect(causes(\.calendar, rowsChanged: true) == [.data, .calendar])
    #expect(
      causes(\.agreement, now: promise(tier: "P2")) == [.pause, .exclusion, .target, .calendar])
    #expect(causes(\.mapping, \.calendar) == [.calendar, .mapping])
    #expect(causes(\.mapping, rowsChanged: true) == [.data, .mapping])
  }

  @Test("Where it is not known which rows changed, it can be those of any ticket")
  func unknownRows() {
    var found = IssueCauses.Differences()
    found.tool = true
    let causes = IssueCauses(differences: found, changedTickets: nil)
    #expect(causes.causes(promise(), promise()) == [.data, .tool])
  }
}
