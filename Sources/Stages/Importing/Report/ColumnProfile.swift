import ServiceTime
import Tickets

/// What the cells of one column are like, counted row by row.
struct ColumnProfile {
  let name: String
  let use: [String]
  /// Whether values may be shown: the column is used, and not personal.
  let showsValues: Bool
  /// Reads the cells, if they are instants.
  let time: TimeProfile?

  private(set) var filled = 0
  private(set) var missing = 0
  private(set) var hasMoreDistinct = false
  private var counts: [UInt64: Int] = [:]
  private var samples: [UInt64: String] = [:]
  private var least: [UInt8]?
  private var greatest: [UInt8] = []

  /// Of a column with more values than this, none are listed.
  private static let mostListed = 24

  init(name: String, use: [String], showsValues: Bool, time: TimeProfile?) {
    self.name = name
    self.use = use
    self.showsValues = showsValues
    self.time = time
  }

  var distinct: Int { counts.count }

  mutating func addMissing() { missing += 1 }

  mutating func add(_ cell: UnsafeRawBufferPointer, at place: RowPlace) {
    filled += 1
    let hash = cellHash(cell)
    if let count = counts[hash] {
      counts[hash] = count + 1
    } else if counts.count < ImportReport.mostDistinct {
      counts[hash] = 1
      if showsValues, samples.count <= Self.mostListed {
        samples[hash] = String(decoding: cell, as: UTF8.self)
      }
    } else {
      hasMoreDistinct = true
    }
    guard showsValues else { return }
    if let time {
      time.add(cell, at: place)
    } else {
      widen(to: cell)
    }
  }

  private mutating func widen(to cell: UnsafeRawBufferPointer) {
    guard let low = least else {
      least = Array(cell)
      greatest = Array(cell)
      return
    }
    if cell.lexicographicallyPrecedes(low) {
      least = Array(cell)
    } else if greatest.withUnsafeBytes({ $0.lexicographicallyPrecedes(cell) }) {
      greatest = Array(cell)
    }
  }

  /// The most frequent first, then by name; empty if there are too many, or each is there but once.
  private var values: [ImportReport.ValueCount] {
    guard showsValues, time == nil, counts.count <= Self.mostListed, counts.count < filled
    else { return [] }
    return counts.map { .init(value: samples[$0.key] ?? "", count: $0.value) }
      .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
  }

  func column(_ conversions: [String]) -> ImportReport.Column {
    let texts = least.map { low in
      (String(decoding: low, as: UTF8.self), String(decoding: greatest, as: UTF8.self))
    }
    return ImportReport.Column(
      name: name, use: use, filled: filled, missing: missing, distinct: distinct,
      hasMoreDistinct: hasMoreDistinct,
      first: time.map { $0.earliest.map(\.iso) } ?? texts?.0,
      last: time.map { $0.latest.map(\.iso) } ?? texts?.1,
      values: values, conversions: conversions + (time?.conversions ?? []),
      unreadable: time?.unreadable ?? 0, future: time?.future ?? 0,
      futurePlaces: time?.futurePlaces ?? [])
  }
}

/// Where a row stands: its file and line, and its number over all files.
struct RowPlace: Hashable {
  let file: String
  let line: Int
  let row: Int

  var text: String { "\(file):\(line)" }
}
