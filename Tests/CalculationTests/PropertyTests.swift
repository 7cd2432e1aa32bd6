import Agreements
import Foundation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

/// What must hold of any desk, whatever its rules: random worlds, calculated twice.
@Suite("Whatever the rules and the tickets are")
struct PropertyTests {
  private static let seeds = 0..<UInt64(Effort.rounds(60, long: 4_000))

  /// Calculates a world; no lines, because these are not what is compared.
  private func calculated(
    _ world: World, _ sketches: [Sketch], asOf: Int64? = nil, period: String? = nil,
    shape: Shape = .events
  ) throws -> CalculationResults {
    let asOf = Instant(seconds: asOf ?? world.asOf).iso
      .replacingOccurrences(of: "T", with: " ").replacingOccurrences(of: "Z", with: "")
    var results = try results(
      [table(sketches, shape: shape)], world.versions, period: period ?? world.period, asOf: asOf,
      history: 2, explained: 0)
    for index in results.promises.indices { results.promises[index].line = 0 }
    results.inputs = []
    return results
  }

  /// Happenings in time order; of one instant, those that stood first stay first.
  private func ordered(_ sketch: Sketch) -> Sketch {
    var sketch = sketch
    sketch.happenings = sketch.happenings.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
    return sketch
  }

  @Test("a stretch that is cut in two by a change of no account counts the same")
  func additivity() throws {
    for seed in Self.seeds {
      let world = try World(seed: seed, tickets: 6)
      var random = SeededGenerator(seed: seed ^ 0xadd)
      let cut = world.sketches.map { sketch in
        var sketch = sketch
        sketch.fields["note"] = ""
        for number in 0..<5 {
          let at = world.start + Int64.random(in: 0...world.steps, using: &random) * world.unit
          sketch.happenings.append((at, .set("note", "\(number)")))
        }
        return ordered(sketch)
      }
      let (whole, parts) = (try calculated(world, world.sketches), try calculated(world, cut))
      #expect(whole.promises == parts.promises, "seed \(seed)")
      #expect(whole.figures == parts.figures, "seed \(seed)")
    }
  }

  @Test("an event that is told twice changes nothing")
  func repeated() throws {
    for seed in Self.seeds {
      let world = try World(seed: seed, tickets: 6)
      let doubled = world.sketches.map { sketch in
        var sketch = sketch
        sketch.happenings = sketch.happenings.flatMap { [$0, $0] }
        return sketch
      }
      let (once, twice) = (try calculated(world, world.sketches), try calculated(world, doubled))
      #expect(once.promises == twice.promises, "seed \(seed)")
      #expect(once.figures == twice.figures, "seed \(seed)")
    }
  }

  @Test("what happens after a period's end never changes its row", arguments: [true, false])
  func horizon(isTold: Bool) throws {
    for seed in Self.seeds {
      let world = try World(seed: seed, tickets: 8)
      // Showing the last cycle alone restates earlier months, as reports say.
      guard world.terms.clock.reopen.counted != .last else { continue }
      var random = SeededGenerator(seed: seed ^ 0xf0)
      let far = world.start + 3 * 31 * 86_400 + world.steps * world.unit
      let before = try calculated(world, world.sketches, asOf: far)
      let end = try #require(before.agreements[0].periods.first { $0.label == world.period }).end
      let later = try (0..<8).map { number -> Sketch in
        var sketch = world.sketches[number]
        sketch.happenings.removeAll { happening in
          // An export tells of the opening in every row.
          if case .now("opened") = happening.what { false } else { happening.at >= end }
        }
        guard isTold else { return sketch }
        for _ in 0..<4 {
          let at = end + Int64.random(in: 0...400, using: &random) * world.unit
          let what = try #require(Self.happenings.randomElement(using: &random))
          sketch.happenings.append((at, what))
        }
        return ordered(sketch)
      }
      let after = try calculated(world, later, asOf: far)
      let rows = [before, after].map { $0.figures.filter { $0.period == world.period } }
      #expect(rows[0].map(Self.row) == rows[1].map(Self.row), "seed \(seed)")
    }
  }

  private static let happenings: [Happening] = [
    .set("status", "Awaiting User"), .set("status", "Cancelled"), .set("status", "Open"),
    .now("resolved"), .undo("resolved"), .now("closed"), .undo("closed"), .set("priority", "1"),
    .set("priority", "4"), .set("department", "IT"), .now("agent-replied"),
    .now("customer-replied"),
  ]

