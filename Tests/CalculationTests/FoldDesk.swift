import Agreements
import ServiceTime
import TestSupport
import Testing
import Tickets

@testable import Calculation

/// Random tickets as last exported, random agreements over them, and the same tickets in batches.
struct FoldDesk {
  private var random: SeededGenerator
  private(set) var request: CalculationRequest
  /// Rows of the first table; the others are never folded.
  private let rows: [Sketch]
  private let counts: PausedTotals.Counts
  private let verdicts: [ReportedVerdicts.Value]?
  private let shape: Shape

  private static let moments = [
    "opened", "responded", "resolved", "closed", "due", "updated", GoneTickets.moment,
  ]

  /// - Parameter shape: Of the first table, whose tickets are folded.
  init(seed: UInt64, shape: Shape = .tickets) throws {
    self.shape = shape
    var random = SeededGenerator(seed: seed &* 77 &+ 5)
    let world = try World(seed: seed, tickets: Int.random(in: 0...40, using: &random))
    var rows = world.sketches
    rows += Self.year(Int.random(in: 0...120, using: &random), using: &random)
    let pauses = Int.random(in: 0..<3, using: &random) == 0
    for index in rows.indices { Self.adorn(&rows[index], pauses: pauses, using: &random) }
    if Int.random(in: 0..<3, using: &random) > 0 {
      for index in rows.indices { rows[index].suspensions = [] }
    }
    rows.shuffle(using: &random)
    counts = Bool.random(using: &random) ? .working : .wall
    verdicts =
      Bool.random(using: &random)
      ? nil : rows.map { _ in [.met, .breached, .unknown].randomElement(using: &random) ?? .met }
    var tables = [Self.table(rows, shape: shape, counts: counts, verdicts: verdicts)]
    if Int.random(in: 0..<4, using: &random) == 0 {
      let other = try World(seed: seed &+ 1_000_000, tickets: 8)
      tables.append(
        CalculationTests.table(
          other.sketches,
          holds: Bool.random(using: &random) ? .openedFrom(date("2026-01-01")) : .all,
          source: "phone"))
    }
    let asOf = Bool.random(using: &random) ? world.asOf : instant("2026-12-31 12:00")
    let periods = [
      world.period, "2026-03", "2026-Q2", "2026-Q3", "2026", "2025", "all", "all", "month-to-date",
      "last-month", "2026-03-10..2026-04-20", "2026-03-29..2026-03-29", "2026-06-10..2026-06-12",
    ]
    request = CalculationRequest(
      tables: tables, agreements: try Self.agreements(world, using: &random),
      asOf: Instant(seconds: asOf), period: periods.randomElement(using: &random) ?? "all",
      history: [1, 1, 2, 6, 13].randomElement(using: &random) ?? 1,
      by: [[], [], [], ["status"], ["priority", "status"], ["nothing"]]
        .randomElement(using: &random) ?? [])
    if Int.random(in: 0..<4, using: &random) == 0 { request.mostCodeNumbers = 8 }
    request.workers = Int.random(in: 1...3, using: &random)
    self.rows = rows
    self.random = random
  }

  private static func table(
    _ rows: [Sketch], shape: Shape, counts: PausedTotals.Counts,
    verdicts: [ReportedVerdicts.Value]?
  ) -> TicketTable {
    var table = CalculationTests.table(
      rows, shape: shape, counts: counts, moments: moments)
    if let verdicts {
      table.reported = ReportedVerdicts(clock: "resolution")
      table.reported?.values = verdicts
    }
    return table
  }

  /// Plain tickets of a whole year, among them some of long ago.
  private static func year(_ count: Int, using random: inout SeededGenerator) -> [Sketch] {
    let hasOld = Int.random(in: 0..<6, using: &random) == 0
    return (0..<count).map { number in
      var sketch = Sketch("Y\(number)")
      let isOld = hasOld && Int.random(in: 0..<12, using: &random) == 0
      let opened =
        instant(isOld ? "2005-01-01" : "2026-01-01")
        + Int64.random(in: 0..<(isOld ? 20 : 1) * 330 * 86_400, using: &random)
      sketch.happenings.append((opened, .now("opened")))
      let spans: [Int64] = [600, 7_200, 86_400, 86_400, 40 * 86_400, 90 * 86_400]
      for moment in ["responded", "resolved"] where Int.random(in: 0..<8, using: &random) > 0 {
        let span = spans.randomElement(using: &random) ?? 600
        // Often exactly as long as a target allows.
        let isExact = Int.random(in: 0..<4, using: &random) == 0
        let at = opened + (isExact ? span : Int64.random(in: 0...span, using: &random))
        sketch.happenings.append((at, .now(moment)))
      }
      return sketch
    }
  }

