import Messages
import ServiceTime
import Synchronization
import TestSupport
import Testing
import Tickets

@testable import Importing

/// Versions and events in any order, repeated, cut into files and going back in time.
struct HistoryTests {
  private static let start: Int64 = 1_767_225_600
  private static let moments = ["opened", "resolved", "closed", "updated"]
  private static let fields = ["status", "priority", "group"]

  private static func mapping(isVersioned: Bool, hasOrder: Bool) -> String {
    """
    mapping: small
    rows: \(isVersioned ? "snapshots" : "events")
    timestamps: yyyy-MM-dd HH:mm
    ticket: {id: id, \(isVersioned ? "" : "at: at, ")opened: opened, resolved: resolved,
             closed: closed, updated: updated, status: status, priority: priority, group: group}
    \(hasOrder ? "order: n" : "")
    """
  }

  /// The lives of some tickets, version by version, with the odds against them.
  private static func rows(
    isVersioned: Bool, hasOrder: Bool, using random: inout SeededGenerator
  ) -> [SlowHistory.Row] {
    var rows: [SlowHistory.Row] = []
    func chance(_ odds: Int) -> Bool { Int.random(in: 0..<odds, using: &random) == 0 }
    for ticket in 0..<Int.random(in: 1...25, using: &random) {
      var row = SlowHistory.Row(
        id: "T\(ticket)", order: nil, at: start, moments: ["opened": start],
        fields: ["status": "New", "priority": "3", "group": "Desk"])
      for version in 0..<Int.random(in: 1...9, using: &random) {
        row.at += 60 * Int64.random(in: 0...90, using: &random)
        if chance(10) { row.at = max(start, row.at - 7_200) }
        row.order = hasOrder && !chance(30) ? Int64(chance(12) ? version - 1 : version) : nil
        if chance(2) {
          row.fields["status"] =
            ["Open", "Waiting", "Done", nil].randomElement(using: &random) ?? nil
        }
        if chance(4) {
          row.fields["priority"] = ["1", "2", nil].randomElement(using: &random) ?? nil
        }
        if chance(6) { row.fields["group"] = "Net" }
        if chance(3) {
          row.moments["resolved"] = chance(3) ? nil : row.at + (chance(3) ? 3_600 : 0)
        }
        if chance(8) { row.moments["closed"] = chance(2) ? nil : row.at }
        if chance(20) { row.moments["opened"] = chance(2) ? nil : start + 60 }
        row.moments["updated"] = isVersioned ? row.at : chance(2) ? nil : row.at + 60
        if !isVersioned, chance(3) { row.fields["status"] = nil }
        rows.append(row)
        if chance(8) { rows.append(row) }
      }
    }
    switch Int.random(in: 0..<3, using: &random) {
    case 0: rows.shuffle(using: &random)
    case 1: rows.swapAt(0, rows.count - 1)
    default: break
    }
    return rows
  }

  private static func time(_ seconds: Int64?) -> String {
    guard let seconds else { return "" }
    return String(Instant(seconds: seconds).iso.prefix(16)).replacing("T", with: " ")
  }

  private static func text(_ rows: [SlowHistory.Row]) -> String {
    let lines = rows.map { row in
      ([row.id, row.order.map { String($0) } ?? "", time(row.at)]
        + moments.map { time(row.moments[$0]) } + fields.map { row.fields[$0] ?? "" })
        .joined(separator: ",")
    }
    return (["id,n,at,opened,resolved,closed,updated,status,priority,group"] + lines)
      .joined(separator: "\n") + "\n"
  }

