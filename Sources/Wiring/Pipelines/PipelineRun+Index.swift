import Files
import HTMLReports
import Reporting
import Results

/// The index over all packs of a run.
extension PipelineRun {
  /// Writes an index into each folder under which packs with a page were put, all agreements and
  /// customers together; one that says the same already is left.
  func writeIndexes(_ results: CalculationResults, _ book: RunBook) throws(CommandFailure) {
    for (folder, places) in indexPlaces(results).sorted(by: { $0.key < $1.key }) {
      // A client may be called that, too.
      let isTaken = places.contains { $0.link.hasPrefix("index.html/") }
      let path = folder + (isTaken ? "/all-packs.html" : "/index.html")
      do {
        let document = IndexReporter(results, places: places, generator: Tool.name).document()
        let bytes = try HTMLReport.page(document)
        if (try? FileTree.bytes(of: path)) != bytes { try AtomicFile.write(bytes, to: path) }
      } catch {
        throw PackWriter.failure(error, at: path)
      }
      book.note(index: path)
    }
  }

  private func indexPlaces(_ results: CalculationResults) -> [String: [IndexReporter.Place]] {
    var places: [String: [IndexReporter.Place]] = [:]
    for stage in pipeline.exports where stage.formats.contains(.html) {
      let pattern = target(stage)
      guard let shared = Self.shared(pattern) else { continue }
      for agreement in results.agreements {
        let period = agreement.period
        let home = Self.folder(
          shared, period: period, agreement: agreement.name, customer: "")
        for customer in results.customers(of: agreement.name) {
          let folder = Self.folder(
            pattern, period: period, agreement: agreement.name, customer: customer)
          let link = PathName.link(from: home, to: folder + "/index.html")
          places[home, default: []].append(
            .init(agreement: agreement.name, customer: customer, link: link))
        }
      }
    }
    return places
  }

  /// The folders of a path before the first that only some packs are in; `nil` if there are none.
  private static func shared(_ pattern: String) -> String? {
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: false)
    let common = parts.prefix { !$0.contains("{agreement}") && !$0.contains("{customer}") }
    guard common.count < parts.count else { return nil }
    if common.isEmpty { return "." }
    return common.count == 1 && common[0].isEmpty ? nil : common.joined(separator: "/")
  }
}
