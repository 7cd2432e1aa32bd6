import CSVRecords
import LocatedYAML
import Messages
import ServiceTime
package import Tickets

extension String {
  fileprivate static func needs(_ key: String, rows: Mapping.RowShape) -> String {
    "rows of shape \(rows.rawValue) need \"\(key)\" under \"ticket\"; add it"
  }

  fileprivate static func noPattern(_ text: String) -> String {
    "\"\(text)\" is no timestamp pattern; use auto, iso, or letters such as d/M/yyyy HH:mm"
  }

  fileprivate static func noDelimiter(_ text: String) -> String {
    "delimiter is \"\(text)\"; allowed are auto, tab, or one character such as \",\" or \";\""
  }

  fileprivate static func noEncoding(_ name: String) -> String {
    let hint =
      NearestName.of(name.lowercased(), among: TextEncoding.commonNames)
      .map { "did you mean \"\($0)\"? Allowed" } ?? "allowed"
    return """
      encoding is "\(name)", which is not known here; \(hint) are auto, utf-8, utf-16le, utf-16be, \
      windows-1252, iso-8859-1, mac-roman, and any name that iconv --list shows
      """
  }

  fileprivate static func noHolds(_ text: String) -> String {
    """
    holds is \"\(text)\"; allowed are all, finished, opened-from DATE and updated-from DATE, \
    with a date such as 2026-01-31
    """
  }

  fileprivate static func noSeconds(_ unit: String, _ found: String) -> String {
    "unit \"\(unit)\" is \(found), but must be whole seconds such as 3600"
  }

  fileprivate static let noKey = """
    hashes need "personal_key", the path of a file with a secret; make one with \
    head -c 32 /dev/urandom > personal.key
    """

  fileprivate static func noField(_ name: String) -> String {
    "\(name) is no field of the ticket, and only a field can be hashed; use drop, or take it out"
  }
}

extension Mapping {
  static let momentNames =
    ["opened", "responded", "resolved", "closed", "updated", "due"] + RepeatedMoments.names

  /// What an export contains, as a mapping writes it.
  package static func holds(_ text: String) -> Holds? {
    let words = text.split(separator: " ").map(String.init)
    switch words.count {
    case 1 where words[0] == "all": return .all
    case 1 where words[0] == "finished": return .finished
    case 2 where words[0] == "opened-from": return CivilDate(iso: words[1]).map(Holds.openedFrom)
    case 2 where words[0] == "updated-from": return CivilDate(iso: words[1]).map(Holds.updatedFrom)
    default: return nil
    }
  }

  /// Reads a mapping.
  ///
  /// - Parameter file: How messages name the file.
  package static func read(_ text: String, file: String) throws(MappingError) -> Mapping {
    try read(Array(text.utf8), file: file)
  }

  package static func read(_ bytes: [UInt8], file: String) throws(MappingError) -> Mapping {
    let root: YAMLNode
    do {
      root = try YAMLNode.parse(bytes)
    } catch {
      throw MappingError(findings: [
        Finding(
          .error, at: Place(file: file, line: error.line, column: error.column),
          .init(stringLiteral: error.reason))
      ])
    }
    let reader = MappingReader(file: file)
    let mapping = reader.mapping(root)
    guard let mapping, reader.yaml.problems.isEmpty else {
      let problems = reader.yaml.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
      throw MappingError(
        findings: problems.map { problem in
          Finding(
            .error, at: Place(file: file, line: problem.line, column: problem.column),
            .init(stringLiteral: problem.message))
        })
    }
    return mapping
  }
}

struct MappingReader {
  let file: String
  let yaml = YAMLReader { NearestName.of($0, among: $1) }

  private static let keys = [
    "version", "mapping", "title", "source", "rows", "zone", "timestamps", "missing", "delimiter",
    "encoding", "sheet", "ticket", "instants", "order", "values", "holds", "keep", "reported",
    "pauses",
    "paused_seconds", "units", "personal",
    "personal_key",
  ]

