import Agreements
import Calculation
import Foundation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

/// Pauses by party, what they change, and what deserves a look.
@Suite("Pauses")
struct PauseTests {
  // Monday 2 March; P2 has 8 h, hours are 08:00 to 18:00; P1 is always, 4 h.
  private func audit(
    _ sketches: [Sketch], _ terms: Terms = Terms(), period: String = "2026-03",
    asOf: String = "2027-01-01 00:00", moments: [String]? = nil, shape: Shape = .events
  ) throws -> PauseAudit? {
    let names = ["opened", "responded", "resolved", "closed", "due"] + (moments ?? [])
    return try results(
      [table(sketches, shape: shape, moments: names)], [terms], period: period, asOf: asOf
    ).pauses
  }

  private func kinds(_ audit: PauseAudit?) -> [String] {
    (audit?.moments ?? []).map { "\($0.ticket) \($0.kind.rawValue)" }
  }

  @Test("are summed by party and by the group that held the ticket, to the second")
  func sums() throws {
    let audit = try #require(
      try audit([
        Sketch("T1", ["group": "Desk"]).opened("03-02 09:00")
          .status("Awaiting User", "03-02 10:00").at("03-02 11:00", .set("group", "Network"))
          .status("Awaiting Vendor", "03-02 13:00").status("Open", "03-02 13:30")
          .resolved("03-02 18:00"),
        Sketch("T2", ["group": "Desk"]).opened("03-02 09:00").resolved("03-02 10:00"),
      ]))
    let target = try #require(audit.targets.first)
    #expect(audit.targets.count == 1)
    #expect((target.promises, target.paused) == (2, 1))
    // 5.5 h of T1, 1 h of T2.
    #expect(target.elapsed == 23_400)
    #expect(
      target.parties == [
        .init(name: "customer", seconds: 10_800), .init(name: "supplier", seconds: 1_800),
      ])
    #expect(
      target.groups == [
        .init(name: "Network", seconds: 9_000), .init(name: "Desk", seconds: 3_600),
      ])
    // T1 without its pauses is 9 h, over 8 h.
    #expect((target.with.met, target.with.missed) == (2, 0))
    #expect((target.without.met, target.without.missed) == (1, 1))
    #expect(audit.moments.isEmpty)
  }

  @Test("A total that the source gives has no party, and is gone without pauses")
  func total() throws {
    let sketch = Sketch("T1").opened("03-02 09:00").resolved("03-02 18:00").paused(seconds: 7_200)
    let target = try #require(try audit([sketch], shape: .tickets)?.targets.first)
    #expect(target.parties == [.init(name: "", seconds: 7_200)])
    #expect(target.groups == [.init(name: "", seconds: 7_200)])
    #expect((target.with.met, target.without.met, target.without.missed) == (1, 0, 1))
  }

  @Test("A pause that began after the loss is listed, one at the very loss too, before it not")
  func afterLost() throws {
    // Due at 17:00, lost from then on.
    func paused(_ id: String, _ from: String) -> Sketch {
      Sketch(id).opened("03-02 09:00").status("Awaiting User", from)
        .status("Open", "03-03 09:00").resolved("03-03 12:00")
    }
    let audit = try audit([
      paused("before", "03-02 12:00"), paused("at", "03-02 17:00"),
      paused("after", "03-02 17:00:01"),
    ])
    // At 17:00 nothing is left, but nothing is lost until the clock runs again.
    #expect(kinds(audit) == ["after after-lost", "at little-left"])
    let after = try #require(audit?.moments.first)
    #expect((after.at, after.what) == (instant("03-02 17:00:01"), "customer"))
    // To 18:00, and an hour of the next day.
    #expect(after.seconds == 7_199)
    #expect(after.left == nil)
    // Lost by a change of tier in the very instant in which the pause begins.
    let moved = Sketch("T1").opened("03-02 08:00")
      .at("03-02 13:00", .set("priority", "1"), .set("status", "Awaiting User"))
      .status("Open", "03-02 14:00").resolved("03-02 15:00")
    #expect(kinds(try self.audit([moved])) == ["T1 after-lost"])
  }

  @Test("Under 5 % of the time left is under: 24 minutes of 8 hours are not, 23:59 are")
  func littleLeft() throws {
    func paused(_ id: String, _ from: String) -> Sketch {
      Sketch(id).opened("03-02 08:00").status("Awaiting User", from)
        .status("Open", "03-02 17:00").resolved("03-02 17:10")
    }
    let audit = try audit([paused("T1", "03-02 15:36"), paused("T2", "03-02 15:36:01")])
    #expect(kinds(audit) == ["T2 little-left"])
    #expect(audit?.moments.first?.left == 1_439)
    #expect(audit?.moments.first?.within == 28_800)
  }

  @Test("A change to a later tier with under 10 % left is listed; an earlier tier or more is not")
  func downgrade() throws {
    // P1: 4 h on all hours; 3:36 leave exactly a tenth.
    func moved(_ id: String, _ at: String, to priority: String = "2") -> Sketch {
      Sketch(id, ["priority": "1"]).opened("03-02 09:00")
        .at(at, .set("priority", priority)).resolved("03-02 14:00")
    }
    var terms = Terms()
    terms.calendars = ["P1": .always(zone: .utc)]
    let audit = try audit(
      [
        moved("tenth", "03-02 12:36"), moved("less", "03-02 12:36:01"),
        moved("lost", "03-02 13:00:01"),
        Sketch("up").opened("03-02 08:00").at("03-02 15:50", .set("priority", "1"))
          .resolved("03-02 15:55"),
      ], terms)
    #expect(kinds(audit) == ["less downgrade"])
    let moment = try #require(audit?.moments.first)
    #expect((moment.tier, moment.what, moment.left) == ("P1", "P2", 1_439))
    #expect(moment.seconds == nil)
    // 10 minutes of 8 h are left, and a tier with 12 h is listed earlier: an upgrade.
    terms.tiers[0].within = .work(seconds: hours(12))
    let upgrade = Sketch("up").opened("03-02 08:00").at("03-02 15:50", .set("priority", "1"))
      .suspended("03-02 09:00", "03-02 09:05").resolved("03-02 15:55")
    #expect(try self.audit([upgrade], terms)?.moments == [])
  }

  @Test("A pause within ten minutes of a customer's message is listed where a source tells")
  func messages() throws {
    func paused(_ id: String, _ from: String) -> Sketch {
      Sketch(id).opened("03-02 09:00").at("03-02 10:00", .now("customer-replied"))
        .status("Awaiting User", from).status("Open", "03-02 12:00").resolved("03-02 13:00")
    }
    let sketches = [
      paused("T1", "03-02 10:00"), paused("T2", "03-02 10:09:59"), paused("T3", "03-02 10:10"),
    ]
    let audit = try audit(sketches, moments: ["customer-replied"])
    #expect(kinds(audit) == ["T1 after-message", "T2 after-message"])
    #expect(audit?.knowsMessages == true)
    let silent = try self.audit(sketches)
    #expect(silent?.moments == [])
    #expect(silent?.knowsMessages == nil)
  }

  @Test("Moments are those of the period, of promises decided in another, too")
  func period() throws {
    let sketch = Sketch("T1").opened("03-02 09:00").status("Awaiting User", "04-01 09:00")
      .status("Open", "04-01 10:00").resolved("04-02 09:00")
    #expect(try audit([sketch], period: "2026-03") == nil)
    let april = try audit([sketch], period: "2026-04")
    #expect(kinds(april) == ["T1 after-lost"])
    #expect(april?.targets == [])
  }

  @Test("Excluded time is a part of its own, and stays without pauses")
  func excluded() throws {
    let sketch = Sketch("T1").opened("03-02 09:00").status("Awaiting User", "03-02 10:00")
      .status("Open", "03-02 11:00").resolved("03-02 18:00")
    let terms = Terms().excluding(.of(from: "03-02 16:55", to: "03-02 18:00"))
    let audit = try audit([sketch], terms)
    let target = try #require(audit?.targets.first)
    #expect(
      target.parties == [
        .init(name: "excluded", seconds: 3_900), .init(name: "customer", seconds: 3_600),
      ])
    // 7:55 of 8 h without the pause.
    #expect(target.without.met == 1)
    #expect(audit?.moments == [])
    #expect(try self.audit([sketch], terms.excluding(.of("T1"))) == nil)
  }

  @Test("are no part of results without promises, nor of those without pauses")
  func leftOut() throws {
    #expect(try audit([Sketch("T1").opened("03-02 09:00").resolved("03-02 18:00")]) == nil)
    let sketch = Sketch("T1").opened("03-02 09:00").status("Awaiting User", "03-02 10:00")
      .status("Open", "03-02 11:00").resolved("03-02 18:00")
    let request = CalculationRequest(
      tables: [table([sketch])], agreements: [[Terms().agreement]],
      asOf: Instant(seconds: instant("2027-01-01 00:00")), period: "2026-03")
    #expect(try Calculator(request).results().pauses == nil)
  }

  @Test("add up to the rows of promises, and without them is as if no status had paused a clock")
  func laws() throws {
    var paused = 0
    for seed in 1...UInt64(Effort.rounds(40, long: 1_000)) {
      let world = try World(seed: seed, tickets: 30)
      let results = try results(
        [table(world.sketches)], [world.terms], period: world.period, asOf: world.asOfText,
        explained: 0)
      let period = try #require(results.agreements[0].periods.last)
      let decided = results.promises.filter { row in
        [.met, .breached, .overdue].contains(row.verdict)
          && row.decided.map { $0 >= period.start && $0 < period.end } ?? false
      }
      let sum = decided.reduce(0) { $0 + ($1.pausedSeconds ?? 0) }
      let targets = results.pauses?.targets ?? []
      #expect(targets.reduce(0) { $0 + $1.pausedSeconds } == sum, "seed \(seed)")
      for target in targets {
        #expect(target.groups.reduce(0) { $0 + $1.seconds } == target.pausedSeconds)
        let own = decided.filter { $0.customer == target.customer && $0.tier == target.tier }
        #expect(target.promises == own.count, "seed \(seed)")
        #expect(target.elapsed == own.reduce(0) { $0 + ($1.elapsedSeconds ?? 0) })
      }
      paused += targets.reduce(0) { $0 + $1.paused }
      var unpaused = world
      for index in unpaused.sketches.indices {
        unpaused.sketches[index] = Self.open(unpaused.sketches[index])
      }
      if seed % 5 == 0 { #expect(try unpaused.differences(unpaused.sketches) == []) }
      let without = try CalculationTests.results(
        [table(unpaused.sketches)], [world.terms], period: world.period, asOf: world.asOfText,
        explained: 0)
      for target in targets {
        let row = without.figures.first {
          $0.customer == target.customer && $0.tier == target.tier && $0.period == period.label
        }
        #expect(row?.counts ?? PromiseCounts() == target.without, "seed \(seed)")
      }
    }
    #expect(paused > 50)
  }

  /// The same life, in which nobody waits.
  private static func open(_ sketch: Sketch) -> Sketch {
    var sketch = sketch
    sketch.suspensions = []
    sketch.happenings = sketch.happenings.map { happening in
      if case .set("status", let value) = happening.what, value.hasPrefix("Awaiting") {
        return (happening.at, .set("status", "Open"))
      }
      return happening
    }
    return sketch
  }
}
