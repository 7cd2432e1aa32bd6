import LocatedYAML
import ServiceTime
import Tickets

extension AgreementParser {
  private static let partKeys = ["groups", "suppliers"]
  static let chainKeys = ["supports", "groups", "suppliers", "routes", "hand-off", "person"]

  /// Whether its clocks are parts of another agreement's.
  var isSupporting: Bool { fields["supports"] != nil }

  func chain() -> ChainRules {
    var chain = ChainRules()
    chain.supports = fields["supports"].flatMap(supported)
    chain.routes = fields["routes"].flatMap(routes)
    chain.handOff = fields["hand-off"].flatMap(handOff) ?? 0
    chain.person = fields["person"].flatMap { reader.text($0, of: "\"person\"") }
    return chain
  }

  private func supported(_ node: YAMLNode) -> ChainRules.Supported? {
    let expected = "an agreement and its clock, such as it-internal/resolution"
    guard let text = reader.text(node, of: "\"supports\"", expected: expected) else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts.contains("") else {
      reader.report("\"supports\" is \"\(text)\", but must be \(expected)", at: node)
      return nil
    }
    return ChainRules.Supported(agreement: parts[0], clock: parts[1])
  }

  private func routes(_ node: YAMLNode) -> ChainRules.Routes? {
    if node.scalar == "taken" { return .taken }
    guard let items = node.sequence, !items.isEmpty else {
      reader.report(.noRoutes(node.description), at: node)
      return nil
    }
    return .declared(
      items.map { item in
        let groups = item.sequence == nil ? [] : reader.texts(item, of: "a route")
        if groups.isEmpty || Set(groups).count < groups.count {
          reader.report(.noRoute(item.description), at: item)
        }
        return groups
      })
  }

  private func handOff(_ node: YAMLNode) -> Int64? {
    let expected = "a duration like 10m"
    guard let text = reader.text(node, of: "\"hand-off\"", expected: expected) else { return nil }
    if case .work(let seconds)? = try? DurationText.allowance(text) { return seconds }
    reader.report("\"hand-off\" is \"\(text)\", but must be \(expected)", at: node)
    return nil
  }

  /// A clock for each group or supplier, in place of `clocks`.
  func parts() -> [Clock] {
    if let node = fields["clocks"] { reader.report(.clocksToo, at: node) }
    let keys = Self.partKeys.filter { fields[$0] != nil }
    guard keys.count == 1, let key = keys.first, let node = fields[key] else {
      reader.report(.noParts, at: fields["supports"] ?? fields.node)
      return []
    }
    guard let entries = reader.entries(node, of: "\"\(key)\"") else { return [] }
    if entries.isEmpty { reader.report(.noParts, at: node) }
    var earlier: [ClockPart] = []
    return entries.compactMap { entry in
      guard let part = part(entry, isSupplier: key == "suppliers") else { return nil }
      var clock = Clock(name: entry.key, start: [], stop: [])
      clock.part = part.besides(earlier)
      earlier.append(part)
      return clock
    }
  }

  private func part(_ entry: YAMLEntry, isSupplier: Bool) -> ClockPart? {
    let what = "\(isSupplier ? "supplier" : "group") \"\(entry.key)\""
    if entry.key.isEmpty || entry.key == "all" {
      reader.report(.partName(entry.key), atKeyOf: entry)
    }
    guard
      let condition = rules.condition(
        entry.value, of: what, ignoring: isSupplier ? ["party"] : [])
    else { return nil }
    guard isSupplier else {
      if condition.isAnything { reader.report(.anyGroup(what), at: entry.value) }
      return .group(condition)
    }
    guard let node = entry.value["party"] else {
      reader.report(.noParty(what), at: entry.value)
      return nil
    }
    return reader.text(node, of: "\"party\" of \(what)").map { .pauses(party: $0, condition) }
  }

  /// The clocks that a target is for: one by name, or of an agreement that supports another, all
  /// that no other target names.
  func clocksOfTarget(_ fields: YAMLFields, clocks: [String], others: [YAMLNode]) -> [String]? {
    if isSupporting, fields["clock"] == nil, fields["group"] == nil {
      let named = others.compactMap { ($0["clock"] ?? $0["group"])?.scalar }
      return clocks.filter { !named.contains($0) }
    }
    if let node = fields["group"], !isSupporting || fields["clock"] != nil {
      reader.report(.groupOfNone, at: node)
    }
    guard let node = fields["clock"] ?? fields["group"] else {
      reader.require("clock", in: fields)
      return nil
    }
    guard let name = reader.text(node, of: "\"clock\"") else { return nil }
    if !clocks.contains(name) {
      reader.report(
        "there is no clock \"\(name)\"; \(reader.hint(for: name, among: clocks))", at: node)
    }
    return [name]
  }
}

extension ClockPart {
  /// The part that is left by those before it.
  fileprivate func besides(_ earlier: [ClockPart]) -> ClockPart {
    switch self {
    case .group(let condition):
      return .group(condition.besides(earlier.map(\.condition)))
    case .pauses(let party, let condition):
      let others = earlier.filter { if case .pauses(party, _) = $0 { true } else { false } }
      return .pauses(party: party, condition.besides(others.map(\.condition)))
    }
  }
}

extension Condition {
  fileprivate func besides(_ others: [Condition]) -> Condition {
    Condition(tests: tests, none: none + others)
  }
}

extension String {
  fileprivate static func noRoutes(_ found: String) -> String {
    "\"routes\" is \(found), but must be taken, or a list of lists of groups"
  }

  fileprivate static func noRoute(_ found: String) -> String {
    """
    a route is \(found), but must be a list of groups, each once, such as [Service Desk, Networks]
    """
  }

  fileprivate static let clocksToo =
    "an agreement that supports another has that one's clock; remove \"clocks\""

  fileprivate static let noParts =
    """
    an agreement that supports another names either "groups", such as {Networks: {group: \
    "Network*"}}, or "suppliers", such as {Carrier: {party: supplier}}
    """

  fileprivate static func partName(_ name: String) -> String {
    "\"\(name)\" cannot be the name of a group or supplier; choose another"
  }

  fileprivate static func anyGroup(_ what: String) -> String {
    "\(what) holds every ticket at all times; name at least one field"
  }

  fileprivate static func noParty(_ what: String) -> String {
    "\(what) has no \"party\"; name the party of the pauses that are measured, such as supplier"
  }

  fileprivate static let groupOfNone =
    "\"group\" is for agreements that support another, in place of \"clock\"; keep one of the two"
}
