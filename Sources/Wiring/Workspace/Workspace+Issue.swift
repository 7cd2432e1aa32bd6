internal import GRDB
package import Results
package import ServiceTime

/// A pack that was handed to a client.
package struct IssuedPack: Hashable, Sendable {
  /// Counts the packs of a workspace, from 1.
  package let pack: Int64
  package let client: String
  package let agreement: String
  package let period: String
  /// 1 is the first issue, 2 the first reissue.
  package let number: Int
  package let asOf: Instant
  package let knownAt: Instant
  package let manifestSHA256: String
  /// By the machine's clock.
  package let issued: Instant
}

extension Workspace {
  /// Records a pack as issued, with the next number of its client, agreement and period.
  ///
  /// - Parameters:
  ///   - manifest: The text of its manifest.json.
  ///   - said: What it says of its period, which can then be read whatever is pruned.
  /// - Returns: The number.
  package func issue(
    client: String, agreement: String, period: String, asOf: Instant, knownAt: Instant,
    manifestSHA256: String, manifest: String = "", said: IssuedMonth = IssuedMonth(),
    issued: Instant
  ) throws -> Int {
    try naming(path) {
      try queue.write { database in
        let last =
          try Int.fetchOne(
            database,
            sql: "SELECT max(number) FROM packs WHERE client = ? AND agreement = ? AND period = ?",
            arguments: [client, agreement, period]) ?? 0
        try database.execute(
          sql: """
            INSERT INTO packs (client, agreement, period, number, as_of, known_at,
              manifest_sha256, issued) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            client, agreement, period, last + 1, asOf.iso, knownAt.iso, manifestSHA256, issued.iso,
          ])
        let pack = database.lastInsertedRowID
        try database.execute(
          sql: "INSERT INTO issued_manifests VALUES (?, ?)", arguments: [pack, manifest])
        try Self.keep(said, pack: pack, database)
        return last + 1
      }
    }
  }

  private static func keep(_ said: IssuedMonth, pack: Int64, _ database: Database) throws {
    var targets: [[String]: Int] = [:]
    let figures = try database.makeStatement(
      sql: "INSERT INTO issued_figures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for figure in said.withAllTargets {
      let (target, counts) = (targets.count, figure.counts)
      targets[[figure.clock, figure.tier]] = target
      let values: [(any DatabaseValueConvertible)?] = [
        pack, target, figure.clock, figure.tier, figure.objective, counts.met, counts.breached,
        counts.overdue, counts.running, counts.cancelled, counts.excluded, counts.unmeasurable,
        counts.noTarget, counts.reversed,
      ]
      try figures.execute(arguments: StatementArguments(values))
    }
    for credit in said.credits {
      try database.execute(
        sql: "INSERT INTO issued_credits VALUES (?, ?, ?, ?)",
        arguments: [pack, credit.period, credit.unit, credit.amount])
    }
    let promises = try database.makeStatement(
      sql: """
        INSERT INTO issued_promises VALUES (?, (SELECT ticket FROM tickets
          WHERE source = (SELECT source FROM sources WHERE name = ?) AND id = ?),
          ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for promise in said.promises {
      let values: [(any DatabaseValueConvertible)?] = [
        pack, promise.key.source, promise.key.ticket, targets[[promise.key.clock, promise.tier]],
        promise.key.cycle ?? 0, promise.verdict.rawValue, promise.isCounted ? 1 : 0,
        promise.started, promise.stopped, promise.due, promise.lost, promise.decided,
        promise.elapsedSeconds, promise.pausedSeconds, promise.withinSeconds,
      ]
      try promises.execute(arguments: StatementArguments(values))
    }
  }

  /// The packs that were issued, in the order of their issue.
  package func issuedPacks() throws -> [IssuedPack] {
    try naming(path) {
      try queue.read { database in
        try Row.fetchAll(database, sql: "SELECT * FROM packs ORDER BY pack").compactMap { row in
          guard let asOf = Instant(iso: row["as_of"]), let knownAt = Instant(iso: row["known_at"]),
            let issued = Instant(iso: row["issued"])
          else { return nil }
          return IssuedPack(
            pack: row["pack"], client: row["client"], agreement: row["agreement"],
            period: row["period"], number: row["number"], asOf: asOf, knownAt: knownAt,
            manifestSHA256: row["manifest_sha256"], issued: issued)
        }
      }
    }
  }

  /// The text of the manifest of a pack that was issued; `nil` if it was issued by a version that
  /// did not keep it.
  package func manifest(of pack: IssuedPack) throws -> String? {
    try naming(path) {
      try queue.read {
        try String.fetchOne(
          $0, sql: "SELECT manifest FROM issued_manifests WHERE pack = ?", arguments: [pack.pack])
      }
    }
  }

  /// What a pack said when it was issued; `nil` if it was issued by a version that did not keep it.
  package func said(by pack: IssuedPack) throws -> IssuedMonth? {
    try naming(path) {
      try queue.read { database in
        let isKept = try Bool.fetchOne(
          database, sql: "SELECT EXISTS (SELECT 1 FROM issued_manifests WHERE pack = ?)",
          arguments: [pack.pack])
        guard isKept == true else { return nil }
        return IssuedMonth(
          figures: try Row.fetchAll(
            database, sql: "SELECT * FROM issued_figures WHERE pack = ?", arguments: [pack.pack]
          ).map(IssuedMonth.Figure.init).filter { $0.counts != PromiseCounts() },
          promises: try Self.promises(of: pack.pack, database),
          credits: try Self.credits(of: pack.pack, database))
      }
    }
  }

  private static func credits(of pack: Int64, _ database: Database) throws
    -> [IssuedMonth.Credit]
  {
    // One that is only read may be of before the credits, and granted none.
    guard try database.tableExists("issued_credits") else { return [] }
    return try Row.fetchAll(
      database, sql: "SELECT * FROM issued_credits WHERE pack = ?", arguments: [pack]
    ).map { IssuedMonth.Credit(period: $0["period"], unit: $0["unit"], amount: $0["amount"]) }
  }

  /// What some packs granted of credits.
  ///
  /// - Parameter packs: Of one client and agreement, in the order of their issue.
  package func credits(of packs: [IssuedPack]) throws -> IssuedCredits {
    try naming(path) {
      try queue.read { database in
        IssuedCredits(
          periods: Set(packs.map(\.period)),
          grants: try packs.flatMap { pack in
            try Self.credits(of: pack.pack, database).map {
              CreditGrant(
                period: $0.period, unit: $0.unit, amount: $0.amount, pack: pack.period,
                issue: pack.number)
            }
          })
      }
    }
  }

  private static func promises(
    of pack: Int64, _ database: Database
  ) throws -> [IssuedMonth.Promise] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT s.name, t.id, f.clock, f.tier, p.* FROM issued_promises p
        JOIN issued_figures f USING (pack, target) JOIN tickets t USING (ticket)
        JOIN sources s USING (source) WHERE pack = ?
        """, arguments: [pack])
    var promises: [IssuedMonth.Promise] = []
    while let row = try rows.next() { promises.append(try IssuedMonth.Promise(row)) }
    return promises
  }

  /// Those of some tickets of which another import told something else.
  ///
  /// - Parameters:
  ///   - tickets: By source.
  ///   - since: What was known at one instant is compared with what was known at the other.
  package func changed(
    _ tickets: [String: Set<String>], between since: Instant, and until: Instant
  ) throws -> [String: Set<String>] {
    try naming(path) {
      try queue.read { database in
        let statement = try database.makeStatement(sql: Self.isChanged)
        return try tickets.reduce(into: [:]) { changed, entry in
          let found = try entry.value.filter { id in
            try Bool.fetchOne(
              statement, arguments: [entry.key, id, min(since, until).iso, max(since, until).iso])
              ?? false
          }
          changed[entry.key] = found
        }
      }
    }
  }

  /// ?1 is the source, ?2 the id, ?3 and ?4 the instants between which imports are looked at.
  private static let isChanged = """
    WITH own AS (SELECT t.ticket, s.shape FROM tickets t JOIN sources s USING (source)
        WHERE s.name = ?1 AND t.id = ?2),
      read AS (SELECT import FROM imports WHERE at > ?3 AND at <= ?4)
    SELECT EXISTS (SELECT 1 FROM versions v JOIN own USING (ticket)
        WHERE v.import IN read AND NOT (v.outdated AND own.shape = 'tickets'))
      OR EXISTS (SELECT 1 FROM events e JOIN own USING (ticket) WHERE e.import IN read)
      OR EXISTS (SELECT 1 FROM absences a JOIN own USING (ticket)
        WHERE a.since_import IN read OR a.until_import IN read)
    """
}

extension IssuedMonth {
  /// The figures, and one without counts for each target that only open promises have.
  fileprivate var withAllTargets: [Figure] {
    let known = Set(figures.map { [$0.clock, $0.tier] })
    let others = Set(promises.map { [$0.key.clock, $0.tier] }).subtracting(known)
    return figures
      + others.sorted { $0.lexicographicallyPrecedes($1) }.map {
        Figure(clock: $0[0], tier: $0[1], objective: nil, counts: PromiseCounts())
      }
  }
}

extension IssuedMonth.Figure {
  fileprivate init(_ row: Row) {
    var counts = PromiseCounts()
    counts.met = row["met"]
    counts.breached = row["breached"]
    counts.overdue = row["overdue"]
    counts.running = row["running"]
    counts.cancelled = row["cancelled"]
    counts.excluded = row["excluded"]
    counts.unmeasurable = row["unmeasurable"]
    counts.noTarget = row["no_target"]
    counts.reversed = row["reversed"]
    self.init(clock: row["clock"], tier: row["tier"], objective: row["objective"], counts: counts)
  }
}

extension IssuedMonth.Promise {
  fileprivate init(_ row: Row) throws {
    guard let verdict = Verdict(rawValue: row["verdict"]) else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "a promise has no verdict that is known")
    }
    let cycle: Int = row["cycle"]
    let key = PromiseKey(
      source: row["name"], ticket: row["id"], clock: row["clock"], cycle: cycle == 0 ? nil : cycle)
    self.init(key: key, tier: row["tier"], verdict: verdict, isCounted: row["counted"])
    started = row["started"]
    stopped = row["stopped"]
    due = row["due"]
    lost = row["lost"]
    decided = row["decided"]
    elapsedSeconds = row["elapsed"]
    pausedSeconds = row["paused"]
    withinSeconds = row["within"]
  }
}
