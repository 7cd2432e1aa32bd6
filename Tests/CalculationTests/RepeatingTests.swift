import Agreements
import Calculation
import Results
import ServiceTime
import Testing
import Tickets

/// The rows of all cycles of one ticket, in their order.
private func rows(
  _ sketch: Sketch, _ terms: Terms, period: String = "2026-03", asOf: String = "2026-03-06 18:00",
  shape: Shape = .events, moments: [String] = usualMoments
) throws -> [PromiseRow] {
  try results(
    [table([sketch], shape: shape, moments: moments)], [terms], period: period, asOf: asOf
  ).promises.sorted { ($0.cycle ?? 0) < ($1.cycle ?? 0) }
}

/// A reply is owed to each message of the customer's that nobody has answered.
@Suite("A clock for the next reply")
struct NextReplyTests {
  // Monday 2 March, hours 08:00 to 18:00, 8 h allowed.
  private let ticket = Sketch("T1").opened("03-02 08:00")

  private var terms: Terms {
    var terms = Terms()
    terms.clock = Clock(
      name: "next-reply", start: [.moment("customer-replied")],
      stop: [.moment("agent-replied"), .moment("resolved")],
      pauses: [.init(condition: when("status", "Awaiting User"), party: "customer")],
      cancel: when("status", "Cancelled"), repeats: .eachStart)
    return terms
  }

  @Test("times each message from the oldest that is unanswered to the answer")
  func oldest() throws {
    let rows = try rows(
      ticket.customer("03-02 09:00", "03-02 09:30").agent("03-02 10:00", "03-02 10:05")
        .customer("03-02 17:00").agent("03-03 15:00:01"), terms)
    #expect(rows.map(\.short) == ["met 3600 0", "breached 28801 0"])
    #expect(rows.map(\.cycle) == [1, 2])
    #expect(rows.map(\.started) == [instant("03-02 09:00"), instant("03-02 17:00")])
    #expect(rows[1].lost == instant("03-03 15:00"))
  }

  @Test("owes nothing before the first message, nor after an answer")
  func nothingOwed() throws {
    #expect(try rows(ticket.agent("03-02 09:00"), terms).map(\.verdict) == [.notStarted])
    let answered = ticket.customer("03-02 09:00").agent("03-02 10:00")
    #expect(try rows(answered, terms).map(\.short) == ["met 3600 0"])
  }

