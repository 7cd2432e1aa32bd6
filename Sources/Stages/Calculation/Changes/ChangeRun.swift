import Agreements
import Results
import ServiceTime
import Tickets

/// The changes of one agreement for one customer, with what was before and after them.
struct ChangeRun {
  /// How far what is known reaches, and what of it is reported.
  struct Sight {
    /// From the first shown period to the horizon.
    let shown: Range<Int64>
    let reported: Range<Int64>
  }

  let terms: ChangeTerms
  let customer: String
  let sight: Sight
  /// Of the customer alone; `nil` if they were not asked for.
  let promises: [PromiseRow]?
  private var obligations: ObligationRun

  init(
    _ terms: ChangeTerms, of customer: String, in obligations: ObligationRun, _ sight: Sight,
    promises: [PromiseRow]?
  ) {
    self.terms = terms
    self.customer = customer
    self.obligations = obligations
    self.sight = sight
    self.promises = promises
  }

  /// - Returns: `nil` if no rows of the changes' source came in.
  mutating func record() -> ServiceChangeRecord? {
    guard let table = ObligationTable(terms.rows, in: obligations.request) else { return nil }
    var record = ServiceChangeRecord(
      agreement: obligations.versions[0].name, customer: customer, days: terms.days)
    for service in terms.services {
      var changes = changes(of: service, in: table)
      if let down = downtime(of: service, around: changes) {
        for index in changes.indices { fill(&changes[index], from: down) }
      }
      let tickets = service.tickets.map { ServiceTickets($0, of: customer, in: obligations) }
      if let tickets {
        for index in changes.indices { fill(&changes[index], from: tickets) }
      }
      record.changes += changes
    }
    record.changes = record.changes.enumerated().sorted {
      ($0.element.start, $0.offset) < ($1.element.start, $1.offset)
    }.map(\.element)
    return record
  }

  private func changes(of service: ChangeTerms.Service, in table: ObligationTable)
    -> [ServiceChange]
  {
    let condition = table.compiled(terms.rows.condition)
    let (success, failure) = (table.compiled(terms.success), table.compiled(terms.failure))
    return table.starts.indices.compactMap { row in
      let start = table.starts[row]
      guard sight.shown.contains(start), table.value(terms.serviceField, row) == service.name,
        condition.holds(table.codes(row)), isOwn(row, of: table)
      else { return nil }
      let codes = table.codes(row)
      let horizon = sight.shown.upperBound
      let end = table.hasEnds ? table.end(row).flatMap { $0 <= horizon ? $0 : nil } : start
      let title = terms.titleField.map { table.value($0, row) } ?? ""
      var change = ServiceChange(
        id: table.id(row), title: title.isEmpty ? table.id(row) : title,
        type: terms.typeField.map { table.value($0, row) } ?? "", service: service.name,
        serviceTitle: service.title, start: start, end: end,
        outcome: failure.holds(codes) ? .failed : success.holds(codes) ? .succeeded : .untold)
      change.availability = service.availability
      if service.tickets != nil { change.isAboutTickets = true }
      guard sight.reported.contains(start) else { return change }
      let days = Int64(terms.days) * 86_400
      change.before = window(start - days..<start)
      // One that lasts has no time after it yet.
      if let end { change.after = window(end..<end + days) }
      return change
    }
  }

  private func isOwn(_ row: Int, of table: ObligationTable) -> Bool {
    let versions = obligations.versions
    guard case .field(let field) = versions[versions.count - 1].customer, !terms.isShared else {
      return true
    }
    return ObligationRun.customer(table.value(field, row)) == customer
  }

  private func window(_ stretch: Range<Int64>) -> ChangeWindow {
    let known = stretch.clamped(to: sight.shown)
    return ChangeWindow(from: known.lowerBound, to: known.upperBound, isCut: known != stretch)
  }
}

/// The availability of a service, around its changes.
struct ServiceDowntime {
  let agreed: [ClockInterval]
  /// Service time that approved maintenance takes out.
  let maintained: [ClockInterval]
  /// Of all outages.
  let all: Downtime
  /// With the change that each names; empty if it names none.
  let outages: [(change: String, outage: Outage)]
  let namesChanges: Bool
  let horizon: Int64
}

