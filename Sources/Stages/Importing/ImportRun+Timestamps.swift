import CSVRecords

/// Finding out how the time columns of the inputs are written.
extension ImportRun {
  /// Settles `auto` timestamps over whole columns, as far as they are not settled yet.
  mutating func settle(_ plan: inout ImportPlan) throws(Stop) {
    guard plan.mapping.timestamps == .auto else { return }
    for (key, text) in importer.settled {
      if let pattern = TimestampPattern(text) { plan.timestamps[key] = [pattern] }
    }
    let open = plan.timeSources.filter { plan.timestamps[$0.key] == nil }
    guard !open.isEmpty else { return }
    var guess = TimestampGuess(open, missing: MissingTokens(plan.mapping.missing))
    for input in inputs.indices { try look(at: input, for: &guess) }
    do {
      plan.timestamps.merge(
        try guess.patterns(file: inputs.first?.name ?? "")
      ) { settled, _ in settled }
    } catch {
      throw .failed(error)
    }
  }

  /// How much of a file is looked at before it is asked whether that is enough.
  private static let lookedAt = 4 << 20

  mutating func look(at input: Int, for guess: inout TimestampGuess) throws(Stop) {
    var source = try open(input)
    guess.bind(source.header)
    var enough = Self.lookedAt
    while try next(&source, input) {
      let isSettled = batch.storage.withUnsafeBytes { base in
        var cells = RowCells(batch: batch, base: base)
        for record in source.headerRecords..<batch.count {
          // Asked at fixed places, so that the answer does not depend on the size of a batch.
          if batch.byteOffset(of: record) >= enough {
            if guess.isSettled { return true }
            enough += Self.lookedAt
          }
          guard batch.fieldCount(of: record) >= source.header.count else { continue }
          cells.record = record
          guess.take(cells)
        }
        return false
      }
      if isSettled { return }
    }
  }
}
