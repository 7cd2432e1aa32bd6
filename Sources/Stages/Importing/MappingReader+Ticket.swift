import LocatedYAML
import Tickets

extension String {
  fileprivate static func unknownInstant(_ name: String, hint: String) -> String {
    "after names \"\(name)\", which is no instant of the ticket; \(hint)"
  }
}

extension String {
  fileprivate static func cannotMark(_ name: String, rows: Mapping.RowShape) -> String {
    """
    \(name) has "when", which is for \(RepeatedMoments.names.joined(separator: " and ")) of rows \
    of shape events; these rows are \(rows.rawValue)
    """
  }
}

extension MappingReader {
  /// The columns of a ticket; instants by their names, everything else a field.
  func readTicket(_ node: YAMLNode, into mapping: inout Mapping) {
    var change: (field: Mapping.CellSource?, from: Mapping.CellSource?, to: Mapping.CellSource?)
    for entry in yaml.entries(node, of: "ticket") ?? [] {
      switch (entry.key, mapping.rows) {
      case ("id", _): mapping.id = id(entry.value)
      case ("at", .events), ("at", .counts): mapping.at = cell(entry.value, of: "at")
      case ("amount", .counts): mapping.amount = cell(entry.value, of: "amount")
      case ("field", .events): change.field = cell(entry.value, of: "field")
      case ("from", .events): change.from = cell(entry.value, of: "from")
      case ("to", .events): change.to = cell(entry.value, of: "to")
      case ("start", .intervals): mapping.start = cell(entry.value, of: "start")
      case ("end", .intervals): mapping.end = cell(entry.value, of: "end")
      case (let name, _) where Mapping.momentNames.contains(name):
        addMoment(entry, into: &mapping)
      default:
        if let source = cell(entry.value, of: entry.key) {
          mapping.fields.append(.init(name: entry.key, source: source))
        }
      }
    }
    switch change {
    case (let field?, let from, let to?):
      mapping.change = .init(field: field, from: from, to: to)
    case (nil, nil, nil): break
    default: yaml.report("a row of one change needs both \"field\" and \"to\"", at: node)
    }
  }

  func addMoment(_ entry: YAMLEntry, into mapping: inout Mapping) {
    guard !mapping.moments.contains(where: { $0.name == entry.key }) else {
      yaml.report("\"\(entry.key)\" is given twice; remove one of the two", atKeyOf: entry)
      return
    }
    if let when = entry.value["when"] {
      addMark(entry, when, into: &mapping)
      return
    }
    guard let after = entry.value["after"] else {
      let isOpened = entry.key == "opened"
      guard
        var source = cell(entry.value, of: entry.key, alsoAllowed: isOpened ? ["optional"] : [])
      else { return }
      source.isOptional =
        entry.value["optional"].flatMap { yaml.choice($0, of: "optional", as: Answer.self) } == .yes
      mapping.moments.append(.init(name: entry.key, source: source))
      return
    }
    let known = mapping.moments.map(\.name)
    guard let base = yaml.text(after, of: "after") else { return }
    guard known.contains(base) else {
      yaml.report(.unknownInstant(base, hint: yaml.hint(for: base, among: known)), at: after)
      return
    }
    guard
      let source = cell(entry.value, of: entry.key, alsoAllowed: ["after", "as"]),
      !source.columns.isEmpty
    else {
      yaml.report("\(entry.key) counts after \(base) and needs \"column\"", at: entry.value)
      return
    }
    mapping.moments.append(
      .init(
        name: entry.key, source: source, after: base,
        format: entry.value["as"].flatMap { yaml.choice($0, of: "as") } ?? .minutes))
  }

  /// An instant that rows tell of by what one of their columns says: `{column: type, when: reply}`.
  private func addMark(_ entry: YAMLEntry, _ when: YAMLNode, into mapping: inout Mapping) {
    guard mapping.rows == .events, RepeatedMoments.names.contains(entry.key) else {
      yaml.report(.cannotMark(entry.key, rows: mapping.rows), at: when)
      return
    }
    guard let source = cell(entry.value, of: entry.key, alsoAllowed: ["when"]) else { return }
    guard !source.columns.isEmpty else {
      yaml.report("\(entry.key) has \"when\" and needs \"column\"", at: entry.value)
      return
    }
    let words = yaml.texts(when, of: "when")
    guard !words.isEmpty else { return }
    mapping.moments.append(.init(name: entry.key, source: source, when: words))
  }

  private enum Answer: String, CaseIterable { case yes, no }

