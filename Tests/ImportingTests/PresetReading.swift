import ServiceTime
import Tickets

@testable import Importing

/// What must come out of a ``PresetExport``, by the most obvious reading of its cells.
extension PresetExport {
  /// Everything about each ticket, interval or amount by its id, as ``described(_:)`` writes it.
  var expected: [String: [String]] {
    if isHistory { return expectedHistories }
    var expected: [String: [String]] = [:]
    for row in rows.indices {
      let id = value(mapping.id ?? .init(), row) ?? "\(row)"
      switch mapping.rows {
      case .intervals: expected[id] = ends(row) + fieldLines(row)
      case .counts:
        let amount = mapping.amount.flatMap { value($0, row) } ?? "1"
        let at = instant(mapping.at ?? .init(), row) ?? MomentColumn.missing
        expected[id] = ["at=\(at)", "amount=\(amount)"] + fieldLines(row)
      default:
        let moments = names(of: mapping.moments).map { name in
          "\(name)=\(moment(name, row) ?? MomentColumn.missing)"
        }
        expected[id] = (moments + fieldLines(row)).sorted() + totals(row) + suspensions(row)
      }
    }
    return expected
  }

  private func names(of moments: [Mapping.MomentRule]) -> [String] { moments.map(\.name) }

  private func fieldLines(_ row: Int) -> [String] {
    let lines = fields.map { "\($0.name)=none>\(field($0, row) ?? "")" }
    return mapping.rows == .tickets ? lines : lines.map { $0.replacing("none>", with: "") }.sorted()
  }

  private func ends(_ row: Int) -> [String] {
    [mapping.start, mapping.end].map { source in
      "\(source.flatMap { instant($0, row) } ?? MomentColumn.missing)"
    }
  }

  private func totals(_ row: Int) -> [String] {
    var lines: [String] = []
    let paused =
      mapping.paused.count > 1 ? mapping.paused.filter { isThere($0.source) } : mapping.paused
    if let rule = paused.first {
      let seconds = value(rule.source, row).map { self.seconds($0, rule.format) }
      lines.append("paused=\(rule.counts.rawValue) \(seconds ?? MomentColumn.missing)")
    }
    if let rule = mapping.reported, isThere(rule.source) || !isStarred {
      lines.append("reported \(rule.clock)=\(verdict(rule, row))")
    }
    return lines
  }

  /// Whether the preset finds the name of the clock in the header.
  private var isStarred: Bool { mapping.name.hasPrefix("attain-") }

  private func verdict(_ rule: Mapping.ReportedRule, _ row: Int) -> ReportedVerdicts.Value {
    guard let word = value(rule.source, row) else { return .unknown }
    if let breached = rule.breached { return isSaid(word, by: breached) ? .breached : .met }
    return isSaid(word, by: rule.met ?? []) ? .met : .breached
  }

  /// Whether a word is one of `when`: itself, by its beginning, or as a number below zero.
  private func isSaid(_ word: String, by when: [String]) -> Bool {
    when.contains { pattern in
      if pattern == "<0" { return Double(word).map { $0 < 0 } ?? false }
      return pattern.hasSuffix("*") ? word.hasPrefix(pattern.dropLast()) : word == pattern
    }
  }

  private func suspensions(_ row: Int) -> [String] {
    mapping.pauses.compactMap { rule in
      instant(rule.from, row).map { start in
        let end = instant(rule.to, row).map { Instant(seconds: $0).iso } ?? "open"
        return "suspended \(Instant(seconds: start).iso) \(end) \(rule.party)"
      }
    }
  }
}

/// Histories are read by ``SlowHistory``.
extension PresetExport {
  private var expectedHistories: [String: [String]] {
    let isVersioned = mapping.rows == .snapshots
    var moments = mapping.moments.map(\.name)
    if !isVersioned, !moments.contains("opened") { moments.append("opened") }
    let changed = mapping.change == nil ? [] : ["status"]
    let slow = SlowHistory(
      isVersioned: isVersioned, moments: moments, fields: fields.map(\.name) + changed)
    var expected: [String: [String]] = [:]
    for (id, numbers) in Dictionary(
      grouping: rows.indices, by: { value(mapping.id ?? .init(), $0) ?? "" })
    {
      let lines = slow.description(numbers.map { slowRow($0, id: id) }).map(Self.shown)
      let known = lines.prefix(moments.count + slow.fields.count)
      expected[id] = known + totals(numbers.last ?? 0) + lines.dropFirst(known.count)
    }
    return expected
  }