  @Test("A slow second reading of the rows agrees", arguments: 1...120)
  func agrees(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let isVersioned = Bool.random(using: &random)
    let hasOrder = Bool.random(using: &random)
    var rows = Self.rows(isVersioned: isVersioned, hasOrder: hasOrder, using: &random)
    let files = Int.random(in: 1...3, using: &random)
    for row in rows.indices { rows[row].file = row * files / rows.count }
    // One file once more, as when exports overlap.
    if files > 1 { rows += rows.filter { $0.file == 0 }.map { copy(of: $0, file: files) } }
    let count = (rows.map(\.file).max() ?? 0) + 1
    let texts = (0..<count).map { file in
      (name: "f\(file).csv", text: Self.text(rows.filter { $0.file == file }))
    }
    let outcome = try Imports.read(
      texts, Self.mapping(isVersioned: isVersioned, hasOrder: hasOrder))
    let table = try #require(outcome.tickets)
    let slow = SlowHistory(isVersioned: isVersioned, moments: Self.moments, fields: Self.fields)
    let tickets = Dictionary(grouping: rows, by: \.id)
    let own = Imports.description(of: table)
    #expect(own.count == tickets.count)
    var (kept, back) = (0, 0)
    for (id, rows) in tickets {
      let expected = slow.description(rows).map(Self.shown)
      #expect(own[id] == expected, "\(id)")
      let ordered = slow.ordered(rows)
      kept += ordered.count
      back += zip(slow.instants(ordered), ordered).count { $0 > $1.at }
    }
    #expect(table.ledger.tiesOut)
    #expect(table.ledger.history == kept - tickets.count)
    #expect(table.ledger.unchanged == rows.count - kept)
    #expect(outcome.findings.count { $0.line.contains("updated before") } == back)
  }

  private func copy(of row: SlowHistory.Row, file: Int) -> SlowHistory.Row {
    var copy = row
    copy.file = file
    return copy
  }

  /// A change's seconds as an instant; other lines as they are.
  private static func shown(_ line: String) -> String {
    let words = line.split(separator: " ", maxSplits: 1)
    guard words.count == 2, let seconds = Int64(words[0]) else { return line }
    return Instant(seconds: seconds).iso + " " + words[1].replacing(" := ", with: ":=")
  }

  // MARK: in parts

  /// Rows by columns, of tickets that were read in the order of their numbers.
  private static func history(
    using random: inout SeededGenerator
  ) -> (rows: HistoryRows, table: TicketTable) {
    var history = HistoryRows()
    var table = TicketTable(source: "desk")
    table.fields = fields.map { name in
      var field = FieldColumn(name: name)
      for value in 1...9 { _ = field.dictionary.code(for: "\(value)") }
      return field
    }
    table.moments = moments.map { MomentColumn(name: $0) }
    history.codes = fields.map { _ in NumberColumn() }
    history.seconds = moments.map { _ in NumberColumn() }
    let tickets = Int.random(in: 1...200, using: &random)
    for ticket in 0..<tickets { table.ids.append("T\(ticket)".utf8) }
    let isMixed = Bool.random(using: &random)
    for row in 0..<tickets + Int.random(in: 0...800, using: &random) {
      let ticket = isMixed && row >= tickets ? Int.random(in: 0..<tickets, using: &random) : row
      let at = start + 60 * Int64.random(in: 0...5_000, using: &random)
      history.chains.append(ticket: min(ticket, tickets - 1))
      history.instants.append(at)
      history.orders.append(Int64.random(in: 0...40, using: &random))
      history.files.append(Int64(row / 400))
      history.lines.append(UInt32(row + 2))
      for field in fields.indices {
        history.codes[field].append(Int64.random(in: 0...9, using: &random))
      }
      for moment in moments.indices {
        let value = Int.random(in: 0..<3, using: &random) == 0 ? MomentColumn.missing : at
        history.seconds[moment].append(moment == 3 ? at : value)
      }
    }
    table.ledger.read = history.count
    return (history, table)
  }

