import LocatedYAML
import ServiceTime

extension AgreementParser {
  /// `new-cycle`, or `{rule: new-cycle, grace: 8h, count: first}`.
  func reopening(_ node: YAMLNode, of clock: String) -> Reopening? {
    let label = "\"reopen\""
    guard node.mapping != nil else {
      return reader.choice(node, of: label).map { Reopening($0) }
    }
    guard
      let fields = reader.fields(
        node, of: label, allowed: ["rule", "grace", "count"], required: ["rule"]),
      let rule = fields["rule"],
      reader.choice(rule, of: "\"rule\" of \(label)", as: CycleRule.self) != nil
    else { return nil }
    var reopening = Reopening.newCycle
    reopening.grace = fields["grace"].flatMap { grace($0, of: clock) }
    if let node = fields["count"] {
      reopening.counted = reader.choice(node, of: "\"count\" of \(label)") ?? .all
    }
    return reopening
  }

  private func grace(_ node: YAMLNode, of clock: String) -> Allowance? {
    let label = "\"grace\" of \(clock)"
    let expected = "a duration like 30m, 8h or 3 business days"
    guard let text = reader.text(node, of: label, expected: expected) else { return nil }
    do throws(DurationTextError) {
      return try DurationText.allowance(text)
    } catch {
      reader.report("\(label): \(error)", at: node)
      return nil
    }
  }

  /// `carry`, or `{upgrade: carry, downgrade: first}`.
  func tierChange(_ node: YAMLNode) -> TierChange? {
    let label = "\"on-tier-change\""
    guard node.mapping != nil else {
      return reader.choice(node, of: label).map { TierChange(upgrade: $0, downgrade: $0) }
    }
    let directions = ["upgrade", "downgrade"]
    guard
      let fields = reader.fields(node, of: label, allowed: directions, required: directions)
    else { return nil }
    func rule(_ direction: String) -> TierChange.Rule? {
      fields[direction].flatMap { reader.choice($0, of: "\"\(direction)\" of \(label)") }
    }
    guard let upgrade = rule("upgrade"), let downgrade = rule("downgrade") else { return nil }
    return TierChange(upgrade: upgrade, downgrade: downgrade)
  }
}

/// The rules that have keys beside them.
private enum CycleRule: String, CaseIterable { case newCycle = "new-cycle" }