  private func slowRow(_ row: Int, id: String) -> SlowHistory.Row {
    let updated = mapping.moments.first { $0.name == "updated" }?.source
    let at = (mapping.rows == .snapshots ? updated : mapping.at).flatMap { instant($0, row) } ?? 0
    let order = mapping.order.flatMap { value($0, row) }.flatMap { Int64($0) }
    var slow = SlowHistory.Row(id: id, order: order, at: at, moments: [:], fields: [:])
    for rule in mapping.moments { slow.moments[rule.name] = moment(rule.name, row) }
    for rule in fields { slow.fields[rule.name] = field(rule, row) }
    if let change = mapping.change { slow.fields["status"] = value(change.to, row) }
    return slow
  }

  /// A change's seconds as an instant; other lines as they are.
  private static func shown(_ line: String) -> String {
    let words = line.split(separator: " ", maxSplits: 1)
    guard words.count == 2, let seconds = Int64(words[0]) else { return line }
    return Instant(seconds: seconds).iso + " " + words[1].replacing(" := ", with: ":=")
  }
}

/// Cells.
extension PresetExport {
  /// The fields of the preset, and the columns that it keeps without naming them.
  private var fields: [Mapping.FieldRule] {
    guard mapping.keepsAll else { return mapping.fields }
    let used = Set(allSources.flatMap(\.columns).compactMap { column($0) })
    let others = header.indices.filter {
      !used.contains($0) && !header[$0].isEmpty && column(header[$0]) == $0
    }
    return mapping.fields
      + others.map { .init(name: header[$0], source: .init(columns: [header[$0]])) }
  }

  private var allSources: [Mapping.CellSource] {
    let single: [Mapping.CellSource?] = [
      mapping.id, mapping.at, mapping.amount, mapping.start, mapping.end, mapping.order,
      mapping.suspensions, mapping.change?.field, mapping.change?.from, mapping.change?.to,
      mapping.reported?.source,
    ]
    return single.compactMap(\.self) + mapping.moments.map(\.source)
      + mapping.fields.map(\.source) + mapping.paused.map(\.source)
  }

  func isThere(_ source: Mapping.CellSource) -> Bool {
    source.constant != nil || source.columns.contains { column($0) != nil }
  }

  private func value(_ source: Mapping.CellSource, _ row: Int) -> String? {
    if let constant = source.constant { return constant }
    if !source.parts.isEmpty {
      return source.parts.compactMap { value($0, row) }.joined(separator: " ")
    }
    for name in source.columns {
      guard let column = column(name) else { continue }
      var text = rows[row][column]
      if let until = source.until, let range = text.firstRange(of: until) {
        text = String(text[..<range.lowerBound])
      }
      for extra in source.without { text = text.replacing(extra, with: "") }
      if !text.isEmpty, !mapping.missing.contains(text) { return text }
    }
    return nil
  }

  private func field(_ rule: Mapping.FieldRule, _ row: Int) -> String? {
    value(rule.source, row).map { mapping.values[rule.name]?[$0] ?? $0 }
  }

  private func moment(_ name: String, _ row: Int) -> Int64? {
    guard let rule = mapping.moments.first(where: { $0.name == name }) else { return nil }
    guard let after = rule.after else { return instant(rule.source, row) }
    guard let base = moment(after, row), let text = value(rule.source, row) else { return nil }
    return base + seconds(text, rule.format)
  }

  private func instant(_ source: Mapping.CellSource, _ row: Int) -> Int64? {
    value(source, row).flatMap { text in
      if case .patterns(let patterns) = mapping.timestamps, let pattern = patterns.first?.text,
        pattern != "iso"
      {
        return slowInstant(text, pattern)
      }
      return Instant(iso: text.replacing(" ", with: "T") + "Z")?.seconds
    }
  }

  /// Reads what ``PresetExport`` writes in a pattern of numbers.
  private func slowInstant(_ text: String, _ pattern: String) -> Int64? {
    let numbers = text.split { !$0.isNumber }.map(String.init)
    let letters = pattern.split { !$0.isLetter }.compactMap(\.first)
    var parts: [Character: String] = [:]
    for (letter, number) in zip(letters, numbers) {
      parts[letter] = number.count == 1 ? "0" + number : number
    }
    let year = parts["y"].map { $0.count == 2 ? "20" + $0 : $0 } ?? ""
    let day = "\(year)-\(parts["M"] ?? "")-\(parts["d"] ?? "")"
    let time = "\(parts["H"] ?? "00"):\(parts["m"] ?? "00"):\(parts["s"] ?? "00")"
    return Instant(iso: "\(day)T\(time)Z")?.seconds
  }

  private func seconds(_ text: String, _ format: DurationFormat) -> Int64 {
    let numbers = text.split { !$0.isNumber }.compactMap { Int64($0) }
    return switch format {
    case .seconds: numbers[0]
    case .minutes, .words: numbers[0] * 60
    case .hours: numbers[1] * 36
    case .clockMinutes, .clockSeconds: numbers[0] * 3_600 + numbers[1] * 60
    }
  }
}
