import Calculation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

@testable import Agreements

@Suite("Changes of a service")
struct ChangeTests {
  typealias Row = (from: String, to: String?, fields: [String: String])

  static func terms(days: Int = 7, cause: String? = "change") -> ChangeTerms {
    var terms = ChangeTerms(
      rows: .init(source: "changes"), serviceField: "service",
      services: [.init(name: "shop", title: "Shop", availability: "it")],
      success: when("outcome", "ok"), failure: when("outcome", "failed"), days: days)
    (terms.typeField, terms.titleField, terms.causeField) = ("type", "title", cause)
    return terms
  }

  private func desk(
    _ changes: [Row], outages: [Row] = [], maintenance: [Row] = [], cause: String? = "change",
    days: Int = 7
  ) throws -> ObligationDesk {
    var desk = ObligationDesk()
    desk.obligations = [
      try ObligationDesk.availability(.always(zone: .utc), maintenance: true)
    ]
    desk.changes = Self.terms(days: days, cause: cause)
    desk.intervals = [
      intervals(changes, source: "changes"), intervals(outages),
      intervals(maintenance, source: "maintenance"),
    ]
    return desk
  }

  private func changes(_ desk: ObligationDesk, asOf: String = "11-02 06:00") throws
    -> [ServiceChange]
  {
    try #require(try desk.results("2026-10", asOf: asOf).serviceChanges?.first).changes
  }

  @Test("The success rate leaves out what has no outcome; failed wins where both hold")
  func rates() throws {
    var rows: [Row] = []
    for (number, outcome) in ["ok", "ok", "ok", "ok", "ok", "ok", "failed", "failed", "", "?"]
      .enumerated()
    {
      rows.append(
        (
          "10-0\(number % 9 + 1) 10:00", "10-0\(number % 9 + 1) 11:00",
          ["service": "shop", "outcome": outcome, "type": number < 7 ? "normal" : "standard"]
        ))
    }
    // Of another service, and of another month.
    rows.append(("10-05 10:00", "10-05 11:00", ["service": "mail", "outcome": "failed"]))
    rows.append(("11-01 00:00", "11-01 01:00", ["service": "shop", "outcome": "failed"]))
    var desk = try desk(rows)
    let record = try #require(
      try desk.results("2026-10", asOf: "11-02 06:00").serviceChanges?.first)
    let rates = record.rates(in: instant("10-01 00:00")..<instant("11-01 00:00"))
    #expect(rates.map(\.name) == ["", "normal", "standard", "Shop"])
    #expect(rates.map(\.succeeded) == [6, 6, 0, 6])
    #expect(rates.map(\.failed) == [2, 1, 1, 2])
    #expect(rates.map(\.untold) == [2, 0, 2, 2])
    desk.changes?.success = .anything
    let all = try changes(desk)
    #expect(all.count { $0.outcome == .failed } == 2 && all.count { $0.outcome == .untold } == 0)
  }

  @Test("Windows are whole days up to the start and from the end on; the change is in neither")
  func windows() throws {
    // Down for the last second before, in the change, and for the first second after it.
    let start = "10-06 22:00:00"
    let desk = try desk(
      [(start, "10-06 23:35:00", ["service": "shop"])],
      outages: [
        ("10-06 21:59:59", "10-06 23:35:01", [:]), ("09-29 21:59:59", "09-29 22:00:01", [:]),
        ("10-13 23:34:59", "10-13 23:35:01", [:]),
      ])
    var longer = desk
    longer.obligations = desk.obligations
    let record = try #require(
      try longer.results("2026-10", asOf: "11-02 06:00").serviceChanges?.first)
    let change = try #require(record.changes.first)
    let before = try #require(change.before)
    let after = try #require(change.after)
    #expect(after.from == instant("10-06 23:35:00") && after.to == instant("10-13 23:35:00"))
    #expect(after.agreedSeconds == 604_800 && after.downMicroseconds == 2_000_000)
    #expect(!after.isCut)
    // October alone is shown, so that nothing is known of September.
    #expect(before.from == instant("10-01 00:00") && before.to == instant(start) && before.isCut)
    #expect(before.agreedSeconds == 5 * 86_400 + 79_200 && before.downMicroseconds == 1_000_000)
  }

  @Test("A window is cut at the horizon, and a change that goes on has no time after it")
  func cut() throws {
    let desk = try desk([
      ("10-30 12:00", "10-30 13:00", ["service": "shop"]),
      ("10-30 14:00", nil, ["service": "shop"]),
      ("10-31 14:00", "11-03 14:00", ["service": "shop"]),
    ])
    let all = try changes(desk)
    #expect(all[0].after?.to == instant("11-01 00:00") && all[0].after?.isCut == true)
    #expect(all[1].after == nil && all[1].end == nil && all[1].before?.isCut == false)
    // It ends after the horizon, which nobody knew then.
    #expect(all[2].end == nil && all[2].after == nil)
    let early = try changes(desk, asOf: "10-30 12:30")
    #expect(early.count == 1 && early[0].end == nil)
  }

  @Test("Downtime of a change is that of its own outages: planned, unplanned and in maintenance")
  func downtime() throws {
    let rows: [Row] = [
      ("10-06 22:00", "10-06 23:35", ["service": "shop"]),
      ("10-19 13:00", "10-19 13:40", ["service": "shop"]),
    ]
    let outages: [Row] = [
      ("10-06 22:30", "10-07 00:00", ["planned": "yes", "change": "R1"]),
      ("10-19 13:05", "10-19 13:31", ["change": "R2"]),
      // Planned and unplanned overlap for five minutes, which are unplanned.
      ("10-19 13:31", "10-19 13:41", ["planned": "yes", "change": "R2"]),
      ("10-19 13:36", "10-19 13:46", ["change": "R2"]),
      // In the change, but caused by none.
      ("10-19 13:10", "10-19 14:10", [:]),
    ]
    let maintenance: [Row] = [("10-06 22:00", "10-07 00:00", [:])]
    let named = try changes(desk(rows, outages: outages, maintenance: maintenance))
    #expect(named[0].downtime?.maintenance == 5_400)
    #expect(named[0].downtime?.planned == 0 && named[0].downtime?.unplanned == 0)
    #expect(named[1].downtime?.unplanned == 1_560 + 600 && named[1].downtime?.planned == 300)
    // Without names, those that began while it lasted: 13:05 to 14:10.
    let begun = try changes(
      desk(rows, outages: outages, maintenance: maintenance, cause: nil))
    #expect(begun[0].downtime?.maintenance == 5_400)
    #expect(begun[1].downtime?.unplanned == 3_900 && begun[1].downtime?.planned == 0)
  }

  @Test("A customer sees its own changes, or those that all share; without rows there is nothing")
  func customers() throws {
    let rows: [Row] = [
      ("10-06 22:00", "10-06 23:00", ["service": "shop", "department": "Sales"]),
      ("10-07 22:00", "10-07 23:00", ["service": "shop", "department": "Finance"]),
    ]
    var desk = try desk(rows, outages: [("10-06 22:10", "10-06 22:20", ["department": "Sales"])])
    desk.customer = .field("department")
    let own = try desk.results("2026-10", asOf: "11-02 06:00").serviceChanges
    #expect(own?.map(\.customer) == ["Sales"])
    #expect(own?.first?.changes.map(\.id) == ["R1"])
    desk.changes?.isShared = true
    let shared = try desk.results("2026-10", asOf: "11-02 06:00").serviceChanges
    #expect(shared?.first?.changes.map(\.id) == ["R1", "R2"])
    desk.intervals.removeFirst()
    #expect(try desk.results("2026-10", asOf: "11-02 06:00").serviceChanges == nil)
  }
}

