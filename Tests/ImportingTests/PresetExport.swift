import ServiceTime
import Tickets

@testable import Importing

/// An export as the system of a preset writes it, with made-up rows.
///
/// It has a column for the first name of everything the preset reads. Histories have three rows a
/// ticket.
struct PresetExport {
  /// As the preset says, with a name in place of each `*`.
  let mapping: Mapping
  private(set) var header: [String] = [] {
    didSet { places = Self.places(of: header) }
  }
  var rows: [[String]] = []
  /// By name, and by name in small letters.
  private var places: (exact: [String: Int], loose: [String: Int]) = ([:], [:])
  private var contents: [Content] = []

  private enum Content {
    case id
    case text
    /// Minutes after the ticket's first instant.
    case instant(Int)
    /// When a version or an event took place.
    case change
    case duration(Int, DurationFormat)
    case order
    case verdict(String)
    case changedField
    case blank
  }

  static let versions = 3
  /// 2026-01-05 08:00 UTC, a Monday.
  private static let start: Int64 = 1_767_600_000

  init(_ preset: Presets.Preset, rows count: Int = 12) throws {
    mapping = try Mapping.read(preset.yaml, file: preset.name).withoutStars
    addTimes()
    if let rule = mapping.paused.first { add(rule.source, .duration(15, rule.format)) }
    if let rule = mapping.reported {
      let word = rule.breached?.first ?? rule.met?.first ?? ""
      add(rule.source, .verdict(word == "<0" ? "-5" : word.replacing("*", with: "5")))
    }
    if let order = mapping.order { add(order, .order) }
    if let change = mapping.change {
      add(change.field, .changedField)
      add(change.from, .blank)
      add(change.to, .text)
    }
    if let list = mapping.suspensions { add(list, .blank) }
    let id = mapping.id ?? .init()
    for part in id.parts.isEmpty ? [id] : id.parts { add(part, .id) }
    if let amount = mapping.amount { add(amount, .order) }
    for field in mapping.fields { add(field.source, .text) }
    rows = (0..<count).map { row in header.indices.map { cell(row, $0) } }
  }

  private mutating func addTimes() {
    let isVersioned = mapping.rows == .snapshots
    if let at = mapping.at { add(at, .change) }
    for (number, rule) in mapping.moments.enumerated() {
      if rule.after != nil {
        add(rule.source, .duration(10 + number, rule.format))
      } else {
        add(rule.source, isVersioned && rule.name == "updated" ? .change : .instant(60 * number))
      }
    }
    if let start = mapping.start { add(start, .instant(0)) }
    if let end = mapping.end { add(end, .instant(90)) }
    for (number, pause) in mapping.pauses.enumerated() {
      add(pause.from, .instant(30 + 100 * number))
      add(pause.to, .instant(75 + 100 * number))
    }
  }

  private mutating func add(_ source: Mapping.CellSource?, _ content: Content) {
    guard let name = source?.columns.first, column(name) == nil else { return }
    header.append(name)
    contents.append(content)
  }
}

/// What stands in the cells.
extension PresetExport {
  var isHistory: Bool { mapping.rows == .events || mapping.rows == .snapshots }

  private func cell(_ row: Int, _ column: Int) -> String {
    let (ticket, version) =
      isHistory ? row.quotientAndRemainder(dividingBy: Self.versions) : (row, 0)
    let isLast = !isHistory || version == Self.versions - 1
    let source = mapping.source(of: header[column])
    let day = Self.start + Int64(ticket % 20_000) * 86_400
    switch contents[column] {
    case .id: return dressed("T\(1_001 + ticket)", source)
    case .text: return dressed(text(row, column), source)
    case .instant(let minutes): return dressed(written(day + Int64(minutes) * 60), source)
    case .change: return dressed(written(day + 36_000 + Int64(version) * 7_200), source)
    case .duration(let minutes, let format):
      return isLast ? dressed(written(minutes, format), source) : ""
    case .order: return "\(version + 1)"
    case .verdict(let word): return isLast ? [word, "neither", ""][ticket % 3] : ""
    case .changedField: return "status"
    case .blank: return ""
    }
  }

  private func text(_ row: Int, _ column: Int) -> String {
    let names = mapping.fields.filter { $0.source.columns.contains(header[column]) }.map(\.name)
    let known = names.lazy.compactMap { mapping.values[$0] }.first?.keys.sorted() ?? []
    if !known.isEmpty { return known[row % known.count] }
    return "\(header[column].prefix(3)) \(row % 4)"
  }

  /// The text with what the preset takes out of it again.
  private func dressed(_ text: String, _ source: Mapping.CellSource?) -> String {
    var text = text
    if let extra = source?.without.first {
      text.insert(contentsOf: extra, at: text.index(text.startIndex, offsetBy: 2))
    }
    return source?.until.map { text + $0 + "and more" } ?? text
  }

  private func written(_ minutes: Int, _ format: DurationFormat) -> String {
    switch format {
    case .seconds: "\(minutes * 60)"
    case .minutes: "\(minutes)"
    case .hours: "0.\(minutes)"
    case .clockMinutes: "0:\(minutes)"
    case .clockSeconds: "0:\(minutes):00"
    case .words:
      "\(minutes) " + (mapping.units.filter { $0.value == 60 }.keys.min() ?? "minutes")
    }
  }

