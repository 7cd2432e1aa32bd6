internal import GRDB
package import ServiceTime

/// A pack that was handed to a client.
package struct IssuedPack: Hashable, Sendable {
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
  /// Keeps the text of a rule file; one that is kept already is left as it is.
  package func keep(rule name: String, kind: String, text: String, sha256: String) throws {
    try execute(
      "INSERT OR IGNORE INTO rules VALUES (?, ?, ?, ?)", [sha256, kind, name, text])
  }

  package func ruleText(sha256: String) throws -> String? {
    try naming(path) {
      try queue.read {
        try String.fetchOne($0, sql: "SELECT text FROM rules WHERE sha256 = ?", arguments: [sha256])
      }
    }
  }

  /// Records a run; `record` is the text of its run.json.
  package func keepRun(
    of pipeline: String, period: String, asOf: Instant, started: Instant, seconds: Double,
    status: Int, record: String
  ) throws {
    try execute(
      """
      INSERT INTO runs (pipeline, period, as_of, started, seconds, status, record)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, [pipeline, period, asOf.iso, started.iso, seconds, status, record])
  }

  /// Records a pack as issued, with the next number of its client, agreement and period.
  ///
  /// - Returns: The number.
  package func issue(
    client: String, agreement: String, period: String, asOf: Instant, knownAt: Instant,
    manifestSHA256: String, issued: Instant
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
        return last + 1
      }
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
            client: row["client"], agreement: row["agreement"], period: row["period"],
            number: row["number"], asOf: asOf, knownAt: knownAt,
            manifestSHA256: row["manifest_sha256"], issued: issued)
        }
      }
    }
  }

  private func execute(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?]) throws {
    try naming(path) {
      try queue.write {
        try $0.execute(sql: sql, arguments: StatementArguments(arguments))
      }
    }
  }
}
