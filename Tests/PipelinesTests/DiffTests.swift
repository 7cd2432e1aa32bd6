import Foundation
import Results
import ServiceTime
import TestSupport
import Testing

@testable import Pipelines

/// What is named as the cause of a difference, beside replays that are made from scratch.
@Suite("Differences and their causes") struct DiffTests {
  typealias Input = DiffDesk.Input

  /// What a month tells of a promise.
  private struct Sight: Hashable {
    var verdict: Verdict?
    var tier: String?
    var elapsed: Int64?
  }

  private struct Key: Hashable {
    var customer: String
    var promise: PromiseKey
  }

  private func sights(_ results: CalculationResults) -> [Key: Sight] {
    var sights: [Key: Sight] = [:]
    for row in results.promises where row.period == "2026-03" {
      sights[Key(customer: row.customer, promise: PromiseKey(row))] = Sight(
        verdict: row.verdict, tier: row.tier, elapsed: row.elapsedSeconds)
    }
    return sights
  }

  /// The first input of those exchanged after which the promise reads otherwise, found by writing
  /// an agreement for each step and calculating all of it anew.
  private func slowCause(
    _ key: Key, _ exchanged: [Input], _ desk: DiffDesk, night: Int,
    _ steps: inout [Set<Input>: [Key: Sight]]
  ) throws -> ChangeCause? {
    func sight(_ inputs: Set<Input>) throws -> Sight {
      if steps[inputs] == nil { steps[inputs] = sights(try desk.results(inputs, night: night)) }
      return steps[inputs]?[key] ?? Sight()
    }
    let (was, now) = (try sight([]), try sight(Set(exchanged)))
    let isVerdict = (was.verdict, was.tier) != (now.verdict, now.tier)
    var inputs: Set<Input> = []
    for input in Input.allCases where exchanged.contains(input) {
      inputs.insert(input)
      let then = try sight(inputs)
      let isOther = isVerdict ? (then.verdict, then.tier) != (was.verdict, was.tier) : then != was
      if isOther { return input.cause }
    }
    return nil
  }