  @Test("The table is the same for every number of workers", arguments: 1...30)
  func inParts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (rows, table) = Self.history(using: &random)
    let plan = HistoryPlan(isVersioned: seed % 2 == 0, updated: 3, opened: 0, status: 0)
    var alone = HistoryBuilder(rows, plan: plan, table: table)
    let whole = alone.build()
    #expect(whole.ledger.tiesOut)
    for workers in [2, 3, 8, 400] {
      var shared = HistoryBuilder(rows, plan: plan, table: table)
      let size = Int.random(in: 1...40, using: &random)
      let parts = shared.build(workers: workers, partSize: size)
      #expect(Imports.description(of: parts) == Imports.description(of: whole), "\(workers)")
      #expect(parts.history?.starts == whole.history?.starts)
      #expect(parts.history?.lines == whole.history?.lines)
      #expect(parts.fileOfTicket == whole.fileOfTicket)
      #expect(parts.lineOfTicket == whole.lineOfTicket)
      #expect(parts.ledger == whole.ledger)
      #expect(shared.backward.map(\.line) == alone.backward.map(\.line))
      #expect(shared.backward.map(\.ticket) == alone.backward.map(\.ticket))
    }
  }

  @Test("What a taker leaves is in the table, and it was given all the rest", arguments: 1...30)
  func judged(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (rows, table) = Self.history(using: &random)
    let plan = HistoryPlan(isVersioned: seed % 2 == 0, updated: 3, opened: 0, status: 0)
    var alone = HistoryBuilder(rows, plan: plan, table: table)
    let whole = alone.build()
    let lives = Imports.description(of: whole)
    for workers in [1, 3] {
      let taker = LeavingTaker(every: Int.random(in: 1...5, using: &random), workers: workers)
      var judging = HistoryBuilder(rows, plan: plan, table: table)
      let size = Int.random(in: 1...40, using: &random)
      let held = judging.build(workers: workers, taker: taker, partSize: size)
      let taken = (0..<whole.count).filter { taker.takes(whole.lineOfTicket[$0]) }
      let left = (0..<whole.count).filter { !taker.takes(whole.lineOfTicket[$0]) }
      #expect((0..<held.count).map { held.ids[$0] } == left.map { whole.ids[$0] })
      #expect(
        Imports.description(of: held)
          == lives.filter { id, _ in left.contains { whole.ids[$0] == id } })
      #expect(held.lineOfTicket == left.map { whole.lineOfTicket[$0] })
      #expect(
        taker.taken.sorted { $0.joined() < $1.joined() }
          == taken.map { ["\(whole.lineOfTicket[$0])"] + (lives[whole.ids[$0]] ?? []) }
          .sorted { $0.joined() < $1.joined() })
      #expect(held.ledger == whole.ledger)
      #expect(judging.backward.map(\.line) == alone.backward.map(\.line))
      #expect(
        judging.backward.map { judging.ids[$0.ticket] }
          == alone.backward.map { whole.ids[$0.ticket] })
    }
  }
}

/// Takes all tickets but those whose line is a multiple of a number.
private final class LeavingTaker: TicketTaker {
  private let every: Int
  private let places: Mutex<[[[String]]]>

  init(every: Int, workers: Int) {
    self.every = every
    places = Mutex(Array(repeating: [], count: workers))
  }

  func startOver() {}

  func takes(_ line: UInt32) -> Bool { Int(line) % every != 0 }

  func take(_ tickets: TicketTable, worker: Int) -> [Int] {
    var named = tickets
    named.unnamed = 0
    for ticket in 0..<tickets.count { named.ids.append("\(ticket)".utf8) }
    let lives = Imports.description(of: named)
    let (taken, left) = (0..<tickets.count).reduce(into: ([Int](), [Int]())) { found, ticket in
      if takes(tickets.lineOfTicket[ticket]) {
        found.0.append(ticket)
      } else {
        found.1.append(ticket)
      }
    }
    places.withLock { places in
      places[worker] += taken.map { ["\(tickets.lineOfTicket[$0])"] + (lives["\($0)"] ?? []) }
    }
    return left
  }

  /// Line and life of every ticket that was taken.
  var taken: [[String]] { places.withLock { $0.flatMap(\.self) } }
}
