import Foundation
import Importing
import Messages
import ServiceTime
import TestSupport
import Tickets
import Workspace

/// A workspace in a folder of its own.
final class TestWorkspace {
  let folder: String
  var path: String { folder + "/desk.sqlite" }

  init() throws {
    folder = NSTemporaryDirectory() + "attain-workspace-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  func open() throws -> Workspace { try Workspace(path, creates: true) }
}

/// One import of a test: what a file of the night held.
struct Night {
  let name: String
  let text: String

  init(_ name: String, _ text: String) {
    self.name = name
    self.text = text
  }

  var input: ImportInput { ImportInput(name: name, bytes: Array(text.utf8)) }
}

/// What the tests import with.
enum Desk {
  static let start = Instant(seconds: 1_790_000_000)

  /// The instant of the import number `index`, a day after the one before.
  static func night(_ index: Int) -> Instant { start.advanced(by: Int64(index) * 86_400) }

  static func mapping(_ yaml: String) throws -> Mapping {
    try Mapping.read(yaml, file: "desk.yml")
  }

  @discardableResult
  static func importFiles(
    _ files: [Night], _ yaml: String, into workspace: Workspace, at: Instant = start,
    zone: ZoneRules? = .utc, workers: Int = 2, accept: (MappedImport) throws -> Void = { _ in }
  ) throws -> WorkspaceChanges {
    let mapping = try mapping(yaml)
    // The text stands for its own hash: it is as different.
    return try workspace.importFiles(
      files.map { file in WorkspaceInput(file.input) { file.text } }, by: mapping,
      mappingSHA256: yaml,
      at: at,
      importer: { Importer(mapping, zone: zone, settledTimestamps: $0, workers: workers) },
      accept: accept)
  }

  /// What the workspace knew of its one source, as text.
  static func stored(
    _ workspace: Workspace, _ source: String, knownAt: Instant? = nil, zone: ZoneRules? = .utc
  ) throws -> [String: [String]] {
    let rows = try workspace.rows(of: source, knownAt: knownAt)
    let outcome = try Importer(rows.mapping, zone: zone, workers: 2).read([rows.input])
    return text(of: outcome)
  }

  /// What an import of all files at once comes to, as text.
  static func direct(
    _ files: [Night], _ yaml: String, zone: ZoneRules? = .utc
  ) throws -> [String: [String]] {
    text(of: try Importer(try mapping(yaml), zone: zone).read(files.map(\.input)))
  }

  static func text(of outcome: ImportOutcome) -> [String: [String]] {
    switch outcome.content {
    case .tickets(let table): text(of: table)
    case .intervals(let table):
      Dictionary(
        (0..<table.count).map { row in
          (
            "\(row)",
            [table.ids[row], "\(table.starts[row])", "\(table.ends[row])"]
              + table.fields.map { $0.dictionary[$0.codes[row]] }
          )
        }, uniquingKeysWith: { first, _ in first })
    case .counts(let table):
      Dictionary(
        (0..<table.count).map { row in
          (
            "\(row)",
            [table.ids[row], "\(table.instants[row])", "\(table.amounts[row])"]
              + table.fields.map { $0.dictionary[$0.codes[row]] }
          )
        }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// Everything a table says of its tickets, by id; columns that say nothing are left out.
  private static func text(of table: TicketTable) -> [String: [String]] {
    var tickets: [String: [String]] = [:]
    for ticket in 0..<table.count {
      var lines: [String] = []
      for moment in table.moments where moment.seconds[ticket] != MomentColumn.missing {
        lines.append("\(moment.name)=\(moment.seconds[ticket])")
      }
      for field in table.fields {
        let initial = field.initialCodes.map { field.dictionary[$0[ticket]] } ?? ""
        let value = field.dictionary[field.codes[ticket]]
        if !(initial.isEmpty && value.isEmpty) { lines.append("\(field.name)=\(initial)>\(value)") }
      }
      lines.sort()
      if let totals = table.pausedTotals { lines.append("paused=\(totals.seconds[ticket])") }
      for item in table.suspensions where item.ticket == ticket {
        lines.append("suspended \(item.start.iso) \(item.end?.iso ?? "open") \(item.party)")
      }
      if let history = table.history {
        for change in history.range(of: ticket) {
          let at = Instant(seconds: history.seconds[change]).iso
          switch history.subject(change) {
          case .field(let index):
            let field = table.fields[index]
            lines.append("\(at) \(field.name):=\(field.dictionary[history.values[change]])")
          case .moment(let index):
            lines.append("\(at) \(table.moments[index].name) \(history.values[change])")
          }
        }
      }
      tickets[table.ids[ticket]] = lines
    }
    return tickets
  }
}
