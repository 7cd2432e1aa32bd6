import Files
import Importing
import Logging
import Messages
import ServiceTime
import Tickets
import Workspace

/// Looks at what the imports of a run read: for its record, for the file of rejected rows, and
/// against what the pipeline expects.
package final class ImportWatch {
  let surroundings: Surroundings
  /// Whether a passed limit is told and no more.
  let acceptsLimits: Bool
  /// Whether rejected rows are kept as they stand, whatever the stage says.
  let keepsRaw: Bool
  /// Rows of each source in the last good run.
  let rowsBefore: [String: Int]

  private(set) var imports: [RunRecord.Import] = []
  private(set) var inputs: [RunRecord.Input] = []
  private(set) var rejects: [RejectedRow] = []
  private(set) var unlistedRejects = 0
  private(set) var warnings: [String] = []

  init(
    surroundings: Surroundings, acceptsLimits: Bool, keepsRaw: Bool, rowsBefore: [String: Int]
  ) {
    self.surroundings = surroundings
    self.acceptsLimits = acceptsLimits
    self.keepsRaw = keepsRaw
    self.rowsBefore = rowsBefore
  }

  /// Checks the age of files before they are read.
  func willRead(_ files: [InputFiles], _ order: ImportOrder) throws(CommandFailure) {
    for file in files {
      inputs.append(RunRecord.Input(name: file.name, bytes: file.bytes, modified: file.modified))
    }
    let dated = files.compactMap { file in file.modified.map { (file.name, $0) } }
    guard let threshold = order.limits.newerThan,
      let newest = dated.max(by: { $0.1 < $1.1 })
    else { return }
    let age = surroundings.now.seconds - newest.1
    try judge(threshold, .inputMissing, at: newest.0, isPassed: { age >= $0 }) { limit in
      """
      the newest file was changed \(Self.time(age)) ago, and must be newer than \
      \(Self.time(limit)) ("newer-than"); see whether the export was made
      """
    }
  }

  /// Checks what was read, and keeps what was rejected.
  func didRead(
    _ files: [InputFiles], _ order: ImportOrder, source: String, rows: RunRecord.Rows,
    findings: [Finding]
  ) throws(CommandFailure) {
    imports.append(
      RunRecord.Import(
        source: source, mapping: order.mapping, files: files.map(\.name), rows: rows))
    for finding in findings {
      if finding.severity == .warning { warnings.append(finding.line) }
    }
    keep(findings.filter { $0.severity == .rejected }, of: files, order)
    let listed = findings.count { $0.severity == .rejected }
    // Those of files that were imported before were listed then.
    if !findings.isEmpty { unlistedRejects += max(0, rows.rejected - listed) }
    try check(rows, order, source: source)
  }

  /// Notes what became of the rows that were read last, in a workspace.
  func didStore(_ changes: WorkspaceChanges, shape: Mapping.RowShape) {
    guard !imports.isEmpty else { return }
    imports[imports.count - 1].rows.settle(changes, shape: shape)
  }

  private func keep(_ findings: [Finding], of files: [InputFiles], _ order: ImportOrder) {
    var lines: [String: [Int: String]] = [:]
    if keepsRaw || order.limits.keepsRaw {
      for file in files {
        let wanted = findings.filter { $0.place.file == file.name }.compactMap(\.place.line)
        if !wanted.isEmpty { lines[file.name] = RawLines.read(Set(wanted), of: file.input) }
      }
    }
    rejects += findings.map { finding in
      RejectedRow(finding, raw: finding.place.line.flatMap { lines[finding.place.file]?[$0] })
    }
  }

  private func check(
    _ ledger: RunRecord.Rows, _ order: ImportOrder, source: String
  ) throws(CommandFailure) {
    let place = order.files.joined(separator: " ")
    if let threshold = order.limits.rejects {
      let isPassed = { (limit: RejectLimit) in
        !limit.allows(rejected: ledger.rejected, of: ledger.read)
      }
      try judge(threshold, .badData, at: place, isPassed: isPassed) { limit in
        """
        \(ledger.rejected) of \(ledger.read) rows were rejected, and at most \
        \(limit.limit(of: ledger.read)) may be ("rejects"); correct the file
        """
      }
    }
    if let threshold = order.limits.atLeast {
      try judge(threshold, .badData, at: place, isPassed: { ledger.read < $0 }) { limit in
        """
        \(ledger.read) rows were read, and at least \(limit) are expected ("at-least"); see \
        whether the export is whole
        """
      }
    }
    guard let threshold = order.limits.drop, let before = rowsBefore[source] else { return }
    let isPassed = { (limit: ShareLimit) in limit.isLess(than: before - ledger.read, of: before) }
    try judge(threshold, .badData, at: place, isPassed: isPassed) { limit in
      """
      \(ledger.read) rows were read, and \(before) in the last good run; at most \(limit.text) \
      fewer are allowed ("drop"); see whether the export is whole
      """
    }
  }

  /// Tells of a limit that is passed, or ends the run.
  func judge<Value>(
    _ threshold: Threshold<Value>, _ status: ExitStatus, at place: String,
    isPassed: (Value) -> Bool, _ message: (Value) -> String
  ) throws(CommandFailure) {
    guard let passed = threshold.passed(isPassed) else { return }
    let text = message(passed.value)
    guard passed.isError && !acceptsLimits else {
      warn("\(place): warning: \(text)")
      return
    }
    throw CommandFailure(
      status, "\(place): error: \(text), or run once with --accept-limits if this is right")
  }

  func warn(_ line: String) {
    warnings.append(line)
    surroundings.say(line)
  }

  /// Whole hours, minutes or seconds, whichever is the largest of which there are two.
  private static func time(_ seconds: Int64) -> String {
    if seconds >= 7_200 { return "\(seconds / 3_600) h" }
    return seconds >= 120 ? "\(seconds / 60) min" : "\(seconds) s"
  }
}
