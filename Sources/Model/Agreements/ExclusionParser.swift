import LocatedYAML
import Messages
import ServiceTime
import Tickets

/// Reads the entries of a register of exclusions; where something is wrong it reports that, and
/// reads on.
struct ExclusionParser {
  static let keys = [
    "tickets", "source", "from", "to", "when", "clocks", "reason", "approver", "approved",
  ]

  let rules: RuleFile
  /// The clocks that the agreement has; `nil` if the register is looked at by itself.
  let clocks: [String]?

  private var reader: YAMLReader { rules.reader }

  /// One entry; `nil`, reported, if it is wrong.
  func entry(_ node: YAMLNode) -> Exclusion? {
    let problems = reader.problems.count
    guard
      let fields = reader.fields(
        node, of: "an exclusion", allowed: Self.keys, required: ["reason"])
    else { return nil }
    let subject = subject(fields)
    let clocks = fields["clocks"].map(clockNames) ?? []
    let reason = fields["reason"].flatMap { reader.text($0, of: "\"reason\"", expected: "a text") }
    let approver = fields["approver"].flatMap {
      reader.text($0, of: "\"approver\"", expected: "a name")
    }
    let approved = fields["approved"].flatMap { instant($0, of: "\"approved\"") }
    if let node = fields["approved"], fields["approver"] == nil {
      reader.report(.noApprover, at: node)
    }
    guard reader.problems.count == problems, let subject, let reason else { return nil }
    return Exclusion(
      subject, clocks: clocks, reason: reason, approver: approver ?? "", approved: approved,
      place: Place(file: rules.name, line: node.line, column: node.column))
  }

  private func subject(_ fields: YAMLFields) -> Exclusion.Subject? {
    let hasInterval = fields["from"] != nil || fields["to"] != nil
    if let node = fields["tickets"] {
      if hasInterval { reader.report(.ticketsAndInterval, at: node) }
      if let node = fields["when"] { reader.report(.whenOfTickets, at: node) }
      let ids = reader.texts(node, of: "\"tickets\"")
      if node.sequence?.isEmpty ?? false { reader.report(.noTickets, at: node) }
      let source = fields["source"].flatMap {
        reader.text($0, of: "\"source\"", expected: "the name of a source")
      }
      return .tickets(ids, source: source)
    }
    guard hasInterval else {
      reader.report(.noSubject, at: fields.node)
      return nil
    }
    if let node = fields["source"] { reader.report(.sourceOfInterval, at: node) }
    for key in ["from", "to"] { reader.require(key, in: fields) }
    let from = fields["from"].flatMap { instant($0, of: "\"from\"") }
    let to = fields["to"].flatMap { instant($0, of: "\"to\"") }
    let condition = fields["when"].map { rules.condition($0, of: "\"when\"") } ?? .anything
    guard let from, let to, let condition else { return nil }
    if let node = fields["to"], to <= from {
      reader.report(.endsBeforeItBegins(from: from, to: to), at: node)
    }
    return .interval(from: from, to: to, when: condition)
  }

  private func clockNames(_ node: YAMLNode) -> [String] {
    if node.sequence?.isEmpty ?? false { reader.report(.noClock, at: node) }
    return reader.itemOrItems(node).compactMap { item in
      guard let name = reader.text(item, of: "\"clocks\"", expected: "the name of a clock") else {
        return nil
      }
      if let clocks, !clocks.contains(name) {
        reader.report(
          "there is no clock \"\(name)\"; \(reader.hint(for: name, among: clocks))", at: item)
      }
      return name
    }
  }

  private func instant(_ node: YAMLNode, of what: String) -> Instant? {
    let expected = "an instant with its offset, such as 2026-10-12T08:00:00+01:00"
    guard let text = reader.text(node, of: what, expected: expected) else { return nil }
    guard let instant = Instant(iso: text) else {
      reader.report("\(what) is \"\(text)\", but must be \(expected)", at: node)
      return nil
    }
    guard instant >= .earliest, instant <= .latestAllowed else {
      reader.report("\(what) is \"\(text)\", which is not within 1970 to 2100", at: node)
      return nil
    }
    return instant
  }
}

extension String {
  fileprivate static let noSubject = """
    an exclusion names neither "tickets" nor "from" and "to"; say what it takes out
    """
  fileprivate static let ticketsAndInterval = """
    an exclusion names both "tickets" and "from" or "to"; write two: one takes promises out, the \
    other takes time out of the clocks
    """
  fileprivate static let whenOfTickets =
    "\"when\" limits an interval, but this exclusion names tickets; leave it out"
  fileprivate static let sourceOfInterval = """
    "source" tells where tickets are from, but this exclusion is of an interval; write \
    when: {source: NAME}
    """
  fileprivate static let noTickets = "\"tickets\" lists nothing; name at least one"
  fileprivate static let noClock =
    "\"clocks\" lists nothing; name at least one, or leave it out for all"
  fileprivate static let noApprover = """
    "approved" tells when, but nothing tells who; add "approver", or leave "approved" out until \
    it is approved
    """

  fileprivate static func endsBeforeItBegins(from: Instant, to: Instant) -> String {
    """
    the exclusion ends before it begins: from \(from.iso) to \(to.iso); "to" is the first \
    instant that counts again
    """
  }
}