  /// A column or what else ``cell(_:of:alsoAllowed:)`` takes, or a map with `join`.
  private func id(_ node: YAMLNode) -> Mapping.CellSource? {
    guard node["join"] != nil else { return cell(node, of: "id") }
    guard
      let fields = yaml.fields(node, of: "id", allowed: ["join"], required: ["join"]),
      let items = fields["join"].flatMap({ yaml.items($0, of: "join") })
    else { return nil }
    var source = Mapping.CellSource()
    source.parts = items.compactMap { cell($0, of: "a part of the id") }
    source.columns = source.parts.flatMap(\.columns)
    return source
  }

  /// A column, a list of which the first present counts, or a map with `value` or `column`.
  func cell(
    _ node: YAMLNode, of what: String, alsoAllowed: [String] = []
  ) -> Mapping.CellSource? {
    guard node.mapping != nil else {
      let columns = yaml.texts(node, of: what)
      if node.sequence?.isEmpty == true {
        yaml.report("\(what) lists no column; name at least one", at: node)
      }
      return columns.isEmpty ? nil : .init(columns: columns)
    }
    guard
      let fields = yaml.fields(
        node, of: what, allowed: ["column", "value", "until", "without"] + alsoAllowed)
    else { return nil }
    var source = Mapping.CellSource()
    source.columns = fields["column"].map { yaml.texts($0, of: "column") } ?? []
    source.constant = fields["value"]?.scalar
    source.until = fields["until"].flatMap { yaml.text($0, of: "until") }
    source.without = fields["without"].map { marks($0, of: "without") } ?? []
    guard source.columns.isEmpty != (source.constant == nil) else {
      yaml.report("\(what) needs either \"column\" or \"value\"", at: node)
      return nil
    }
    return source
  }

  /// One text or several, which may be empty.
  func marks(_ node: YAMLNode, of what: String) -> [String] {
    yaml.itemOrItems(node).compactMap { item in
      if item.scalar == nil {
        yaml.report("\(what) holds \(item.description), but must hold texts only", at: item)
      }
      return item.scalar
    }
  }

  func pause(_ node: YAMLNode) -> Mapping.PauseRule? {
    guard
      let fields = yaml.fields(
        node, of: "a pause", allowed: ["from", "to", "party"], required: ["from", "to", "party"]),
      let from = fields["from"].flatMap({ cell($0, of: "from") }),
      let to = fields["to"].flatMap({ cell($0, of: "to") }),
      let party = fields["party"].flatMap({ yaml.text($0, of: "party") })
    else { return nil }
    return .init(from: from, to: to, party: party)
  }

  func paused(_ node: YAMLNode) -> Mapping.PausedRule? {
    guard
      let fields = yaml.fields(
        node, of: "paused_seconds", allowed: ["column", "until", "without", "counts", "as"],
        required: ["column", "counts"]),
      let source = cell(node, of: "paused_seconds", alsoAllowed: ["counts", "as"]),
      let word = fields["counts"].flatMap({ yaml.choice($0, of: "counts", as: Counts.self) })
    else { return nil }
    return .init(
      source: source, counts: word == .working ? .working : .wall,
      format: fields["as"].flatMap { yaml.choice($0, of: "as") } ?? .seconds)
  }

  private enum Counts: String, CaseIterable { case working, wall }

  func reported(_ node: YAMLNode) -> Mapping.ReportedRule? {
    guard
      let fields = yaml.fields(
        node, of: "reported", allowed: ["clock", "breached", "met"], required: ["clock"]),
      let clock = fields["clock"].flatMap({ yaml.text($0, of: "clock") })
    else { return nil }
    let isBreached = fields["breached"] != nil
    guard let rule = fields["breached"] ?? fields["met"], isBreached != (fields["met"] != nil)
    else {
      yaml.report("reported needs either \"breached\" or \"met\"", at: node)
      return nil
    }
    let what = isBreached ? "breached" : "met"
    guard
      let parts = yaml.fields(
        rule, of: what, allowed: ["column", "when", "unless"], required: ["column", "when"]),
      let source = parts["column"].flatMap({ cell($0, of: "column") }),
      let words = parts["when"].map({ yaml.texts($0, of: "when") }), !words.isEmpty
    else { return nil }
    return .init(
      clock: clock, source: source, breached: isBreached ? words : nil,
      met: isBreached ? nil : words,
      unless: parts["unless"].map { yaml.texts($0, of: "unless") } ?? [])
  }
}
