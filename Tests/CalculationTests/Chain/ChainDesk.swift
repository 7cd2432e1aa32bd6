import Agreements
import Calculation
import Results
import ServiceTime
import Testing
import Tickets

/// A service desk's agreement, and those of the groups that support it.
struct ChainDesk {
  struct Group {
    var name: String
    var calendar: CalendarDefinition
    var within: Int64
    var objective: Int64 = 95
  }

  var calendar = office()
  var within: Int64 = hours(8)
  var groups: [Group] = []
  var supplierWithin: Int64?
  var handOff: Int64 = 0
  var person: String?
  var routes: ChainRules.Routes?
  var perPerson = false
  var customer = Agreement.Customer.field("department")

  var promise: Agreement {
    var terms = Terms.within(.work(seconds: within), on: calendar)
    terms.customer = customer
    terms.clock.pauses = [
      .init(condition: when("status", "Awaiting User"), party: "customer"),
      .init(condition: when("status", "Awaiting Vendor"), party: "supplier"),
    ]
    var agreement = terms.agreement
    agreement.chain.handOff = handOff
    agreement.chain.person = person
    agreement.chain.routes = routes
    agreement.perPerson = perPerson
    return agreement
  }

  func part(_ name: String, kind: Agreement.Kind, _ parts: [(Group, ClockPart)]) -> Agreement {
    var agreement = Terms.within(nil).agreement
    agreement.name = name
    agreement.kind = kind
    agreement.customer = .fixed("Service desk")
    agreement.chain.supports = ChainRules.Supported(agreement: "it", clock: "resolution")
    agreement.clocks = parts.map { group, part in
      var clock = Clock(name: group.name, start: [], stop: [])
      clock.part = part
      return clock
    }
    agreement.targets = parts.map { group, _ in
      Target(
        clock: group.name,
        tiers: [
          Target.TierTarget(
            objective: Objective(millionthsOfPercent: group.objective * 1_000_000),
            within: .work(seconds: group.within), calendar: group.calendar)
        ])
    }
    return agreement
  }

  /// The versions of all agreements, tied together.
  var agreements: [[Agreement]] {
    var all = [promise]
    for group in groups {
      all.append(
        part("ola-\(group.name)", kind: .ola, [(group, .group(when("group", group.name)))]))
    }
    if let supplierWithin {
      let carrier = Group(name: "Carrier", calendar: calendar, within: supplierWithin)
      all.append(
        part(
          "carrier", kind: .underpinningContract,
          [(carrier, .pauses(party: "supplier", .anything))]))
    }
    let (tied, findings) = ChainLint.tied(all)
    #expect(findings.isEmpty)
    return tied.map { [$0] }
  }

  func results(
    _ tables: [TicketTable], period: String = "2026-03", asOf: String = "2027-01-01 00:00"
  ) throws -> CalculationResults {
    let request = CalculationRequest(
      tables: tables, agreements: agreements, asOf: Instant(seconds: instant(asOf)),
      period: period, collectsPromises: true)
    return try Calculator(request).results()
  }

  /// The chain of the one customer of the one promise.
  func chain(_ sketch: Sketch...) throws -> ChainRecord {
    try #require(results([table(sketch)]).chain?.first)
  }
}

extension Sketch {
  func group(_ group: String, _ time: String) -> Sketch { at(time, .set("group", group)) }
  func person(_ person: String, _ time: String) -> Sketch { at(time, .set("assigned_to", person)) }
}

extension CalculationResults {
  func promise(_ ticket: String, of group: String) throws -> PromiseRow {
    try #require(promises.first { $0.ticket == ticket && $0.clock == group })
  }
}
