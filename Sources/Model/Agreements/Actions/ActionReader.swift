import LocatedYAML
package import Messages
import ServiceTime

/// Reading of `actions.yml`, the actions that are carried from review to review.
package enum ActionReader {
  static let keys = [
    "title", "owner", "agreement", "customer", "agreed", "due", "done", "note",
  ]

  /// Reads the actions of a folder, in the order of the file.
  package static func read(
    _ bytes: [UInt8], file: String, sources: RuleSources
  ) -> (actions: [AgreedAction], findings: [Finding]) {
    let rules = RuleFile(name: file, sources: sources)
    let actions = entries(bytes, in: rules)
    return (actions, rules.findings)
  }

  private static func entries(_ bytes: [UInt8], in rules: RuleFile) -> [AgreedAction] {
    guard let root = rules.parse(bytes),
      let fields = rules.reader.fields(
        root, of: "the list of actions", allowed: ["version", "actions"], required: ["actions"])
    else { return [] }
    rules.checkVersion(fields)
    let items = fields["actions"].flatMap { rules.reader.items($0, of: "\"actions\"") } ?? []
    return items.compactMap { action($0, in: rules) }
  }

  private static func action(_ node: YAMLNode, in rules: RuleFile) -> AgreedAction? {
    let reader = rules.reader
    guard
      let fields = reader.fields(
        node, of: "an action", allowed: keys, required: ["title", "owner"])
    else { return nil }
    func text(_ key: String) -> String? {
      fields[key].flatMap { reader.text($0, of: "\"\(key)\" of an action") }
    }
    func date(_ key: String) -> CivilDate? {
      fields[key].flatMap { rules.date($0, of: "\"\(key)\" of an action") }
    }
    guard let title = text("title"), let owner = text("owner") else { return nil }
    let action = AgreedAction(
      title: title, owner: owner, agreement: text("agreement"), customer: text("customer"),
      agreed: date("agreed"), due: date("due"), done: date("done"), note: text("note") ?? "")
    if let agreed = action.agreed {
      for (key, day) in [("due", action.due), ("done", action.done)] {
        guard let day, day < agreed, let place = fields[key] else { continue }
        reader.report(.early(key, day, agreed), at: place)
      }
    }
    return action
  }
}

extension String {
  fileprivate static func early(_ key: String, _ day: CivilDate, _ agreed: CivilDate) -> String {
    "\"\(key)\" of an action is \(day.iso), before it was agreed on \(agreed.iso); correct one"
  }
}
