import LocatedYAML
import ServiceTime

extension AgreementParser {
  private static let targetKeys = [
    "clock", "group", "objective", "within", "due", "calendar", "rebase",
  ]

  /// One target a clock, in the order of the clocks.
  func targets(clocks: [Clock], tiers: [Tier]) -> [Target] {
    var targets: [String: Target] = [:]
    let items = fields["targets"].flatMap { reader.items($0, of: "\"targets\"") } ?? []
    for item in items {
      guard let fields = reader.fields(item, of: "a target", allowed: Self.targetKeys),
        let names = clocksOfTarget(fields, clocks: clocks.map(\.name), others: items)
      else { continue }
      for clock in names {
        if targets[clock] != nil { reader.report(.twice(clock), at: fields["clock"] ?? item) }
        targets[clock] = TargetParser(agreement: self, fields: fields, clock: clock, tiers: tiers)
          .target()
        targets[clock]?.rebases = rebases(fields["rebase"])
      }
    }
    checkDefaultCalendar(clocks: clocks, targeted: targets)
    return clocks.map { targets[$0.name] ?? unpromised($0, tiers: tiers) }
  }

  /// The target of a clock that is measured, but for which nothing is promised.
  private func unpromised(_ clock: Clock, tiers: [Tier]) -> Target {
    let target = Target.TierTarget(
      objective: nil, within: nil, calendar: calendar ?? .always(zone: zone))
    return Target(clock: clock.name, tiers: tiers.map { _ in target })
  }

  private func checkDefaultCalendar(clocks: [Clock], targeted: [String: Target]) {
    guard fields["calendar"] == nil, clocks.contains(where: { targeted[$0.name] == nil }) else {
      return
    }
    reader.report(.noCalendar, at: fields.node)
  }
}

/// Reads one entry of `targets`.
private struct TargetParser {
  let agreement: AgreementParser
  let fields: YAMLFields
  let clock: String
  let tiers: [Tier]

  private var reader: YAMLReader { agreement.reader }

  /// A value for some or all tiers; the place is where it was written.
  private struct ByTier {
    var total: YAMLNode?
    var tiers: [YAMLNode?]
    /// Whether one value stands for all tiers.
    var isCommon = false
  }

  func target() -> Target {
    let objectives = byTier("objective", hasTotal: true)
    let withins = byTier("within")
    let dues = byTier("due", isOne: { $0["field"] != nil })
    let calendars = byTier("calendar")
    let total = objectives.total.flatMap { objective($0, for: "all") }
    let objectiveOf = each(objectives) { objective($0, for: $1) }
    let withinOf = each(withins) { allowance($0, for: $1) }
    let dueOf = each(dues) { due($0, for: $1) }
    let calendarOf = each(calendars) { node, tier in
      agreement.shelf.calendar(node, of: "\"calendar\" of \(what(tier))")
    }
    if agreement.fields["calendar"] == nil,
      calendars.tiers.contains(where: { $0 == nil }) || tiers.isEmpty
    {
      reader.report(.noCalendar(for: clock), at: fields.node)
    }
    let targets = tiers.indices.map { index in
      Target.TierTarget(
        objective: objectiveOf[index], within: withinOf[index], dueField: dueOf[index]?.field,
        dueRule: dueOf[index]?.rule,
        calendar: calendarOf[index] ?? agreement.calendar ?? .always(zone: agreement.zone))
    }
    checkOneLimit(withins, dues)
    checkObjectives(objectives, targets)
    checkCalendarDays(withins, targets)
    return Target(clock: clock, tiers: targets, totalObjective: total)
  }

  /// How a message names a value that stands for one tier or, with `nil`, for all.
  private func what(_ tier: String?) -> String {
    "target \"\(clock)\"" + (tier.map { ", tier \"\($0)\"" } ?? "")
  }

  /// The values of a key, tier by tier.
  ///
  /// - Parameters:
  ///   - hasTotal: Whether a map may also name `all`.
  ///   - isOne: Whether a map is itself one value for all tiers.
  private func byTier(
    _ key: String, hasTotal: Bool = false, isOne: (YAMLNode) -> Bool = { _ in false }
  ) -> ByTier {
    guard let node = fields[key] else { return ByTier(tiers: tiers.map { _ in nil }) }
    guard let entries = node.mapping, !isOne(node) else {
      return ByTier(tiers: tiers.map { _ in node }, isCommon: true)
    }
    let names = tiers.map(\.name)
    for entry in entries where !names.contains(entry.key) && !(hasTotal && entry.key == "all") {
      reader.report(
        """
        "\(key)" of target "\(clock)" names tier "\(entry.key)", which is not under "tiers"; \
        \(reader.hint(for: entry.key, among: names + (hasTotal ? ["all"] : [])))
        """, atKeyOf: entry)
    }
    return ByTier(total: hasTotal ? node["all"] : nil, tiers: names.map { node[$0] })
  }

