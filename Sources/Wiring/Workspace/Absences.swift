internal import GRDB

/// Tickets that are missing from the last export that holds all; of sources of tickets only.
///
/// See docs/DECISIONS.md, "A ticket gone from the export".
enum Absences {
  /// Whether a ticket of a source was gone, as the imports up to one knew it.
  static func areAny(of source: Int64, upTo last: Int64, _ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM absences JOIN tickets USING (ticket)
          WHERE source = ?1 AND since_import <= ?2
            AND (until_import IS NULL OR until_import > ?2))
        """, arguments: [source, last]) ?? false
  }

  /// When the export was imported from which ticket `t` is gone, up to import ?2; NULL if it is not.
  ///
  /// - Parameter import: Gives the import that told of the ticket last: what came after an export
  ///   without it shows that it is there.
  static func since(_ import: String) -> String {
    """
    (SELECT i.at FROM absences a JOIN imports i ON i.import = a.since_import
      WHERE a.ticket = t.ticket AND a.since_import <= ?2
        AND (a.until_import IS NULL OR a.until_import > ?2) AND a.since_import > \(`import`))
    """
  }
}
