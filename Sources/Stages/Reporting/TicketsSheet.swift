import ReportDocuments
import Results

/// Promises as rows of data.
struct TicketsSheet {
  private let by: [String]
  private let agreements: [String: AgreementSummary]

  init(_ results: CalculationResults) {
    by = results.agreements.first?.by ?? []
    agreements = Dictionary(
      results.agreements.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func sheet(
    _ role: DataSheet.Role, named name: String, file: String?, _ promises: [PromiseRow],
    note: String = ""
  ) -> DataSheet {
    DataSheet(
      role: role, name: name, file: file, columns: columns, rows: promises.map(cells), note: note)
  }

  private var columns: [DataSheet.Column] {
    let first: [DataSheet.Column] = [
      .init("ticket", "Ticket"), .init("agreement", "Agreement"), .init("customer", "Customer"),
      .init("clock", "Clock"), .init("tier", "Tier"),
    ]
    return first + by.map { .init($0, $0) } + [
      .init("verdict", "Verdict"), .init("reason", "Reason"), .init("started", "Started"),
      .init("stopped", "Stopped"), .init("due", "Due"), .init("lost", "Lost"),
      .init("decided", "Decided"), .init("elapsed_seconds", "Elapsed"),
      .init("paused_seconds", "Paused"), .init("within_seconds", "Within"),
      .init("source", "Source"), .init("period", "Period"),
      .init("stopped_period", "Stopped in"), .init("reversed_from", "Reversed from"),
      .init("holder", "Held when lost by"), .init("line", "Line"),
      .init("cycle", "Cycle"),
    ]
  }

  private func cells(_ promise: PromiseRow) -> [Cell] {
    let agreement = agreements[promise.agreement]
    func moment(_ seconds: Int64?) -> Cell {
      guard let seconds else { return .notMeasured }
      return .moment(
        LocalMoment(
          seconds: seconds, localSeconds: agreement?.localSeconds(at: seconds) ?? seconds))
    }
    func duration(_ seconds: Int64?) -> Cell {
      seconds.map { .duration(seconds: $0) } ?? .notMeasured
    }
    let byValues = by.indices.map { $0 < promise.by.count ? promise.by[$0] : "" }
    let names =
      [promise.agreement, promise.customer, promise.clock, promise.tier] + byValues
      + [promise.verdict.rawValue, promise.reason]
    let instants = [
      promise.started, promise.stopped, promise.due, promise.lost, promise.decided,
    ]
    let durations = [promise.elapsedSeconds, promise.pausedSeconds, promise.withinSeconds]
    let last = [
      promise.source, promise.period, promise.stoppedPeriod, promise.reversedFrom ?? "",
      promise.holder,
    ]
    return [.identifier(promise.ticket)] + names.map { .text($0) } + instants.map(moment)
      + durations.map(duration) + last.map { .text($0) }
      + [promise.line > 0 ? .count(promise.line) : .notMeasured]
      + [promise.cycle.map { .count($0) } ?? .notMeasured]
  }
}