  @Test(
    "The cause named is the input exchanged; of two, the first that flips the promise",
    arguments: [KnownDesk.Shape.tickets, .snapshots], 0..<6 as Range<UInt64>)
  func named(shape: KnownDesk.Shape, seed: UInt64) throws {
    let desk = try DiffDesk(shape: shape, seed: seed)
    var random = SeededGenerator(seed: seed)
    let night = Int.random(in: 1..<desk.nights - 2, using: &random)
    let a = try desk.results([], night: night)
    #expect(!a.promises.isEmpty)
    #expect(try desk.diff(a, a).isEmpty)
    var steps: [Set<Input>: [Key: Sight]] = [:]
    let pairs = Input.allCases.flatMap { first in
      Input.allCases.filter { $0.rawValue >= first.rawValue }.map { Set([first, $0]) }
    }
    var (found, second) = (0, 0)
    for exchanged in pairs {
      let b = try desk.results(exchanged, night: night)
      let difference = try desk.diff(a, b)
      checkCounts(difference, a, b)
      for (month, promise) in difference.promises {
        let key = Key(
          customer: month.customer,
          promise: PromiseKey(
            source: promise.source, ticket: promise.ticket, clock: promise.clock,
            cycle: promise.cycle))
        let cause = try slowCause(key, Array(exchanged), desk, night: night, &steps)
        #expect(promise.causes == cause.map { [$0] }, "\(shape) \(seed) \(exchanged) \(key)")
        if exchanged.count == 1 { #expect(cause == exchanged.first?.cause) }
        found += 1
        if exchanged.count == 2, cause == exchanged.map(\.cause).max(by: Self.isEarlier) {
          second += 1
        }
      }
      if !difference.promises.isEmpty { #expect(difference.isProven && difference.notes.isEmpty) }
      try checkBackwards(desk.diff(b, a), difference, single: exchanged.count == 1)
    }
    #expect(found > 20)
    #expect(second > 0)
  }

  private static func isEarlier(_ a: ChangeCause, _ b: ChangeCause) -> Bool {
    (ChangeCause.allCases.firstIndex(of: a) ?? 0) < (ChangeCause.allCases.firstIndex(of: b) ?? 0)
  }

  /// Every changed count has its promises, and they come to it; counted here once more.
  private func checkCounts(
    _ difference: ResultsDifference, _ a: CalculationResults, _ b: CalculationResults
  ) {
    for month in difference.months {
      func count(_ results: CalculationResults, _ row: MonthDifference.Figure, _ met: Bool) -> Int {
        results.figures.filter {
          $0.customer == month.customer && $0.tier == row.tier && $0.period == month.period
        }.reduce(0) { $0 + (met ? $1.counts.met : $1.counts.missed) }
      }
      for row in month.figures {
        #expect(row.untoldMet == nil && row.untoldMissed == nil)
        for met in [true, false] {
          let change = count(b, row, met) - count(a, row, met)
          func told(_ state: IssueChanges.State?) -> Int {
            guard let state, state.isCounted, state.tier == row.tier else { return 0 }
            return met == (state.verdict == .met)
              && [.met, .breached, .overdue].contains(state.verdict) ? 1 : 0
          }
          #expect(change == month.promises.reduce(0) { $0 + told($1.is) - told($1.was) })
        }
        if row.was != row.is { #expect(!month.promises.isEmpty) }
      }
    }
  }

  /// The other way round everything is the other way round; causes are, if there is only one input.
  private func checkBackwards(
    _ backwards: ResultsDifference, _ forwards: ResultsDifference, single: Bool
  ) {
    let turned = backwards.promises.map { _, promise in
      var turned = promise
      (turned.was, turned.is) = (promise.is, promise.was)
      if !single { turned.causes = [] }
      return turned
    }
    let plain = forwards.promises.map { _, promise in
      var plain = promise
      if !single { plain.causes = [] }
      return plain
    }
    #expect(turned == plain)
    for (one, other) in zip(backwards.months, forwards.months) {
      #expect(one.figures.map(\.was) == other.figures.map(\.is))
      #expect(one.figures.map(\.is) == other.figures.map(\.was))
    }
  }

  @Test(
    "Without a workspace all possible causes are named, the true one among them, and it is said")
  func notReplayed() throws {
    for seed in 0..<4 as Range<UInt64> {
      let desk = try DiffDesk(shape: .tickets, seed: seed)
      for input in Input.allCases {
        let (a, b) = try (desk.results([], night: 3), desk.results([input], night: 3))
        let difference = try desk.diff(a, b, replays: false)
        guard !difference.promises.isEmpty else { continue }
        // Where nothing but rows is another, there is no need to replay.
        #expect(difference.isProven == (input == .data))
        let isSaid = difference.notes.contains { $0.hasPrefix("Causes are not proven") }
        #expect(isSaid == (input != .data))
        for (_, promise) in difference.promises {
          #expect(promise.causes.contains(input.cause), "\(seed) \(input) \(promise)")
        }
      }
    }
  }

  @Test("What neither rows nor rules explain is the program's, or that of the zone data")
  func rest() throws {
    let desk = try DiffDesk(shape: .tickets, seed: 1)
    let b = try desk.results([], night: 5)
    var a = b
    a.tool = "attain 0.0.1"
    let index = try #require(
      a.promises.firstIndex { $0.period == "2026-03" && [.met, .overdue].contains($0.verdict) })
    a.promises[index].verdict = a.promises[index].verdict == .met ? .overdue : .met
    #expect(try desk.diff(a, b).promises.map(\.promise.causes) == [[.tool]])
    a.tzdata = "1999z"
    #expect(try desk.diff(a, b).promises.map(\.promise.causes) == [[.tzdata, .tool]])
    (a.tool, a.tzdata) = (b.tool, b.tzdata)
    let unknown = try desk.diff(a, b)
    #expect(!unknown.isProven)
    #expect(unknown.notes.contains { $0.contains("replaying does not come to what was said") })
  }
}
