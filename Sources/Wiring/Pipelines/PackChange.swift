import Results

/// Why a pack is made, as the log and `run.json` say it.
struct PackChange {
  /// The manifest that the pack would get.
  let new: Manifest
  /// Inputs with their names, as far as they are known.
  let inputs: [InputRecord]

  private static let none = "unchanged: same rows, rules, tzdata and tool"
  private static let noneOfItsRows = "unchanged: none of its rows changed"

  /// At most this many names are listed.
  private static let listed = 3

  /// Why the pack in a folder is left as it is.
  func reasonToLeave(_ folder: String) -> String {
    Manifest.read(in: folder)?.inputs == new.inputs ? Self.none : Self.noneOfItsRows
  }

  /// What differs from the pack in a folder; `nil` if that is what would be written.
  ///
  /// All but the as-of instant of its figures may not differ: see docs/DECISIONS.md, "Packs that
  /// are left as they are".
  func reason(in folder: String) -> String? {
    guard let old = Manifest.read(in: folder), old.format == new.format else { return "new" }
    let differences = differences(from: old)
    guard differences.isEmpty else { return differences.joined(separator: "; ") }
    return old.differences(in: folder).first.map { "\($0.file): \($0.problem)" }
  }

  private func differences(from old: Manifest) -> [String] {
    var lines: [String] = []
    if old.agreement != new.agreement || old.customer != new.customer || old.period != new.period {
      lines.append("it was the pack of \(old.agreement), \(old.customer), \(old.period)")
    }
    // A workspace holds rows of all clients: only what is in this pack counts.
    let isStored = old.knownAt != nil && new.knownAt != nil
    let inputChange = inputChange(from: old)
    lines += [isStored ? nil : inputChange, ruleChange(from: old)].compactMap { $0 }
    if old.tzdata != new.tzdata { lines.append("tzdata was \(old.tzdata)") }
    if old.tool != new.tool { lines.append("the tool was \(old.tool)") }
    if old.formats != new.formats {
      let formats = old.formats.map { $0.joined(separator: ", ") } ?? "not recorded"
      lines.append("the formats were \(formats)")
    }
    if lines.isEmpty && old.content != new.content {
      let passing =
        old.asOf == new.asOf
        ? "the figures were others, as settings of the pipeline changed"
        : "the period is not over, and the figures were those of \(old.asOf)"
      lines.append(inputChange ?? passing)
    }
    return lines
  }

  private func inputChange(from old: Manifest) -> String? {
    guard old.inputs != new.inputs else { return nil }
    let before = Set(old.inputs)
    let changed = inputs.filter { !before.contains($0.sha256) }
    guard !changed.isEmpty else { return "\(Self.count(old.inputs, "input")) before" }
    let names = Self.list(changed.compactMap(\.name))
    return "\(Self.count(changed, "input")) changed" + (names.isEmpty ? "" : ": \(names)")
  }

  private func ruleChange(from old: Manifest) -> String? {
    guard old.rules != new.rules else { return nil }
    let before = Set(old.rules)
    let changed = new.rules.filter { !before.contains($0) }
    guard !changed.isEmpty else { return "\(Self.count(old.rules, "rule file")) before" }
    return "\(Self.count(changed, "rule file")) changed: \(Self.list(changed.map(\.name)))"
  }

  private static func count(_ items: [some Any], _ noun: String) -> String {
    "\(items.count) \(noun)\(items.count == 1 ? "" : "s")"
  }

  private static func list(_ names: [String]) -> String {
    let more = names.count - listed
    return names.prefix(listed).joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
