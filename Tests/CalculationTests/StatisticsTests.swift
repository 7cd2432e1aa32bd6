import Agreements
import Calculation
import Results
import ServiceTime
import Testing
import Tickets

/// DESIGN, section 7, and clock changes.
@Suite("Statistics and zones")
struct StatisticsTests {
  let durations: [Int64] = [12, 15, 20, 22, 30, 35, 41, 44, 52, 180]

  @Test("type 7: p90 is 64.8, p95 is 122.4, p50 is 32.5")
  func interpolated() {
    let values = durations.map { $0 }
    #expect(Percentile.interpolated(values, percent: 90) == 6_480)
    #expect(Percentile.interpolated(values, percent: 95) == 12_240)
    #expect(Percentile.interpolated(values, percent: 50) == 3_250)
    #expect(Percentile.interpolated([7], percent: 99) == 700)
    #expect(Percentile.interpolated([], percent: 50) == nil)
  }

  @Test("type 1: p90 is 52, p95 is 180")
  func nearestRank() {
    #expect(durations[Percentile.nearestRank(millionths: 90_000_000, count: 10) - 1] == 52)
    #expect(durations[Percentile.nearestRank(millionths: 95_000_000, count: 10) - 1] == 180)
    #expect(Percentile.nearestRank(millionths: 0, count: 10) == 1)
    #expect(Percentile.nearestRank(millionths: 100_000_000, count: 10) == 10)
  }

  @Test("type 1 within the limit says the same as the objective reached, open misses longest")
  func againstWithin() throws {
    let limit = Int64(52)
    for missing in 0...3 {
      var sketches = durations.enumerated().map { index, seconds in
        Sketch("T\(index)").opened("03-02 09:00")
          .at("03-02 09:00:" + (seconds < 60 ? String(seconds) : "59"), .now("resolved"))
      }
      for index in 0..<missing { sketches[index] = Sketch("T\(index)").opened("03-02 09:00") }
      var terms = Terms.within(.work(seconds: limit))
      terms.objective = .init(millionthsOfPercent: 70_000_000)
      let row = try results([table(sketches)], [terms]).row("2026-03")
      let at = try #require(row.againstWithin?.atObjective)
      let isReached = row.counts.met * 10 >= 7 * row.counts.decided
      #expect((!at.isOver && at.seconds <= limit) == isReached, "\(missing)")
      #expect(row.againstWithin?.percentiles.last?.isOver == (missing > 0))
    }
  }

  @Test("percentiles are over the clocks stopped, with n and what was decided when")
  func stopped() throws {
    let sketches = [
      Sketch("T1").opened("03-02 09:00").resolved("03-02 10:00"),
      Sketch("T2").opened("03-02 09:00").resolved("03-02 11:00"),
      Sketch("T3").opened("03-30 09:00"),
      Sketch("T4").opened("02-02 09:00").resolved("03-02 09:00"),
    ]
    let row = try results([table(sketches)], [Terms()]).row("2026-03")
    #expect(row.stopped?.n == 3)
    #expect(row.stopped?.decidedEarlier == 1)
    #expect(row.stopped?.notStopped == 1)
    #expect(row.stopped?.percentiles.first == hours(2) * 100)
  }

  @Test(
    "a ticket over both clock changes of a year counts by the zone's rules",
    arguments: [("Europe/London", 2), ("America/New_York", 2), ("Australia/Sydney", 2)])
  func clockChanges(name: String, changes: Int) throws {
    let zone = try zone(name)
    let local = (start: Int64(20_454 * 86_400 + 12 * 3_600), days: Int64(364))
    let start = zone.instants(ofLocal: local.start).first
    let end = zone.instants(ofLocal: local.start + local.days * 86_400).first
    let span = try #require(ClockInterval(from: start, to: end))
    #expect(zone.changes(in: span).count == changes)
    var sketch = Sketch("T1")
    sketch.happenings = [(start.seconds, .now("opened")), (end.seconds, .now("resolved"))]
    for calendar in [office(zone), .always(zone: zone), nights(zone)] {
      var terms = Terms.within(.work(seconds: hours(1)), on: calendar)
      terms.zone = zone
      let row = try promise(sketch, terms, period: "2026-12", asOf: "2027-02-01 00:00")
      // 52 weeks; both changes of the year cancel out for a calendar that is open in them.
      let week: Double = calendar.name == "office" ? 50 : calendar.name == "nights" ? 56 : 168
      #expect(row.elapsedSeconds == hours(52 * week), "\(calendar.name)")
    }
  }

  /// Every night from 22:00 to 06:00.
  private func nights(_ zone: ZoneRules) -> CalendarDefinition {
    let week = WeeklyHours(
      Dictionary(uniqueKeysWithValues: Weekday.allCases.map { ($0, [window("22:00-06:00")]) }))
    return CalendarDefinition(name: "nights", versions: [CalendarVersion(zone: zone, week: week)])
  }

  @Test("a 24 x 7 day has 23 h or 25 h when the clocks change")
  func dayOfTheChange() throws {
    let london = try zone("Europe/London")
    for (day, length) in [("2026-03-29", 23.0), ("2026-10-25", 25.0)] {
      let start = london.midnight(of: date(day))
      let end = london.midnight(of: date(day).adding(days: 1))
      var sketch = Sketch("T1")
      sketch.happenings = [(start.seconds, .now("opened")), (end.seconds, .now("resolved"))]
      let terms = Terms.within(.work(seconds: hours(length)), on: .always(zone: london))
      #expect(
        try promise(sketch, terms, period: String(day.prefix(7))).short
          == "met \(hours(length)) 0")
    }
  }

  @Test("a month is the local month of the agreement's zone")
  func localMonth() throws {
    var terms = Terms.within(.work(seconds: hours(1_000)), on: .always(zone: .utc))
    terms.zone = try zone("America/Sao_Paulo")
    let ticket = Sketch("T1").opened("03-30 09:00").resolved("04-01 02:59:59")
    #expect(try promise(ticket, terms).period == "2026-03")
    let next = Sketch("T1").opened("03-30 09:00").resolved("04-01 03:00")
    #expect(try promise(next, terms, period: "2026-04").period == "2026-04")
  }
}
