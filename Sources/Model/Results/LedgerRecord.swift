/// Where every row, ticket and promise went.
package struct LedgerRecord: Hashable, Sendable, Codable {
  /// One bucket and how many are in it.
  package struct Bucket: Hashable, Sendable, Codable {
    package var name: String
    package var count: Int

    package init(_ name: String, _ count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// Empty for the whole run.
  package var agreement: String
  package var customer: String
  /// Rows read and their buckets; empty in a customer's ledger, which starts at the tickets.
  package var rows: [Bucket]
  package var tickets: [Bucket]
  package var promises: [Bucket]
  /// How many of the promises are a clock that a reopening started again; `nil` if none.
  ///
  /// Promises = judged tickets x clocks + these.
  package var extraCycles: Int?

  package init(
    agreement: String, customer: String, rows: [Bucket] = [], tickets: [Bucket] = [],
    promises: [Bucket] = [], extraCycles: Int? = nil
  ) {
    self.agreement = agreement
    self.customer = customer
    self.rows = rows
    self.tickets = tickets
    self.promises = promises
    self.extraCycles = extraCycles
  }
}