@Suite("Changes of a service, second by second")
struct ChangeOracleTests {
  /// Three days, so that every second can be looked at.
  @Test("Windows and downtime agree with a count of seconds", arguments: 0..<14)
  func oracle(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let begin = instant("10-01 00:00")
    func stretch() -> (from: Int64, to: Int64?) {
      let from = begin + Int64.random(in: 0..<250_000, using: &random)
      let isOpen = Int.random(in: 0..<12, using: &random) == 0
      return (from, isOpen ? nil : from + Int64.random(in: 1...20_000, using: &random))
    }
    let horizon = begin + 3 * 86_400
    let changes = (0..<5).map { _ in stretch() }
    let outages = (0..<9).map { _ in
      (
        at: stretch(), planned: Bool.random(using: &random),
        change: Int.random(in: 0...5, using: &random)
      )
    }
    let maintenance = (0..<3).map { _ in stretch() }
    let isNamed = seed.isMultiple(of: 2)
    var desk = ObligationDesk()
    desk.obligations = [try ObligationDesk.availability(office(), maintenance: true)]
    desk.changes = ChangeTests.terms(days: 1, cause: isNamed ? "change" : nil)
    desk.intervals = [
      intervals(changes.map { ($0.from, $0.to, ["service": "shop"]) }, source: "changes"),
      intervals(
        outages.map {
          (
            $0.at.from, $0.at.to,
            ["planned": $0.planned ? "yes" : "no", "change": $0.change == 0 ? "" : "R\($0.change)"]
          )
        }), intervals(maintenance.map { ($0.from, $0.to, [:]) }, source: "maintenance"),
    ]
    let asOf = "10-04 00:00"
    let record = try #require(try desk.results("2026-10", asOf: asOf).serviceChanges?.first)
    func holds(_ stretch: (from: Int64, to: Int64?), _ second: Int64) -> Bool {
      stretch.from <= second && second < min(stretch.to ?? horizon, horizon)
    }
    // Monday to Friday 08:00 to 18:00; 1 October 2026 is a Thursday.
    func isOpen(_ second: Int64) -> Bool {
      let day = (second - begin) / 86_400
      let hour = (second - begin) % 86_400 / 3_600
      return day < 2 && (8..<18).contains(hour)
    }
    func isMaintained(_ second: Int64) -> Bool { maintenance.contains { holds($0, second) } }
    for change in record.changes {
      let number = Int(change.id.dropFirst()) ?? 0
      let end = change.end ?? horizon
      let own = outages.filter { outage in
        isNamed
          ? outage.change == number
          : outage.at.from >= change.start && outage.at.from < end
      }
      var expected = ChangeDowntime()
      for second in begin..<horizon where isOpen(second) {
        let down = own.filter { holds($0.at, second) }
        guard !down.isEmpty else { continue }
        if isMaintained(second) {
          expected.maintenance += 1
        } else if down.allSatisfy(\.planned) {
          expected.planned += 1
        } else {
          expected.unplanned += 1
        }
      }
      #expect(change.downtime == expected, "seed \(seed) \(change.id)")
      for (window, from, to) in [
        (change.before, change.start - 86_400, change.start),
        (change.after, end, end + 86_400),
      ] {
        guard let window else { continue }
        let seconds = (from..<to).filter { $0 >= begin && $0 < horizon && isOpen($0) }
        let agreed = seconds.filter { !isMaintained($0) }
        #expect(window.agreedSeconds == Int64(agreed.count), "seed \(seed) \(change.id)")
        let down = agreed.filter { second in outages.contains { holds($0.at, second) } }
        #expect(window.downMicroseconds == Int64(down.count) * 1_000_000)
      }
    }
    #expect(record.changes.count == changes.count { $0.from < horizon })
  }
}
