import Importing

/// Stage 1 on its own.
package enum ImportJob {
  /// The tickets of one source as CSV, which the built-in mappings read back without loss.
  package static func tickets(
    _ orders: [ImportOrder], rules: RuleLibrary, surroundings: Surroundings
  ) throws(CommandFailure) -> [UInt8] {
    let loader = TicketLoader(rules: rules, surroundings: surroundings)
    let loaded = try loader.load(orders, wanted: nil)
    guard let table = loaded.tables.first else {
      throw CommandFailure(
        .usage, "import -o writes tickets, but the mapping gives intervals; use them in a pipeline")
    }
    var writer = TicketWriter(table)
    var bytes: [UInt8] = []
    writer.write { bytes += $0 }
    return bytes
  }
}
