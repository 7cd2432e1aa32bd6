import LocatedYAML
import ServiceTime
package import Tickets

extension AgreementParser {
  /// The keys of an obligation; ``ObligationParser/keys(of:)`` says which of them a kind takes.
  static let obligationKeys = [
    "name", "title", "kind", "by", "to", "rows", "when", "shared", "since", "objective", "at-most",
    "at-least", "pro-rata", "within", "due", "for", "complete", "accepted", "calendar",
    "maintenance", "planned", "weight", "label",
  ]
  static let obligationRowKeys = ["source", "when", "at"]

  /// `obligations:`, in the order of the file.
  func obligations(_ node: YAMLNode?) -> [Obligation] {
    guard let node, let items = reader.items(node, of: "\"obligations\"") else { return [] }
    var names: Set<String> = []
    return items.compactMap { item in
      guard
        let fields = reader.fields(
          item, of: "an obligation", allowed: Self.obligationKeys,
          required: ["name", "kind", "by", "to", "rows"])
      else { return nil }
      let obligation = ObligationParser(agreement: self, fields: fields).obligation()
      if let obligation, !names.insert(obligation.name).inserted {
        reader.report(.twice(obligation.name), at: fields["name"] ?? item)
      }
      return obligation
    }
  }
}

/// Reads one entry of `obligations`.
struct ObligationParser {
  let agreement: AgreementParser
  let fields: YAMLFields

  var reader: YAMLReader { agreement.reader }

  /// What messages call it.
  var what: String { "obligation \"\(fields["name"]?.scalar ?? "")\"" }

  /// The keys that a kind takes beside those of all kinds, and which of them it needs.
  static func keys(of kind: Obligation.Kind) -> (own: [String], needed: [String]) {
    switch kind {
    case .availability:
      (["objective", "calendar", "maintenance", "planned", "weight", "label"], ["objective"])
    case .volume: (["at-least", "pro-rata"], ["at-least"])
    case .ratio: (["objective", "at-most"], ["when"])
    case .deliverable: (["objective", "calendar", "due", "for", "complete", "accepted"], ["due"])
    case .responseTo: (["objective", "calendar", "within"], ["within", "objective"])
    }
  }

  private static let commonKeys = [
    "name", "title", "kind", "by", "to", "rows", "when", "shared", "since",
  ]

  func obligation() -> Obligation? {
    let name = text("name")
    let by = text("by")
    let to = text("to")
    let rows = fields["rows"].flatMap { self.rows($0, of: "\"rows\" of \(what)") }
    guard
      let kind = fields["kind"].flatMap({
        reader.choice($0, of: "\"kind\" of \(what)", as: Obligation.Kind.self)
      })
    else { return nil }
    checkKeys(of: kind)
    let when = condition("when")
    let terms = terms(of: kind, when: when)
    guard let name, let by, let to, var rows, let terms else { return nil }
    switch kind {
    case .availability, .deliverable, .responseTo:
      if let when { rows.condition = rows.condition.and(when) }
    case .volume, .ratio: break
    }
    var obligation = Obligation(
      name: name, title: text("title") ?? name, by: by, to: to, rows: rows, terms: terms)
    obligation.isShared =
      fields["shared"].flatMap { reader.flag($0, of: "\"shared\" of \(what)") } ?? false
    obligation.since = fields["since"].flatMap {
      agreement.rules.date($0, of: "\"since\" of \(what)")
    }
    obligation.objective = share("objective") ?? share("at-most")
    // What is due is owed in full, unless the agreement says otherwise.
    if kind == .deliverable, fields["objective"] == nil {
      obligation.objective = Objective(millionthsOfPercent: 100 * Objective.decimals)
    }
    return obligation
  }

  private func checkKeys(of kind: Obligation.Kind) {
    let (own, needed) = Self.keys(of: kind)
    for entry in fields.entries
    where AgreementParser.obligationKeys.contains(entry.key)
      && !(Self.commonKeys + own).contains(entry.key)
    {
      reader.report(.foreignKey(entry.key, kind, own: own), atKeyOf: entry)
    }
    for key in needed where fields[key] == nil {
      reader.report(.needs(what, kind, key), at: fields.node)
    }
    if kind == .ratio, (fields["objective"] == nil) == (fields["at-most"] == nil) {
      reader.report(.oneBound(what), at: fields.node)
    }
  }

  private func terms(of kind: Obligation.Kind, when: Condition?) -> Obligation.Terms? {
    switch kind {
    case .availability: availability().map { .availability($0) }
    case .volume: volume(quality: when ?? .anything).map { .volume($0) }
    case .ratio: .ratio(.init(part: when ?? .anything, isAtMost: fields["at-most"] != nil))
    case .deliverable: deliverable().map { .deliverable($0) }
    case .responseTo: response().map { .responseTo($0) }
    }
  }

