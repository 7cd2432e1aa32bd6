/// What a run did on one screen, for the mail that cron sends.
package enum RunSummary {
  /// Packs beyond these are counted and not listed, those that were left first.
  private static let listed = 30

  package static func lines(of record: RunRecord) -> [String] {
    var lines = [
      """
      \(record.pipeline) \(record.period), as of \(record.asOf): \(record.state.rawValue) \
      in \(record.seconds ?? 0) s
      """
    ]
    for item in record.imports {
      let rejected = item.rows.rejected
      lines.append(
        """
          read \(item.source): \(count(item.rows.read, "row")) of \
        \(item.files.joined(separator: ", ")), \(rejected) rejected
        """)
    }
    if let rejects = record.rejects { lines.append("  rejected rows: \(rejects)") }
    if !record.warnings.isEmpty { lines.append("  \(count(record.warnings.count, "warning"))") }
    guard !record.packs.isEmpty else { return lines }
    let made = record.packsMade
    lines.append("  packs: \(made) made, \(record.packs.count - made) left")
    let sorted = record.packs.filter(\.isMade) + record.packs.filter { !$0.isMade }
    let shown = sorted.prefix(listed)
    for pack in shown {
      lines.append("    \(pack.isMade ? "made" : "left")  \(pack.folder)  \(missed(pack))")
    }
    if sorted.count > shown.count { lines.append("    and \(sorted.count - shown.count) more") }
    lines += (record.indexes ?? []).map { "  all packs, worst first: \($0)" }
    return lines
  }

  private static func missed(_ pack: RunRecord.Pack) -> String {
    pack.missedTargets == 0 ? "no target missed" : count(pack.missedTargets, "target") + " missed"
  }

  private static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
