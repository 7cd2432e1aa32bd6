import Agreements
import Calculation
import Results
import ServiceTime
import Testing
import Tickets

struct AvailabilityTests {
  /// October 2026 from 08:00 to 18:00 on its 22 working days: 792,000 s.
  private func desk(
    _ rows: [(from: String, to: String?, fields: [String: String])],
    maintenance: [(from: String, to: String?, fields: [String: String])] = []
  ) throws -> ObligationDesk {
    var desk = ObligationDesk()
    desk.obligations = [try ObligationDesk.availability(office(), maintenance: true)]
    desk.intervals = [
      intervals(rows), intervals(maintenance, source: "maintenance"),
    ]
    return desk
  }

  @Test("The worked example: agreed time, downtime, budget, MTBF and MTRS in whole seconds")
  func workedExample() throws {
    let desk = try desk(
      [
        // Two outages overlap for 5 minutes: 25 minutes down, one failure.
        ("10-05 09:00", "10-05 09:20", [:]), ("10-05 09:15", "10-05 09:25", [:]),
        // From before the opening: 10 minutes count.
        ("10-06 07:00", "10-06 08:10", [:]),
        // Within maintenance for an hour, and half an hour after it.
        ("10-07 10:30", "10-07 12:30", [:]),
        // On a Saturday: nothing counts, and it is no failure.
        ("10-10 09:00", "10-10 12:00", [:]),
      ], maintenance: [("10-07 10:00", "10-07 12:00", [:])])
    let period = try desk.reported("2026-10")
    let figures = try #require(period.availability)
    #expect(figures.serviceSeconds == 792_000)
    #expect(figures.maintenanceSeconds == 7_200)
    #expect(figures.agreedSeconds == 784_800)
    #expect(figures.downSeconds == 3_900)
    #expect(figures.failures == 3)
    #expect(figures.longestSeconds == 1_800)
    // 0.5 % of 784,800 s is 3,924 s.
    #expect(figures.budgetMicroseconds == 3_924_000_000)
    #expect(figures.leftSeconds == 24)
    #expect(figures.betweenFailuresSeconds == 260_300)
    #expect(figures.meanRestoreSeconds == 1_300)
    // 3,900 of 3,924 s are more than 80 %.
    #expect(period.state == .pressed)
    #expect(period.reached == 780_900 * 1_000_000 && period.possible == 784_800 * 1_000_000)
    let record = try desk.record("2026-10")
    #expect(record.maintenance?.map(\.seconds) == [7_200])
    #expect(record.maintenance?.map(\.downSeconds) == [5_400])
    #expect(record.outages?.map(\.names) == [["R1", "R2"], ["R3"], ["R4"]])
  }

  @Test("Equal to the objective is met, and one second more is missed")
  func edge() throws {
    for (end, state) in [("10-05 09:06:00", ObligationState.pressed), ("10-05 09:06:01", .missed)] {
      var desk = ObligationDesk()
      desk.obligations = [try ObligationDesk.availability(office(), objective: "99%")]
      // 1 % of 36,000 s are 360 s.
      desk.intervals = [intervals([("10-05 09:00", end, [:])])]
      #expect(try desk.reported("2026-10-05..2026-10-05").state == state)
    }
  }

  @Test("Where outages overlap the largest weight counts, and a planned one only alone")
  func weights() throws {
    let desk = try desk([
      ("10-05 09:00", "10-05 09:10", ["weight": "25%", "planned": "yes"]),
      ("10-05 09:05", "10-05 09:20", ["weight": "0.5", "planned": "no"]),
    ])
    let figures = try #require(try desk.reported("2026-10").availability)
    #expect(figures.downSeconds == 1_200)
    #expect(figures.plannedDownSeconds == 300)
    #expect(figures.weightedDownMicroseconds == 300 * 250_000 + 900 * 500_000)
    #expect(figures.failures == 1)
  }

  @Test("Outages that touch are one failure, and a second between them makes two")
  func touching() throws {
    for (start, failures) in [("10-05 09:10:00", 1), ("10-05 09:10:01", 2)] {
      let desk = try desk([("10-05 09:00", "10-05 09:10", [:]), (start, "10-05 09:20", [:])])
      #expect(try desk.reported("2026-10").availability?.failures == failures)
    }
  }

