import Agreements
import ServiceTime
import Tickets

/// What the registers of an agreement say, as far as it is known.
struct ExclusionPlan: Sendable {
  /// Of all versions, in the order read.
  private(set) var entries: [Exclusion] = []

  /// Without entries.
  init() {}

  /// An approval after as-of, or after rows were known, is not known yet, and so is its entry.
  init(_ versions: [Agreement], request: CalculationRequest) {
    guard request.appliesExclusions else { return }
    let known = min(request.asOf, request.knownAt ?? request.asOf)
    entries = versions.allExclusions.filter { $0.approved.map { $0 <= known } ?? true }
  }

  var isEmpty: Bool { entries.isEmpty }
  var appliesAny: Bool { entries.contains { $0.approved != nil } }

  /// Why time is excluded that a party paused; `nil` if the party is nobody's entry.
  func reason(_ parties: PartyNames, _ party: Int) -> String? {
    parties.exclusion(party).map { entries[$0].reason }
  }
}

/// An interval of a register, made ready for one table.
struct ExcludedInterval: Sendable {
  /// Number of the entry.
  let entry: Int
  let from: Int64
  let to: Int64
  let condition: CompiledCondition
  /// By clock: whether it is about it.
  let clocks: [Bool]
  /// The party that pauses clocks in its name.
  let party: Int

  func isAbout(_ clock: PreparedClock, _ codes: [UInt32]) -> Bool {
    clocks[clock.index] && condition.holds(codes)
  }
}

/// The intervals of an agreement's registers, made ready for one table.
struct ExcludedIntervals: Sendable {
  /// Those that are approved.
  private(set) var applied: [ExcludedInterval] = []
  /// Those that are asked for.
  private(set) var asked: [ExcludedInterval] = []

  init(
    _ plan: ExclusionPlan, table: TicketTable, names: AgreementNames, parties: inout PartyNames
  ) {
    for (number, entry) in plan.entries.enumerated() {
      guard case .interval(let from, let to, let condition) = entry.subject else { continue }
      let interval = ExcludedInterval(
        entry: number, from: from.seconds, to: to.seconds,
        condition: CompiledCondition(condition, for: table),
        clocks: names.clocks.map(entry.isAbout), party: parties.index(ofExclusion: number))
      if entry.approved == nil { asked.append(interval) } else { applied.append(interval) }
    }
  }
}

/// The tickets of a table that an agreement's registers name.
struct ExcludedTickets: Sendable {
  /// One mention of a ticket.
  struct Mention: Hashable, Sendable {
    let entry: Int
    /// Its place among the tickets that the entry names.
    let place: Int
  }

  private let entries: [Exclusion]
  private var mentions: [Int: [Mention]] = [:]

  /// - Parameter tickets: Those of the table that will be asked for.
  /// - Complexity: O(*n*) in those tickets, if any entry names one.
  init(_ plan: ExclusionPlan, table: TicketTable, tickets: Range<Int>) {
    entries = plan.entries
    var wanted: [ArraySlice<UInt8>: [Mention]] = [:]
    for (number, entry) in plan.entries.enumerated() {
      guard case .tickets(let ids, let source) = entry.subject,
        source == nil || source == table.source
      else { continue }
      for (place, id) in ids.enumerated() {
        wanted[ArraySlice(id.utf8), default: []].append(Mention(entry: number, place: place))
      }
    }
    guard !wanted.isEmpty, table.ids.count == table.count else { return }
    for ticket in tickets {
      if let found = wanted[table.ids.slice(ticket)] { mentions[ticket] = found }
    }
  }

  /// The entries that name a ticket and are about a clock, in the order of the registers.
  func mentions(of ticket: Int, clock: PreparedClock) -> [Mention] {
    guard !mentions.isEmpty, let found = mentions[ticket] else { return [] }
    return found.filter { entries[$0.entry].isAbout(clock: clock.name) }
  }

  /// The first that is approved takes the promise out.
  func exclusion(of ticket: Int, clock: PreparedClock) -> Int? {
    guard !mentions.isEmpty else { return nil }
    return mentions(of: ticket, clock: clock).first { entries[$0.entry].approved != nil }?.entry
  }
}

extension TableReplays {
  func exclusion(of ticket: Int, clock: PreparedClock) -> Int? {
    excluded.exclusion(of: ticket, clock: clock)
  }
}

extension PartyNames {
  /// The party by which excluded time is paused.
  static let excluded = "excluded"
  /// Starts the name of the party of each entry, as no name of a rule file can.
  private static let mark = "\u{0}"

  mutating func index(ofExclusion entry: Int) -> Int { index(of: Self.mark + String(entry)) }

  /// The entry in whose name a party pauses; `nil` if it is nobody's.
  func exclusion(_ party: Int) -> Int? {
    names[party].hasPrefix(Self.mark) ? Int(names[party].dropFirst()) : nil
  }

  /// The name of a party as reports have it.
  func name(of party: Int) -> String {
    exclusion(party) == nil ? names[party] : Self.excluded
  }
}

extension Replay {
  /// The party that takes the time out at this moment: the first entry that is about the clock and
  /// of which the condition holds.
  func excludingParty(_ clock: PreparedClock) -> Int? {
    guard !excluding.isEmpty else { return nil }
    let intervals = version.excluded.applied
    return excluding.sorted().first { intervals[$0].isAbout(clock, codes) }
      .map { intervals[$0].party }
  }
}
