package import Agreements
package import Messages
import Results
import ServiceTime
import Tickets

/// What makes figures wrong, as far as the rules and the tickets tell together; see docs/CHECKS.md.
package struct DataChecks {
  let request: CalculationRequest
  /// By the file of an agreement.
  let places: [String: RulePlaces]
  /// Where the mapping of each table stands.
  let tablePlaces: [Place]

  /// Fewer tickets are no ground to say that something never happens.
  static let fewestTickets = 5
  static let fewestMonths = 3

  package init(
    _ request: CalculationRequest, places: [String: RulePlaces], tablePlaces: [Place]
  ) {
    self.request = request
    self.places = places
    self.tablePlaces = tablePlaces
  }

  /// Findings by agreement, then those of the exports.
  ///
  /// - Complexity: That of a calculation of all tickets.
  package func findings() throws(CalculationError) -> [Finding] {
    let results = try Calculator(request).results()
    var findings: [Finding] = []
    for versions in request.agreements {
      guard let newest = versions.last else { continue }
      let own = AgreementData(
        versions: versions, promises: results.promises.filter { $0.agreement == newest.name },
        ledger: results.ledgers.first { $0.agreement == newest.name && $0.customer.isEmpty })
      findings += names(versions) + holidays(newest)
      guard !own.promises.isEmpty || own.count("no tier") > 0 || own.isOutside else { continue }
      findings += clocks(newest, own) + tiers(newest, own) + validity(newest, own)
      findings += newest.clocks.flatMap { values(of: $0, in: newest) + placing(of: $0, in: newest) }
      findings += try leaving(versions)
      findings += volumes(newest, own) + chains(newest, results)
    }
    return findings + finished()
  }

  func place(of agreement: Agreement, _ path: String...) -> Place {
    places[agreement.origin.file]?.place(path) ?? Place(file: agreement.origin.file)
  }

  private var given: Set<String> {
    Set(request.tables.flatMap { $0.moments.map(\.name) + $0.fields.map(\.name) })
  }

  private func names(_ versions: [Agreement]) -> [Finding] {
    let given = given
    return versions.flatMap { agreement in
      let spare = agreement.spareMoments(given: given)
      return agreement.namesUsed.filter { !given.contains($0) && !spare.contains($0) }.map { name in
        let near = NearestName.of(name, among: given.sorted())
        let hint = near.map { "did you mean \"\($0)\"?" } ?? "name what the mapping gives"
        return Finding(
          .nameNotGiven,
          at: places[agreement.origin.file]?.place(ofName: name)
            ?? Place(file: agreement.origin.file),
          """
          "\(name)" is used, but no import gives it, so that it is empty for every ticket; \(hint)
          """)
      }
    }
  }

  private func clocks(_ agreement: Agreement, _ own: AgreementData) -> [Finding] {
    let given = given
    return agreement.clocks.compactMap { clock in
      let promises = own.promises.filter { $0.clock == clock.name }
      guard promises.count >= Self.fewestTickets else { return nil }
      if !promises.contains(where: { $0.started != nil }), clock.start.areGiven(by: given) {
        return Finding(
          .noTicketStarts, at: place(of: agreement, "clocks", clock.name, "start"),
          """
          none of \(promises.count) tickets ever starts clock "\(clock.name)", so that none is \
          judged; correct its start, or what the mapping says of it
          """)
      }
      if !promises.contains(where: { $0.stopped != nil }), clock.stop.areGiven(by: given) {
        return Finding(
          .noTicketStops, at: place(of: agreement, "clocks", clock.name, "stop"),
          """
          none of \(promises.count) tickets ever stops clock "\(clock.name)", so that none is met; \
          correct its stop, or what the mapping says of it
          """)
      }
      return nil
    }
  }

  private func tiers(_ agreement: Agreement, _ own: AgreementData) -> [Finding] {
    var findings: [Finding] = []
    let seen = Set(own.promises.map(\.tier))
    if own.promises.count >= Self.fewestTickets {
      for tier in agreement.tiers where !seen.contains(tier.name) {
        findings.append(
          Finding(
            .tierWithoutTickets, at: place(of: agreement, "tiers", tier.name),
            """
            no ticket came under tier "\(tier.name)", so that its targets have no data; correct its \
            condition, or put it before a tier that takes its tickets
            """))
      }
    }
    let without = own.count("no tier")
    if without > 0 {
      let example = exampleWithoutTier(agreement).map { ", such as one with \($0)" } ?? ""
      findings.append(
        Finding(
          .ticketsWithoutTier, at: place(of: agreement, "tiers"),
          """
          no tier takes \(without.tickets) in scope\(example), so that no figure holds them; add a \
          tier for them, or take them out of the scope
          """))
    }
    return findings
  }

  private func exampleWithoutTier(_ agreement: Agreement) -> String? {
    for table in request.tables {
      let scope = CompiledCondition(agreement.scope, for: table)
      let tiers = agreement.tiers.map { CompiledCondition($0.condition, for: table) }
      for ticket in 0..<table.count {
        let codes = table.fields.map { $0.codes[ticket] }
        guard scope.holds(codes), !tiers.contains(where: { $0.holds(codes) }) else { continue }
        return Set(tiers.flatMap(\.fields)).sorted().map { field in
          "\(table.fields[field].name) \"\(table.fields[field].dictionary[codes[field]])\""
        }.joined(separator: ", ")
      }
    }
    return nil
  }

  private func validity(_ agreement: Agreement, _ own: AgreementData) -> [Finding] {
    let outside = own.count("no agreement valid at the start")
    guard outside > 0 else { return [] }
    let later = agreement.validUntil.map { until in
      let end = agreement.zone.midnight(of: until).seconds
      return request.tables.reduce(0) { $0 + $1.opened(from: end, in: agreement.scope) }
    }
    let isOver = later ?? 0 > 0
    return [
      Finding(
        .ticketsBeforeValidity, isOver ? .warning : .note, at: place(of: agreement, "valid"),
        isOver
          ? """
          \((later ?? 0).tickets) came in when the agreement was over, so that nothing judges them; \
          add the version that follows, or a later "until"
          """
          : "\(outside.tickets) came in before the agreement was valid, and no figure holds them")
    ]
  }

  /// Targets of which one miss a month is one too many, in every month so far.
  private func volumes(_ agreement: Agreement, _ own: AgreementData) -> [Finding] {
    var findings: [Finding] = []
    for (clock, target) in zip(agreement.clocks, agreement.targets) {
      for (tier, entry) in zip(agreement.tiers, target.tiers) {
        guard let objective = entry.objective else { continue }
        var months: [String: Int] = [:]
        for promise in own.promises
        where promise.clock == clock.name && promise.tier == tier.name && promise.isDecided {
          months[promise.period, default: 0] += 1
        }
        guard months.count >= Self.fewestMonths, let most = months.values.max(),
          objective.missesAllowed(decided: most) == 0
        else { continue }
        let place =
          places[agreement.origin.file]?.place(ofTarget: clock.name, "objective", tier.name)
          ?? place(of: agreement)
        findings.append(
          Finding(
            .oneMissTooMany, .note, at: place,
            """
            at most \(most) promises of "\(tier.name)" are decided in a month, so that a single \
            miss breaks \(objective.text) %; report a quarter, or promise a count
            """))
      }
    }
    return findings
  }

  private func holidays(_ agreement: Agreement) -> [Finding] {
    guard let last = request.tables.compactMap({ $0.lastOpening(by: request.asOf) }).max() else {
      return []
    }
    let year = agreement.zone.local(of: Instant(seconds: last)).date.year
    var seen: Set<String> = []
    var findings: [Finding] = []
    for calendar in agreement.targets.flatMap({ $0.tiers.map(\.calendar) })
    where seen.insert(calendar.name).inserted {
      let closed = calendar.versions.flatMap { $0.exceptions.filter(\.value.isEmpty).map(\.key) }
      guard let end = closed.max(), end.year < year else { continue }
      findings.append(
        Finding(
          .holidaysEnd,
          at: places[agreement.origin.file]?.place(ofName: calendar.name)
            ?? place(of: agreement),
          """
          calendar "\(calendar.name)" knows no holiday after \(end.iso), but tickets were opened in \
          \(year): its holidays count as working time; add those of \(year)
          """))
    }
    return findings
  }
}