  private static func row(_ row: FigureRow) -> [String] {
    [
      row.customer, row.tier, "\(row.counts)", "\(String(describing: row.stopped))",
      "\(String(describing: row.againstWithin))",
    ]
  }

  @Test("a week later everything is a week later")
  func weekShift() throws {
    for seed in Self.seeds {
      var world = try World(seed: seed, tickets: 6)
      // In a zone without clock changes, on a week without exceptions.
      world.terms.zone = .utc
      world.laterTerms = nil
      world.terms.validUntil = nil
      let week = world.terms.calendar.versions[0].week
      world.terms.calendar = CalendarDefinition(
        name: "random", versions: [CalendarVersion(zone: .utc, week: week)])
      world.terms.calendars = ["P1": .always(zone: .utc)]
      var random = SeededGenerator(seed: seed ^ 0xbee)
      let shift = Int64.random(in: 1...40, using: &random) * 7 * 86_400
      let moved = world.sketches.map { sketch in
        var sketch = sketch
        for index in sketch.happenings.indices { sketch.happenings[index].at += shift }
        for index in sketch.suspensions.indices {
          sketch.suspensions[index].from += shift
          sketch.suspensions[index].to? += shift
        }
        return sketch
      }
      let now = try calculated(world, world.sketches, period: "all")
      let later = try calculated(world, moved, asOf: world.asOf + shift, period: "all")
      // Rows stand by periods, which do not move along.
      #expect(
        Set(now.promises.map { Self.shifted($0, by: shift) })
          == Set(later.promises.map { Self.shifted($0, by: 0) }), "seed \(seed)")
    }
  }

  private static func shifted(_ promise: PromiseRow, by seconds: Int64) -> PromiseRow {
    var promise = promise
    promise.started? += seconds
    promise.stopped? += seconds
    promise.due? += seconds
    promise.lost? += seconds
    promise.decided? += seconds
    (promise.period, promise.stoppedPeriod, promise.reversedFrom) = ("", "", nil)
    return promise
  }

  @Test("more time allowed never makes a kept promise a missed one")
  func monotoneInTarget() throws {
    for seed in Self.seeds {
      let world = try World(seed: seed, tickets: 8)
      var generous = world
      var random = SeededGenerator(seed: seed ^ 0xbee)
      let more = world.unit * Int64.random(in: 1...60, using: &random)
      for index in generous.terms.tiers.indices {
        guard case .work(let seconds)? = generous.terms.tiers[index].within else { continue }
        generous.terms.tiers[index].within = .work(seconds: seconds + more)
      }
      generous.laterTerms?.tiers = generous.terms.tiers
      let strict = try calculated(world, world.sketches, period: "all")
      let kept = Dictionary(
        uniqueKeysWithValues: strict.promises.map { (PromiseKey($0), $0.verdict) })
      for promise in try calculated(generous, world.sketches, period: "all").promises {
        let before = kept[PromiseKey(promise)]
        let isMissed = [Verdict.breached, .overdue].contains(promise.verdict)
        #expect(!isMissed || before == .breached || before == .overdue, "seed \(seed) \(promise)")
        #expect(before != .met || promise.verdict == .met, "seed \(seed) \(promise)")
      }
    }
  }

  @Test("a calendar with more hours never counts less")
  func monotoneInCalendar() throws {
    for seed in Self.seeds {
      let world = try World(seed: seed, tickets: 8)
      // A grace is counted on the calendar, too, so that other cycles would be compared.
      guard world.grace == nil else { continue }
      var open = world
      open.terms.calendar = .always(zone: world.terms.zone)
      open.terms.calendars = [:]
      open.laterTerms?.calendar = .always(zone: world.terms.zone)
      open.laterTerms?.calendars = [:]
      let few = try calculated(world, world.sketches, period: "all")
      let counted = Dictionary(
        uniqueKeysWithValues: few.promises.map { (PromiseKey($0), $0) })
      for promise in try calculated(open, world.sketches, period: "all").promises {
        guard let all = promise.elapsedSeconds, let before = counted[PromiseKey(promise)],
          let some = before.elapsedSeconds
        else { continue }
        #expect(all >= some, "seed \(seed) \(promise) \(before)")
        #expect(before.lost == nil || promise.lost != nil, "seed \(seed) \(promise) \(before)")
      }
    }
  }
}