  /// An instant on a whole minute, in the first pattern of the preset.
  private func written(_ seconds: Int64) -> String {
    let iso = Array(Instant(seconds: seconds).iso)
    func part(_ range: Range<Int>, short: Bool) -> String {
      let digits = String(iso[range])
      return short && digits.first == "0" ? String(digits.dropFirst()) : digits
    }
    guard case .patterns(let patterns) = mapping.timestamps, let pattern = patterns.first?.text,
      pattern != "iso"
    else { return part(0..<10, short: false) + " " + part(11..<19, short: false) }
    var text = ""
    var rest = pattern[...]
    while let letter = rest.first {
      let run = rest.prefix { $0 == letter }
      rest = rest.dropFirst(run.count)
      switch letter {
      case "y": text += part(4 - run.count..<4, short: false)
      case "M": text += part(5..<7, short: run.count == 1)
      case "d": text += part(8..<10, short: run.count == 1)
      case "H": text += part(11..<13, short: run.count == 1)
      case "m": text += part(14..<16, short: run.count == 1)
      case "s": text += part(17..<19, short: run.count == 1)
      default: text += run
      }
    }
    return text
  }
}

/// Changes of the grid.
extension PresetExport {
  /// The place of a column: by its exact name, else in other case.
  func column(_ name: String) -> Int? {
    places.exact[name] ?? places.loose[name.lowercased()]
  }

  private static func places(
    of header: [String]
  ) -> (exact: [String: Int], loose: [String: Int]) {
    let all = header.indices
    return (
      Dictionary(all.map { (header[$0], $0) }) { first, _ in first },
      Dictionary(all.map { (header[$0].lowercased(), $0) }) { first, _ in first }
    )
  }

  mutating func remove(_ source: Mapping.CellSource) {
    while let name = source.columns.first(where: { column($0) != nil }), let index = column(name) {
      header.remove(at: index)
      contents.remove(at: index)
      for row in rows.indices { rows[row].remove(at: index) }
    }
  }

  mutating func append(_ name: String, _ cell: (Int) -> String) {
    header.append(name)
    contents.append(.blank)
    for row in rows.indices { rows[row].append(cell(row)) }
  }

  mutating func reverse() {
    header.reverse()
    contents.reverse()
    for row in rows.indices { rows[row].reverse() }
  }

  /// A column whose cells are read as they stand, and nothing else is made of them.
  var plainField: (name: String, column: Int)? {
    for field in mapping.fields where field.source.isAsItStands && mapping.values[field.name] == nil
    {
      guard let name = field.source.columns.first, let column = column(name) else { continue }
      if case .text = contents[column] { return (field.name, column) }
    }
    return nil
  }
}

extension PresetExport {
  struct Layout {
    var lineEnd = "\n"
    var hasMark = false
    var hasBlankLines = false
    /// The header once more before this row.
    var headerBefore: Int?
  }

  /// The export as bytes, with the line of each repeated header.
  func bytes(_ layout: Layout = Layout()) -> (bytes: [UInt8], repeated: [Int]) {
    var text = ""
    var repeated: [Int] = []
    func write(_ cells: [String]) {
      let delimiter = mapping.delimiter.map { Character(UnicodeScalar($0)) } ?? ","
      text += cells.map { quoted($0, delimiter) }.joined(separator: String(delimiter))
      text += layout.lineEnd
      if layout.hasBlankLines { text += layout.lineEnd }
    }
    write(header)
    for row in rows.indices {
      if layout.headerBefore == row {
        repeated.append(text.utf8.count { $0 == 0x0a } + 1)
        write(header)
      }
      write(rows[row])
    }
    return ((layout.hasMark ? [0xef, 0xbb, 0xbf] : []) + Array(text.utf8), repeated)
  }

  private func quoted(_ cell: String, _ delimiter: Character) -> String {
    let isOrdinary = !cell.contains { $0 == delimiter || $0 == "\"" || $0.isNewline }
    return isOrdinary ? cell : "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}

extension Mapping {
  /// What the columns of mappings with a `*` are called in these exports.
  fileprivate var withoutStars: Mapping {
    var mapping = self
    mapping.moments = moments.flatMap { rule -> [MomentRule] in
      guard rule.name == "*", let column = rule.source.columns.first else { return [rule] }
      return ["opened", "resolved"].map {
        .init(name: $0, source: .init(columns: [column.dropLast() + $0]))
      }
    }
    if let rule = reported, rule.clock == "*", let column = rule.source.columns.first {
      mapping.reported?.clock = "resolution"
      mapping.reported?.source = .init(columns: [column.dropLast() + "resolution"])
    }
    return mapping
  }

  /// The source that names a column first.
  fileprivate func source(of column: String) -> CellSource? {
    let single = ([id, at, start, end, order] as [CellSource?]).compactMap(\.self)
    let all = moments.map(\.source) + fields.map(\.source) + paused.map(\.source) + single
    return all.first { $0.columns.first == column && !$0.isAsItStands && $0.parts.isEmpty }
  }
}

extension Mapping.CellSource {
  var isAsItStands: Bool { until == nil && without.isEmpty && constant == nil && parts.isEmpty }
}
