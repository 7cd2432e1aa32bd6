import Agreements
import Calculation
import Results
import ServiceTime
import Tickets
import Testing

@Suite("Differences of agreements in words")
struct AgreementDifferencesTests {
  private func agreement(
    within: Int64 = 14_400, pause: String = "Waiting", from: String? = nil, until: String? = nil,
    holidays: [String] = [], tier: String = "P1 Critical"
  ) -> Agreement {
    let exceptions = Dictionary(
      holidays.compactMap { CivilDate(iso: $0) }.map { ($0, [DayWindow]()) },
      uniquingKeysWith: { first, _ in first })
    let office = CalendarDefinition(
      name: "office", versions: [CalendarVersion(zone: .utc, week: .always, exceptions: exceptions)]
    )
    let status = Condition(tests: [.init(field: "status", patterns: [.text(pause)])])
    return Agreement(
      name: "desk", title: "Desk", kind: .sla, provider: "IT", customer: .fixed("Finance"),
      zone: .utc, validFrom: from.flatMap { CivilDate(iso: $0) },
      validUntil: until.flatMap { CivilDate(iso: $0) }, scope: .anything,
      tiers: [Tier(name: tier, condition: .anything)],
      clocks: [
        Clock(
          name: "resolution", start: [.moment("opened")], stop: [.moment("resolved")],
          pauses: [.init(condition: status, party: "customer")])
      ],
      targets: [
        Target(
          clock: "resolution",
          tiers: [
            .init(
              objective: Objective(millionthsOfPercent: 95_000_000), within: .work(seconds: within),
              calendar: office)
          ])
      ])
  }

  private func sentences(_ was: [Agreement], _ now: [Agreement]) -> [String] {
    AgreementDifferences.between(was, and: now).map(\.sentence)
  }

  @Test("Tier by tier and clock by clock, to the second")
  func words() {
    #expect(sentences([agreement()], [agreement()]) == [])
    #expect(
      sentences([agreement()], [agreement(within: 28_800)])
        == ["P1 Critical, resolution: within was 4 h, is 8 h"])
    // Reports leave out seconds; a comparison must not.
    #expect(
      sentences([agreement()], [agreement(within: 14_401)])
        == ["P1 Critical, resolution: within was 4 h, is 4:00:01"])
    #expect(
      sentences([agreement()], [agreement(pause: "Held")])
        == ["Clock resolution: pause was status Waiting (customer), is status Held (customer)"])
    #expect(
      sentences([agreement()], [agreement(tier: "Gold")]) == [
        "The agreement: order of tiers was P1 Critical, is Gold",
        "Tier Gold: condition is new: all other tickets",
        "Tier P1 Critical: condition was all other tickets, is gone",
        "Gold, resolution: target is new: within 4 h, objective 95 %, calendar office",
        "P1 Critical, resolution: target was within 4 h, objective 95 %, calendar office, is gone",
      ])
  }

  @Test("Holidays are named by their days, at most twelve of them")
  func holidays() {
    #expect(
      sentences([agreement(holidays: ["2026-05-04"])], [agreement(holidays: ["2026-05-25"])]) == [
        "Calendar office: 2026-05-04 was closed, is 00:00-24:00",
        "Calendar office: 2026-05-25 was 00:00-24:00, is closed",
      ])
    let days = (1...28).map { "2026-01-\($0 < 10 ? "0" : "")\($0)" }
    let many = sentences([agreement()], [agreement(holidays: days)])
    #expect(many.count == 13)
    #expect(many.last == "Calendar office: 16 more days was as before, is other hours")
  }

  @Test("Of several versions each difference says from when on it is there")
  func versions() {
    let old = [agreement()]
    let new = [
      agreement(until: "2026-04-01"), agreement(within: 28_800, from: "2026-04-01"),
    ]
    #expect(
      sentences(old, new) == [
        "The agreement: validity was at all times, is until 2026-04-01, from 2026-04-01",
        "From 2026-04-01, P1 Critical, resolution: within was 4 h, is 8 h",
      ])
  }
}
