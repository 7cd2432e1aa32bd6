import Agreements
import Results
import ServiceTime
import Tickets

/// Puts the promises of agreements beside those of the groups that support them.
struct ChainBuilder {
  private let request: CalculationRequest
  private var found: [Found] = []

  /// The promises of one clock, by customer.
  private struct Found {
    let versions: [Agreement]
    let clock: String
    let stages: ChainStages
    let year: Int
    let promises: [LedgeredPromise]
  }

  init(_ request: CalculationRequest) {
    self.request = request
  }

  /// Takes the promises that a run decided in its reported period.
  mutating func add(_ run: inout AgreementRun) {
    guard request.collectsPromises else { return }
    for clock in run.chainClocks(among: request.agreements) {
      let counted = run
      let promises = run.ledgers(of: clock, among: request.agreements) {
        counted.isDecidedHere($0)
      }
      found.append(
        Found(
          versions: run.versions, clock: clock,
          stages: ChainStages(
            of: run.versions[0].name, clock: clock, among: request.agreements),
          year: run.zone.local(of: Instant(seconds: run.plan.reportedStart)).date.year,
          promises: promises))
    }
  }

  /// Adds a chain for each clock and customer with promises, sorted by agreement, customer, clock.
  func finish(_ results: inout CalculationResults) {
    var supporting: [SupportKey: PromiseRow] = [:]
    let names = Set(found.flatMap { $0.stages.stages.map(\.ola) })
    for promise in results.promises where names.contains(promise.agreement) {
      supporting[SupportKey(promise)] = promise
    }
    var records: [ChainRecord] = []
    for found in found {
      let customers = Dictionary(grouping: found.promises, by: \.row.customer)
      for (customer, promises) in customers {
        records.append(record(found, customer: customer, promises, supporting))
      }
    }
    guard !records.isEmpty else { return }
    results.chain = records.sorted {
      ($0.agreement, $0.customer, $0.clock) < ($1.agreement, $1.customer, $1.clock)
    }
  }

  private struct SupportKey: Hashable {
    let ola: String
    let group: String
    let source: String
    let ticket: String

    init(ola: String, group: String, source: String, ticket: String) {
      self.ola = ola
      self.group = group
      self.source = source
      self.ticket = ticket
    }

    init(_ promise: PromiseRow) {
      self.init(
        ola: promise.agreement, group: promise.clock, source: promise.source,
        ticket: promise.ticket)
    }
  }

  private func record(
    _ found: Found, customer: String, _ ledgered: [LedgeredPromise],
    _ supporting: [SupportKey: PromiseRow]
  ) -> ChainRecord {
    let rules = found.versions[found.versions.count - 1]
    var record = ChainRecord(agreement: rules.name, customer: customer, clock: found.clock)
    let blame = BreachShares(handOff: rules.chain.handOff)
    record.promises = ledgered.map { ledgered in
      let row = ledgered.row
      var promise = ChainPromise(row, elapsed: row.elapsedSeconds ?? 0)
      promise.handOffs = ledgered.ledger.handOffs
      promise.returns = ledgered.ledger.returns
      promise.shares = ledgered.ledger.shares.map { share in
        var share = share
        guard let ola = share.ola,
          let own = supporting[
            SupportKey(ola: ola, group: share.group, source: row.source, ticket: row.ticket)]
        else { return share }
        share.within = own.withinSeconds
        share.verdict = own.verdict
        share.lost = own.lost
        return share
      }
      blame.judge(&promise, heldAtLoss: ledgered.ledger.heldAtLoss)
      return promise
    }.sorted {
      ($0.source, $0.ticket, $0.cycle ?? 0) < ($1.source, $1.ticket, $1.cycle ?? 0)
    }
    record.groups =
      ChainTally(
        record.promises, stages: found.stages.stages.map { ($0.ola, $0.name) }
      ).groups
    record.routes = RouteSums(
      rules, clock: found.clock, stages: found.stages, year: found.year
    ).routes(record.promises)
    if rules.perPerson { record.persons = persons(ledgered) }
    return record
  }

  private func persons(_ ledgered: [LedgeredPromise]) -> [ChainPerson] {
    var sums: [GroupLedger.PersonKey: ChainPerson] = [:]
    for (key, seconds) in ledgered.flatMap(\.ledger.persons) {
      var person = sums[key] ?? ChainPerson(group: key.group, person: key.person)
      person.promises += 1
      person.elapsed += seconds
      sums[key] = person
    }
    return sums.values.sorted { ($0.group, $0.person) < ($1.group, $1.person) }
  }
}