  /// Reads the value of each tier; one that stands for all is read once.
  private func each<Value>(
    _ values: ByTier, read: (YAMLNode, _ tier: String?) -> Value?
  ) -> [Value?] {
    if values.isCommon, let node = values.tiers.first ?? nil {
      let value = read(node, nil)
      return tiers.map { _ in value }
    }
    return zip(values.tiers, tiers).map { node, tier in node.flatMap { read($0, tier.name) } }
  }

  private func objective(_ node: YAMLNode, for tier: String?) -> Objective? {
    let label = "\"objective\" of \(what(tier))"
    guard let text = reader.text(node, of: label, expected: "a percentage like 95%") else {
      return nil
    }
    do throws(Objective.TextError) {
      return try Objective(text: text)
    } catch {
      reader.report("\(label): \(error)", at: node)
      return nil
    }
  }

  private func allowance(_ node: YAMLNode, for tier: String?) -> Allowance? {
    let label = "\"within\" of \(what(tier))"
    let expected = "a duration like 30m, 4h or 3 business days"
    guard let text = reader.text(node, of: label, expected: expected) else { return nil }
    do throws(DurationTextError) {
      let allowance = try DurationText.allowance(text)
      switch allowance {
      case .work(seconds: 0), .businessDays(0), .calendarDays(0):
        reader.report("\(label): \"\(text)\" is no time at all", at: node)
      case .work, .businessDays, .calendarDays: break
      }
      return allowance
    } catch {
      reader.report("\(label): \(error)", at: node)
      return nil
    }
  }

  /// `{field: due}`, or a rule.
  private func due(
    _ node: YAMLNode, for tier: String?
  ) -> (field: String?, rule: DueRule?)? {
    let label = "\"due\" of \(what(tier))"
    if node.mapping != nil {
      let inner = reader.fields(node, of: label, allowed: ["field"], required: ["field"])
      return inner?["field"].flatMap { reader.text($0, of: "\"field\"") }.map { ($0, nil) }
    }
    guard let text = reader.text(node, of: label, expected: .dueForms) else { return nil }
    if let rule = DueRule(text) { return (nil, rule) }
    reader.report("\(label) is \"\(text)\", but must be \(String.dueForms)", at: node)
    return nil
  }

  private func checkOneLimit(_ withins: ByTier, _ dues: ByTier) {
    for index in tiers.indices {
      guard withins.tiers[index] != nil, let due = dues.tiers[index] else { continue }
      let isCommon = withins.isCommon && dues.isCommon
      reader.report(.withinAndDue(what(isCommon ? nil : tiers[index].name)), at: due)
      if isCommon { return }
    }
  }

  private func checkObjectives(_ objectives: ByTier, _ targets: [Target.TierTarget]) {
    guard !objectives.isCommon else { return }
    for index in tiers.indices {
      let target = targets[index]
      guard let node = objectives.tiers[index], fields["within"] != nil || fields["due"] != nil,
        target.within == nil, target.dueField == nil, target.dueRule == nil,
        !agreement.rules.hasErrors
      else { continue }
      agreement.rules.warn(.objectiveWithoutLimit(what(tiers[index].name)), at: node)
    }
  }

  private func checkCalendarDays(_ withins: ByTier, _ targets: [Target.TierTarget]) {
    for index in tiers.indices {
      let name = targets[index].calendar.name
      guard case .calendarDays(let count)? = targets[index].within, name != "always",
        let within = withins.tiers[index]
      else { continue }
      reader.report(.calendarDays(count, of: what(tiers[index].name), calendar: name), at: within)
    }
  }
}

extension String {
  fileprivate static let dueForms =
    "{field: due}, \"3rd business day same time\" or \"next business day 16:00\""

  fileprivate static let noCalendar =
    "the agreement has no \"calendar\"; name one, such as always or office-hours"

  fileprivate static func noCalendar(for clock: String) -> String {
    """
    target "\(clock)" has no "calendar" for every tier, and the agreement names none; \
    name one, such as always or office-hours
    """
  }

  fileprivate static func twice(_ clock: String) -> String {
    "clock \"\(clock)\" has two targets; write one, with a map of tiers where they differ"
  }

  fileprivate static func withinAndDue(_ what: String) -> String {
    "\(what) has both \"within\" and \"due\"; keep one of the two"
  }

  fileprivate static func objectiveWithoutLimit(_ what: String) -> String {
    """
    \(what) has an objective, but neither "within" nor "due": it is measured, not judged; \
    add one, or leave the objective out
    """
  }

  fileprivate static func calendarDays(_ count: Int, of what: String, calendar: String) -> String {
    """
    "within" of \(what): calendar days are 24 hours each and need calendar always, not \
    "\(calendar)"; set {calendar: always}, or write \(count) business days
    """
  }
}
