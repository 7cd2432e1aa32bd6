import FoundationEssentials
package import Results

/// Results as JSON, `attain.results/1`: keys sorted, one line, numbers as integers.
package enum ResultsFile {
  /// The bytes of `results.json`; the same results give the same bytes.
  package static func bytes(of results: CalculationResults) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(results)) + [UInt8(ascii: "\n")]
  }

  /// - Throws: ``CommandFailure`` if the bytes are not results of a format that is known.
  package static func read(_ bytes: [UInt8], file: String) throws(CommandFailure)
    -> CalculationResults
  {
    let results: CalculationResults
    do {
      results = try JSONDecoder().decode(CalculationResults.self, from: Data(bytes))
    } catch {
      throw CommandFailure(
        .badData,
        "\(file): error: this is no results file; make one with attain calculate -f json -o FILE")
    }
    guard results.format == CalculationResults.currentFormat else {
      throw CommandFailure(
        .badData,
        """
        \(file): error: the format is \(results.format), but this program reads \
        \(CalculationResults.currentFormat)
        """)
    }
    return results
  }
}
