import Results

/// Counts where tickets and promises went, per customer and in all.
struct LedgerCount {
  enum TicketBucket: String, CaseIterable {
    case judged
    case outOfScope = "out of scope"
    case noAgreement = "no agreement valid at the start"
    case noTier = "no tier"
    case openedLater = "opened after the horizon"
  }

  /// Where a promise is counted; without "before" or "at", in the reported period.
  enum PromiseBucket: Int, CaseIterable {
    case met, breached, overdue, cancelled, noTarget, excluded, unmeasurable
    case decidedBefore, cancelledBefore, noTargetBefore, unmeasurableBefore
    case dueLater, running, notStarted, noDate
    case excludedBefore, excludedOpen

    static let count = allCases.count

    var name: String {
      switch self {
      case .met: "met"
      case .breached: "breached"
      case .overdue: "overdue"
      case .cancelled: "cancelled"
      case .noTarget: "no target"
      case .excluded: "excluded"
      case .unmeasurable: "unmeasurable"
      case .decidedBefore: "decided before the period"
      case .cancelledBefore: "cancelled before the period"
      case .noTargetBefore: "no target, stopped before the period"
      case .unmeasurableBefore: "unmeasurable, opened before the period"
      case .dueLater: "met, due after the period"
      case .running: "running at the horizon"
      case .notStarted: "not started"
      case .noDate: "unmeasurable, no date"
      case .excludedBefore: "excluded, decided before the period"
      case .excludedOpen: "excluded, not decided yet"
      }
    }
  }

  private struct Counts {
    var tickets: [TicketBucket: Int] = [:]
    var promises = Array(repeating: 0, count: PromiseBucket.count)
    var extraCycles = 0
  }

  private var outOfScope = 0
  private var unjudged: [String: Counts] = [:]
  /// By group, because a look-up by a customer's name for each promise would be felt.
  private var judgedByGroup: [Int] = []
  private var promisesByGroup: [Int] = []
  private var extraCyclesByGroup: [Int: Int] = [:]

  /// Counts a ticket that no customer's pack may mention.
  mutating func addOutOfScope(_ count: Int = 1) { outOfScope += count }

  mutating func add(_ bucket: TicketBucket, customer: String, count: Int = 1) {
    unjudged[customer, default: Counts()].tickets[bucket, default: 0] += count
  }

  mutating func addJudged(group: Int, count: Int = 1) {
    while judgedByGroup.count <= group { judgedByGroup.append(0) }
    judgedByGroup[group] += count
  }

  /// Counts a promise that is a further cycle of a ticket which was counted.
  mutating func addExtraCycle(group: Int) { extraCyclesByGroup[group, default: 0] += 1 }

  mutating func add(_ bucket: PromiseBucket, group: Int, count: Int = 1) {
    let buckets = PromiseBucket.count
    while promisesByGroup.count < (group + 1) * buckets { promisesByGroup.append(0) }
    promisesByGroup[group * buckets + bucket.rawValue] += count
  }

  /// - Parameter groups: For each group of `other`, its number here.
  mutating func add(_ other: LedgerCount, groups: [Int]) {
    outOfScope += other.outOfScope
    for (customer, counts) in other.unjudged {
      for (bucket, count) in counts.tickets {
        unjudged[customer, default: Counts()].tickets[bucket, default: 0] += count
      }
    }
    for (group, count) in other.judgedByGroup.enumerated() {
      while judgedByGroup.count <= groups[group] { judgedByGroup.append(0) }
      judgedByGroup[groups[group]] += count
    }
    for (group, count) in other.extraCyclesByGroup {
      extraCyclesByGroup[groups[group], default: 0] += count
    }
    let buckets = PromiseBucket.count
    for (index, count) in other.promisesByGroup.enumerated() where count > 0 {
      let group = groups[index / buckets]
      while promisesByGroup.count < (group + 1) * buckets { promisesByGroup.append(0) }
      promisesByGroup[group * buckets + index % buckets] += count
    }
  }

  /// The agreement's ledger, then each customer's, sorted by name.
  func records(agreement: String, groups: [GroupName]) -> [LedgerRecord] {
    var customers = unjudged
    for (group, count) in judgedByGroup.enumerated() where count > 0 {
      customers[groups[group].customer, default: Counts()].tickets[.judged, default: 0] += count
    }
    let buckets = PromiseBucket.count
    for (index, count) in promisesByGroup.enumerated() where count > 0 {
      customers[groups[index / buckets].customer, default: Counts()]
        .promises[index % buckets] += count
    }
    for (group, count) in extraCyclesByGroup {
      customers[groups[group].customer, default: Counts()].extraCycles += count
    }
    var total = Counts()
    total.tickets[.outOfScope] = outOfScope
    for counts in customers.values {
      total.tickets.merge(counts.tickets, uniquingKeysWith: +)
      total.extraCycles += counts.extraCycles
      for index in counts.promises.indices { total.promises[index] += counts.promises[index] }
    }
    return [record(total, agreement: agreement, customer: "")]
      + customers.sorted { $0.key < $1.key }.map {
        record($0.value, agreement: agreement, customer: $0.key)
      }
  }

  private func record(_ counts: Counts, agreement: String, customer: String) -> LedgerRecord {
    LedgerRecord(
      agreement: agreement, customer: customer,
      tickets: TicketBucket.allCases.compactMap { bucket in
        if bucket == .outOfScope, !customer.isEmpty { return nil }
        return .init(bucket.rawValue, counts.tickets[bucket] ?? 0)
      },
      promises: PromiseBucket.allCases.compactMap { bucket in
        let count = counts.promises[bucket.rawValue]
        return bucket.isRare && count == 0 ? nil : .init(bucket.name, count)
      }, extraCycles: counts.extraCycles > 0 ? counts.extraCycles : nil)
  }
}
