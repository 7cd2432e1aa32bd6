import Importing
import Tickets

/// The changes of tickets by the most obvious reading of their rows.
///
/// Everything is found by looking through lists again, and nothing is kept from row to row.
struct SlowHistory {
  /// One row as a test writes it; `nil` is a blank cell.
  struct Row: Equatable {
    var id: String
    var order: Int64?
    var at: Int64
    var moments: [String: Int64]
    var fields: [String: String]
    var file = 0
  }

  private struct Entry {
    var at: Int64
    let subject: String
    let value: String
    var isDropped = false
  }

  let isVersioned: Bool
  let moments: [String]
  let fields: [String]

  /// The versions or events of one ticket in order, without those that repeat another.
  func ordered(_ rows: [Row]) -> [Row] {
    let sorted = rows.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      let (first, second) = (a.order ?? .min, b.order ?? .min)
      let key = isVersioned ? [first, a.at] : [a.at, first]
      let other = isVersioned ? [second, b.at] : [b.at, second]
      return key == other ? left.offset < right.offset : key.lexicographicallyPrecedes(other)
    }.map(\.element)
    var kept: [Row] = []
    for row in sorted {
      let isRepeated =
        isVersioned
        ? kept.last.map { isSame($0, row) } ?? false
        : kept.contains { $0.file != row.file && isSame($0, row) }
      if !isRepeated { kept.append(row) }
    }
    return kept
  }

  private func isSame(_ a: Row, _ b: Row) -> Bool {
    var copy = b
    copy.file = a.file
    return a == copy
  }

  /// The instants of rows in order; none goes back.
  func instants(_ rows: [Row]) -> [Int64] {
    rows.indices.map { rows[...$0].map(\.at).max() ?? 0 }
  }

  /// Everything about one ticket, as ``Imports/description(of:)`` writes it, but for the changes'
  /// instants, which are in seconds.
  func description(_ rows: [Row]) -> [String] {
    let rows = ordered(rows)
    let instants = instants(rows)
    var entries: [Entry] = []
    var lines: [String] = []
    for field in fields {
      let (initial, final, changes) = changes(of: field, rows, instants)
      lines.append("\(field)=\(initial)>\(final)")
      entries += changes
    }
    // Changes of one row are in the order of fields, then moments.
    var byRow = rows.map { _ in [Entry]() }
    for entry in entries { byRow[Int(entry.value.prefix { $0 != " " }) ?? 0].append(entry) }
    var all: [Entry] = []
    var standing: [String: (entry: Int, row: Int)] = [:]
    for row in rows.indices {
      for entry in byRow[row] {
        let value = String(entry.value.drop { $0 != " " }.dropFirst())
        all.append(Entry(at: entry.at, subject: entry.subject, value: value))
      }
      for moment in moments where moment != "updated" {
        state(moment, rows, row, instants, &all, &standing)
      }
    }
    if !isVersioned, !rows.contains(where: { $0.moments["opened"] != nil }), let first = rows.first
    {
      all.insert(Entry(at: first.at, subject: "opened", value: "1"), at: 0)
    }
    for moment in moments { lines.append("\(moment)=\(latest(moment, rows))") }
    let ordered = all.enumerated().filter { !$0.element.isDropped }.sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
    return lines.sorted() + ordered.map { "\($0.at) \($0.subject) \($0.value)" }
  }

  private func latest(_ moment: String, _ rows: [Row]) -> Int64 {
    if isVersioned { return rows.last?.moments[moment] ?? MomentColumn.missing }
    let found = rows.last { $0.moments[moment] != nil }?.moments[moment]
    return found ?? (moment == "opened" ? rows[0].at : MomentColumn.missing)
  }

  /// The value before the first change, that after the last, and each change with its row.
  private func changes(
    of field: String, _ rows: [Row], _ instants: [Int64]
  ) -> (initial: String, final: String, [Entry]) {
    var initial = ""
    var current: String?
    var entries: [Entry] = []
    for (index, row) in rows.enumerated() {
      guard let value = isVersioned ? row.fields[field] ?? "" : row.fields[field] else { continue }
      guard value != current else { continue }
      let isLate = row.moments["opened"].map { $0 < instants[index] } ?? false
      if isVersioned, index == 0, !(field == "status" && isLate) {
        initial = value
      } else {
        entries.append(
          Entry(at: instants[index], subject: field, value: "\(index) := \(value)"))
      }
      current = value
    }
    return (initial, current ?? "", entries)
  }

  /// Takes what one row says of one instant; `standing` tells where instants were set, while they
  /// are, and by which row.
  private func state(
    _ moment: String, _ rows: [Row], _ row: Int, _ instants: [Int64], _ all: inout [Entry],
    _ standing: inout [String: (entry: Int, row: Int)]
  ) {
    let value = rows[row].moments[moment]
    if !isVersioned, value == nil { return }
    let before = standing[moment]
    guard value != before.map({ all[$0.entry].at }) else { return }
    func takeBack(at instant: Int64) {
      guard let before else { return }
      if all[before.entry].at > instant {
        all[before.entry].isDropped = true
      } else {
        all.append(Entry(at: instant, subject: moment, value: "0"))
      }
      standing[moment] = nil
    }
    guard let value else {
      takeBack(at: instants[row])
      return
    }
    if let before {
      let old = all[before.entry].at
      let status = rows[before.row].fields["status"] ?? ""
      let left = rows.indices.first {
        $0 > before.row && $0 <= row && (rows[$0].fields["status"] ?? "") != status
      }
      guard let left, instants[left] >= old, value >= instants[left] else {
        all[before.entry].at = value
        return
      }
      takeBack(at: instants[left])
    }
    standing[moment] = (all.count, row)
    all.append(Entry(at: value, subject: moment, value: "1"))
  }
}
