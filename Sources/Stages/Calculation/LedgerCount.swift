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

  /// Where a promise is counted; `here` means in the reported period.
  enum PromiseBucket: String, CaseIterable {
    case met, breached, overdue, cancelled
    case noTarget = "no target"
    case excluded
    case unmeasurable
    case decidedBefore = "decided before the period"
    case cancelledBefore = "cancelled before the period"
    case noTargetBefore = "no target, stopped before the period"
    case unmeasurableBefore = "unmeasurable, opened before the period"
    case running = "running at the horizon"
    case notStarted = "not started"
    case noDate = "unmeasurable, no date"
  }

  private struct Counts {
    var tickets: [TicketBucket: Int] = [:]
    var promises: [PromiseBucket: Int] = [:]
  }

  private var total = Counts()
  private var customers: [String: Counts] = [:]

  /// - Parameter customer: `nil` for a ticket that no customer's pack may mention.
  mutating func add(_ bucket: TicketBucket, customer: String?) {
    total.tickets[bucket, default: 0] += 1
    if let customer { customers[customer, default: Counts()].tickets[bucket, default: 0] += 1 }
  }

  mutating func add(_ bucket: PromiseBucket, customer: String) {
    total.promises[bucket, default: 0] += 1
    customers[customer, default: Counts()].promises[bucket, default: 0] += 1
  }

  /// The agreement's ledger, then each customer's, sorted by name.
  func records(agreement: String) -> [LedgerRecord] {
    [record(total, agreement: agreement, customer: "")]
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
      promises: PromiseBucket.allCases.map { .init($0.rawValue, counts.promises[$0] ?? 0) })
  }
}
