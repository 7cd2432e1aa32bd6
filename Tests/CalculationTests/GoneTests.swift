import Agreements
import Calculation
import Results
import ServiceTime
import Testing
import Tickets

/// DESIGN, section 5: a ticket gone from a full dump keeps what was decided; if undecided, it is
/// unmeasurable from that dump's instant.
@Suite("A ticket that is gone from the export")
struct GoneTests {
  private static let moments = usualMoments + [GoneTickets.moment]

  // Monday 2 March, hours 08:00 to 18:00, 8 h allowed.
  private func ticket(_ id: String = "A", gone: String? = "03-02 12:00") -> Sketch {
    let sketch = Sketch(id).opened("03-02 09:00")
    return gone.map { sketch.at($0, .now(GoneTickets.moment)) } ?? sketch
  }

  private func rows(
    _ sketches: [Sketch], _ terms: Terms = Terms(), asOf: String = "2026-03-06 18:00"
  ) throws -> [String: PromiseRow] {
    let table = table(sketches, shape: .tickets, moments: Self.moments)
    let results = try results([table], [terms], asOf: asOf)
    return Dictionary(uniqueKeysWithValues: results.promises.map { ($0.ticket, $0) })
  }

  @Test("is unmeasurable if nothing was decided, whenever the time allowed would have been over")
  func undecided() throws {
    let row = try #require(try rows([ticket()])["A"])
    #expect((row.verdict, row.reason) == (.unmeasurable, "gone from the export"))
    #expect((row.lost, row.elapsedSeconds) == (nil, nil))
  }

  @Test("keeps what was decided: met, lost before it was gone, cancelled")
  func decided() throws {
    let met = ticket("M").resolved("03-02 11:00")
    let lost = ticket("L", gone: "03-02 17:00:01")
    let justNot = ticket("J", gone: "03-02 17:00")
    let rows = try rows([met, lost, justNot])
    #expect(rows["M"]?.short == "met 7200 0")
    // 8 h are over at 17:00: a second later elapsed exceeds them.
    #expect((rows["L"]?.verdict, rows["L"]?.lost) == (.breached, instant("03-02 17:00")))
    #expect(rows["L"]?.elapsedSeconds == 28_801)
    #expect(rows["J"]?.verdict == .unmeasurable)
  }

  @Test("is as it was before anybody knew that it is gone")
  func before() throws {
    let rows = try rows([ticket(gone: "03-02 12:00")], asOf: "2026-03-02 11:59")
    #expect(rows["A"]?.verdict == .running)
    #expect(try self.rows([ticket()], asOf: "2026-03-02 12:00")["A"]?.verdict == .unmeasurable)
  }

  @Test("Others count as without it")
  func counts() throws {
    let sketches = (0..<40).map { number in
      let other = Sketch("T\(number)").opened("03-02 09:00")
      return number % 5 == 0
        ? other.at("03-02 1\(number % 3):30", .now(GoneTickets.moment))
        : number % 2 == 0 ? other.resolved("03-02 1\(number % 7 + 1):00") : other
    }
    let whole = table(sketches, shape: .tickets, moments: Self.moments)
    let others = sketches.indices.filter { $0 % 5 != 0 }.map { sketches[$0] }
    let without = table(others, shape: .tickets)
    let rows = try results([whole], [Terms()], asOf: "2026-03-06 18:00")
    let expected = try results([without], [Terms()], asOf: "2026-03-06 18:00")
    let gone = rows.promises.filter { $0.reason == "gone from the export" }
    #expect(gone.count == 8)
    #expect(rows.promises.count { $0.verdict == .unmeasurable } == 8)
    let figures = try #require(rows.figures.first { $0.counts.unmeasurable > 0 })
    let plain = try #require(
      expected.figures.first { $0.period == figures.period && $0.tier == figures.tier })
    #expect(figures.counts.unmeasurable == 8)
    #expect((figures.counts.met, figures.counts.missed) == (plain.counts.met, plain.counts.missed))
  }
}
