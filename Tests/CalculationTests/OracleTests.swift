import Agreements
import Foundation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

extension World {
  /// What the product and the slow life disagree about, for some of the tickets.
  func differences(_ sketches: [Sketch]) throws -> [String] {
    var world = self
    world.sketches = sketches
    return try world.differences()
  }

  private func differences() throws -> [String] {
    let results = try CalculationTests.results(
      [table(sketches)], versions, period: period,
      asOf: asOfText, history: 2, explained: 1)
    var differences: [String] = []
    let months = results.agreements[0].periods
    let reported = try #require(months.last)
    var expected: [String: [String: Int]] = [:]
    var promises: [String: PromiseRow] = [:]
    for promise in results.promises { promises[key(promise.ticket, promise.cycle)] = promise }
    for sketch in sketches {
      let opened = sketch.happenings.first {
        if case .now("opened") = $0.what { true } else { false }
      }
      guard let opened, opened.at < reported.end, opened.at <= asOf else { continue }
      for cycle in countedCycles(sketch, until: reported) {
        let name = key(sketch.id, terms.clock.startsCycles ? cycle + 1 : nil)
        guard let promise = promises.removeValue(forKey: name) else {
          differences.append("\(name) is missing")
          continue
        }
        let now = life(sketch, until: reported, cycle)
        let own = shown(promise)
        let slow = shown(now, sketch: sketch, months: months, cycle)
        if own != slow { differences.append("\(name): \(own) but slowly \(slow)") }
        let counts = slowCounts(sketch, months: months, opened: opened.at, cycle)
        for (month, counts) in counts {
          for (name, count) in counts { expected[month, default: [:]][name, default: 0] += count }
        }
      }
      let more = promises.keys.filter { $0 == sketch.id || $0.hasPrefix(sketch.id + " ") }.sorted()
      differences += more.map { "\($0) is one too many" }
    }
    for month in months {
      var found: [String: Int] = [:]
      for row in results.figures where row.period == month.label {
        for (name, count) in World.named(row.counts) where count > 0 {
          found[row.customer + " " + name, default: 0] += count
        }
      }
      if found != expected[month.label] ?? [:] {
        differences.append(
          "\(month.label): \(World.text(found)) but slowly "
            + World.text(expected[month.label] ?? [:]))
      }
    }
    return differences
  }

  private func key(_ ticket: String, _ cycle: Int?) -> String {
    cycle.map { "\(ticket) cycle \($0)" } ?? ticket
  }

  private func life(
    _ sketch: Sketch, until month: AgreementSummary.PeriodSummary, _ cycle: Int
  ) -> SlowLife {
    SlowLife(
      sketch, among: Dictionary(uniqueKeysWithValues: sketches.map { ($0.id, $0) }),
      rules: rules, from: start, horizon: min(month.end, asOf),
      includes: asOf < month.end, cycle: cycle)
  }

  /// The cycles that are promises, from 0.
  private func countedCycles(
    _ sketch: Sketch, until month: AgreementSummary.PeriodSummary
  ) -> [Int] {
    var last = 0
    while life(sketch, until: month, last).hasNextCycle { last += 1 }
    return switch terms.clock.reopen.counted {
    case .all: Array(0...last)
    case .first: [0]
    case .last: [last]
    }
  }

  private func shown(_ promise: PromiseRow) -> String {
    var words = [promise.verdict.rawValue]
    if promise.verdict == .unmeasurable { return words[0] + " " + promise.reason }
    if promise.verdict == .notStarted { return words[0] }
    words += [
      "elapsed", String(promise.elapsedSeconds ?? -1), "paused",
      String(promise.pausedSeconds ?? -1), "lost", String(promise.lost ?? -1), "stopped",
      String(promise.stopped ?? -1), "tier", promise.tier, "customer", promise.customer,
    ]
    if promise.lost != nil { words += ["due", String(promise.due ?? -1)] }
    return words.joined(separator: " ")
  }

  private func shown(
    _ life: SlowLife, sketch: Sketch, months: [AgreementSummary.PeriodSummary], _ cycle: Int
  ) -> String {
    // A promise that an earlier month counted as met stays so while its clock stands.
    var verdict = life.verdict
    var (tier, customer) = (life.tier, life.customer)
    let isOpen = life.state == .running || life.state == .paused
    if life.lost == nil, !isOpen, let met = firstMet(sketch, months: months, cycle) {
      verdict = met.verdict
      (tier, customer) = (met.tier, met.customer)
    } else if verdict == "not-started" {
      return verdict
    } else if verdict == "unmeasurable" {
      return verdict + " " + life.fault
    }
    var words = [
      verdict, "elapsed", String(life.elapsed), "paused", String(life.paused), "lost",
      String(life.lost ?? -1), "stopped",
      String(life.state == .stopped ? life.stoodSince ?? -1 : -1), "tier", tier, "customer",
      customer.isEmpty ? "(no customer)" : customer,
    ]
    if life.lost != nil { words += ["due", String(life.due ?? -1)] }
    return words.joined(separator: " ")
  }

  /// The life at the first month's end at which the clock stood stopped in time.
  private func firstMet(
    _ sketch: Sketch, months: [AgreementSummary.PeriodSummary], _ cycle: Int
  ) -> SlowLife? {
    for month in months {
      let life = life(sketch, until: month, cycle)
      if life.hasCycle, life.fault.isEmpty, life.lost == nil, life.state == .stopped { return life }
    }
    return nil
  }

