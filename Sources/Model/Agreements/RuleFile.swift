import LocatedYAML
import Messages
import ServiceTime

/// One rule file that is being read: its name, its loaders, and what is wrong with it so far.
final class RuleFile {
  let name: String
  let sources: RuleSources
  let reader = YAMLReader { NearestName.of($0, among: $1) }
  private var warnings: [(problem: YAMLProblem, check: RuleCheck?)] = []

  init(name: String, sources: RuleSources) {
    self.name = name
    self.sources = sources
  }

  var hasErrors: Bool { !reader.problems.isEmpty }

  /// Errors and warnings in the order of the file.
  var findings: [Finding] {
    let errors = reader.problems.map { ($0, Finding.Severity.error, RuleCheck?.none) }
    let all = errors + warnings.map { ($0.problem, Finding.Severity.warning, $0.check) }
    let ordered = all.enumerated().sorted { left, right in
      let (a, b) = (left.element.0, right.element.0)
      return (a.line, a.column, left.offset) < (b.line, b.column, right.offset)
    }
    return ordered.map { _, element in
      let (problem, severity, check) = element
      return Finding(
        severity, at: Place(file: name, line: problem.line, column: problem.column),
        "\(problem.message)", check: check?.rawValue)
    }
  }

  func warn(_ message: String, atKeyOf entry: YAMLEntry, _ check: RuleCheck? = nil) {
    let problem = YAMLProblem(line: entry.keyLine, column: entry.keyColumn, message: message)
    warnings.append((problem, check))
  }

  func warn(_ message: String, at node: YAMLNode) {
    warnings.append(
      (YAMLProblem(line: node.line, column: node.column, message: message), nil))
  }

  /// The root of the file, or `nil`, reported.
  func parse(_ bytes: [UInt8]) -> YAMLNode? {
    do throws(YAMLError) {
      return try YAMLNode.parse(bytes)
    } catch {
      reader.report(error.reason, line: error.line, column: error.column)
      return nil
    }
  }

  /// Checks `version: 1`, which every file may start with.
  func checkVersion(_ fields: YAMLFields) {
    guard let node = fields["version"], node.scalar != "1" else { return }
    reader.report("\"version\" is \(node.description), but this program reads version 1", at: node)
  }

  func zone(_ node: YAMLNode) -> ZoneRules? {
    guard
      let name = reader.text(node, of: "\"zone\"", expected: "a time zone such as Europe/London")
    else { return nil }
    do {
      if isZoneName(name), let zone = try sources.zone(name) { return zone }
      reader.report(.unknownZone(name, near: nearestZone(name)), at: node)
    } catch {
      reader.report("the rules of zone \"\(name)\" cannot be read: \(error)", at: node)
    }
    return nil
  }

  /// Whether a name can be one of tzdata's, and leads to no file elsewhere.
  private func isZoneName(_ name: String) -> Bool {
    name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
        || "/_+-".utf8.contains(byte)
    } && !name.hasPrefix("/")
  }

  private func nearestZone(_ name: String) -> String? {
    NearestName.of(name, among: sources.zoneNames())
  }

  func date(_ node: YAMLNode, of what: String) -> CivilDate? {
    let expected = "a date like 2026-03-31"
    guard let text = reader.text(node, of: what, expected: expected) else { return nil }
    if let date = CivilDate(iso: text) { return date }
    reader.report("\(what) is \"\(text)\", but must be \(expected)", at: node)
    return nil
  }

  func place(of entry: YAMLEntry?) -> Place {
    Place(file: name, line: entry?.keyLine, column: entry?.keyColumn)
  }

  /// `valid: {from: 2026-01-01, until: 2027-01-01}`; half-open.
  func validity(_ node: YAMLNode?) -> (from: CivilDate?, until: CivilDate?) {
    guard let node,
      let fields = reader.fields(node, of: "\"valid\"", allowed: ["from", "until"])
    else { return (nil, nil) }
    let from = fields["from"].flatMap { date($0, of: "\"from\"") }
    let until = fields["until"].flatMap { date($0, of: "\"until\"") }
    if let from, let until, from >= until {
      reader.report(.emptyValidity(from: from, until: until), at: node)
    }
    return (from, until)
  }
}

extension String {
  fileprivate static func unknownZone(_ name: String, near: String?) -> String {
    let hint =
      near.map { "did you mean \"\($0)\"?" } ?? "write a name such as Europe/London or UTC"
    return "zone \"\(name)\" is not in the time zone data of this system; \(hint)"
  }

  fileprivate static func emptyValidity(from: CivilDate, until: CivilDate) -> String {
    """
    "valid" is from \(from.iso) until \(until.iso), which holds no day; "until" is the first \
    day that is no longer valid
    """
  }
}