  @Test("Over a month's edge the downtime is split, and the failure counts where it began")
  func edgeOfPeriods() throws {
    let desk = try desk([("10-30 17:50", "11-02 08:30", [:])])
    let october = try #require(try desk.reported("2026-10").availability)
    let november = try #require(try desk.reported("2026-11").availability)
    #expect(october.downSeconds == 600 && october.failures == 1)
    #expect(november.downSeconds == 1_800 && november.failures == 0)
    #expect(november.meanRestoreSeconds == nil && november.longestSeconds == 1_800)
    #expect(try desk.record("2026-11").outages?.map(\.period) == ["2026-10"])
  }

  @Test("An outage without an end lasts to the horizon, and a later start is not known")
  func openOutage() throws {
    let desk = try desk([("10-05 17:00", nil, [:]), ("10-06 12:00", "10-06 13:00", [:])])
    let period = try desk.reported("2026-10", asOf: "10-06 09:00")
    #expect(period.availability?.downSeconds == 7_200)
    #expect(period.availability?.failures == 1)
    #expect(try desk.record("2026-10", asOf: "10-06 09:00").outages?.map(\.end) == [nil])
  }

  @Test("An unfinished period is judged only once its whole budget is used")
  func toDate() throws {
    // 0.5 % of 792,000 s are 3,960 s.
    let desk = try desk([
      ("10-05 09:00", "10-05 10:06:00", [:]), ("10-06 09:00", "10-06 09:00:01", [:]),
    ])
    #expect(try desk.reported("2026-10", asOf: "10-05 12:00").state == .running)
    #expect(try desk.reported("2026-10", asOf: "10-06 12:00").state == .missed)
  }

  @Test("No rows, or a month without any while nothing says since when they are kept, is no data")
  func noData() throws {
    var desk = try desk([("10-05 09:00", "10-05 09:10", [:])])
    #expect(try desk.reported("2026-11").state == .met)
    desk.obligations[0].since = nil
    #expect(try desk.reported("2026-10").state == .met)
    #expect(try desk.reported("2026-09").state == .noData)
    #expect(try desk.reported("2026-11").state == .noData)
    #expect(try desk.reported("2026-11").possible == 0)
    desk.intervals = []
    #expect(try desk.reported("2026-10").state == .noData)
    desk = try self.desk([("10-05 09:00", "10-05 09:10", [:])])
    desk.obligations[0].since = date("2026-10-03")
    #expect(try desk.reported("2026-10").state == .partial)
  }

  @Test("A part of a period is agreed where the agreement is valid for a part")
  func validity() throws {
    var desk = try desk([("10-05 09:00", "10-05 09:10", [:]), ("10-27 09:00", "10-27 10:00", [:])])
    desk.validFrom = date("2026-10-26")
    let figures = try #require(try desk.reported("2026-10").availability)
    #expect(figures.serviceSeconds == 5 * 36_000)
    #expect(figures.downSeconds == 3_600 && figures.failures == 1)
    #expect(try desk.record("2026-09").periods.isEmpty)
  }

  @Test("A pack has its own customer's outages alone; shared ones are in every pack")
  func customers() throws {
    var desk = try desk([
      ("10-05 09:00", "10-05 09:10", ["unit": "North"]),
      ("10-06 09:00", "10-06 09:20", ["unit": "South"]),
    ])
    desk.customer = .field("unit")
    let results = try desk.results("2026-10", asOf: "11-05 00:00")
    #expect(results.customers(of: "promises") == ["North", "South"])
    let own = try #require(results.limited(to: "promises", customer: "North").obligations)
    #expect(own.map(\.customer) == ["North"])
    #expect(own.flatMap { $0.outages ?? [] }.map(\.names) == [["R1"]])
    #expect(own[0].periods.last?.availability?.downSeconds == 600)
    desk.obligations[0].isShared = true
    var single = desk.obligations[0]
    (single.name, single.isShared) = ("own", false)
    desk.obligations.append(single)
    let both = try #require(try desk.results("2026-10", asOf: "11-05 00:00").obligations)
    #expect(both.map(\.customer) == ["North", "North", "South", "South"])
    #expect(both.map { $0.outages?.count } == [2, 1, 2, 1])
  }
}
