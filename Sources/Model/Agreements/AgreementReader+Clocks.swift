import LocatedYAML
import Messages
import Tickets

extension AgreementParser {
  private static let clockKeys = [
    "start", "stop", "repeat", "pause", "cancel", "reopen", "on-tier-change", "at-end",
  ]

  /// The instants that the built-in mappings give.
  private static let usualMoments =
    [
      "opened", "responded", "resolved", "closed", "updated", "due",
    ] + RepeatedMoments.names

  func clocks() -> [Clock] {
    guard let node = fields["clocks"] else {
      if fields["obligations"] == nil { reader.require("clocks", in: fields) }
      return []
    }
    guard let entries = reader.entries(node, of: "\"clocks\"")
    else { return [] }
    if entries.isEmpty { reader.report(.noClocks, at: node) }
    return entries.compactMap(clock)
  }

  private func clock(_ entry: YAMLEntry) -> Clock? {
    let what = "clock \"\(entry.key)\""
    guard
      let fields = reader.fields(
        entry.value, of: what, allowed: Self.clockKeys, required: ["start", "stop"])
    else { return Clock(name: entry.key, start: [], stop: []) }
    let start = fields["start"].map { signals($0, of: "\"start\" of \(what)") } ?? []
    let stop = fields["stop"].map { signals($0, of: "\"stop\" of \(what)") } ?? []
    if let node = fields["stop"] {
      for signal in stop where start.contains(signal) {
        reader.report(.stopsAtStart(what, signal), at: node)
      }
    }
    var clock = Clock(name: entry.key, start: start, stop: stop)
    clock.pauses = fields["pause"].map { pauses($0, of: what) } ?? []
    clock.cancel = fields["cancel"].flatMap { node in
      narrow(node, of: "\"cancel\" of \(what)")
    }
    if let node = fields["reopen"] {
      clock.reopen = reopening(node, of: what) ?? clock.reopen
    }
    clock.repeats = repetition(fields, of: clock, what: what)
    if let node = fields["on-tier-change"] {
      clock.onTierChange = tierChange(node) ?? clock.onTierChange
    }
    if let node = fields["at-end"] {
      clock.stopsAtEnd = node.scalar == "stop"
      if !clock.stopsAtEnd { reader.report(.atEnd(node.description), at: node) }
    }
    checkStarts(clock, at: fields["start"], what: what)
    checkStops(clock, at: fields["stop"], what: what)
    return clock
  }

  /// `resolved`, `{status: [Resolved]}`, or a list of such.
  private func signals(_ node: YAMLNode, of what: String) -> [Signal] {
    let items = reader.itemOrItems(node)
    if items.isEmpty { reader.report(.noSignal(what), at: node) }
    return items.compactMap { item in
      if item.mapping != nil { return narrow(item, of: what).map { .condition($0) } }
      let expected = "an instant such as resolved, or a condition such as {status: Resolved}"
      guard let name = reader.text(item, of: what, expected: expected) else { return nil }
      // A mapping may name instants of its own, so only what looks like a typo is worth a word.
      if !Self.usualMoments.contains(name),
        let near = NearestName.of(name, among: Self.usualMoments), near.first == name.first
      {
        rules.warn(.unusualMoment(name, of: what, near: near), at: item)
      }
      return .moment(name)
    }
  }

  private func pauses(_ node: YAMLNode, of clock: String) -> [Clock.Pause] {
    let what = "a pause of \(clock)"
    return reader.itemOrItems(node).compactMap { item in
      guard item.mapping != nil else {
        reader.report(.notAPause(item.description, of: clock), at: item)
        return nil
      }
      let party = item["party"].flatMap { reader.text($0, of: "\"party\"") }
      if item["party"] == nil { reader.report(.noParty(clock), at: item) }
      guard let condition = narrow(item, of: what, ignoring: ["party"]) else { return nil }
      return party.map { Clock.Pause(condition: condition, party: $0) }
    }
  }

  /// A condition that does not hold for every ticket.
  private func narrow(
    _ node: YAMLNode, of what: String, ignoring: [String] = []
  ) -> Condition? {
    guard let condition = rules.condition(node, of: what, ignoring: ignoring) else { return nil }
    if condition.isAnything {
      reader.report(.alwaysHolds(what), at: node)
      return nil
    }
    return condition
  }

  /// Reports a stop whose conditions exclude what they ask for.
  private func checkStops(_ clock: Clock, at node: YAMLNode?, what: String) {
    guard let node, !clock.stop.isEmpty else { return }
    let conditions = clock.stop.compactMap { signal in
      if case .condition(let condition) = signal { condition } else { nil }
    }
    guard conditions.count == clock.stop.count, !clock.stopsAtEnd else { return }
    let impossible = conditions.allSatisfy { condition in
      condition.none.contains { $0.covers(Condition(tests: condition.tests)) }
    }
    if impossible { reader.report(.neverStops(what), at: node) }
  }
}

extension String {
  fileprivate static let noClocks =
    "\"clocks\" names no clock; write one such as resolution: {start: opened, stop: resolved}"

  fileprivate static func stopsAtStart(_ clock: String, _ signal: Signal) -> String {
    let name = if case .moment(let moment) = signal { "\"\(moment)\"" } else { "one condition" }
    return "\(clock) starts and stops at \(name), so that it would never run; change one of them"
  }

  fileprivate static func unusualMoment(
    _ name: String, of what: String, near: String
  ) -> String {
    "\(what) is \"\(name)\"; did you mean \"\(near)\"?"
  }

  fileprivate static func noSignal(_ what: String) -> String {
    "\(what) lists nothing; name an instant such as resolved, or a condition"
  }

  fileprivate static func notAPause(_ found: String, of clock: String) -> String {
    """
    a pause of \(clock) is \(found), but must be a condition with its party, such as \
    {status: [Awaiting User Info], party: customer}
    """
  }

  fileprivate static func noParty(_ clock: String) -> String {
    """
    a pause of \(clock) has no "party"; name who causes it, such as customer, supplier or provider
    """
  }

  fileprivate static func alwaysHolds(_ what: String) -> String {
    "\(what) holds for every ticket at all times; name at least one field"
  }

  fileprivate static func atEnd(_ found: String) -> String {
    "\"at-end\" is \(found), but must be stop; without it a ticket that ends is unmeasurable"
  }

  fileprivate static func neverStops(_ clock: String) -> String {
    "\(clock) can never stop, because \"not\" excludes all that its stop names; change one of them"
  }
}
