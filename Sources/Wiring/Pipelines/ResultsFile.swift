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
    // The keys of another format may be others, but it says which it is.
    if let named = try? JSONDecoder().decode(NamedFormat.self, from: Data(bytes)),
      named.format.hasPrefix("attain.results/"), named.format != CalculationResults.currentFormat
    {
      throw otherFormat(named.format, file: file)
    }
    do {
      results = try JSONDecoder().decode(CalculationResults.self, from: Data(bytes))
    } catch {
      throw CommandFailure(
        .badData,
        "\(file): error: this is no results file; make one with attain calculate -f json -o FILE")
    }
    guard results.format == CalculationResults.currentFormat else {
      throw otherFormat(results.format, file: file)
    }
    return results
  }

  private struct NamedFormat: Decodable { var format: String }

  private static func otherFormat(_ format: String, file: String) -> CommandFailure {
    CommandFailure(
      .badData,
      """
      \(file): error: the format is \(format), but this program reads \
      \(CalculationResults.currentFormat)
      """)
  }
}
