/// Rows of shape `counts`: so much of something at an instant; in reading order.
package struct CountTable: Sendable {
  package var source: String
  package var ids = TextArena()
  /// Seconds since 1970.
  package var instants: [Int64] = []
  /// In millionths, so that sums are exact; 1,000,000 where the export names no amount.
  package var amounts: [Int64] = []
  package var fields: [FieldColumn] = []
  package var ledger = RowLedger()

  /// What an amount is counted in.
  package static let unit: Int64 = 1_000_000

  package init(source: String) {
    self.source = source
  }

  package var count: Int { instants.count }
}
