import Importing
import Messages
import ServiceTime
import TestSupport
import Testing
import Tickets

@Suite("Counts: so much of something at an instant")
struct CountTests {
  private static let leads = """
    mapping: leads
    rows: counts
    timestamps: yyyy-MM-dd
    ticket: {id: lead, at: day, amount: number, quality: quality}
    """

  private static let unnamed = """
    mapping: leads
    rows: counts
    timestamps: yyyy-MM-dd
    ticket: {at: day, quality: quality}
    """

  private func counts(_ text: String, _ yaml: String = leads) throws -> CountTable {
    try #require(try Imports.read(text, yaml).counts)
  }

  @Test("Amounts are exact to a millionth, with a point or a comma")
  func amounts() throws {
    let table = try counts(
      """
      lead,day,number,quality
      a,2026-10-01,12,good
      b,2026-10-02,0.000001,good
      c,2026-10-03,"12,50",poor
      d,2026-10-04,-3.25,good
      e,2026-10-05,+7,good
      f,2026-10-06,,good
      g,2026-10-07,"0,125",good

      """)
    #expect(
      table.amounts == [12_000_000, 1, 12_500_000, -3_250_000, 7_000_000, 0, 125_000])
    #expect(table.instants.first == Instant(iso: "2026-10-01T00:00:00Z")?.seconds)
    #expect(table.ledger.history == 7)
    #expect(table.ledger.tiesOut)
  }

  @Test(
    "What is no amount is rejected and named",
    arguments: [
      ("\"1,234\"", "may stand before thousands"), ("1.2345678", "at most six"),
      ("12 pieces", "no amount"), ("1.234.567", "no amount"), ("-", "no amount"),
      ("1e3", "no amount"), ("1234567890123", "no amount"), (".5", "no amount"),
    ])
  func wrongAmounts(_ cell: String, _ words: String) throws {
    let outcome = try Imports.read(
      "lead,day,number,quality\na,2026-10-01,\(cell),good\n", Self.leads)
    #expect(outcome.counts?.count == 0)
    #expect(outcome.ledger.rejected == 1)
    let finding = try #require(outcome.findings.first { $0.severity == .rejected })
    #expect(finding.place.line == 2)
    #expect(finding.message.text.contains(words))
  }

  @Test("With an id the later row stands; without one every row counts")
  func repeats() throws {
    let table = try counts(
      "lead,day,number,quality\na,2026-10-01,1,good\na,2026-10-02,5,poor\na,2026-10-02,5,poor\n")
    #expect(table.amounts == [5_000_000])
    #expect(table.instants == [Instant(iso: "2026-10-02T00:00:00Z")?.seconds])
    #expect(table.ledger.superseded == 1)
    #expect(table.ledger.unchanged == 1)
    #expect(table.ledger.tiesOut)
    let rows = try counts("day,quality\n2026-10-01,good\n2026-10-01,good\n", Self.unnamed)
    #expect(rows.amounts == [1_000_000, 1_000_000])
  }

  @Test("A row without an instant is rejected; a file without the column is refused")
  func instants() throws {
    let outcome = try Imports.read(
      "lead,day,number,quality\na,,1,good\nb,yesterday,1,good\n", Self.leads)
    #expect(outcome.ledger.rejected == 2)
    #expect(throws: ImportError.self) {
      try Imports.read("lead,number,quality\na,1,good\n", Self.leads)
    }
  }

  @Test("What import -o writes of counts comes back the same")
  func roundTrip() throws {
    let first = try counts(
      "lead,day,number,quality\n=a,2026-10-01,1.5,\"go\"\"od, yes\"\nb,2026-10-02,-7,\n")
    let plain = String(decoding: PlainRows.bytes(of: first), as: UTF8.self)
    let preset = try #require(Presets.named("counts"))
    let second = try counts(plain, preset.yaml)
    #expect(second.instants == first.instants)
    #expect(second.amounts == first.amounts)
    #expect((0..<2).map { second.ids[$0] } == ["=a", "b"])
    #expect(String(decoding: PlainRows.bytes(of: second), as: UTF8.self) == plain)
  }
}

@Suite("Intervals: overlapping, unsorted, open-ended")
struct IntervalTests {
  private static let outages = """
    mapping: outages
    rows: intervals
    timestamps: yyyy-MM-dd HH:mm:ss
    ticket: {start: start, end: end, line: line}
    """

  @Test("Open intervals end at the horizon, overlaps count once, touching ones become one")
  func union() throws {
    let outcome = try Imports.read(
      """
      start,end,line
      2026-10-01 12:00:00,,a
      2026-10-01 08:00:00,2026-10-01 09:00:00,b
      2026-10-01 08:30:00,2026-10-01 10:00:00,a
      2026-10-01 10:00:00,2026-10-01 10:00:30,b
      2026-10-01 11:00:00,2026-10-01 11:00:00,b

      """, Self.outages)
    let table = try #require(outcome.intervals)
    #expect(table.openCount == 1)
    let horizon = try #require(Instant(iso: "2026-10-01T13:00:00Z"))
    let union = table.union(until: horizon)
    #expect(union.map(\.seconds) == [7_230, 3_600])
    #expect(table.union(of: [1, 3], until: horizon).map(\.seconds) == [3_600, 30])
    #expect(table.union(until: Instant(seconds: 0)).isEmpty)
  }

  @Test("The union is that of an oracle that marks every second")
  func oracle() {
    for seed in 0..<Effort.rounds(300, long: 20_000) {
      var random = SeededGenerator(seed: UInt64(seed))
      var table = IntervalTable(source: "s")
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        let start = Int64.random(in: 0...60, using: &random)
        table.starts.append(start)
        table.ends.append(
          Bool.random(using: &random)
            ? start + Int64.random(in: 0...9, using: &random) : MomentColumn.missing)
      }
      let horizon = Int64.random(in: 0...70, using: &random)
      let marked = (0..<horizon).filter { second in
        table.starts.indices.contains { row in
          let end = table.ends[row] == MomentColumn.missing ? .max : table.ends[row]
          return table.starts[row] <= second && second < end
        }
      }
      let union = table.union(until: Instant(seconds: horizon))
      #expect(union.flatMap { Array($0.start.seconds..<$0.end.seconds) } == marked, "seed \(seed)")
      #expect(zip(union, union.dropFirst()).allSatisfy { $0.end < $1.start }, "seed \(seed)")
    }
  }

  @Test("What import -o writes of intervals comes back the same")
  func roundTrip() throws {
    let text = "start,end,line\n2026-10-01 12:00:00,,a\n2026-10-01 08:00:00,2026-10-01 09:00:00,b\n"
    let first = try #require(try Imports.read(text, Self.outages).intervals)
    let plain = String(decoding: PlainRows.bytes(of: first), as: UTF8.self)
    let preset = try #require(Presets.named("intervals"))
    let second = try #require(try Imports.read(plain, preset.yaml).intervals)
    #expect(second.starts == first.starts)
    #expect(second.ends == first.ends)
    #expect(String(decoding: PlainRows.bytes(of: second), as: UTF8.self) == plain)
  }
}
