import Files
import Messages
import Results
import ServiceTime

/// Keeps the record of a run in `run.json` from its first second to its last.
final class RunBook {
  private(set) var record: RunRecord { didSet { leaveLastWords() } }
  /// The folder of the record; `nil` if the pipeline writes nothing.
  let folder: String?

  private let last: RunRecord?
  private let now: Instant
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  static let name = "run.json"

  /// Starts the record, so that a run which is killed is known to have begun.
  init(_ record: RunRecord, in folder: String?, now: Instant) throws(CommandFailure) {
    self.record = record
    self.folder = folder
    self.now = now
    start = clock.now
    last =
      folder.flatMap { try? FileTree.bytes(of: "\($0)/\(Self.name)") }.flatMap(RunRecord.read)
    if let last { self.record.follow(last) }
    leaveLastWords()
    try write()
  }

  /// Should a signal end the run, the record tells how far it came.
  private func leaveLastWords() {
    guard let folder else { return }
    Interruption.atEnd(Self.name) { [record, now, start] signal in
      var record = record
      record.messages = ["\(record.file): note: the run was ended by \(signal.name); run it again"]
      record.end(.cancelled, signal.status, after: ContinuousClock().now - start, since: now)
      try? Self.write(record, in: folder)
    }
  }

  /// Runs a stage and notes how long it took, also if it fails.
  func stage<Value>(
    _ name: String, _ body: () throws(CommandFailure) -> Value
  ) throws(CommandFailure) -> Value {
    let index = record.stages.count
    record.stages.append(RunRecord.Stage(stage: name, seconds: 0))
    let began = clock.now
    defer { record.stages[index].seconds = Self.seconds(clock.now - began) }
    return try body()
  }

  /// Notes what the imports read, in the stage that runs.
  func note(_ watch: ImportWatch, hashes: [InputRecord]) {
    record.imports = watch.imports
    record.inputs = watch.inputs
    var before: [String: String] = [:]
    for input in last?.inputs ?? [] { before[input.name] = input.sha256 }
    for (index, hash) in zip(record.inputs.indices, hashes) where !hash.sha256.isEmpty {
      record.inputs[index].sha256 = hash.sha256
      record.inputs[index].isChanged = before[record.inputs[index].name] != hash.sha256
    }
    guard let stage = record.stages.indices.last else { return }
    record.stages[stage].rowsRead = record.rowsRead
    record.stages[stage].rowsRejected = record.rowsRejected
    record.stages[stage].inputsChanged = record.inputs.count { $0.isChanged ?? true }
  }

  /// Notes what was read without an import.
  func note(inputs: [InputRecord]) {
    let before = Set((last?.inputs ?? []).map { $0.sha256 })
    record.inputs = inputs.map { input in
      RunRecord.Input(
        name: input.name ?? "", sha256: input.sha256, isChanged: !before.contains(input.sha256))
    }
  }

  func note(rules: [RuleRecord]) { record.rules = rules }

  func note(rejects: String?) { record.rejects = rejects }

  func note(warnings: [String]) { record.warnings = warnings }

  func note(index path: String) { record.indexes = (record.indexes ?? []) + [path] }

  func note(_ pack: RunRecord.Pack) {
    record.packs.append(pack)
    guard let stage = record.stages.indices.last else { return }
    record.stages[stage].packsMade = record.packsMade
    record.stages[stage].packsLeft = record.packs.count - record.packsMade
  }

  /// Notes that the run came to its end.
  func close(_ status: ExitStatus) throws(CommandFailure) {
    record.end(.done, status.rawValue, after: clock.now - start, since: now)
    try write()
    Interruption.atEnd(Self.name, nil)
  }

  /// Notes why the run failed; a disk that cannot take that is the lesser trouble.
  func close(_ failure: CommandFailure) {
    record.messages = failure.lines
    record.end(.failed, failure.status.rawValue, after: clock.now - start, since: now)
    try? write()
    Interruption.atEnd(Self.name, nil)
  }

  private func write() throws(CommandFailure) {
    guard let folder else { return }
    try Self.write(record, in: folder)
  }

  private static func write(_ record: RunRecord, in folder: String) throws(CommandFailure) {
    let path = "\(folder)/\(name)"
    do {
      try AtomicFile.write(try record.bytes(), to: path, isPrivate: true)
    } catch {
      throw PackWriter.failure(error, at: path)
    }
  }

  /// To the millisecond.
  fileprivate static func seconds(_ duration: Duration) -> Double {
    let (seconds, attoseconds) = duration.components
    return (Double(seconds) * 1_000 + Double(attoseconds / 1_000_000_000_000_000)) / 1_000
  }
}

extension RunRecord {
  fileprivate mutating func end(
    _ state: State, _ status: Int32, after duration: Duration, since now: Instant
  ) {
    let seconds = RunBook.seconds(duration)
    self.state = state
    self.status = status
    self.seconds = seconds
    ended = Instant(seconds: now.seconds + Int64(seconds)).iso
  }
}