extension ChangeRun {
  /// - Returns: `nil` if the agreement has no availability of the service, or its rows are missing.
  private mutating func downtime(
    of service: ChangeTerms.Service, around changes: [ServiceChange]
  ) -> ServiceDowntime? {
    guard let name = service.availability, !changes.isEmpty else { return nil }
    let chains = ObligationChain.all(of: obligations.versions, zone: obligations.zone)
    guard let chain = chains.first(where: { $0.newest.name == name }),
      let rows = ObligationRows(chain, of: customer, in: obligations)
    else { return nil }
    let outages = obligations.outages(of: chain, rows)
    let begin = outages.reduce(sight.shown.lowerBound) { min($0, $1.start) }
    let time = obligations.time(of: chain, customer, in: begin..<sight.shown.upperBound)
    let cause = terms.causeField
    return ServiceDowntime(
      agreed: time.agreed, maintained: time.service.subtracting(time.agreed),
      all: Downtime(outages, agreed: time.agreed, horizon: sight.shown.upperBound),
      outages: obligations.numbered(of: chain, rows).map { row, outage in
        (cause.map { rows.table.value($0, row) } ?? "", outage)
      }, namesChanges: cause != nil, horizon: sight.shown.upperBound)
  }

  private func fill(_ change: inout ServiceChange, from service: ServiceDowntime) {
    let stretch = change.start..<max(change.start, change.end ?? service.horizon)
    let own = service.outages.filter { entry in
      service.namesChanges
        ? entry.change == change.id : stretch.contains(entry.outage.start)
    }.map(\.outage)
    let down = Downtime(own, agreed: service.agreed, horizon: service.horizon)
    var downtime = ChangeDowntime()
    for piece in down.pieces {
      if piece.isPlanned {
        downtime.planned += piece.seconds
      } else {
        downtime.unplanned += piece.seconds
      }
    }
    downtime.maintenance = down.seconds(in: service.maintained)
    change.downtime = downtime
    func filled(_ window: ChangeWindow) -> ChangeWindow {
      var window = window
      let stretch = window.from..<window.to
      window.agreedSeconds = service.agreed.seconds(in: stretch)
      var figures = AvailabilityFigures()
      service.all.add(to: &figures, in: stretch)
      window.downMicroseconds = figures.weightedDownMicroseconds
      return window
    }
    change.before = change.before.map(filled)
    change.after = change.after.map(filled)
  }

  private func fill(_ change: inout ServiceChange, from tickets: ServiceTickets) {
    func filled(_ window: ChangeWindow) -> ChangeWindow {
      var window = window
      let stretch = window.from..<window.to
      window.opened = tickets.opened.count { stretch.contains($0) }
      guard let promises else { return window }
      let decided = promises.filter { row in
        (row.decided.map(stretch.contains) ?? false) && tickets.holds(row)
      }
      window.met = decided.count { $0.verdict == .met }
      window.missed = decided.count { $0.verdict == .breached || $0.verdict == .overdue }
      return window
    }
    change.before = change.before.map(filled)
    change.after = change.after.map(filled)
  }
}

/// The tickets of one customer that are about a service, by what was exported last.
struct ServiceTickets {
  private struct Key: Hashable {
    let source: String
    let ticket: String
  }

  private var keys: Set<Key> = []
  /// When they were opened.
  private(set) var opened: [Int64] = []

  init(_ condition: Condition, of customer: String, in run: ObligationRun) {
    let newest = run.versions[run.versions.count - 1]
    for source in run.request.tables.map(\.source) {
      let rows = Obligation.Rows(source: source, condition: condition.and(newest.scope))
      guard let table = ObligationTable(rows, in: run.request) else { continue }
      let compiled = table.compiled(rows.condition)
      for row in table.starts.indices where compiled.holds(table.codes(row)) {
        if case .field(let field) = newest.customer,
          ObligationRun.customer(table.value(field, row)) != customer
        {
          continue
        }
        keys.insert(Key(source: source, ticket: table.id(row)))
        let start = table.starts[row]
        if start > MomentColumn.unreadable, run.plan.sight.sees(start) { opened.append(start) }
      }
    }
  }

  func holds(_ promise: PromiseRow) -> Bool {
    keys.contains(Key(source: promise.source, ticket: promise.ticket))
  }
}

extension Calculator {
  /// The changes of an agreement whose promises and obligations are in the results.
  func addChanges(of run: AgreementRun, to results: inout CalculationResults) {
    // The newest version says which changes are looked at, of all of the history.
    guard let newest = run.versions.last, let terms = newest.changes,
      let summary = results.agreements.last(where: { $0.name == newest.name }),
      let reported = summary.periods.first(where: { $0.label == summary.period }),
      let first = summary.periods.map(\.start).min()
    else { return }
    let sight = ChangeRun.Sight(
      shown: first..<max(first, reported.horizon),
      reported: reported.start..<max(reported.start, reported.horizon))
    for customer in results.customers(of: newest.name) {
      let promises = results.promises.filter {
        $0.agreement == newest.name && $0.customer == customer
      }
      var changes = ChangeRun(
        terms, of: customer, in: ObligationRun(run), sight,
        promises: results.hasPromises ? promises : nil)
      guard let record = changes.record() else { continue }
      results.serviceChanges = (results.serviceChanges ?? []) + [record]
    }
  }
}
