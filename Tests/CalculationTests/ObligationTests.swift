import Agreements
import Calculation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

struct ObligationTests {
  // MARK: Volumes

  private func leads(
    _ steps: [(from: String?, amount: Int64)], isProRata: Bool = true
  ) throws -> Obligation {
    try ObligationDesk.obligation(
      .volume(
        .init(
          steps: steps.map {
            .init(from: $0.from.map(date), millionths: $0.amount * CountTable.unit)
          }, quality: when("quality", "accepted"), isProRata: isProRata)))
  }

  @Test("Of a volume only what meets the quality counts, and the rest is shown apart")
  func volume() throws {
    var desk = ObligationDesk()
    desk.obligations = [try leads([(nil, 80)])]
    desk.counts = [
      counts([
        ("10-01 00:00", 50, ["quality": "accepted"]),
        ("10-31 23:59:59", 29, ["quality": "accepted"]),
        ("10-12 09:00", 20, ["quality": "rejected"]), ("11-01 00:00", 80, ["quality": "accepted"]),
      ])
    ]
    let period = try desk.reported("2026-10")
    #expect(period.volume?.accepted == 79_000_000)
    #expect(period.volume?.rejected == 20_000_000)
    #expect(period.volume?.required == 80_000_000)
    #expect(period.state == .missed)
    #expect(try desk.reported("2026-11").state == .met)
    #expect(try desk.reported("2026-09").state == .noData)
    #expect(try desk.reported("2026-12").state == .missed)
    #expect(try desk.reported("2026-12", asOf: "12-20 00:00").state == .running)
    #expect(try desk.reported("2026-11", asOf: "11-02 00:00").state == .met)
  }

  @Test("A ramp takes the month's own amount, and a part of a month its share by days, rounded up")
  func ramp() throws {
    var desk = ObligationDesk()
    desk.obligations = [try leads([("2026-01-01", 80), ("2026-04-01", 120)])]
    desk.counts = [counts([("01-20 09:00", 1, ["quality": "accepted"])])]
    desk.validFrom = date("2026-01-18")
    // 80 x 14 / 31 is 36.129032...
    #expect(try desk.reported("2026-01").volume?.required == 36_129_033)
    #expect(try desk.reported("2026-03").volume?.required == 80_000_000)
    #expect(try desk.reported("2026-04").volume?.required == 120_000_000)
    #expect(try desk.reported("2026-Q1").volume?.required == 196_129_033)
    // 120 x 10 / 30.
    #expect(try desk.reported("2026-04-01..2026-04-10").volume?.required == 40_000_000)
    desk.obligations = [try leads([(nil, 80)], isProRata: false)]
    #expect(try desk.reported("2026-01").state == .partial)
    #expect(try desk.reported("2026-02").state == .missed)
  }

  @Test("Amounts beyond all measure are held at the ends, and trap nothing")
  func immense() throws {
    let most = VolumeFigures(accepted: .max, rejected: .max, required: 5)
    #expect(most.delivered == .max && most.difference == .max - 5)
    #expect(VolumeFigures(accepted: .min, rejected: 0, required: 5).difference == .min)
    var desk = ObligationDesk()
    desk.obligations = [try leads([(nil, 80)])]
    var table = counts([
      ("10-01 00:00", 0, ["quality": "accepted"]), ("10-02 00:00", 0, ["quality": "accepted"]),
    ])
    table.amounts = [.max, .max]
    desk.counts = [table]
    #expect(try desk.reported("2026-10").volume?.accepted == .max)
  }