  @Test("runs on while a message is open, and is overdue once lost")
  func open() throws {
    let written = ticket.customer("03-02 09:00")
    #expect(
      try rows(written, terms, asOf: "2026-03-02 17:00").map(\.short) == ["running 28800 0"])
    #expect(
      try rows(written, terms, asOf: "2026-03-02 17:00:01").map(\.short) == ["overdue 28801 0"])
  }

  @Test("is met with nothing where message and answer have one time, whichever comes first in it")
  func oneInstant() throws {
    for sketch in [
      ticket.customer("03-02 09:00").agent("03-02 09:00"),
      ticket.agent("03-02 09:00").customer("03-02 09:00"),
      ticket.customer("03-02 09:00").resolved("03-02 09:00"),
    ] {
      #expect(try rows(sketch, terms).map(\.short) == ["met 0 0"])
    }
    // A second message at the time of the answer is answered with the first.
    let second = ticket.customer("03-02 09:00").customer("03-02 10:00").agent("03-02 10:00")
    #expect(try rows(second, terms).map(\.short) == ["met 3600 0"])
  }

  @Test("is stopped by the solution; a message after it waits for the reopening")
  func solution() throws {
    let thanks = ticket.customer("03-02 09:00").resolved("03-02 10:00").customer("03-02 11:00")
    #expect(try rows(thanks, terms).map(\.short) == ["met 3600 0"])
    let reopened = thanks.reopened("03-02 11:00:05").agent("03-02 12:00:05")
    #expect(try rows(reopened, terms).map(\.short) == ["met 3600 0", "met 3600 0"])
    let answered = thanks.agent("03-02 11:30").reopened("03-02 12:00")
    #expect(try rows(answered, terms).map(\.short) == ["met 3600 0"])
    let silent = ticket.customer("03-02 09:00").resolved("03-02 10:00").reopened("03-02 11:00")
    #expect(try rows(silent, terms).map(\.short) == ["met 3600 0"])
  }

  @Test("is unmeasurable where the ticket ends unanswered, unless the end stops it")
  func end() throws {
    let ended = ticket.customer("03-02 09:00").closed("03-02 10:00").customer("03-02 11:00")
    #expect(
      try rows(ended, terms).map(\.short) == ["unmeasurable (ended without a stop) -1 -1"])
    var stopping = terms
    stopping.clock.stopsAtEnd = true
    #expect(try rows(ended, stopping).map(\.short) == ["met 3600 0"])
  }

  @Test("starts nothing while cancelled; pauses take time out as they do of any clock")
  func cancelledAndPaused() throws {
    let cancelled = ticket.status("Cancelled", "03-02 08:30").customer("03-02 09:00")
    #expect(try rows(cancelled, terms).map(\.verdict) == [.notStarted])
    let again = cancelled.status("Open", "03-02 10:00").agent("03-02 11:00")
    #expect(try rows(again, terms).map(\.short) == ["met 3600 0"])
    let during = ticket.customer("03-02 09:00").status("Cancelled", "03-02 10:00")
    #expect(try rows(during, terms).map(\.verdict) == [.cancelled])
    let paused = ticket.customer("03-02 09:00").status("Awaiting User", "03-02 10:00")
      .status("Open", "03-02 12:00").agent("03-02 13:00")
    #expect(try rows(paused, terms).map(\.short) == ["met 7200 7200"])
  }

  @Test("takes each message's own tier")
  func tiers() throws {
    var terms = terms
    let moved = ticket.customer("03-02 09:00").agent("03-02 10:00")
      .at("03-02 10:30", .set("priority", "1")).customer("03-02 11:00").agent("03-02 12:00")
    #expect(try rows(moved, terms).map(\.tier) == ["P2", "P1"])
    terms.clock.onTierChange = .first
    #expect(try rows(moved, terms).map(\.tier) == ["P2", "P1"])
  }

  @Test("counts each message in the month of its own decision, and adds it to the ledger")
  func months() throws {
    let long = ticket.customer("03-31 17:00").agent("03-31 17:30").customer("04-01 09:00")
      .agent("04-02 12:00")
    let results = try results(
      [table([long])], [terms], period: "2026-04", asOf: "2026-05-01 00:00", history: 2)
    #expect(try results.row("2026-03").counts.met == 1)
    #expect(try results.row("2026-04").counts.breached == 1)
    #expect(results.ledgers.first { $0.customer == "Sales" }?.extraCycles == 1)
  }

  @Test("cannot be measured where the source tells no replies, or only the last")
  func noReplies() throws {
    let plain = ticket.resolved("03-02 10:00")
    let reason = "unmeasurable (the source does not tell of every reply) -1 -1"
    #expect(
      try rows(plain, terms, moments: ["opened", "resolved"]).map(\.short) == [reason])
    #expect(
      try rows(ticket.customer("03-02 09:00").agent("03-02 10:00"), terms, shape: .tickets)
        .map(\.short) == [reason])
    // A first reply is told by the history of replies alone as well.
    var first = terms
    first.clock = Clock(
      name: "first-reply", start: [.moment("opened")], stop: [.moment("agent-replied")])
    let twice = ticket.agent("03-02 09:00", "03-02 12:00")
    #expect(try rows(twice, first).map(\.short) == ["met 3600 0"])
    #expect(try rows(twice, first, shape: .tickets).map(\.short) == [reason])
  }

  @Test("has a trace of each message, and no place for a total pause")
  func traces() throws {
    let request = CalculationRequest(
      tables: [
        table([
          ticket.customer("03-02 09:00").agent("03-02 10:00").customer("03-02 11:00")
            .agent("03-02 13:00")
        ])
      ], agreements: [[terms.agreement]], asOf: Instant(seconds: instant("04-01 00:00")),
      period: "2026-03")
    let explained = try Calculator(request).explain(ticket: "T1", source: nil)
    #expect(explained.map { $0.trace?.wall } == [3_600, 7_200])
    let total = ticket.customer("03-02 09:00").agent("03-02 10:00").customer("03-02 11:00")
      .agent("03-02 13:00").paused(seconds: 60)
    #expect(
      try rows(total, terms).map(\.reason) == ["pause not placed", "pause not placed"])
  }

  @Test("repeats a hundred thousand times in less than a second")
  func many() throws {
    var sketch = Sketch("T1").opened("03-02 08:00")
    let start = instant("03-02 09:00")
    for number in 0..<Int64(30_000) {
      sketch.happenings.append((start + 2 * number, .now("customer-replied")))
      sketch.happenings.append((start + 2 * number + 1, .now("agent-replied")))
    }
    let results = try results(
      [table([sketch])], [terms], asOf: "2026-04-01 00:00", explained: 0)
    #expect(results.promises.count == 30_000)
  }
}

