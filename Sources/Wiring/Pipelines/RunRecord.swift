import FoundationEssentials
import Importing
package import Results
import Tickets
import Workspace

/// What a run did: `run.json`, the one file that knows the time of day.
package struct RunRecord: Codable, Hashable, Sendable {
  package static let currentFormat = "attain.run/1"

  package enum State: String, Codable, Sendable {
    /// Not at its end, or ended by something that it could not write down.
    case running
    case done
    case failed
    /// Ended by a signal.
    case cancelled
  }

  /// How long a stage took.
  package struct Stage: Codable, Hashable, Sendable {
    package var stage: String
    package var seconds: Double
    package var rowsRead: Int?
    package var rowsRejected: Int?
    /// Inputs of which the bytes are not those of the last run.
    package var inputsChanged: Int?
    package var packsMade: Int?
    package var packsLeft: Int?
  }

  package struct Rows: Codable, Hashable, Sendable {
    package var read: Int
    package var rejected: Int
    package var adjusted: Int
    package var unchanged: Int
    package var superseded: Int
    package var history: Int
    package var tickets: Int

    init(_ ledger: RowLedger) {
      read = ledger.read
      rejected = ledger.rejected
      adjusted = ledger.adjusted
      unchanged = ledger.unchanged
      superseded = ledger.superseded
      history = ledger.history
      tickets = ledger.tickets
    }

    /// Tells apart what became of rows in a workspace.
    mutating func settle(_ changes: WorkspaceChanges, shape: Mapping.RowShape) {
      (read, rejected) = (changes.rows, changes.rejected)
      (unchanged, superseded) = (changes.unchanged, changes.outdated)
      tickets = shape == .tickets ? changes.newTickets : 0
      history = changes.changed - tickets
    }
  }

  package struct Import: Codable, Hashable, Sendable {
    package var source: String
    package var mapping: String
    package var files: [String]
    package var rows: Rows
  }

  package struct Input: Codable, Hashable, Sendable {
    package var name: String
    package var sha256: String?
    /// On the disk; not known of standard input.
    package var bytes: Int?
    /// Seconds since 1970.
    package var modified: Int64?
    /// Whether the bytes are not those that the last run read under this name.
    package var isChanged: Bool?
  }

  package struct Pack: Codable, Hashable, Sendable {
    package var agreement: String
    package var customer: String
    package var folder: String
    package var missedTargets: Int
    /// Whether it was written, or left as it was.
    package var isMade: Bool
    package var reason: String
    package var files: [PackFile]
  }

  /// One line of the runs before.
  package struct Earlier: Codable, Hashable, Sendable {
    package var pipeline: String
    package var asOf: String
    package var began: String
    package var seconds: Double?
    package var state: State
    package var status: Int32?
    package var message: String?
    /// Rows read of each source.
    package var rows: [String: Int]
    package var rowsRejected: Int
    package var packsMade: Int
    package var packsLeft: Int
  }

  package var format = RunRecord.currentFormat
  package var pipeline: String
  package var file: String
  package var tool: String
  package var tzdata: String
  package var period: String
  package var asOf: String
  package var process: Int32
  package var began: String
  package var ended: String?
  package var seconds: Double?
  package var state = State.running
  /// The exit status; that of a run which a signal ended is 128 and the signal's number.
  package var status: Int32?
  /// Why the run failed, as it was printed.
  package var messages: [String] = []
  package var stages: [Stage] = []
  package var imports: [Import] = []
  package var inputs: [Input] = []
  package var rules: [RuleRecord] = []
  package var warnings: [String] = []
  /// The file of the rejected rows; `nil` if there are none.
  package var rejects: String?
  package var packs: [Pack] = []
  /// The pages over all packs; `nil` if the run came to none.
  package var indexes: [String]?
  /// The runs before, the latest first.
  package var earlier: [Earlier] = []

  package var rowsRead: Int { imports.reduce(0) { $0 + $1.rows.read } }
  package var rowsRejected: Int { imports.reduce(0) { $0 + $1.rows.rejected } }
  package var packsMade: Int { packs.count(where: \.isMade) }
  package var missedTargets: Int { packs.reduce(0) { $0 + $1.missedTargets } }
}

extension RunRecord {
  /// The runs that are remembered: a month of nights.
  private static let remembered = 30

  /// This run as a later one remembers it.
  private var line: Earlier {
    Earlier(
      pipeline: pipeline, asOf: asOf, began: began, seconds: seconds, state: state,
      status: status, message: messages.first,
      rows: Dictionary(imports.map { ($0.source, $0.rows.read) }, uniquingKeysWith: +),
      rowsRejected: rowsRejected, packsMade: packsMade, packsLeft: packs.count - packsMade)
  }

  /// Takes over what the record of the last run remembers.
  mutating func follow(_ last: RunRecord) {
    let all = [last.line] + last.earlier
    earlier = Array(all.prefix(Self.remembered))
    // What a night's volume is compared with is kept, however many nights fail.
    if lastGood == nil, let good = all.first(where: isGood) { earlier.append(good) }
  }

  private func isGood(_ run: Earlier) -> Bool {
    run.pipeline == pipeline && run.state == .done && !run.rows.isEmpty
  }

  /// The last run of this pipeline that came to its end.
  var lastGood: Earlier? { earlier.first(where: isGood) }

  /// - Returns: `nil` if there is no record that this version can read.
  static func read(_ bytes: [UInt8]) -> RunRecord? {
    guard let record = try? JSONDecoder().decode(RunRecord.self, from: Data(bytes)),
      record.format == currentFormat
    else { return nil }
    return record
  }

  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }
}
