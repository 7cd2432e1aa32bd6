import Agreements
import ServiceTime
import Tickets
import Testing

@Suite("Parts of one agreement in place of another's")
struct AgreementHybridTests {
  private func agreement(
    _ valid: String = "{from: 2026-01-01}", pause: String = "Waiting", within: String = "4h",
    hours: String = "09:00-17:00", tier: String = "P1", calendar: String = "office"
  ) throws -> Agreement {
    let text = """
      agreement: desk
      provider: IT
      customer: Finance
      zone: Europe/London
      calendar: \(calendar)
      calendars:
        \(calendar): {week: {mon-fri: "\(hours)"}}
      valid: \(valid)
      tiers: {\(tier): {priority: 1}}
      clocks:
        resolution: {start: opened, stop: resolved, pause: {status: \(pause), party: customer}}
      targets: [{clock: resolution, objective: 95%, within: {\(tier): \(within)}}]
      """
    return try #require(RuleFiles().agreement(text).agreement)
  }

  private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

  @Test("Each part is taken on its own, and all of them are the other agreement")
  func parts() throws {
    let a = [try agreement()]
    let b = [try agreement(pause: "Held", within: "8h", hours: "08:00-18:00")]
    #expect(a.taking([], from: b) == a)
    #expect(a.taking([.exclusion], from: b) == a)
    #expect(a.taking([.pause], from: b) == [try agreement(pause: "Held")])
    #expect(a.taking([.pause, .target], from: b) == [try agreement(pause: "Held", within: "8h")])
    #expect(a.taking([.target], from: b) == [try agreement(within: "8h")])
    #expect(a.taking([.calendar], from: b) == [try agreement(hours: "08:00-18:00")])
    #expect(a.taking(Set(RulePart.allCases), from: b) == b)
  }

  @Test("Versions are cut where the other side changes: every day has what either side had on it")
  func versions() throws {
    let a = [try agreement("{from: 2026-01-01}")]
    let b = [
      try agreement("{from: 2025-07-01, until: 2026-04-01}", pause: "Held"),
      try agreement("{from: 2026-04-01}", pause: "Stopped", hours: "08:00-18:00"),
    ]
    #expect(
      a.taking([.pause], from: b) == [
        try agreement("{from: 2026-01-01, until: 2026-04-01}", pause: "Held"),
        try agreement("{from: 2026-04-01}", pause: "Stopped"),
      ])
    // The targets bring their days with them; before a's first day there is no calendar of a.
    let targets = a.taking([.pause, .target], from: b)
    #expect(
      targets.map(\.validFrom) == [
        try day("2025-07-01"), try day("2026-01-01"), try day("2026-04-01"),
      ])
    #expect(
      targets.map(\.clocks[0].pauses[0].condition.tests[0].patterns[0]) == [
        .text("Held"), .text("Held"), .text("Stopped"),
      ])
    #expect(targets.allSatisfy { $0.targets == a[0].targets })
  }

  @Test("A tier or calendar that the other side does not have stays as it is")
  func missing() throws {
    let a = [try agreement(hours: "09:00-17:00")]
    let renamed = [try agreement(within: "8h", hours: "08:00-18:00", tier: "Gold")]
    // Another tier, but the calendar of that name is known.
    #expect(
      a.taking([.target], from: renamed) == [
        try agreement(within: "8h", hours: "09:00-17:00", tier: "Gold")
      ])
    let other = [try agreement(hours: "08:00-18:00", tier: "Gold", calendar: "late")]
    #expect(a.taking([.target], from: other) == other)
  }

  @Test("Restated, the newest version and its calendars have always been valid")
  func restated() throws {
    let versions = [
      try agreement("{until: 2026-04-01}", within: "2h"), try agreement("{from: 2026-04-01}"),
    ]
    #expect(versions.restated.count == 1)
    #expect(versions.restated.first?.validFrom == nil)
    #expect(versions.restated.first?.targets == versions[1].targets)
    let text = """
      calendar: office
      zone: Europe/London
      versions:
        - {week: {mon-fri: "09:00-17:00"}, valid: {until: 2026-04-01}}
        - {week: {mon-fri: "08:00-18:00"}, valid: {from: 2026-04-01}}
      """
    let calendar = try #require(RuleFiles().calendar(text).calendar)
    var dated = try agreement()
    dated.targets = dated.targets.map { target in
      Target(
        clock: target.clock,
        tiers: target.tiers.map { entry in
          var entry = entry
          entry.calendar = calendar
          return entry
        })
    }
    let restated = try #require([dated].restated.first?.targets.first?.tiers.first?.calendar)
    #expect(restated.versions.count == 1)
    #expect(restated.versions[0].validFrom == nil)
    #expect(restated.versions[0].week == calendar.versions[1].week)
  }
}