/// What a calculation found of one agreement.
struct AgreementData {
  let versions: [Agreement]
  let promises: [PromiseRow]
  let ledger: LedgerRecord?

  /// How many tickets are in a bucket of the ledger.
  func count(_ bucket: String) -> Int {
    ledger?.tickets.first { $0.name == bucket }?.count ?? 0
  }

  var isOutside: Bool { count("no agreement valid at the start") > 0 }
}

extension Int {
  /// `1 ticket` or `2 tickets`.
  var tickets: String { "\(self) ticket" + (self == 1 ? "" : "s") }
}

extension PromiseRow {
  fileprivate var isDecided: Bool {
    verdict == .met || verdict == .breached || verdict == .overdue
  }
}

extension Agreement {
  /// Instants in whose place another of the same list is given: the first present counts.
  fileprivate func spareMoments(given: Set<String>) -> Set<String> {
    var spare: Set<String> = []
    for signals in clocks.flatMap({ [$0.start, $0.stop] }) where signals.areGiven(by: given) {
      for case .moment(let name) in signals { spare.insert(name) }
    }
    return spare
  }
}

extension [Signal] {
  /// Whether an import gives any of the names; if none does, that is a finding of its own.
  fileprivate func areGiven(by names: Set<String>) -> Bool {
    contains { signal in
      switch signal {
      case .moment(let name): names.contains(name)
      case .condition(let condition): condition.fields.contains(where: names.contains)
      }
    }
  }
}

extension TicketTable {
  private func openings(in scope: Condition = .anything) -> [Int64] {
    guard let opened = momentIndex("opened") else { return [] }
    let scope = CompiledCondition(scope, for: self)
    return (0..<count).filter { ticket in
      moments[opened].seconds[ticket] > MomentColumn.unreadable
        && scope.holds(fields.map { $0.codes[ticket] })
    }.map { moments[opened].seconds[$0] }
  }

  fileprivate func opened(from start: Int64, in scope: Condition) -> Int {
    openings(in: scope).count { $0 >= start }
  }

  fileprivate func lastOpening(by asOf: Instant) -> Int64? {
    openings().filter { $0 <= asOf.seconds }.max()
  }
}
