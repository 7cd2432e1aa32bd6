import CSVRecords
import Messages

/// Which of the presets reads a file, by its header.
///
/// A preset fits if the header has every column that its rows cannot do without, and three of its
/// columns in all. Where ids repeat in the first rows, presets of changes and versions go before
/// those with one row a ticket, and else after them. Then the one that names the most columns of
/// the header is taken; among equals, the one of whose own columns the fewest are not there.
package enum PresetChoice: Hashable, Sendable {
  case one(Fit, next: Fit?)
  /// Several fit equally well; sorted by name.
  case several([Fit])
  /// None fits. What came nearest, and the key whose columns it misses.
  case none(nearest: Fit?, missing: String?)

  /// How well a preset fits a header.
  package struct Fit: Hashable, Sendable {
    package let name: String
    /// Columns of the header that the preset names.
    package let found: Int
    /// What the preset reads.
    package let named: Int
    /// Columns of the header.
    package let width: Int
    /// The key of a column that has to be there and is not.
    package let missing: String?
    /// Whether ids repeat in the first rows, as the preset's rows do.
    package var repeatsAlike = true
    /// Whether the preset's rows are changes or versions of tickets.
    package var isHistory = false

    package init(name: String, found: Int, named: Int, width: Int, missing: String? = nil) {
      self.name = name
      self.found = found
      self.named = named
      self.width = width
      self.missing = missing
    }

    fileprivate var rank: (Int, Int, Int) { (repeatsAlike ? 1 : 0, found, found - named) }
  }

  private static let leastColumns = 3

  /// Chooses among the presets.
  ///
  /// - Parameter rows: The first records of the file, of which `header` is the first.
  /// - Complexity: Reads the texts of all presets, which takes some milliseconds.
  static func of(_ header: Header, _ rows: RecordBatch) -> PresetChoice {
    let fits = Presets.all.compactMap { preset -> Fit? in
      guard let mapping = try? Mapping.read(preset.yaml, file: preset.name) else { return nil }
      var fit = mapping.fit(header)
      fit.isHistory = mapping.rows == .events || mapping.rows == .snapshots
      guard fit.missing == nil, fit.isHistory || mapping.rows == .tickets else { return fit }
      if let repeats = repeats(mapping, header, rows) {
        fit.repeatsAlike = fit.isHistory == repeats
      }
      return fit
    }
    return best(of: fits)
  }

  /// Of a list of tickets, fewer ids occur again, even where two exports were put together.
  private static let leastRepeatedShare = 0.2

  /// Whether ids repeat; `nil` if there are no rows to tell by.
  private static func repeats(_ mapping: Mapping, _ header: Header, _ rows: RecordBatch) -> Bool? {
    let columns = mapping.id.map { header.indices(of: $0) } ?? []
    guard let column = columns.first, rows.count > 1 else { return nil }
    var seen: Set<UInt64> = []
    rows.storage.withUnsafeBytes { base in
      var cells = RowCells(batch: rows, base: base)
      for record in 1..<rows.count where rows.fieldCount(of: record) > column {
        cells.record = record
        seen.insert(cellHash(cells.cell(column)))
      }
    }
    let read = rows.count - 1
    return Double(read - seen.count) >= leastRepeatedShare * Double(read)
  }

  package static func best(of fits: [Fit]) -> PresetChoice {
    let ranked = fits.sorted { left, right in
      left.rank == right.rank ? left.name < right.name : left.rank > right.rank
    }
    let fitting = ranked.filter { $0.missing == nil && $0.found >= min(leastColumns, $0.width) }
    guard let best = fitting.first else {
      let nearest = ranked.first.flatMap { $0.found > 0 ? $0 : nil }
      return .none(nearest: nearest, missing: nearest?.missing)
    }
    let equals = fitting.filter { $0.rank == best.rank }
    return equals.count == 1 ? .one(best, next: fitting.dropFirst().first) : .several(equals)
  }
}

extension Mapping {
  /// How well the mapping fits a header.
  func fit(_ header: Header) -> PresetChoice.Fit {
    let sources = sources
    var found: Set<Int> = []
    var named = 0
    for source in sources where !source.columns.isEmpty {
      named += 1
      found.formUnion(header.allIndices(of: source))
    }
    let missing = required.first { header.allIndices(of: $0.source).isEmpty }
    return PresetChoice.Fit(
      name: name, found: found.count, named: named, width: header.count, missing: missing?.key)
  }

  /// Every source of the mapping that may name columns.
  private var sources: [CellSource] {
    let single: [CellSource?] = [
      id, at, start, end, order, amount, suspensions, change?.field, change?.from, change?.to,
      reported?.source,
    ]
    return single.compactMap(\.self) + moments.map(\.source) + fields.map(\.source)
      + paused.map(\.source) + pauses.flatMap { [$0.from, $0.to] }
  }

  /// What a file must have for its rows to be read.
  private var required: [(key: String, source: CellSource)] {
    var opened = moments.first { $0.name == "opened" || $0.name == "*" }?.source
    // Without any instant, a list is one of tickets to nobody.
    if opened?.isOptional == true { opened?.columns += moments.flatMap(\.source.columns) }
    let updated = rows == .snapshots ? moments.first { $0.name == "updated" }?.source : nil
    let sources = [
      ("id", id), ("opened", opened), ("at", at), ("start", start), ("end", end),
      ("updated", updated), ("order", order),
    ]
    return sources.compactMap { key, source in
      source.flatMap { $0.columns.isEmpty ? nil : (key, $0) }
    }
  }
}

extension Header {
  /// The places of a source's columns, and of those that its `*` stands for.
  fileprivate func allIndices(of source: Mapping.CellSource) -> [Int] {
    let stems = source.columns.filter { $0.last == "*" }.map { $0.dropLast() }
    guard !stems.isEmpty else { return indices(of: source) }
    return names.indices.filter { index in stems.contains { names[index].hasPrefix($0) } }
  }
}

extension Importer {
  /// Finds out which preset reads an input, from its header alone.
  package static func choose(for input: ImportInput) throws(ImportError) -> PresetChoice {
    let progress = ImportProgress { _ in }
    var opened = try OpenedInput(
      input, encoding: nil, delimiter: nil, blockSize: nil, progress: progress)
    if !opened.headerIsUTF8 {
      opened = try OpenedInput(
        input, encoding: .windows1252, delimiter: nil, blockSize: nil, progress: progress)
    }
    return .of(opened.header, opened.takeFirst())
  }
}