  /// Every month replayed from the beginning to its own horizon.
  private func slowCounts(
    _ sketch: Sketch, months: [AgreementSummary.PeriodSummary], opened: Int64, _ cycle: Int
  ) -> [String: [String: Int]] {
    var counts: [String: [String: Int]] = [:]
    var wasMet = false
    for month in months where month.start <= asOf {
      let life = life(sketch, until: month, cycle)
      guard life.hasCycle else { continue }
      func isHere(_ instant: Int64?) -> Bool {
        instant.map { month.start <= $0 && $0 < month.end } ?? false
      }
      var names: [String] = []
      var customer = life.customer
      switch life.verdict {
      case "unmeasurable" where life.fault != "no start":
        if isHere(cycle == 0 ? opened : life.started), !wasMet { names = ["unmeasurable"] }
        customer = self.customer(of: sketch, before: month.end)
      case "breached", "overdue":
        if isHere(life.lost) { names = [life.verdict] + (wasMet ? ["reversed"] : []) }
      case "met", "no-target":
        if isHere(life.stoodSince), !wasMet { names = [life.verdict] }
        wasMet = true
      case "cancelled":
        if isHere(life.stoodSince), !wasMet { names = ["cancelled"] }
      case "running": names = ["running"]
      default: break
      }
      for name in names {
        let key = (customer.isEmpty ? "(no customer)" : customer) + " " + name
        counts[month.label, default: [:]][key, default: 0] += 1
      }
    }
    return counts
  }

  /// Nothing was decided, so whose the ticket is when the month ends counts.
  private func customer(of sketch: Sketch, before end: Int64) -> String {
    var customer = sketch.fields["department"] ?? ""
    for happening in sketch.happenings where happening.at < end && happening.at <= asOf {
      if case .set("department", let value) = happening.what { customer = value }
    }
    return customer
  }

  private static func named(_ counts: PromiseCounts) -> [(String, Int)] {
    [
      ("met", counts.met), ("breached", counts.breached), ("overdue", counts.overdue),
      ("running", counts.running), ("cancelled", counts.cancelled),
      ("unmeasurable", counts.unmeasurable), ("no-target", counts.noTarget),
      ("reversed", counts.reversed),
    ]
  }

  private static func text(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  /// The smallest sketch that still shows a difference.
  func shrunk(_ sketch: Sketch) throws -> Sketch {
    var smallest = sketch
    var index = 0
    while index < smallest.happenings.count + smallest.suspensions.count {
      var smaller = smallest
      if index < smallest.happenings.count {
        smaller.happenings.remove(at: index)
      } else {
        smaller.suspensions.remove(at: index - smallest.happenings.count)
      }
      if try differences([smaller]).isEmpty {
        index += 1
      } else {
        smallest = smaller
      }
    }
    return smallest
  }
}

/// The second, slow implementation of the clock and counting rules.
@Suite("A slow second implementation agrees")
struct OracleTests {
  @Test("on verdict, elapsed, pause, due, loss and every month's counts of thousands of lives")
  func agrees() throws {
    var failures = 0
    for seed in 1...UInt64(Effort.rounds(200, long: 4_000)) {
      let world = try World(seed: seed, tickets: 20)
      guard try !world.differences(world.sketches).isEmpty else { continue }
      failures += 1
      if world.sketches.contains(where: { $0.fields["merged-into"] != nil }) {
        Issue.record(
          """
          seed \(seed), unit \(world.unit), \(world.terms.clock.repeats as Any)
          \(try world.differences(world.sketches).joined(separator: "\n"))
          """)
      }
      for sketch in world.sketches where try !world.differences([sketch]).isEmpty {
        let small = try world.shrunk(sketch)
        let events = small.happenings.map { "\(($0.at - world.start) / world.unit): \($0.what)" }
        let pauses = small.suspensions.map {
          "\(($0.from - world.start) / world.unit)..\($0.to.map { ($0 - world.start) / world.unit } ?? -1)"
        }
        Issue.record(
          """
          seed \(seed), unit \(world.unit), as-of \((world.asOf - world.start) / world.unit), \
          \(world.period): \(small.fields) \(events) \(pauses)
          \(try world.differences([small]).joined(separator: "\n"))
          """)
        break
      }
      if failures >= 3 { return }
    }
    #expect(failures == 0)
  }

  @Test("columns of instants and the same instants as history give the same results")
  func shapesAgree() throws {
    for seed in 1...UInt64(60) {
      var world = try World(seed: seed, tickets: 20)
      // One column an instant tells only the last reply.
      if world.terms.clock.repeats != nil { continue }
      world.sketches = world.sketches.map { sketch in
        var kept = sketch
        var seen: Set<String> = []
        kept.happenings = sketch.happenings.filter { happening in
          guard case .now(let moment) = happening.what else { return false }
          return seen.insert(moment).inserted
        }
        return kept
      }
      let own = try [Shape.events, .tickets].map { shape in
        try results(
          [table(world.sketches, shape: shape)], world.versions, period: world.period,
          asOf: world.asOfText, history: 2, explained: 0)
      }
      #expect(own[0].figures == own[1].figures, "seed \(seed)")
      #expect(own[0].ledgers == own[1].ledgers, "seed \(seed)")
      #expect(
        own[0].promises.map(\.short) == own[1].promises.map(\.short), "seed \(seed)")
      #expect(own[0].promises.map(\.due) == own[1].promises.map(\.due), "seed \(seed)")
      #expect(own[0].promises.map(\.lost) == own[1].promises.map(\.lost), "seed \(seed)")
    }
  }
}