/// Every update starts the wait for the next, until the ticket is resolved.
@Suite("A clock for periodic updates")
struct PeriodicUpdateTests {
  private let ticket = Sketch("T1").opened("03-02 09:00")

  private var terms: Terms {
    var terms = Terms()
    terms.clock = Clock(
      name: "update", start: [.moment("opened")],
      stop: [.moment("agent-replied"), .moment("resolved")], cancel: when("status", "Cancelled"),
      repeats: .eachStop)
    return terms
  }

  @Test("is a promise from the opening to the first, and from each to the next")
  func updates() throws {
    let rows = try rows(
      ticket.agent("03-02 10:00", "03-03 10:00:01").resolved("03-03 12:00:01"), terms)
    // 10:00 to 18:00 is all of 8 h; 08:00 to 10:00:01 the next day is too much.
    #expect(rows.map(\.short) == ["met 3600 0", "breached 36001 0", "met 7200 0"])
    #expect(rows[1].lost == instant("03-03 08:00"))
  }

  @Test("runs on after the last update while nobody has resolved the ticket")
  func open() throws {
    let rows = try rows(ticket.agent("03-02 10:00"), terms, asOf: "2026-03-02 11:00")
    #expect(rows.map(\.short) == ["met 3600 0", "running 3600 0"])
  }

  @Test("starts again when the ticket is reopened, and not by an update before")
  func reopened() throws {
    let rows = try rows(
      ticket.resolved("03-02 10:00").agent("03-02 11:00").reopened("03-02 12:00")
        .agent("03-02 13:00").resolved("03-02 14:00"), terms)
    #expect(rows.map(\.short) == ["met 3600 0", "met 3600 0", "met 3600 0"])
    #expect(rows[1].started == instant("03-02 12:00"))
  }

  @Test("is met with nothing by an update in the opening's instant, and with the end starts none")
  func oneInstant() throws {
    #expect(
      try rows(ticket.agent("03-02 09:00").resolved("03-02 10:00"), terms).map(\.short)
        == ["met 0 0", "met 3600 0"])
    // The update says that it is resolved.
    #expect(
      try rows(ticket.agent("03-02 10:00").resolved("03-02 10:00"), terms).map(\.short)
        == ["met 3600 0"])
  }

  @Test("ends with the ticket, and with its cancellation")
  func end() throws {
    let closed = ticket.agent("03-02 10:00").closed("03-02 11:00").agent("03-02 12:00")
    #expect(
      try rows(closed, terms).map(\.short) == ["met 3600 0", "met 3600 0"])
    let cancelled = ticket.agent("03-02 10:00").status("Cancelled", "03-02 11:00")
    #expect(try rows(cancelled, terms).map(\.verdict) == [.met, .cancelled])
  }

  @Test("cannot be measured where the ticket was resolved before it was opened")
  func impossible() throws {
    let early = Sketch("T1").resolved("03-02 08:00").opened("03-02 09:00")
    #expect(try rows(early, terms).map(\.reason) == ["stop before start"])
  }
}
