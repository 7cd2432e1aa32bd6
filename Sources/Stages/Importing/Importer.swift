package import ServiceTime

/// Reads exports by a mapping.
package struct Importer {
  let mapping: Mapping
  let zone: ZoneRules?
  let wanted: Set<String>?
  let optional: Set<String>
  let settled: [String: String]
  let hash: (@Sendable (String) -> String)?
  let workers: Int
  let blockSize: Int?
  let taker: (any TicketTaker)?

  /// Creates an importer.
  ///
  /// - Parameters:
  ///   - zone: The zone of times without an offset; `nil` takes them as UTC and says so.
  ///   - wantedFields: The fields and instants to read beside `opened` and `updated`; `nil` reads
  ///     all that the mapping names.
  ///   - optionalFields: Of the wanted ones, those whose absence from a file is no cause to warn.
  ///   - settledTimestamps: What ``ImportOutcome/settledTimestamps`` of an earlier import said.
  ///   - hash: Takes the place of values that the mapping wants hashed; `nil` drops those fields.
  ///   - workers: Processors that may work at once.
  ///   - blockSize: Bytes that are read at a time; `nil` leaves it to the reader. The outcome
  ///     depends on neither of the two.
  ///   - taker: Judges tickets as they are read, or, where they have a history, when the last row
  ///     is read. The table that comes out holds only what it did not take; the ledger counts all
  ///     rows.
  package init(
    _ mapping: Mapping, zone: ZoneRules?, wantedFields: Set<String>? = nil,
    optionalFields: Set<String> = [], settledTimestamps: [String: String] = [:],
    hash: (@Sendable (String) -> String)? = nil, workers: Int = 1, blockSize: Int? = nil,
    taker: (any TicketTaker)? = nil
  ) {
    self.mapping = mapping
    self.zone = zone
    wanted = wantedFields
    optional = optionalFields
    settled = settledTimestamps
    self.hash = hash
    self.workers = workers
    self.blockSize = blockSize
    self.taker = taker
  }

  /// Reads all inputs, in byte order of their names.
  ///
  /// Inputs may be opened more than once: to settle timestamps, and again if a file turns out
  /// not to be UTF-8.
  ///
  /// - Parameter report: Called with the bytes read so far, as they are read.
  package func read(
    _ inputs: [ImportInput], report: @escaping (Int) -> Void = { _ in }
  ) throws(ImportError) -> ImportOutcome {
    let inputs = inputs.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var run = ImportRun(self, inputs, report: report)
    return try run.outcome()
  }
}
