internal import GRDB
package import ServiceTime

extension Workspace {
  /// Looks for what can be wrong with a workspace; nothing, if all is well.
  ///
  /// - Returns: A sentence for each thing that is wrong.
  package func check() throws -> [String] {
    try naming(path) {
      try queue.read { database in
        let integrity = try String.fetchAll(database, sql: "PRAGMA integrity_check")
        guard integrity == ["ok"] else { return integrity.map { "the file is damaged: \($0)" } }
        let foreign = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { row in
          "a row of \(row["table"] as String) names a row of \(row["parent"] as String) that is gone"
        }
        return try foreign
          + Self.laws.flatMap { law in
            try String.fetchAll(database, sql: law.sql).map { "\(law.words): \($0)" }
          }
      }
    }
  }

  /// What holds in every workspace; each query gives what breaks the law.
  private static let laws: [(words: String, sql: String)] = [
    (
      "the rows of an import do not add up",
      """
      SELECT file FROM imports WHERE rows <> rejected + unchanged + outdated + changed
      """
    ),
    (
      "an import has more rows than it says",
      """
      SELECT file FROM imports i WHERE changed <> (SELECT count(*) FROM events e
          WHERE e.import = i.import)
        + (SELECT count(*) FROM intervals r WHERE r.import = i.import)
        + (SELECT count(*) FROM counts c WHERE c.import = i.import)
        + (SELECT count(*) FROM versions v WHERE v.import = i.import AND NOT v.outdated)
        AND i.import > (SELECT coalesce(max(import), 0) FROM imports, prunings
          WHERE imports.at < prunings.before)
      """
    ),
    (
      "a ticket has no version that stands",
      """
      SELECT t.id FROM tickets t JOIN sources s USING (source)
      LEFT JOIN versions v ON v.version = t.current AND v.ticket = t.ticket AND NOT v.outdated
      WHERE s.shape IN ('tickets', 'snapshots') AND v.version IS NULL
      """
    ),
    ("cells are no JSON", "SELECT version FROM versions WHERE NOT json_valid(cells)"),
    ("cells are no JSON", "SELECT event FROM events WHERE NOT json_valid(cells)"),
    (
      "an import is earlier than the one before it",
      """
      SELECT b.file FROM imports a JOIN imports b ON b.import = a.import + 1 WHERE b.at < a.at
      """
    ),
  ]

  /// Takes out versions that stood only before an instant, and what was said of rows rejected
  /// before it.
  ///
  /// What is known at the instant or later is read as ever; what was known earlier, no longer.
  ///
  /// - Parameter forgetPacks: Whether it is done although issued packs could not be made again.
  /// - Returns: How many versions were taken out.
  package func prune(before instant: Instant, forgetPacks: Bool = false) throws -> Int {
    try naming(path) {
      try queue.write { database in
        if !forgetPacks,
          let pack = try Row.fetchOne(
            database, sql: "SELECT * FROM packs WHERE known_at < ? ORDER BY known_at, pack",
            arguments: [instant.iso])
        {
          let name = "\(pack["agreement"] as String) \(pack["period"] as String)"
          throw WorkspaceError.neededByPack(
            path: path, pack: "\(name) of \(pack["client"] as String)", knownAt: pack["known_at"])
        }
        // Of sources with one row a ticket; the versions of others are their history.
        try database.execute(
          sql: """
            DELETE FROM versions AS v WHERE
              (SELECT shape FROM sources s JOIN tickets t USING (source)
                WHERE t.ticket = v.ticket) = 'tickets'
              AND v.import IN (SELECT import FROM imports WHERE at <= ?1)
              AND (v.outdated OR EXISTS (SELECT 1 FROM versions o
                JOIN imports i ON i.import = o.import
                WHERE o.ticket = v.ticket AND o.version > v.version AND NOT o.outdated
                  AND i.at <= ?1))
            """, arguments: [instant.iso])
        let count = database.changesCount
        try database.execute(
          sql: "DELETE FROM rejects WHERE import IN (SELECT import FROM imports WHERE at < ?)",
          arguments: [instant.iso])
        try database.execute(
          sql: "INSERT INTO prunings VALUES (?, ?)", arguments: [instant.iso, count])
        return count
      }
    }
  }

  /// Gives the room of what was taken out back to the disk.
  package func vacuum() throws {
    try naming(path) { try queue.vacuum() }
  }
}
