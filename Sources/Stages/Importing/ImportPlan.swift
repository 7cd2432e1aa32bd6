import Tickets

/// A mapping fitted to the header of an export and to what is wanted of it.
struct ImportPlan {
  private(set) var mapping: Mapping
  /// What was asked for by name and is missed where a file lacks it; empty if everything is read.
  let missed: Set<String>
  var timestamps: [String: [TimestampPattern]] = [:]
  let hash: (@Sendable (String) -> String)?
  /// Whether what no pattern fits may still be ISO 8601, as the dates of a workbook are.
  var alsoReadsISO = false

  /// Stands for the rest of a name in mappings that read what `import -o` wrote.
  private static let wildcard: Character = "*"

  init(
    _ mapping: Mapping, header: Header, wanted: Set<String>?, optional: Set<String>,
    hash: (@Sendable (String) -> String)? = nil
  ) {
    self.mapping = mapping
    self.hash = hash
    missed = (wanted ?? []).subtracting(optional)
    expandNames(header)
    if hash == nil { self.mapping.fields.removeAll { mapping.isHashed($0) } }
    if let wanted { select(wanted) }
  }

  /// Whether a field may be read at all, as it is or as hashes.
  func mayHold(_ field: String) -> Bool {
    !mapping.dropped.contains(field) && (hash != nil || !mapping.hashed.contains(field))
  }

  /// The patterns that read a time column, by its key in ``timeSources``.
  ///
  /// - Parameter settled: The pattern that an earlier reading has found, in place of all others.
  func patterns(of key: String, settled: TimestampPattern? = nil) -> [TimestampPattern] {
    let patterns: [TimestampPattern]
    switch (settled, mapping.timestamps) {
    case (let settled?, _): patterns = [settled]
    case (nil, .patterns(let given)): patterns = given
    case (nil, .auto): patterns = timestamps[key] ?? [.iso]
    }
    return alsoReadsISO && !patterns.contains(.iso) ? patterns + [.iso] : patterns
  }

  /// All columns that hold instants.
  var timeSources: [(key: String, source: Mapping.CellSource)] {
    var sources = mapping.moments.filter { $0.after == nil && $0.when == nil }.map {
      ($0.name, $0.source)
    }
    for (key, source) in [("at", mapping.at), ("start", mapping.start), ("end", mapping.end)] {
      if let source { sources.append((key, source)) }
    }
    for (index, pause) in mapping.pauses.enumerated() {
      sources.append(("pause \(index) from", pause.from))
      sources.append(("pause \(index) to", pause.to))
    }
    return sources.filter { $0.1.constant == nil }
  }

  /// Replaces `*` by the names that the header has.
  private mutating func expandNames(_ header: Header) {
    mapping.moments = mapping.moments.flatMap { rule -> [Mapping.MomentRule] in
      guard rule.name == String(Self.wildcard) else { return [rule] }
      return Self.matches(rule.source, in: header).map { name, column in
        .init(name: name, source: .init(columns: [column]), after: nil)
      }
    }
    if let rule = mapping.reported, rule.clock == String(Self.wildcard) {
      mapping.reported = Self.matches(rule.source, in: header).first.map { name, column in
        .init(
          clock: name, source: .init(columns: [column]), breached: rule.breached, met: rule.met)
      }
    }
    if mapping.paused.count > 1 {
      mapping.paused = mapping.paused.filter { !header.indices(of: $0.source).isEmpty }
    }
    if mapping.keepsAll { keepRest(of: header) }
  }

  private static func matches(
    _ source: Mapping.CellSource, in header: Header
  ) -> [(name: String, column: String)] {
    source.columns.filter { $0.last == wildcard }.flatMap { column in
      header.names.enumerated().filter { index, name in
        name.hasPrefix(column.dropLast()) && name.count >= column.count
          && header.index(of: name) == index
      }.map { (String($0.element.dropFirst(column.count - 1)), $0.element) }
    }
  }

  private mutating func keepRest(of header: Header) {
    var used: Set<Int> = []
    func use(_ source: Mapping.CellSource?) {
      if let source { used.formUnion(header.indices(of: source)) }
    }
    for source in [
      mapping.id, mapping.at, mapping.start, mapping.end, mapping.order, mapping.suspensions,
      mapping.amount, mapping.change?.field, mapping.change?.from, mapping.change?.to,
      mapping.reported?.source,
    ] {
      use(source)
    }
    for rule in mapping.moments { use(rule.source) }
    for rule in mapping.fields { use(rule.source) }
    for rule in mapping.paused { use(rule.source) }
    for (index, name) in header.names.enumerated()
    where !used.contains(index) && !name.isEmpty && !mapping.dropped.contains(name)
      && header.index(of: name) == index
    {
      mapping.fields.append(.init(name: name, source: .init(columns: [name])))
    }
  }

  /// Leaves out what nobody asked for.
  ///
  /// `opened` and `updated` stay, because they decide which row of a ticket stands; `status`
  /// stays in snapshots, because it tells a reopening from a correction; what a ticket was merged
  /// into, and since when it is gone, stay, because every clock of it depends on that.
  private mutating func select(_ wanted: Set<String>) {
    var moments = wanted.union(["opened", "updated", GoneTickets.moment])
    for rule in mapping.moments where moments.contains(rule.name) {
      if let base = rule.after { moments.insert(base) }
    }
    mapping.moments.removeAll { !moments.contains($0.name) }
    let isVersioned = mapping.rows == .snapshots
    mapping.fields.removeAll {
      !wanted.contains($0.name) && !(isVersioned && $0.name == "status")
        && $0.name != MergedTickets.field
    }
  }
}
