import Agreements
import Foundation
import Messages
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

/// Exclusions of a random world, and the same world without them, put together by hand.
struct ExcludedWorld {
  let world: World
  private(set) var terms: Terms
  private var intervals: [(from: Int64, to: Int64, department: String?)] = []
  private(set) var tickets: Set<String> = []

  init(seed: UInt64) throws {
    world = try World(seed: seed, tickets: 20)
    terms = world.terms
    var random = SeededGenerator(seed: seed &+ 1_000_000)
    for line in 1...3 where Bool.random(using: &random) {
      let from = world.start + Int64.random(in: 0...290, using: &random) * world.unit
      let to = from + Int64.random(in: 1...120, using: &random) * world.unit
      let department = Bool.random(using: &random) ? "IT" : nil
      intervals.append((from, to, department))
      terms.exclusions.append(
        Exclusion(
          .interval(
            from: Instant(seconds: from), to: Instant(seconds: to),
            when: department.map { when("department", $0) } ?? .anything),
          reason: "r\(line)", approver: "a", approved: Instant(seconds: world.start),
          place: Place(file: "r.yml", line: line)))
    }
    tickets = Set(
      world.sketches.map(\.id).filter { _ in Int.random(in: 0..<5, using: &random) == 0 })
  }

  /// A ticket with the intervals as suspensions of its own, for as long as the condition holds.
  func suspended(_ sketch: Sketch) -> Sketch {
    var sketch = sketch
    for interval in intervals {
      guard let wanted = interval.department else {
        sketch.suspensions.append((interval.from, interval.to, "excluded"))
        continue
      }
      for now in stride(from: interval.from, to: interval.to, by: Int(world.unit)) {
        var department = sketch.fields["department"]
        for happening in sketch.happenings where happening.at <= now {
          if case .set("department", let value) = happening.what { department = value }
        }
        if department == wanted {
          sketch.suspensions.append((now, now + world.unit, "excluded"))
        }
      }
    }
    return sketch
  }

  func run(_ sketches: [Sketch], _ terms: Terms) throws -> CalculationResults {
    try results(
      [table(sketches)], [terms], period: world.period, asOf: world.asOfText, history: 2,
      explained: 2)
  }

  var namingTickets: Terms {
    var terms = world.terms
    terms.exclusions = [
      Exclusion(
        .tickets(tickets.sorted(), source: nil), reason: "r", approver: "a",
        approved: Instant(seconds: world.start), place: Place(file: "r.yml"))
    ]
    return terms
  }
}

extension PromiseRow {
  fileprivate var judged: String {
    "\(ticket) \(cycle ?? 0) \(short) \(due ?? -1) \(lost ?? -1) \(stopped ?? -1) \(customer) \(tier)"
  }
}

extension CalculationResults {
  fileprivate func rows(_ period: String) -> [[String]: FigureRow] {
    Dictionary(
      figures.filter { $0.period == period }.map { ([$0.customer, $0.tier], $0) },
      uniquingKeysWith: { first, _ in first })
  }
}

/// The slow second implementation knows no exclusions: it lives a world in which they are made by
/// hand, as suspensions, and as tickets that are not there.
@Suite("A slow second implementation agrees about exclusions")
struct ExclusionOracleTests {
  private func worlds(_ body: (UInt64, ExcludedWorld) throws -> Void) throws {
    for seed in 1...UInt64(Effort.rounds(60, long: 2_000)) {
      try body(seed, ExcludedWorld(seed: seed))
    }
  }

  @Test("of intervals: every promise and every month is as with suspensions of each ticket")
  func intervals() throws {
    var touched = 0
    try worlds { seed, excluded in
      guard !excluded.terms.exclusions.isEmpty else { return }
      let byHand = excluded.world.sketches.map(excluded.suspended)
      if seed % 4 == 0 {
        let slow = try excluded.world.differences(byHand)
        #expect(slow == [], "seed \(seed)")
      }
      let expected = try excluded.run(byHand, excluded.world.terms)
      let found = try excluded.run(excluded.world.sketches, excluded.terms)
      #expect(found.figures == expected.figures, "seed \(seed)")
      #expect(found.ledgers == expected.ledgers, "seed \(seed)")
      #expect(found.promises.map(\.judged) == expected.promises.map(\.judged), "seed \(seed)")
      touched += found.wholeEntries.reduce(0) { $0 + $1.promises }
      // Without them is the plain world.
      let plain = try excluded.run(excluded.world.sketches, excluded.world.terms)
      for target in found.exclusions?.targets ?? [] {
        let row = plain.rows(plain.agreements[0].period)[[target.customer, target.tier]]
        #expect(row?.counts ?? PromiseCounts() == target.without, "seed \(seed)")
      }
    }
    #expect(touched > 60)
  }

  @Test("of tickets: every figure is as if they were not there, and they are counted as excluded")
  func tickets() throws {
    var counted = 0
    try worlds { seed, excluded in
      // A ticket that was merged into one that is not there is judged otherwise.
      guard !excluded.tickets.isEmpty,
        excluded.world.sketches.allSatisfy({ $0.fields["merged-into"] == nil })
      else { return }
      let (named, others) = (
        excluded.world.sketches.filter { excluded.tickets.contains($0.id) },
        excluded.world.sketches.filter { !excluded.tickets.contains($0.id) }
      )
      let found = try excluded.run(excluded.world.sketches, excluded.namingTickets)
      let alone = try excluded.run(named, excluded.world.terms)
      let rest = try excluded.run(others, excluded.world.terms)
      for month in found.agreements[0].periods.map(\.label) {
        let (all, own, without) = (found.rows(month), alone.rows(month), rest.rows(month))
        for (key, row) in all {
          var left = row
          left.counts.excluded = 0
          if let same = without[key] {
            #expect(left == same, "seed \(seed), \(month) \(key)")
          } else {
            #expect(left.counts == PromiseCounts(), "seed \(seed), \(month) \(key)")
          }
          let counts = own[key]?.counts ?? PromiseCounts()
          let placed =
            counts.decided + counts.cancelled + counts.noTarget + counts.unmeasurable
          #expect(row.counts.excluded == placed, "seed \(seed), \(month) \(key)")
          counted += placed
        }
        #expect(Set(without.keys).isSubset(of: all.keys))
      }
      let verdicts = Dictionary(grouping: alone.promises) { "\($0.ticket) \($0.cycle ?? 0)" }
      for row in found.promises where excluded.tickets.contains(row.ticket) {
        #expect(row.verdict == .excluded)
        let was = try #require(verdicts["\(row.ticket) \(row.cycle ?? 0)"]?.first)
        #expect(row.reason == "r; else \(was.verdict.rawValue)", "seed \(seed)")
        #expect(row.decided == was.decided)
      }
      #expect(found.promises.count == alone.promises.count + rest.promises.count)
    }
    #expect(counted > 50)
  }
}
