import LocatedYAML
package import Messages
import ServiceTime
import Tickets

/// Reading of agreement files.
package enum AgreementReader {
  /// Reads an agreement, and the calendars it names.
  ///
  /// - Parameters:
  ///   - file: As messages name it, and as the loaders of `sources` know it.
  ///   - sha256: Of the bytes, for the agreement's origin.
  /// - Returns: No agreement if any finding is an error.
  package static func read(
    _ bytes: [UInt8], file: String, sha256: String = "", sources: RuleSources
  ) -> (agreement: Agreement?, findings: [Finding]) {
    let rules = RuleFile(name: file, sources: sources)
    guard let root = rules.parse(bytes),
      let fields = rules.reader.fields(
        root, of: "the agreement", allowed: AgreementParser.keys,
        required: AgreementParser.requiredKeys)
    else { return (nil, rules.findings) }
    let parser = AgreementParser(rules: rules, fields: fields)
    var agreement = parser.agreement(origin: .init(file: file, sha256: sha256))
    agreement?.rebases = parser.rebases(fields["rebase"])
    let actions = actions(beside: rules)
    let name = agreement?.name
    agreement?.actions = actions.actions.filter { $0.agreement == nil || $0.agreement == name }
    let findings =
      rules.findings + parser.shelf.findings + parser.registers.findings + actions.findings
    let hasErrors = findings.contains { $0.severity == .error }
    return (hasErrors ? nil : agreement, findings)
  }

  /// Those of `actions.yml` in the agreement's folder.
  private static func actions(
    beside rules: RuleFile
  ) -> (actions: [AgreedAction], findings: [Finding]) {
    do {
      guard let found = try rules.sources.actions(rules.name) else { return ([], []) }
      return ActionReader.read(found.bytes, file: found.file, sources: rules.sources)
    } catch {
      let reason = String(describing: error)
      let place = Place(file: rules.name)
      return ([], [Finding(.error, at: place, "its actions.yml cannot be read: \(reason)")])
    }
  }
}

/// Reads one agreement; where something is wrong it reports that, and reads on.
struct AgreementParser {
  static let requiredKeys = ["agreement", "provider", "customer", "zone"]
  static let keys =
    [
      "version", "agreement", "title", "kind", "provider", "customer", "zone", "calendar",
      "calendars", "valid", "scope", "tiers", "clocks", "targets", "count-by", "per-person",
      "exclusions", "rebase", "obligations", "credits", "changes", "brand",
    ] + chainKeys

  let rules: RuleFile
  let fields: YAMLFields
  let zone: ZoneRules
  let shelf: CalendarShelf
  let registers: RegisterShelf
  /// The calendar of targets that name none.
  let calendar: CalendarDefinition?

  var reader: YAMLReader { rules.reader }

  init(rules: RuleFile, fields: YAMLFields) {
    self.rules = rules
    self.fields = fields
    let zone = fields["zone"].flatMap { rules.zone($0) } ?? .utc
    let shelf = CalendarShelf(rules: rules, zone: zone, inline: fields["calendars"])
    calendar = fields["calendar"].flatMap { shelf.calendar($0, of: "\"calendar\"") }
    self.zone = zone
    self.shelf = shelf
    registers = RegisterShelf(rules: rules)
  }