  func mapping(_ root: YAMLNode) -> Mapping? {
    guard
      let fields = yaml.fields(
        root, of: "the mapping", allowed: Self.keys, required: ["mapping", "rows", "ticket"]),
      let name = fields["mapping"].flatMap({ yaml.text($0, of: "mapping") }),
      let rows = fields["rows"].flatMap({ yaml.choice($0, of: "rows", as: Mapping.RowShape.self) }),
      let ticket = fields["ticket"]
    else { return nil }
    var mapping = Mapping(name: name, source: name, rows: rows, file: file)
    if let node = fields["version"], node.scalar != "1" {
      yaml.report("version is \(node.description), but must be 1", at: node)
    }
    _ = fields["title"].flatMap { yaml.text($0, of: "title") }
    if let source = fields["source"].flatMap({ yaml.text($0, of: "source") }) {
      mapping.source = source
    }
    if let node = fields["zone"] {
      mapping.zone = yaml.text(node, of: "zone")
      mapping.zonePlace = Place(file: file, line: node.line, column: node.column)
    }
    readForm(fields, into: &mapping)
    readTicket(ticket, into: &mapping)
    readNames(fields, into: &mapping)
    readMeasures(fields, into: &mapping)
    readValues(fields, into: &mapping)
    checkRequired(mapping, ticket)
    return mapping
  }

  /// How the file is written: timestamps, missing values, delimiter, encoding.
  private func readForm(_ fields: YAMLFields, into mapping: inout Mapping) {
    if let node = fields["timestamps"], node.scalar != "auto" {
      var patterns: [TimestampPattern] = []
      for item in yaml.itemOrItems(node) {
        guard let text = yaml.text(item, of: "timestamps") else { continue }
        if let pattern = TimestampPattern(text) {
          patterns.append(pattern)
        } else {
          yaml.report(.noPattern(text), at: item)
        }
      }
      mapping.timestamps = .patterns(patterns)
    }
    if let node = fields["missing"] {
      mapping.missing = marks(node, of: "missing").filter { !$0.isEmpty }
    }
    if let node = fields["delimiter"] {
      switch node.scalar {
      case "auto"?: break
      case "tab"?: mapping.delimiter = UInt8(ascii: "\t")
      case let text?:
        if let byte = text.utf8.first, text.utf8.count == 1, byte != UInt8(ascii: "\"") {
          mapping.delimiter = byte
        } else {
          yaml.report(.noDelimiter(text), at: node)
        }
      case nil: yaml.report(.noDelimiter(node.description), at: node)
      }
    }
    if let node = fields["encoding"], let name = yaml.text(node, of: "encoding"), name != "auto" {
      mapping.encoding = TextEncoding(name: name)
      if mapping.encoding == nil { yaml.report(.noEncoding(name), at: node) }
    }
    mapping.sheet = fields["sheet"].flatMap { yaml.text($0, of: "sheet", expected: "a name") }
  }

  private func readNames(_ fields: YAMLFields, into mapping: inout Mapping) {
    if let node = fields["instants"] {
      for entry in yaml.entries(node, of: "instants") ?? [] {
        addMoment(entry, into: &mapping)
      }
    }
    if let node = fields["keep"] {
      let names = yaml.texts(node, of: "keep")
      mapping.keepsAll = names.contains("*")
      for name in names where name != "*" && !mapping.fields.contains(where: { $0.name == name }) {
        mapping.fields.append(.init(name: name, source: .init(columns: [name])))
      }
    }
    if let node = fields["order"] { mapping.order = cell(node, of: "order") }
    if let node = fields["personal_key"], let path = yaml.text(node, of: "personal_key") {
      mapping.personalKey = .init(
        path: path, place: Place(file: file, line: node.line, column: node.column))
    }
    if let node = fields["personal"] {
      for entry in yaml.entries(node, of: "personal") ?? [] {
        switch entry.value.scalar {
        case "drop"?: mapping.dropped.insert(entry.key)
        case "hash"?: hash(entry, fields["personal_key"], &mapping)
        default:
          yaml.report(
            "\(entry.key) is \(entry.value.description), but must be drop or hash", at: entry.value)
        }
      }
    }
    let dropped = mapping.dropped
    mapping.fields.removeAll {
      dropped.contains($0.name) || !dropped.isDisjoint(with: $0.source.columns)
    }
  }