  private func availability() -> Obligation.Availability? {
    guard let calendar = calendar() else { return nil }
    var terms = Obligation.Availability(calendar: calendar)
    terms.maintenance = fields["maintenance"].flatMap { rows($0, of: "\"maintenance\" of \(what)") }
    terms.planned = condition("planned")
    (terms.weightField, terms.labelField) = (text("weight"), text("label"))
    return terms
  }

  private func deliverable() -> Obligation.Deliverable? {
    guard let calendar = calendar(), let node = fields["due"],
      let text = reader.text(node, of: "\"due\" of \(what)", expected: .dayForm)
    else { return nil }
    // Without a time, the day is in time to its last second.
    let rule = DueRule(text) ?? DueRule(text + " 23:59")
    guard case .businessDay(let days, let second)? = rule else {
      reader.report("\"due\" of \(what) is \"\(text)\", but must be \(String.dayForm)", at: node)
      return nil
    }
    var terms = Obligation.Deliverable(
      calendar: calendar, businessDays: days,
      secondOfDay: DueRule(text) == nil ? 86_399 : second)
    (terms.monthField, terms.complete) = (self.text("for"), condition("complete"))
    terms.accepted = condition("accepted")
    return terms
  }

  private func response() -> Obligation.Response? {
    guard let calendar = calendar(), let node = fields["within"] else { return nil }
    let label = "\"within\" of \(what)"
    guard let text = reader.text(node, of: label, expected: "a duration like 4h") else {
      return nil
    }
    do throws(DurationTextError) {
      let within = try DurationText.allowance(text)
      if case .calendarDays = within, calendar.name != "always" {
        reader.report("\(label): calendar days need calendar always", at: node)
      }
      return Obligation.Response(calendar: calendar, within: within)
    } catch {
      reader.report("\(label): \(error)", at: node)
      return nil
    }
  }

  /// Its own calendar, or the agreement's.
  private func calendar() -> CalendarDefinition? {
    if let node = fields["calendar"] {
      return agreement.shelf.calendar(node, of: "\"calendar\" of \(what)")
    }
    if agreement.calendar == nil, agreement.fields["calendar"] == nil {
      reader.report(.noCalendar(what), at: fields.node)
    }
    return agreement.calendar
  }

  /// `outages`, or `{source: outages, when: {service: shop}}`.
  func rows(_ node: YAMLNode, of label: String) -> Obligation.Rows? {
    guard node.mapping != nil else {
      let expected = "the source of an import, or {source: NAME, when: {FIELD: VALUE}}"
      return reader.text(node, of: label, expected: expected).map { .init(source: $0) }
    }
    guard
      let inner = reader.fields(
        node, of: label, allowed: AgreementParser.obligationRowKeys, required: ["source"]),
      let source = inner["source"].flatMap({ reader.text($0, of: "\"source\" of \(label)") })
    else { return nil }
    var rows = Obligation.Rows(source: source)
    if let when = inner["when"].flatMap({
      agreement.rules.condition($0, of: "\"when\" of \(label)")
    }) {
      rows.condition = when
    }
    if let at = inner["at"].flatMap({ reader.text($0, of: "\"at\" of \(label)") }) {
      rows.moment = at
    }
    return rows
  }

  private func share(_ key: String) -> Objective? {
    guard let node = fields[key],
      let text = reader.text(node, of: "\"\(key)\" of \(what)", expected: "a percentage like 95%")
    else { return nil }
    do throws(Objective.TextError) {
      return try Objective(text: text)
    } catch {
      reader.report("\"\(key)\" of \(what): \(error)", at: node)
      return nil
    }
  }

  private func condition(_ key: String) -> Condition? {
    fields[key].flatMap { agreement.rules.condition($0, of: "\"\(key)\" of \(what)") }
  }

  private func text(_ key: String) -> String? {
    fields[key].flatMap { reader.text($0, of: "\"\(key)\" of an obligation") }
  }
}

extension Condition {
  /// Holds where both do.
  package func and(_ other: Condition) -> Condition {
    Condition(tests: tests + other.tests, none: none + other.none)
  }
}

extension String {
  fileprivate static let dayForm = "\"5th business day\" or \"5th business day 12:00\""

  fileprivate static func twice(_ name: String) -> String {
    "there are two obligations \"\(name)\"; give each its own name"
  }

  fileprivate static func foreignKey(
    _ key: String, _ kind: Obligation.Kind, own: [String]
  ) -> String {
    """
    "\(key)" says nothing about an obligation of kind \(kind.rawValue), which takes \
    \(own.joined(separator: ", ")); remove it
    """
  }

  fileprivate static func needs(
    _ what: String, _ kind: Obligation.Kind, _ key: String
  ) -> String {
    "\(what) is of kind \(kind.rawValue), which needs \"\(key)\"; add it"
  }

  fileprivate static func oneBound(_ what: String) -> String {
    "\(what) needs one of \"objective\" (at least) and \"at-most\"; write exactly one of the two"
  }

  fileprivate static func noCalendar(_ what: String) -> String {
    """
    \(what) has no "calendar", and the agreement names none; name one, such as always or \
    office-hours
    """
  }
}
