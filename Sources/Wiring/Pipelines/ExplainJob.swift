import Calculation
import Results
import ServiceTime
import Tickets
import Workspace

/// Replays one ticket and puts it into words.
package struct ExplainJob {
  let ticket: String
  let source: String?
  let job: CalculateJob
  /// Whether the answer is JSON, in place of text.
  let isJSON: Bool

  package init(ticket: String, source: String?, job: CalculateJob, isJSON: Bool = false) {
    self.ticket = ticket
    self.source = source
    self.job = job
    self.isJSON = isJSON
  }

  package func run(
    _ origin: TicketOrigin, rules: RuleLibrary, surroundings: Surroundings
  ) throws(CommandFailure) -> String {
    guard job.reading == .asReported else {
      return try text(job, origin, customers: nil, rules: rules, surroundings: surroundings)
    }
    let reported = try AsReported(job, origin, rules: rules, surroundings: surroundings)
    guard case .workspace(let path, _) = origin else { return "" }
    var last = CommandFailure(.badData, "\(ticket): error: no pack issued holds this ticket")
    for issue in try reported.issues() {
      do throws(CommandFailure) {
        return try text(
          reported.job(issue), .workspace(path, knownAt: issue.basis.knownAt),
          customers: issue.customers, rules: rules, surroundings: surroundings)
      } catch {
        last = error
      }
    }
    throw last
  }

  /// - Parameter customers: Those whose promises are told; `nil` for all.
  private func text(
    _ job: CalculateJob, _ origin: TicketOrigin, customers: Set<String>?, rules: RuleLibrary,
    surroundings: Surroundings
  ) throws(CommandFailure) -> String {
    let (calculator, loaded) = try job.calculator(origin, rules: rules, surroundings: surroundings)
    let explained: [(promise: PromiseRow, trace: TraceRecord?, summary: AgreementSummary)]
    do throws(CalculationError) {
      explained = try calculator.explain(ticket: ticket, source: source).filter {
        customers?.contains($0.promise.customer) ?? true
      }
    } catch {
      throw job.failure(error)
    }
    guard !explained.isEmpty else {
      throw CommandFailure(.badData, try unknown(loaded))
    }
    if isJSON {
      return try json(
        explained.map { part in
          Explanation.Explained(
            promise: part.promise, trace: part.trace, summary: part.summary,
            row: rows(of: part.promise, loaded))
        })
    }
    return explained.map { part in
      ExplainText.text(
        promise: part.promise, trace: part.trace, summary: part.summary,
        row: rows(of: part.promise, loaded))
    }.joined(separator: "\n")
  }

  private func json(_ promises: [Explanation.Explained]) throws(CommandFailure) -> String {
    do {
      return try Explanation(ticket: ticket, asOf: job.asOf.seconds, promises: promises).text()
    } catch {
      throw CommandFailure(.bug, "explain: error: \(error)")
    }
  }

  /// Names the rows of a ticket.
  private func rows(
    of promise: PromiseRow, _ loaded: TicketLoader.Loaded
  ) -> (Int) -> ExplainText.Row {
    if let places = loaded.places[promise.source] {
      return { line in
        guard let place = places.place(ofLine: line) else { return .init(file: "", line: 0) }
        let imported = place.imported.map { ", imported \($0.iso)" } ?? ""
        return .init(file: place.file, line: place.line, remark: imported)
      }
    }
    let table = loaded.tables.first { $0.source == promise.source }
    let file = table.flatMap { table in
      promise.file < table.files.count ? table.files[promise.file] : nil
    }
    return { .init(file: file ?? "the export", line: $0) }
  }

  private func unknown(_ loaded: TicketLoader.Loaded) throws(CommandFailure) -> String {
    let bytes = Array(ticket.utf8)
    let sources = loaded.tables.filter { table in
      (0..<table.count).contains { table.ids.slice($0).elementsEqual(bytes) }
    }.map(\.source)
    if let source, !sources.isEmpty, !sources.contains(source) {
      return """
        \(ticket): error: source "\(source)" has no ticket of this id; it is of \
        \(sources.map { "\"\($0)\"" }.joined(separator: " and "))
        """
    }
    return !sources.isEmpty
      ? """
      \(ticket): error: the ticket has no promise: it is out of scope, has no tier, or no agreement \
      was valid when it was opened
      """
      : "\(ticket): error: no ticket of this id was read; check the id, the file and the mapping"
  }
}