  /// What worlds do not have: other moments, totals, cells that are no instant, missing ones.
  private static func adorn(
    _ sketch: inout Sketch, pauses: Bool, using random: inout SeededGenerator
  ) {
    let known = sketch.happenings.map(\.at)
    func dice(_ sides: Int) -> Bool { Int.random(in: 0..<sides, using: &random) == 0 }
    guard let at = known.randomElement(using: &random) else { return }
    sketch.fields["priority"] = ["1", "2", "2", "4", "9"].randomElement(using: &random)
    sketch.fields["department"] = ["Sales", "IT", "HR", ""].randomElement(using: &random)
    if dice(6) {
      sketch.fields["status"] = ["Awaiting User", "Cancelled", "Open"]
        .randomElement(using: &random)
    }
    if dice(3) { sketch.happenings.append((at + 1_800, .now("responded"))) }
    if dice(4) { sketch.happenings.append((at + 90_000, .now("closed"))) }
    if dice(2) { sketch.happenings.append((at + 50_000, .now("due"))) }
    if dice(3) { sketch.happenings.append((at - 900 * 86_400, .now("updated"))) }
    if dice(8) { sketch.happenings.append((at + 40_000, .now(GoneTickets.moment))) }
    if dice(25) { sketch.unreadable.append(moments.randomElement(using: &random) ?? "opened") }
    if pauses, dice(2) {
      sketch.pausedTotal = [0, 600, 7_200, 400_000].randomElement(using: &random)
    }
    if dice(20) {
      sketch.happenings.removeAll { if case .now("opened") = $0.what { true } else { false } }
    }
  }

  private static func agreements(
    _ world: World, using random: inout SeededGenerator
  ) throws -> [[Agreement]] {
    try (0..<Int.random(in: 1...3, using: &random)).map { number in
      var terms = [world.terms, world.terms, Terms()].randomElement(using: &random) ?? Terms()
      terms.name = "agreement-\(number)"
      terms.countBy = [.decided, .decided, .stopped, .due].randomElement(using: &random) ?? .due
      switch Int.random(in: 0..<8, using: &random) {
      case 0: terms.dueField = "due"
      case 1: terms.dueRule = .businessDaySameTime(2)
      case 2: terms.dueRule = .businessDay(1, at: 57_600)
      case 3: terms.tiers[1].within = .businessDays(2)
      case 4: terms.tiers[0].within = .calendarDays(1)
      case 5: terms.tiers[0].within = .work(seconds: 7_200)
      default: break
      }
      if Bool.random(using: &random) { terms.customer = .fixed("Everybody") }
      switch Int.random(in: 0..<6, using: &random) {
      case 0: terms.scope = when("department", "IT", "Sales")
      case 1: terms.tiers = [("All", .anything, .work(seconds: 30_000))]
      case 2:
        terms.tiers.insert(
          (
            "VIP", Condition(tests: when("priority", "1").tests + when("department", "IT").tests),
            .work(seconds: 1_000)
          ), at: 0)
      case 3: terms.clock.stop = [.moment("responded"), .moment("resolved")]
      case 4: terms.clock.stop = [.moment("resolved"), .condition(when("status", "Open"))]
      default: break
      }
      if Int.random(in: 0..<3, using: &random) == 0 {
        (terms.clock.pauses, terms.clock.cancel) = ([], nil)
      }
      if Int.random(in: 0..<3, using: &random) == 0 {
        terms.clock.reopen =
          [.ignore, .newCycle, Reopening(.newCycle, counted: .last)].randomElement(using: &random)
          ?? .ignore
      }
      if Int.random(in: 0..<3, using: &random) == 0 {
        terms.clock.onTierChange =
          [.first, .first, .restart].randomElement(using: &random) ?? .first
      }
      return try versions(terms, using: &random)
    }
  }

