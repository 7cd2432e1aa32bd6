import Agreements
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

@testable import Calculation

/// The worked examples of docs/DECISIONS.md; 2026-03-02 is a Monday, office hours are 08:00-18:00.
@Suite struct ChainTests {
  /// Eight hours are promised; Desk may take one, Networks two, Systems five.
  private static let desk: ChainDesk = {
    var desk = ChainDesk()
    desk.groups = [
      .init(name: "Desk", calendar: office(), within: hours(1)),
      .init(name: "Networks", calendar: .always(zone: .utc), within: hours(2)),
      .init(name: "Systems", calendar: office(), within: hours(5)),
    ]
    desk.person = "assigned_to"
    return desk
  }()

  private static let handed = Sketch("A", ["group": "Desk", "assigned_to": ""])
    .opened("03-02 08:00").person("Ann", "03-02 08:10").group("Networks", "03-02 08:30")
    .person("", "03-02 08:30").person("Bob", "03-02 09:00").group("", "03-02 17:00")
    .group("Desk", "03-02 17:30").group("Networks", "03-02 17:45").resolved("03-03 09:15")

  @Test("Parts add up to what elapsed; a group's own hours are its own")
  func ledger() throws {
    let chain = try Self.desk.chain(Self.handed)
    let promise = try #require(chain.promises.first)
    // Monday 08:00-18:00 and Tuesday 08:00-09:15 are 11 h 15 m.
    #expect(promise.elapsed == 40_500)
    #expect(promise.shares.map(\.group) == ["Desk", "Networks", ""])
    #expect(promise.shares.map(\.elapsed) == [2_700, 36_000, 1_800])
    // Networks always works: 8 h 30 m, and 17:45 to 09:15 of the next day.
    #expect(promise.shares.map(\.own) == [2_700, 86_400, nil] as [Int64?])
    // Nobody had it 08:00-08:10; at Networks until 09:00.
    #expect(promise.shares.map(\.queue) == [600, 1_800, nil] as [Int64?])
    #expect(promise.handOffs == 3)
    #expect(promise.returns == 2)
    #expect(promise.route == ["Desk", "Networks"])
  }

  @Test("All visits to a group add up to one promise, which ends with the ticket")
  func visits() throws {
    let results = try Self.desk.results([table([Self.handed])])
    let networks = try results.promise("A", of: "Networks")
    #expect(networks.started == instant("03-02 08:30"))
    #expect(networks.stopped == instant("03-03 09:15"))
    #expect(networks.elapsedSeconds == 86_400)
    #expect(networks.lost == instant("03-02 10:30"))
    #expect(networks.verdict == .breached)
    let desk = try results.promise("A", of: "Desk")
    #expect(desk.verdict == .met && desk.elapsedSeconds == 2_700)
    #expect(try results.promise("A", of: "Systems").verdict == .notStarted)
  }

  @Test("Each rule says whose a miss is; the parts are whole")
  func rules() throws {
    let promise = try #require(Self.desk.chain(Self.handed).promises.first)
    // Eight hours are used up at 16:00, with Networks.
    #expect(promise.lost == instant("03-02 16:00"))
    #expect(promise.heldAtLoss == "Networks")
    #expect(promise.firstOver == "Networks")
    // Networks is 22 h over its two, and 30 m were nobody's: 79,200 s and 1,800 s of 81,000 s.
    #expect(
      promise.byExcess == [
        ChainPart(name: "Networks", parts: 977_778), ChainPart(name: "unowned", parts: 22_222),
      ])
    var allowing = Self.desk
    allowing.handOff = 600
    let allowed = try #require(allowing.chain(Self.handed).promises.first)
    // Three hand-offs of ten minutes may leave it with nobody for half an hour.
    #expect(allowed.byExcess == [ChainPart(name: "Networks", parts: 1_000_000)])
  }

  @Test("A ticket handed over in the very second of the loss is the new holder's")
  func handedAtLoss() throws {
    let sketch = Sketch("A", ["group": "Desk"]).opened("03-02 08:00")
      .group("Systems", "03-02 16:00").resolved("03-02 17:00")
    let promise = try #require(Self.desk.chain(sketch).promises.first)
    #expect(promise.lost == instant("03-02 16:00"))
    #expect(promise.heldAtLoss == "Systems")
  }

  @Test("A miss though every group kept its own is the agreement gap")
  func gap() throws {
    let sketch = Sketch("A", ["group": "Desk"]).opened("03-02 08:00").group(
      "Systems", "03-02 09:00"
    )
    .group("Applications", "03-02 13:00").resolved("03-02 17:00")
    let chain = try Self.desk.chain(sketch)
    let promise = try #require(chain.promises.first)
    #expect(promise.heldAtLoss == "Applications" && promise.firstOver == "agreement gap")
    #expect(promise.byExcess == [ChainPart(name: "agreement gap", parts: 1_000_000)])
    #expect(chain.groups.map(\.name) == ["Desk", "Systems", "Applications", "agreement gap"])
    #expect(chain.groups.map(\.late) == [0, 0, 0, 3_600])
    #expect(chain.groups.map(\.firstOver) == [0, 0, 0, 1])
  }

  @Test("A supplier's promise counts the pauses that are its party's")
  func supplier() throws {
    var desk = Self.desk
    desk.supplierWithin = hours(2)
    let sketch = Sketch("A", ["group": "Desk"]).opened("03-02 08:00")
      .status("Awaiting Vendor", "03-02 09:00").status("Awaiting User", "03-02 10:30")
      .status("Awaiting Vendor", "03-02 17:00").status("Work", "03-03 08:30")
      .resolved("03-03 09:00")
    let carrier = try desk.results([table([sketch])]).promise("A", of: "Carrier")
    #expect(carrier.started == instant("03-02 09:00"))
    // 1 h 30 m and 1 h 30 m; two hours are used up at 17:30.
    #expect(carrier.elapsedSeconds == 10_800)
    #expect(carrier.lost == instant("03-02 17:30"))
  }

  @Test("Persons are named only where the agreement says so")
  func persons() throws {
    #expect(try Self.desk.chain(Self.handed).persons == nil)
    var desk = Self.desk
    desk.perPerson = true
    let persons = try desk.chain(Self.handed).persons
    #expect(persons?.map(\.person) == ["Ann", "Bob", "Bob"])
    #expect(persons?.map(\.group) == ["Desk", "Desk", "Networks"])
    #expect(persons?.map(\.elapsed) == [1_200, 900, 34_200])
  }

  @Test("No agreement of groups, no chain")
  func withoutGroups() throws {
    #expect(try ChainDesk().results([table([Self.handed])]).chain == nil)
  }

  @Test("One client's part holds no other's tickets")
  func clients() throws {
    let other = Sketch("B", ["group": "Desk", "department": "Finance"]).opened("03-02 08:00")
      .resolved("03-02 17:00")
    let results = try Self.desk.results([table([Self.handed, other])])
    let sales = results.limited(to: "it", customer: "Sales")
    #expect(sales.chain?.flatMap(\.promises).map(\.ticket) == ["A"])
    #expect(results.chain?.map(\.customer) == ["Finance", "Sales"])
    #expect(results.limited(to: "it", customer: "HR").chain == nil)
  }
}

