/// Settles how the time columns of an export are written, from all their cells.
///
/// In each column the pattern that fits most cells wins; where several fit as many, the one that
/// fits most cells of all columns. What still fits equally well cannot be told apart.
struct TimestampGuess {
  fileprivate struct Column {
    let key: String
    let source: Mapping.CellSource
    var places: [Int] = []
    var label = ""
    var fits: [Int]
    /// Cells that are neither missing nor ISO.
    var others = 0
    var example = ""
    var filled = 0
  }

  /// Earlier candidates win where two read every cell alike, which only spelling can cause.
  fileprivate static let candidates: [TimestampPattern] = {
    let days = [
      "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "M-d-yyyy", "d.M.yyyy", "yyyy/M/d", "d/M/yy", "M/d/yy",
      "d-M-yy", "M-d-yy", "d.M.yy", "d/MMM/yy", "d/MMM/yyyy", "d-MMM-yy", "d-MMM-yyyy",
      "d MMM yyyy", "d MMM yy", "MMM d, yyyy", "MMM d yyyy", "yyyyMMdd",
    ]
    let times = ["", " H:mm", " H:mm:ss", " h:mm a", " h:mm:ss a", ", H:mm", ", h:mm a"]
    return [.iso]
      + days.flatMap { day in times.compactMap { TimestampPattern(day + $0) } }
      + [
        "yyyyMMddHHmmss", "d MMM yyyy, H:mm:ss", "yyyy/M/d H:mm:ss.S", "yyyy MMM d h:mm:ss a",
        "EEE MMM d H:mm:ss yyyy", "EEE, d MMM yyyy H:mm:ss X",
      ].compactMap { TimestampPattern($0) }
  }()

  /// The candidates that may fit a cell, by its shape.
  fileprivate static let candidatesByShape: [UInt128: [Int]] = {
    var byShape: [UInt128: [Int]] = [:]
    for index in candidates.indices.dropFirst() {
      guard let shape = TimestampShape.shape(of: candidates[index]) else { continue }
      byShape[shape, default: []].append(index)
    }
    return byShape
  }()

  /// After so many cells of which all are ISO, no other pattern can win.
  private static let enough = 20_000

  private var columns: [Column]
  private let missing: MissingTokens

  init(_ sources: [(key: String, source: Mapping.CellSource)], missing: MissingTokens) {
    columns = sources.map {
      Column(
        key: $0.key, source: $0.source,
        fits: Array(repeating: 0, count: Self.candidates.count))
    }
    self.missing = missing
  }

  /// Whether reading on could change nothing: ISO fits no cell that another pattern fits.
  var isSettled: Bool {
    columns.allSatisfy {
      $0.places.isEmpty || ($0.others == 0 && $0.filled >= Self.enough)
    }
  }

  mutating func bind(_ header: Header) {
    for index in columns.indices {
      columns[index].places = header.indices(of: columns[index].source)
      if let place = columns[index].places.first { columns[index].label = header.names[place] }
    }
  }

  mutating func take(_ cells: RowCells) {
    for index in columns.indices {
      for place in columns[index].places {
        let cell = cells.cell(place)
        if missing.contains(cell) { continue }
        if columns[index].source.isPlain {
          columns[index].take(cell)
        } else {
          let bytes = cleaned(cell, columns[index].source)
          if bytes.withUnsafeBytes({ missing.contains($0) }) { continue }
          bytes.withUnsafeBytes { columns[index].take($0) }
        }
      }
    }
  }

  /// The pattern of each column that has any cell.
  func patterns(file: String) throws(ImportError) -> [String: [TimestampPattern]] {
    let totals = Self.candidates.indices.map { candidate in
      columns.reduce(0) { $0 + $1.fits[candidate] }
    }
    var patterns: [String: [TimestampPattern]] = [:]
    for column in columns where column.filled > 0 {
      let most = column.fits.max() ?? 0
      guard most > 0 else {
        throw .noTimestampFits(file: file, column: column.label, example: column.example)
      }
      var best = Self.candidates.indices.filter { column.fits[$0] == most }
      let widest = best.map { totals[$0] }.max() ?? 0
      best.removeAll { totals[$0] < widest }
      guard best.count == 1 else {
        throw .ambiguousTimestamps(
          file: file, column: column.label, example: column.example,
          patterns: best.map { Self.candidates[$0].text })
      }
      patterns[column.key] = best.map { Self.candidates[$0] }
    }
    return patterns
  }
}

extension TimestampGuess.Column {
  fileprivate mutating func take(_ cell: UnsafeRawBufferPointer) {
    filled += 1
    if example.isEmpty { example = String(decoding: cell.prefix(40), as: UTF8.self) }
    if TimestampPattern.iso.read(cell) != nil {
      fits[0] += 1
      return
    }
    others += 1
    if let shape = TimestampShape.shape(of: cell) {
      count(TimestampGuess.candidatesByShape[shape] ?? [], on: cell)
    } else {
      count(Array(1..<fits.count), on: cell)
    }
  }

  private mutating func count(_ candidates: [Int], on cell: UnsafeRawBufferPointer) {
    for candidate in candidates where TimestampGuess.candidates[candidate].read(cell) != nil {
      fits[candidate] += 1
    }
  }
}