  private static func versions(
    _ terms: Terms, using random: inout SeededGenerator
  ) throws -> [Agreement] {
    var terms = terms
    guard Int.random(in: 0..<3, using: &random) == 0 else {
      if Int.random(in: 0..<3, using: &random) == 0 { terms.validFrom = date("2026-02-15") }
      return [withResponse(terms.agreement, using: &random)]
    }
    var next = terms
    terms.validUntil = date("2026-05-01")
    next.validFrom = date(Bool.random(using: &random) ? "2026-05-01" : "2026-05-20")
    next.tiers.append(("P9", when("priority", "9"), .work(seconds: 5_000)))
    return [
      withResponse(terms.agreement, using: &random), withResponse(next.agreement, using: &random),
    ]
  }

  /// The agreement with a second clock on other hours.
  private static func withResponse(
    _ agreement: Agreement, using random: inout SeededGenerator
  ) -> Agreement {
    guard Int.random(in: 0..<4, using: &random) > 0 else { return agreement }
    var agreement = agreement
    agreement.clocks.append(
      Clock(
        name: "response", start: [.moment("opened")], stop: [.moment("responded")],
        stopsAtEnd: Bool.random(using: &random)))
    let sydney = (try? zone("Australia/Sydney")) ?? .utc
    agreement.targets.append(
      Target(
        clock: "response",
        tiers: agreement.tiers.map { _ in
          Target.TierTarget(
            objective: nil, within: .work(seconds: 3_600), calendar: office(sydney))
        }))
    return agreement
  }

  /// The same request with most tickets of the first table folded in batches, and the others held.
  mutating func foldedRequest() throws -> CalculationRequest {
    var folded = request
    var empty = request
    empty.tables = []
    var workers: [(fold: TicketFold, fields: [String: TextDictionary])] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      workers.append((try #require(try TicketFold(empty)), [:]))
    }
    var held: [Int] = []
    var start = 0
    while start < rows.count {
      let size = [1, 2, 7, 30, 200].randomElement(using: &random) ?? 1
      let batch = Array(start..<min(rows.count, start + size))
      start += size
      // Some rows are left to be held, as rows of a ticket that came twice are.
      let kept = batch.filter { _ in Int.random(in: 0..<20, using: &random) > 0 }
      held += Set(batch).subtracting(kept)
      let worker = Int.random(in: 0..<workers.count, using: &random)
      let left = workers[worker].fold.add(
        unnamed(kept, dictionaries: &workers[worker].fields))
      held += left.map { kept[$0] }
    }
    let rest = held.sorted()
    folded.tables[0] = Self.table(
      rest.map { rows[$0] }, shape: shape, counts: counts,
      verdicts: verdicts.map { all in rest.map { all[$0] } })
    folded.tables[0].ledger = request.tables[0].ledger
    folded.folded = workers.map(\.fold)
    return folded
  }

  /// A batch without ids, by the dictionaries of its worker.
  private func unnamed(
    _ tickets: [Int], dictionaries: inout [String: TextDictionary]
  ) -> TicketTable {
    var batch = Self.table(
      tickets.map { rows[$0] }, shape: shape, counts: counts,
      verdicts: verdicts.map { all in tickets.map { all[$0] } })
    batch.ids = TextArena()
    batch.unnamed = tickets.count
    if request.tables[0].pausedTotals != nil, batch.pausedTotals == nil {
      batch.pausedTotals = PausedTotals(counts: counts)
      batch.pausedTotals?.seconds = tickets.map { _ in MomentColumn.missing }
    }
    if batch.fields.isEmpty {
      batch.fields = request.tables[0].fields.map { FieldColumn(name: $0.name) }
    }
    var codes: [[UInt32]] = []
    for index in batch.fields.indices {
      let own = batch.fields[index]
      var dictionary = dictionaries[own.name] ?? TextDictionary()
      codes.append(own.dictionary.values.map { dictionary.code(for: $0) })
      batch.fields[index].codes = own.codes.map { codes[index][Int($0)] }
      batch.fields[index].initialCodes = own.initialCodes?.map { codes[index][Int($0)] }
      batch.fields[index].dictionary = dictionary
      dictionaries[own.name] = dictionary
    }
    batch.history = batch.history?.recoded(codes)
    return batch
  }
}

extension ChangeTable {
  /// The same changes by other codes of the fields.
  fileprivate func recoded(_ codes: [[UInt32]]) -> ChangeTable {
    let recoded = values.indices.map { index in
      guard case .field(let field) = subject(index) else { return values[index] }
      return codes[field][Int(values[index])]
    }
    return ChangeTable(
      starts: starts, seconds: seconds, subjects: subjects, values: recoded, lines: lines)
  }
}