  func agreement(origin: Agreement.Origin) -> Agreement? {
    rules.checkVersion(fields)
    // An agreement of obligations alone judges no ticket.
    let hasTickets = fields["obligations"] == nil || fields["clocks"] != nil || isSupporting
    if hasTickets { reader.require("tiers", in: fields) }
    let name = text("agreement")
    let title = text("title")
    let provider = text("provider")
    let customer = customer()
    let kind = fields["kind"].flatMap { reader.choice($0, of: "\"kind\"", as: Agreement.Kind.self) }
    let countBy = fields["count-by"].flatMap {
      reader.choice($0, of: "\"count-by\"", as: Agreement.CountBy.self)
    }
    let perPerson = fields["per-person"].flatMap { reader.flag($0, of: "\"per-person\"") }
    let valid = rules.validity(fields["valid"])
    let scope = fields["scope"].flatMap { rules.condition($0, of: "\"scope\"") }
    let tiers = tiers()
    let clocks = isSupporting ? parts() : clocks()
    let targets = targets(clocks: clocks, tiers: tiers)
    let exclusions = fields["exclusions"].map {
      registers.exclusions($0, clocks: clocks.map(\.name))
    }
    guard let name, let customer else { return nil }
    checkCalendars(of: targets, from: valid.from, until: valid.until)
    var origin = origin
    origin.place = rules.place(of: fields.entry("valid") ?? fields.entry("agreement"))
    var agreement = Agreement(
      name: name, title: title ?? name, kind: kind ?? .sla, provider: provider ?? "",
      customer: customer, zone: zone, validFrom: valid.from, validUntil: valid.until,
      scope: hasTickets ? scope ?? .anything : .never, tiers: tiers, clocks: clocks,
      targets: targets,
      countBy: countBy ?? .decided, perPerson: perPerson ?? false, origin: origin)
    agreement.exclusions = exclusions ?? []
    agreement.chain = chain()
    agreement.obligations = obligations(fields["obligations"])
    agreement.credits = credits(fields["credits"], of: agreement)
    agreement.changes = changes(fields["changes"], of: agreement)
    agreement.brand = brand(fields["brand"])
    return agreement
  }

  private func text(_ key: String) -> String? {
    fields[key].flatMap { reader.text($0, of: "\"\(key)\"", expected: "a name") }
  }

  /// `{field: department}` or a fixed name.
  private func customer() -> Agreement.Customer? {
    guard let node = fields["customer"] else { return nil }
    guard node.mapping != nil else {
      let expected = "a name, or {field: department}"
      return reader.text(node, of: "\"customer\"", expected: expected).map { .fixed($0) }
    }
    let inner = reader.fields(
      node, of: "\"customer\"", allowed: ["field"], required: ["field"])
    return inner?["field"].flatMap { reader.text($0, of: "\"field\"") }.map { .field($0) }
  }

  private func tiers() -> [Tier] {
    guard let node = fields["tiers"],
      let entries = reader.entries(node, of: "\"tiers\"")
    else { return [] }
    if entries.isEmpty { reader.report(.noTiers, at: node) }
    var tiers: [Tier] = []
    for entry in entries {
      if entry.key == "all" || entry.key.isEmpty {
        reader.report(.tierName(entry.key), atKeyOf: entry)
      }
      let condition = rules.condition(entry.value, of: "tier \"\(entry.key)\"")
      if let takers = condition?.takers(among: tiers.map(\.condition)) {
        rules.warn(
          .shadowed(entry.key, by: takers.map { tiers[$0].name }), atKeyOf: entry, .tierShadowed)
      }
      tiers.append(Tier(name: entry.key, condition: condition ?? .never))
    }
    return tiers
  }
}

extension Condition {
  /// Stands for a condition that could not be read, so that it covers no other.
  fileprivate static let never = Condition(none: [.anything])
}

extension String {
  fileprivate static let noTiers =
    "\"tiers\" names no tier; a single tier for all tickets is written {Any: {}}"

  fileprivate static func tierName(_ name: String) -> String {
    "\"\(name)\" cannot be the name of a tier (\"all\" means the total); choose another"
  }

  fileprivate static func shadowed(_ tier: String, by others: [String]) -> String {
    let names = others.map { "\"\($0)\"" }
    guard names.count > 1 else {
      return """
        tier "\(tier)" can never match, because \(names[0]) before it takes the same tickets; \
        put it first, or remove it
        """
    }
    return """
      tier "\(tier)" can never match, because \(names.dropLast().joined(separator: ", ")) and \
      \(names[names.count - 1]) before it together take all its tickets; put it first, or remove it
      """
  }
}
