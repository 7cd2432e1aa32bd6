internal import GRDB
package import ServiceTime

/// A rule file, word for word.
package struct RuleText: Hashable, Sendable {
  /// agreement, calendar, holidays, mapping or preset.
  package let kind: String
  package let name: String
  package let text: String
  package let sha256: String

  package init(kind: String, name: String, text: String, sha256: String) {
    self.kind = kind
    self.name = name
    self.text = text
    self.sha256 = sha256
  }
}

extension Workspace {
  /// Keeps the texts of rule files; those that are kept already are left as they are.
  package func keep(rules: [RuleText]) throws {
    try naming(path) {
      try queue.write { database in
        for rule in rules {
          try database.execute(
            sql: "INSERT OR IGNORE INTO rules VALUES (?, ?, ?, ?)",
            arguments: [rule.sha256, rule.kind, rule.name, rule.text])
        }
      }
    }
  }

  /// Whether a file was imported before by the same mapping, so that it would change nothing.
  package func hasImported(
    sha256: String, into source: String, mappingSHA256: String
  ) throws -> Bool {
    try naming(path) {
      try queue.read { database in
        try Bool.fetchOne(
          database,
          sql: """
            SELECT EXISTS (SELECT 1 FROM imports JOIN sources USING (source)
              WHERE name = ? AND sha256 = ? AND mapping_sha256 = ?)
            """, arguments: [source, sha256, mappingSHA256]) ?? false
      }
    }
  }

  /// How many rows of files that were imported before were read then, and rejected.
  package func rowsRead(
    of source: String, files sha256s: [String], mappingSHA256: String
  ) throws -> (read: Int, rejected: Int) {
    try naming(path) {
      try queue.read { database in
        try sha256s.reduce(into: (read: 0, rejected: 0)) { sum, sha256 in
          let row = try Row.fetchOne(
            database,
            sql: """
              SELECT rows, rejected FROM imports JOIN sources USING (source)
              WHERE name = ? AND sha256 = ? AND mapping_sha256 = ? ORDER BY import DESC LIMIT 1
              """, arguments: [source, sha256, mappingSHA256])
          sum.read += row?["rows"] ?? 0
          sum.rejected += row?["rejected"] ?? 0
        }
      }
    }
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

  /// Keeps the results of an agreement and a period, in place of those before them.
  ///
  /// - Parameters:
  ///   - inputsSHA256: Of the rows, rules, time zones and program that they were made from.
  ///   - results: The text of results.json.
  package func keepResults(
    of agreement: String, period: String, inputsSHA256: String, asOf: Instant, knownAt: Instant?,
    results: String
  ) throws {
    try execute(
      "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?)",
      [agreement, period, inputsSHA256, asOf.iso, knownAt?.iso, results])
  }

  private func execute(_ sql: String, _ arguments: [(any DatabaseValueConvertible)?]) throws {
    try naming(path) {
      try queue.write {
        try $0.execute(sql: sql, arguments: StatementArguments(arguments))
      }
    }
  }
}
