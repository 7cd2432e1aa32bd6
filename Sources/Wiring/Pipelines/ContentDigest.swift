import Files
package import Results

/// SHA-256 of all that the reports of one client show, but for the as-of instant.
///
/// Of rows from a workspace, the inputs are left out as well: rows of all clients are in them.
///
/// Promises are hashed field by field: as JSON, a million of them would take longer than to write
/// a pack.
package enum ContentDigest {
  package static func hex(of limited: CalculationResults) throws -> String {
    var rest = limited
    rest.asOf = 0
    if rest.knownAt != nil { rest.inputs = [] }
    rest.knownAt = nil
    rest.promises = []
    var hash = SHA256Hex()
    try ResultsFile.bytes(of: rest).withUnsafeBytes { hash.update($0) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(flushed + 4_096)
    for promise in limited.promises {
      append(promise, to: &bytes)
      if bytes.count > flushed { flush(&bytes, into: &hash) }
    }
    flush(&bytes, into: &hash)
    return hash.hex
  }

  /// SHA-256 of what results were made from: rows, rules, time zones and program.
  static func hex(ofInputs results: CalculationResults) throws -> String {
    var inputs = CalculationResults(
      tool: results.tool, asOf: 0, tzdata: results.tzdata, inputs: results.inputs,
      rules: results.rules, agreements: [])
    inputs.knownAt = nil
    return SHA256Hex.of(try ResultsFile.bytes(of: inputs))
  }

  private static let flushed = 1 << 18

  private static func flush(_ bytes: inout [UInt8], into hash: inout SHA256Hex) {
    bytes.withUnsafeBytes { hash.update($0) }
    bytes.removeAll(keepingCapacity: true)
  }

  private static func append(_ row: PromiseRow, to bytes: inout [UInt8]) {
    for text in [
      row.ticket, row.source, row.agreement, row.customer, row.clock, row.tier,
      row.verdict.rawValue, row.reason, row.period, row.stoppedPeriod, row.holder,
    ] { append(text, to: &bytes) }
    for number in [
      row.started, row.stopped, row.due, row.lost, row.decided, row.elapsedSeconds,
      row.pausedSeconds, row.withinSeconds, Int64(row.file), Int64(row.line), Int64(row.by.count),
    ] { append(number, to: &bytes) }
    for value in row.by { append(value, to: &bytes) }
    append(row.reversedFrom ?? "", to: &bytes)
    bytes.append(row.reversedFrom == nil ? 0 : 1)
    // Hardly any promise has one, and what the others come to stays as it was.
    if let cycle = row.cycle { append(Int64(cycle), to: &bytes) }
  }

  /// With its length before it, so that two texts are never taken for two others.
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    append(Int64(text.utf8.count), to: &bytes)
    bytes.append(contentsOf: text.utf8)
  }

  private static func append(_ number: Int64?, to bytes: inout [UInt8]) {
    bytes.append(number == nil ? 0 : 1)
    withUnsafeBytes(of: (number ?? 0).littleEndian) { bytes.append(contentsOf: $0) }
  }
}
