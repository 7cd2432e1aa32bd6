import Agreements
import ServiceTime
package import Tickets

/// Judges tickets as they are read, batch by batch, and keeps nothing but counts and durations.
///
/// Each worker folds the batches that it reads; ``CalculationRequest/folded`` takes the folds of
/// all. The results are the same, byte for byte, as those of the same tickets in one table,
/// whichever worker folded which batch.
package struct TicketFold: Sendable {
  /// What the batches of one agreement have in common.
  fileprivate struct Part: Sendable {
    var run: AgreementRun
    var prepared = PreparedTable()
  }

  private let request: CalculationRequest
  /// By agreement; none before the first batch, nor for an agreement without versions.
  fileprivate var parts: [Part?] = []
  private var shape = BatchShape()
  /// The earliest instant of the tickets, as ``AgreementRun/earliest(of:)`` knows it.
  private(set) var earliest: Int64?
  /// Days for which the next layout reaches back beyond the earliest instant known by then.
  private var daysBack: Int64 = 400

  /// - Parameters:
  ///   - request: Its tables and folds are not looked at.
  ///   - sources: What each source of the run holds, those included that are not folded.
  /// - Returns: `nil` where single tickets are asked for (promises), where a clock's moment may
  ///   lie before all that the tickets tell (due, updated), and where a source of finished
  ///   tickets decides how an agreement counts.
  package init?(
    _ request: CalculationRequest, sources: [Holds] = []
  ) throws(CalculationError) {
    var request = request
    request.tables = []
    request.folded = []
    for versions in request.agreements where !versions.isEmpty {
      _ = try AgreementRun(versions, request: request, earliest: request.asOf)
    }
    let hasFinishedOnly = sources.contains(.finished)
    // A batch has no ids that an entry of a register could name.
    guard !request.collectsPromises,
      !request.agreements.joined().contains(where: { !$0.exclusions.isEmpty }),
      !request.agreements.contains(where: { versions in
        versions.contains { $0.usesUndatedMoments }
          || hasFinishedOnly && versions.last.map { $0.countBy != .stopped } ?? false
      })
    else { return nil }
    self.request = request
  }

  /// Judges the tickets of a batch, which is not kept.
  ///
  /// The batches of one source have the same columns, and their codes the same meaning:
  /// dictionaries may only grow from batch to batch.
  ///
  /// - Parameter batch: Tickets without ids, of a source that holds all.
  /// - Returns: The tickets that were not judged, ascending: all of a batch that is not of this
  ///   kind, or in which a field that rules look at still has new values after 50,000 of them;
  ///   else those with a change before any of their moments.
  package mutating func add(_ batch: TicketTable) -> [Int] {
    // A ticket that was merged is judged by its master, which may be in any batch.
    guard batch.holds == .all, batch.fieldIndex(MergedTickets.field) == nil else {
      return Array(0..<batch.count)
    }
    if let first = AgreementRun.earliest(of: batch) {
      earliest = min(earliest ?? first, first)
      if parts.isEmpty
        || parts.contains(where: { $0.map { first < $0.run.plan.months.edges[0] } ?? false })
      {
        layOut()
      }
    } else if parts.isEmpty {
      layOut()
    }
    let isKnown = shape.describes(batch)
    guard isKnown || !shape.isTooVaried(batch) else { return Array(0..<batch.count) }
    if !isKnown { shape = BatchShape(batch, agreements: request.agreements) }
    let early = batch.ticketsChangedEarly
    for index in parts.indices {
      parts[index]?.judge(batch, without: early, isKnown: isKnown)
    }
    return early
  }

  /// Lays periods and calendars out from well before the earliest instant, keeping the counts.
  private mutating func layOut() {
    let earliest = earliest ?? request.asOf.seconds
    let start = min(earliest, max(Instant.earliest.seconds, earliest - daysBack * 86_400))
    daysBack *= 2
    let before = parts
    parts = request.agreements.enumerated().map { number, versions -> Part? in
      guard !versions.isEmpty else { return nil }
      guard
        var run = try? AgreementRun(
          versions, request: request, earliest: Instant(seconds: start))
      else { preconditionFailure("the period was read before") }
      guard before.indices.contains(number), let old = before[number] else {
        return Part(run: run)
      }
      run.add(old.counted)
      return Part(run: run)
    }
    shape = BatchShape()
  }

  /// Adds what was counted of one agreement.
  func addCounts(ofAgreement number: Int, to run: inout AgreementRun) {
    guard parts.indices.contains(number), let part = parts[number] else { return }
    precondition(
      part.run.countBy == run.countBy, "a source of finished tickets was told of before folding")
    run.add(part.counted)
  }
}

extension TicketFold.Part {
  /// The run with the names of its groups.
  fileprivate var counted: AgreementRun {
    var counted = run
    counted.groups = prepared.groups.names
    return counted
  }

  fileprivate mutating func judge(_ batch: TicketTable, without early: [Int], isKnown: Bool) {
    if !isKnown {
      if !prepared.groups.names.isEmpty { run.groups = prepared.groups.names }
      prepared = PreparedTable()
      prepared = run.prepared(for: batch)
    }
    prepared.use(batch, run: run)
    var first = 0
    for end in early + [batch.count] {
      if first < end { run.replay(batch, tickets: first..<end, prepared: &prepared) }
      first = end + 1
    }
    prepared.leave()
  }
}

/// What the preparations for a batch depend on.
private struct BatchShape: Sendable {
  private var source = ""
  private var moments: [String] = []
  private var fields: [String] = []
  private var hasPausedTotals = false
  private var hasHistory = false
  private var parties: Set<String> = []
  /// For each field that conditions look at, how many values had been seen.
  private var counts: [(field: Int, values: Int)] = []
  private var isNone = true

  private static let mostValues = 50_000

  init() {}

  init(_ batch: TicketTable, agreements: [[Agreement]]) {
    source = batch.source
    moments = batch.moments.map(\.name)
    fields = batch.fields.map(\.name)
    hasPausedTotals = batch.pausedTotals != nil
    hasHistory = batch.history != nil
    parties = Set(batch.suspensions.map(\.party))
    isNone = false
    let looked = Set(agreements.joined().flatMap(\.fieldsOfConditions))
    for (index, field) in batch.fields.enumerated() where looked.contains(field.name) {
      counts.append((index, field.dictionary.count))
    }
  }

  /// Whether a field that conditions look at has more values than can be looked through again
  /// whenever there is a new one.
  func isTooVaried(_ batch: TicketTable) -> Bool {
    source == batch.source
      && counts.contains { field, _ in
        batch.fields.indices.contains(field)
          && batch.fields[field].dictionary.count > Self.mostValues
      }
  }

  /// Whether the preparations for an earlier batch do for this one.
  func describes(_ batch: TicketTable) -> Bool {
    guard !isNone, source == batch.source, hasPausedTotals == (batch.pausedTotals != nil),
      hasHistory == (batch.history != nil),
      batch.suspensions.allSatisfy({ parties.contains($0.party) }),
      moments.elementsEqual(batch.moments.lazy.map(\.name)),
      fields.elementsEqual(batch.fields.lazy.map(\.name))
    else { return false }
    return counts.allSatisfy { batch.fields[$0.field].dictionary.count == $0.values }
  }
}