  @Test("Months of a volume add up to their quarter, whatever the agreement covers")
  func months() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<40 {
      var desk = ObligationDesk()
      desk.validFrom = date("2026-01-01").adding(days: Int.random(in: 0..<80, using: &random))
      desk.validUntil = desk.validFrom?.adding(days: Int.random(in: 1..<80, using: &random))
      desk.obligations = [try leads([(nil, Int64.random(in: 1...500, using: &random))])]
      desk.counts = [counts([("01-01 00:00", 1, ["quality": "accepted"])])]
      let periods = try desk.record("2026-Q1").periods
      let required = periods.map { $0.volume?.required ?? 0 }
      #expect(required.dropLast().reduce(0, +) == required.last ?? 0)
    }
  }

  // MARK: Ratios

  @Test("A ratio is exact: at least and at most, and equal is met")
  func ratio() throws {
    func state(_ good: Int64, of all: Int64, _ objective: String, isAtMost: Bool) throws
      -> ObligationState
    {
      var desk = ObligationDesk()
      desk.obligations = [
        try ObligationDesk.obligation(
          .ratio(.init(part: when("score", ">=4"), isAtMost: isAtMost)), objective: objective)
      ]
      desk.counts = [
        counts([
          ("10-05 09:00", good, ["score": "4.5"]), ("10-06 09:00", all - good, ["score": "3"]),
        ])
      ]
      return try desk.reported("2026-10").state
    }
    #expect(try state(799, of: 1_000, "80%", isAtMost: false) == .missed)
    #expect(try state(800, of: 1_000, "80%", isAtMost: false) == .pressed)
    #expect(try state(841, of: 1_000, "80%", isAtMost: false) == .met)
    #expect(try state(50, of: 1_000, "5%", isAtMost: true) == .pressed)
    #expect(try state(40, of: 1_000, "5%", isAtMost: true) == .met)
    #expect(try state(51, of: 1_000, "5%", isAtMost: true) == .missed)
    #expect(try state(0, of: 0, "80%", isAtMost: false) == .noData)
  }

  @Test("Of tickets, a ratio looks at the moment that the agreement names")
  func tickets() throws {
    var desk = ObligationDesk()
    var obligation = try ObligationDesk.obligation(
      .ratio(.init(part: when("reopen_count", ">0"), isAtMost: true)), rows: "desk",
      objective: "5%")
    obligation.rows.moment = "resolved"
    desk.obligations = [obligation]
    desk.tables = [
      table([
        Sketch("A", ["reopen_count": "1"]).opened("09-20 09:00").resolved("10-02 09:00"),
        Sketch("B", ["reopen_count": "0"]).opened("10-20 09:00").resolved("10-22 09:00"),
        Sketch("C", ["reopen_count": "0"]).opened("10-20 09:00"),
      ])
    ]
    let period = try desk.reported("2026-10")
    #expect(period.counts?.met == 1 && period.counts?.missed == 1)
    #expect(period.state == .missed)
  }

  // MARK: Deliverables

  private func report() throws -> Obligation {
    var terms = Obligation.Deliverable(calendar: office(), businessDays: 5, secondOfDay: 43_200)
    terms.monthField = "month"
    terms.complete = when("complete", "yes")
    terms.accepted = when("accepted", "yes")
    return try ObligationDesk.obligation(.deliverable(terms), objective: "100%")
  }

  private func deliveries(_ rows: (at: String, complete: String, accepted: String)...) throws
    -> ObligationDesk
  {
    var desk = ObligationDesk()
    desk.obligations = [try report()]
    desk.validFrom = date("2026-09-01")
    desk.counts = [
      counts(
        rows.map {
          ($0.at, 1, ["month": "2026-09", "complete": $0.complete, "accepted": $0.accepted])
        })
    ]
    return desk
  }

  @Test("The report for September is due on the fifth business day of October at noon")
  func deliverable() throws {
    // 1 October 2026 is a Thursday: 1, 2, 5, 6, 7 October.
    let inTime = try deliveries(("10-07 12:00", "yes", "yes"))
    let record = try inTime.record("2026-10")
    #expect(record.deliveries?.map(\.due) == [instant("10-07 12:00")])
    #expect(record.periods[0].state == .met)
    let late = try deliveries(("10-07 12:00:01", "yes", "yes"))
    #expect(try late.reported("2026-10").state == .missed)
    #expect(try late.record("2026-10").deliveries?[0].lateSeconds == 1)
    #expect(try late.record("2026-10").deliveries?[0].isComplete == true)
  }

  @Test("In time, complete and accepted are facts of their own, and one delivery must be all three")
  func facts() throws {
    let desk = try deliveries(("10-06 09:00", "no", "yes"), ("10-09 09:00", "yes", "yes"))
    let delivery = try #require(try desk.record("2026-10").deliveries?.first)
    #expect(delivery.isOnTime && delivery.isComplete == true && delivery.isAccepted == true)
    #expect(!delivery.isMet)
    let counts = try #require(try desk.reported("2026-10").counts)
    #expect(counts.onTime == 1 && counts.complete == 1 && counts.met == 0 && counts.missed == 1)
  }

  @Test("What is not due yet is running, and a month without a delivery is missed once it was due")
  func notDue() throws {
    let desk = try deliveries(("10-20 09:00", "yes", "yes"))
    #expect(try desk.reported("2026-10", asOf: "10-07 12:00").counts?.running == 1)
    #expect(try desk.reported("2026-10", asOf: "10-07 12:00:01").counts?.missed == 1)
    #expect(try desk.reported("2026-11").counts?.missed == 1)
    #expect(try desk.reported("2026-11").state == .missed)
  }

  // MARK: Responses

  @Test("A lead is answered within four business hours, over nights and weekends")
  func responses() throws {
    var desk = ObligationDesk()
    desk.obligations = [
      try ObligationDesk.obligation(
        .responseTo(.init(calendar: office(), within: .work(seconds: 14_400))), objective: "60%")
    ]
    desk.intervals = [
      intervals([
        // Friday 16:00: two hours on Friday, two on Monday.
        ("10-02 16:00", "10-05 10:00", [:]), ("10-02 16:00", "10-05 10:00:01", [:]),
        // Lost on 2 November at 10:00: counted in November.
        ("10-30 16:00", "11-10 09:00", [:]),
        // On a Saturday: counts from Monday.
        ("10-10 12:00", "10-12 12:00", [:]),
        ("10-30 17:00", nil, [:]),
      ])
    ]
    let october = try desk.reported("2026-10")
    #expect(october.counts?.met == 2 && october.counts?.missed == 1)
    #expect(october.counts?.running == 2)
    #expect(october.state == .pressed)
    let november = try desk.reported("2026-11")
    #expect(november.counts?.met == 0 && november.counts?.missed == 2)
    let late = try #require(try desk.record("2026-10").late)
    #expect(late.map(\.id) == ["R2"])
    #expect(late.map(\.elapsedSeconds) == [14_401])
    #expect(late.map(\.lost) == [instant("10-05 10:00")])
  }

  // MARK: All kinds

  @Test("Both directions stand in one agreement, in the order of the file")
  func directions() throws {
    var desk = ObligationDesk()
    var first = try leads([(nil, 1)])
    (first.by, first.to) = ("Marketing", "Sales")
    var second = try report()
    (second.by, second.to, second.name) = ("Sales", "Marketing", "report")
    desk.obligations = [first, second]
    let records = try #require(try desk.results("2026-10", asOf: "11-05 00:00").obligations)
    #expect(records.map(\.by) == ["Marketing", "Sales"])
    #expect(records.map(\.to) == ["Sales", "Marketing"])
    #expect(records.allSatisfy { $0.periods.allSatisfy { $0.state == .noData } })
  }

  @Test("Without obligations the results say nothing of them")
  func none() throws {
    #expect(try ObligationDesk().results("2026-10", asOf: "11-05 00:00").obligations == nil)
  }
}