  private func hash(_ entry: YAMLEntry, _ key: YAMLNode?, _ mapping: inout Mapping) {
    let isField = mapping.fields.contains {
      $0.name == entry.key || $0.source.columns.contains(entry.key)
    }
    if !isField, !mapping.keepsAll, mapping.change == nil {
      yaml.report(.noField(entry.key), atKeyOf: entry)
    }
    if key == nil { yaml.report(.noKey, at: entry.value) }
    mapping.hashed.insert(entry.key)
  }

  private func readMeasures(_ fields: YAMLFields, into mapping: inout Mapping) {
    if let node = fields["units"] {
      for entry in yaml.entries(node, of: "units") ?? [] {
        guard let seconds = entry.value.scalar.flatMap({ Int64($0) }),
          (1...DurationFormat.longestUnit).contains(seconds)
        else {
          yaml.report(.noSeconds(entry.key, entry.value.description), at: entry.value)
          continue
        }
        mapping.units[entry.key.lowercased()] = seconds
      }
    }
    if let node = fields["holds"] { mapping.holds = holds(node) }
    if let node = fields["reported"] { mapping.reported = reported(node) }
    if let node = fields["pauses"] {
      if node.mapping != nil {
        mapping.suspensions = cell(node, of: "pauses")
      } else {
        mapping.pauses = (yaml.items(node, of: "pauses") ?? []).compactMap { pause($0) }
      }
    }
    if let node = fields["paused_seconds"] {
      mapping.paused = yaml.itemOrItems(node).compactMap { paused($0) }
      if mapping.paused.contains(where: { $0.format == .words }), mapping.units.isEmpty {
        yaml.report("durations in words need \"units\", such as {hours: 3600}", at: node)
      }
    }
  }

  private func readValues(_ fields: YAMLFields, into mapping: inout Mapping) {
    guard let node = fields["values"] else { return }
    var allowed = mapping.fields.map(\.name)
    if mapping.change != nil { allowed.append("field") }
    for entry in yaml.entries(node, of: "values") ?? [] {
      if !allowed.contains(entry.key), !mapping.dropped.contains(entry.key),
        mapping.change == nil
      {
        yaml.report(
          "values names \"\(entry.key)\", which is no field of the ticket; "
            + yaml.hint(for: entry.key, among: allowed), atKeyOf: entry)
      }
      var map: [String: String] = [:]
      for pair in yaml.entries(entry.value, of: "values of \(entry.key)") ?? [] {
        guard let text = pair.value.scalar else {
          yaml.report("\"\(pair.key)\" is \(pair.value.description), but must be a text", at: node)
          continue
        }
        map[pair.key] = text
      }
      mapping.values[entry.key] = map
    }
  }

  private func holds(_ node: YAMLNode) -> Holds {
    if let holds = Mapping.holds(node.scalar ?? "") { return holds }
    yaml.report(.noHolds(node.scalar ?? node.description), at: node)
    return .all
  }

  private func checkRequired(_ mapping: Mapping, _ ticket: YAMLNode) {
    func need(_ key: String, _ present: Bool) {
      if !present { yaml.report(.needs(key, rows: mapping.rows), at: ticket) }
    }
    need("id", mapping.id != nil || mapping.rows == .intervals || mapping.rows == .counts)
    switch mapping.rows {
    case .tickets: break
    case .events, .counts: need("at", mapping.at != nil)
    case .snapshots: need("updated", mapping.moments.contains { $0.name == "updated" })
    case .intervals:
      need("start", mapping.start != nil)
      need("end", mapping.end != nil)
    }
  }
}