@Suite struct HopTests {
  /// 08:00 to 16:00, Monday to Friday.
  private static let week: CalendarDefinition = {
    let days = Weekday.allCases.prefix(5).map { ($0, [window("08:00-16:00")]) }
    return CalendarDefinition(
      name: "week",
      versions: [
        CalendarVersion(zone: .utc, week: WeeklyHours(Dictionary(uniqueKeysWithValues: days)))
      ])
  }()

  @Test("One hour of office hours can last 65 hours by the wall clock")
  func weekend() {
    var sums = HopSums(year: 2026, zone: .utc)
    // From Friday 15:00:01, of which one second is left for Monday: 64 h are closed.
    let (longest, _) = sums.lasting(3_600, in: Self.week, as: .always(zone: .utc))
    #expect(longest == 234_000)
    let same = sums.lasting(3_600, in: Self.week, as: Self.week)
    #expect(same.median == 3_600)
    // An hour that always counts lasts an hour of office hours at most, and mostly none.
    let (most, median) = sums.lasting(3_600, in: .always(zone: .utc), as: Self.week)
    #expect(most == 3_600)
    #expect(median == 0)
  }

  @Test("Spans say of every second what a look at that second says", arguments: 0..<20)
  func seconds(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 90)
    func calendar() throws -> WorkCalendar {
      var week: [Weekday: [DayWindow]] = [:]
      for weekday in Weekday.allCases {
        week[weekday] = (0..<Int.random(in: 0...2, using: &random)).compactMap { _ in
          let start = Int.random(in: 0..<86_000, using: &random)
          return DayWindow(
            startSecond: start, endSecond: start + Int.random(in: 1...30_000, using: &random))
        }
      }
      week[.monday, default: []].append(window("09:00-10:00"))
      let zone = try zone(World.zones.randomElement(using: &random) ?? "UTC")
      let definition = CalendarDefinition(
        name: "random", versions: [CalendarVersion(zone: zone, week: WeeklyHours(week))])
      let covering = try #require(
        ClockInterval(
          from: Instant(seconds: instant("2026-03-20 00:00")),
          to: Instant(seconds: instant("2026-08-20 00:00"))))
      return WorkCalendar(definition, covering: covering)
    }
    let (own, other) = (try calendar(), try calendar())
    let amount = Int64.random(in: 1...100_000, using: &random)
    let start = instant("2026-03-27 00:00") + Int64.random(in: 0..<86_400, using: &random)
    let year = start..<start + 130_000
    let spans = try #require(LastingSpans(seconds: amount, own: own, other: other, year: year))
    let all = try year.map { second in
      let due = try #require(
        own.due(after: WorkTime(seconds: amount), from: Instant(seconds: second)))
      return other.work(from: Instant(seconds: second), to: due).seconds
    }
    let told = spans.spans.flatMap { span in
      (0..<span.count).map { span.first + span.step * $0 }
    }
    #expect(told == all)
    #expect(spans.longest == all.max())
    #expect(spans.median == all.sorted()[(all.count - 1) / 2])
  }

  @Test("Three groups at 95 % guarantee 85 %; 95 % over three needs 98.33 % of each")
  func guarantee() {
    var route = ChainRoute(
      tier: "All", hops: [], within: 36_000, objective: 95_000_000, handOffs: 1_200)
    for group in ["A", "B", "C"] {
      var hop = ChainRoute.Hop(group: group)
      (hop.within, hop.longest, hop.objective) = (10_800, 10_800, 95_000_000)
      route.hops.append(hop)
    }
    #expect(route.sum == 33_600)
    #expect(route.excess == -2_400)
    #expect(route.guaranteed == 85_000_000)
    #expect(ChainRoute.needed(each: 3, for: 95_000_000) == 98_333_334)
    route.hops[2].longest = 14_401
    #expect(route.guaranteed == 0)
    route.hops[1].longest = nil
    #expect(route.guaranteed == nil)
  }

  @Test("A whole is divided to the last unit")
  func divide() {
    let parts = BreachShares.divide(
      1_000_000, by: ["A", "B", "C"].map { ChainPart(name: $0, parts: 7) })
    #expect(parts.map(\.parts) == [333_334, 333_333, 333_333])
  }
}
