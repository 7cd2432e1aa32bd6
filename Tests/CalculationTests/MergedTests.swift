import Agreements
import Results
import ServiceTime
import Testing
import Tickets

/// DESIGN, section 5: a merged ticket follows its master; what was decided before stays.
@Suite("A merged ticket")
struct MergedTests {
  // Monday 2 March, hours 08:00 to 18:00, 8 h allowed.
  private func ticket(_ id: String, _ into: String = "", opened: String = "03-02 09:00") -> Sketch {
    Sketch(id, ["merged-into": into]).opened(opened)
  }

  private func rows(
    _ sketches: [Sketch], _ terms: Terms = Terms(), shape: Shape = .events,
    asOf: String = "2026-03-06 18:00"
  ) throws -> [String: PromiseRow] {
    let results = try results([table(sketches, shape: shape)], [terms], asOf: asOf)
    return Dictionary(uniqueKeysWithValues: results.promises.map { ($0.ticket, $0) })
  }

  private let note = " (merged, follows its master)"

  @Test("stops with its master, and not with the closing that the merge was")
  func stop() throws {
    let merged = ticket("A").at(
      "03-02 10:00", .set("merged-into", "B"), .now("resolved"), .now("closed"))
    let master = ticket("B", opened: "03-02 08:00").resolved("03-02 12:00")
    let rows = try rows([merged, master])
    #expect(rows["A"]?.short == "met\(note) 10800 0")
    #expect(rows["B"]?.short == "met 14400 0")
  }

  @Test("takes its master's pauses, and stops at once where the master is resolved")
  func state() throws {
    let merged = ticket("A").at("03-02 10:00", .set("merged-into", "B"))
    let waiting = ticket("B").status("Awaiting User", "03-02 09:30").status("Open", "03-02 11:00")
      .resolved("03-02 12:00")
    #expect(try rows([merged, waiting])["A"]?.short == "met\(note) 7200 3600")
    let resolved = ticket("B").resolved("03-02 09:30")
    #expect(try rows([merged, resolved])["A"]?.short == "met\(note) 3600 0")
  }

  @Test("keeps what was decided before the merge")
  func decided() throws {
    let met = ticket("A").resolved("03-02 09:30").at("03-02 10:00", .set("merged-into", "B"))
    let master = ticket("B")
    #expect(try rows([met, master])["A"]?.short == "met 1800 0")
    let lost = ticket("A").at("03-03 10:00", .set("merged-into", "B"))
    #expect(
      try rows([lost, ticket("B").resolved("03-03 11:00")])["A"]?.lost == instant("03-02 17:00"))
  }

  @Test("follows the last of a chain")
  func chain() throws {
    let first = ticket("A").at("03-02 10:00", .set("merged-into", "B"))
    let second = ticket("B").at("03-02 11:00", .set("merged-into", "C"))
    let rows = try rows([first, second, ticket("C").resolved("03-02 12:00")])
    #expect(rows["A"]?.short == "met\(note) 10800 0")
    #expect(rows["B"]?.short == "met\(note) 10800 0")
  }

  @Test("is unmeasurable where the master is not there, and in a circle")
  func faults() throws {
    let alone = ticket("A").at("03-02 10:00", .set("merged-into", "Z"))
    #expect(
      try rows([alone])["A"]?.short
        == "unmeasurable (merged into a ticket that is not there) -1 -1")
    let circle = [
      ticket("A").at("03-02 10:00", .set("merged-into", "B")),
      ticket("B").at("03-02 11:00", .set("merged-into", "A")),
    ]
    let rows = try rows(circle)
    #expect(rows["A"]?.reason == "merged in a circle")
    #expect(rows["B"]?.reason == "merged in a circle")
    let late = ticket("A").at("03-03 10:00", .set("merged-into", "Z"))
    #expect(try self.rows([late])["A"]?.verdict == .breached)
  }

  @Test("was merged at its end where rows tell only how it stands")
  func rowsAsLastExported() throws {
    let merged = ticket("A", "B").resolved("03-02 10:00").closed("03-02 10:00")
    let master = ticket("B").resolved("03-02 12:00")
    let rows = try rows([merged, master], shape: .tickets)
    #expect(rows["A"]?.short == "met\(note) 10800 0")
    let undated = try self.rows([ticket("A", "B"), master], shape: .tickets)
    #expect(undated["A"]?.reason == "not known when it was merged")
  }

  @Test("keeps its own customer, and shows no row of its master's")
  func customer() throws {
    let merged = ticket("A").at("03-02 10:00", .set("merged-into", "B"))
    var master = ticket("B").status("Awaiting User", "03-02 11:00").status("Open", "03-02 12:00")
      .resolved("03-02 13:00")
    master.fields["department"] = "Secret"
    let (promise, trace) = try explained(table([merged, master]), Terms(), "A")
    #expect(promise.customer == "Sales")
    #expect(promise.short == "met\(note) 10800 3600")
    // Row 3 of the ticket is that of the merge.
    #expect(trace?.stretches.map(\.line).filter { $0 > 3 } == [])
  }
}
