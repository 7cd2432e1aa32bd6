import Results
import Testing
import Workspace

@Suite("What issued packs said")
struct IssueTests {
  private static let yaml = """
    mapping: desk
    rows: tickets
    timestamps: iso
    ticket: {id: id, opened: opened, updated: updated, status: status}
    """

  private func night(_ number: Int, _ rows: String...) -> Night {
    Night("\(number).csv", "id,opened,updated,status\n" + rows.joined(separator: "\n") + "\n")
  }

  private func row(_ id: String, day: Int, _ status: String) -> String {
    "\(id),2026-10-01T10:00:00Z,2026-10-0\(day)T10:00:00Z,\(status)"
  }

  private func promise(
    _ ticket: String, _ verdict: Verdict, clock: String = "resolution", cycle: Int? = nil,
    isCounted: Bool = true
  ) -> IssuedMonth.Promise {
    let key = PromiseKey(source: "desk", ticket: ticket, clock: clock, cycle: cycle)
    var promise = IssuedMonth.Promise(key: key, tier: "P1", verdict: verdict, isCounted: isCounted)
    promise.started = 1_790_000_000
    promise.due = 1_790_014_400
    promise.withinSeconds = 14_400
    return promise
  }

  private var said: IssuedMonth {
    var counts = PromiseCounts()
    (counts.met, counts.overdue, counts.reversed, counts.running) = (1, 1, 1, 1)
    var met = promise("1", .met, cycle: 2)
    (met.stopped, met.decided) = (1_790_014_400, 1_790_014_400)
    (met.elapsedSeconds, met.pausedSeconds) = (14_400, 0)
    var overdue = promise("1", .overdue, cycle: 1)
    (overdue.lost, overdue.decided, overdue.elapsedSeconds) = (1_790_014_401, 1_790_014_401, 90_000)
    return IssuedMonth(
      figures: [.init(clock: "resolution", tier: "P1", objective: 95_000_000, counts: counts)],
      promises: [
        met, overdue, promise("2", .running, isCounted: false),
        promise("2", .running, clock: "response", isCounted: false),
      ])
  }

  private func issue(_ workspace: Workspace, _ said: IssuedMonth) throws -> Int {
    try workspace.issue(
      client: "City", agreement: "it", period: "2026-10", asOf: Desk.night(0),
      knownAt: Desk.night(0), manifestSHA256: "x", manifest: "{}", said: said,
      issued: Desk.night(0))
  }

  @Test("What a pack said is read as it was kept, whatever is pruned afterwards")
  func kept() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    for (number, status) in ["New", "Open", "Done"].enumerated() {
      try Desk.importFiles(
        [night(number, row("1", day: number + 1, status), row("2", day: number + 1, status))],
        Self.yaml, into: workspace, at: Desk.night(number))
    }
    #expect(try [issue(workspace, said), issue(workspace, IssuedMonth())] == [1, 2])
    let packs = try workspace.issuedPacks()
    #expect(try workspace.said(by: packs[0]) == said)
    #expect(try workspace.said(by: packs[1]) == IssuedMonth())
    #expect(try workspace.manifest(of: packs[0]) == "{}")
    #expect(try workspace.prune(before: Desk.night(2), forgetPacks: true) > 0)
    #expect(try workspace.said(by: packs[0]) == said)
    #expect(try workspace.check() == [])
  }

  @Test("A promise of a ticket that the workspace does not have is no silent loss")
  func unknownTicket() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    try Desk.importFiles([night(0, row("1", day: 1, "New"))], Self.yaml, into: workspace)
    #expect(throws: WorkspaceError.self) { try issue(workspace, said) }
    #expect(try workspace.issuedPacks().isEmpty)
  }

  @Test("A ticket has changed if an import between two instants told of it, gone or back included")
  func changed() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    let nights = [
      night(0, row("1", day: 1, "New"), row("2", day: 1, "New"), row("3", day: 1, "New")),
      night(1, row("1", day: 2, "Done"), row("2", day: 1, "New"), row("4", day: 2, "New")),
      night(2, row("1", day: 1, "New"), row("2", day: 1, "New"), row("4", day: 2, "New")),
    ]
    for (number, night) in nights.enumerated() {
      try Desk.importFiles([night], Self.yaml, into: workspace, at: Desk.night(number))
    }
    func changed(_ since: Int, _ until: Int) throws -> [String] {
      try workspace.changed(
        ["desk": ["1", "2", "3", "4", "5"]], between: Desk.night(since), and: Desk.night(until)
      )["desk", default: []].sorted()
    }
    #expect(try changed(0, 1) == ["1", "3", "4"])
    #expect(try changed(1, 0) == ["1", "3", "4"])
    // The old version of 1 came back: it never stands.
    #expect(try changed(1, 2) == [])
    #expect(try changed(0, 0) == [])
  }

  @Test("What a pack of 25,000 promises said takes under two megabytes")
  func small() throws {
    let home = try TestWorkspace()
    let workspace = try home.open()
    let rows = (0..<25_000).map { row("INC00\(10_000 + $0)", day: 1, "New") }
    try Desk.importFiles(
      [Night("a.csv", "id,opened,updated,status\n" + rows.joined(separator: "\n") + "\n")],
      Self.yaml, into: workspace)
    func pages() throws -> Int {
      Int(
        try workspace.texts(
          "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")[
            0]) ?? 0
    }
    let before = try pages()
    var counts = PromiseCounts()
    counts.breached = 25_000
    let promises = (0..<25_000).map { number in
      var promise = promise("INC00\(10_000 + number)", .breached)
      promise.stopped = 1_790_100_000 + Int64(number)
      (promise.lost, promise.decided) = (1_790_014_400, 1_790_014_400)
      (promise.elapsedSeconds, promise.pausedSeconds) = (100_000, 90_000)
      return promise
    }
    let said = IssuedMonth(
      figures: [.init(clock: "resolution", tier: "P1", objective: nil, counts: counts)],
      promises: promises)
    _ = try issue(workspace, said)
    #expect(try pages() - before < 2_000_000)
    #expect(try workspace.said(by: workspace.issuedPacks()[0]) == said)
  }
}
