import LocatedYAML
package import Messages
import Tickets

/// Reading of registers of exclusions.
package enum ExclusionReader {
  /// Reads a register by itself, for its problems.
  package static func read(
    _ bytes: [UInt8], file: String, sources: RuleSources
  ) -> (exclusions: [Exclusion], findings: [Finding]) {
    let rules = RuleFile(name: file, sources: sources)
    let exclusions = entries(bytes, in: rules, clocks: nil)
    return (exclusions, rules.findings + repeats(of: exclusions))
  }

  /// The entries of a file: CSV if its name ends so, else YAML.
  static func entries(_ bytes: [UInt8], in rules: RuleFile, clocks: [String]?) -> [Exclusion] {
    let parser = ExclusionParser(rules: rules, clocks: clocks)
    if rules.name.lowercased().hasSuffix(".csv") {
      return RegisterTable(rules: rules).nodes(bytes).compactMap(parser.entry)
    }
    guard let root = rules.parse(bytes),
      let fields = rules.reader.fields(
        root, of: "the register", allowed: ["version", "exclusions"], required: ["exclusions"])
    else { return [] }
    rules.checkVersion(fields)
    let items = fields["exclusions"].flatMap { rules.reader.items($0, of: "\"exclusions\"") } ?? []
    return items.compactMap(parser.entry)
  }

  /// What is asked for twice, in the order of the entries.
  static func repeats(of exclusions: [Exclusion]) -> [Finding] {
    var findings: [Finding] = []
    var byTicket: [String: [Exclusion]] = [:]
    var intervals: [Exclusion] = []
    for exclusion in exclusions {
      switch exclusion.subject {
      case .tickets(let ids, let source):
        for id in ids {
          let known = byTicket[id, default: []].first { other in
            guard case .tickets(_, let first) = other.subject else { return false }
            return exclusion.sharesClock(with: other)
              && (first == nil || source == nil || first == source)
          }
          if let known {
            findings.append(
              Finding(.warning, at: exclusion.place, .again(id, known.place.text)))
          }
          byTicket[id, default: []].append(exclusion)
        }
      case .interval(let from, let to, let condition):
        for other in intervals {
          guard case .interval(let start, let end, let first) = other.subject, start < to,
            from < end, exclusion.sharesClock(with: other),
            first == condition || first.isAnything || condition.isAnything
          else { continue }
          findings.append(Finding(.warning, at: exclusion.place, .overlaps(other.place.text)))
        }
        intervals.append(exclusion)
      }
    }
    return findings
  }
}

extension Exclusion {
  fileprivate func sharesClock(with other: Exclusion) -> Bool {
    clocks.isEmpty || other.clocks.isEmpty || clocks.contains(where: other.clocks.contains)
  }
}

extension Finding.Message {
  fileprivate static func again(_ ticket: String, _ place: String) -> Finding.Message {
    """
    ticket \(ticket) is excluded already in \(place), which takes its promises out; remove one \
    of the two
    """
  }

  fileprivate static func overlaps(_ place: String) -> Finding.Message {
    """
    the interval overlaps that of \(place); time that is in both is taken out once, by the first
    """
  }
}

/// The registers that an agreement names.
final class RegisterShelf {
  private let rules: RuleFile
  /// What is wrong with the files.
  private(set) var findings: [Finding] = []

  init(rules: RuleFile) {
    self.rules = rules
  }

  /// A path, an entry, or a list of such.
  func exclusions(_ node: YAMLNode, clocks: [String]) -> [Exclusion] {
    let parser = ExclusionParser(rules: rules, clocks: clocks)
    let items = rules.reader.itemOrItems(node)
    if items.isEmpty { rules.reader.report(.nothing, at: node) }
    let all = items.flatMap { item -> [Exclusion] in
      if item.mapping != nil { return parser.entry(item).map { [$0] } ?? [] }
      return file(item, clocks: clocks)
    }
    findings += ExclusionReader.repeats(of: all)
    return all
  }

  private func file(_ node: YAMLNode, clocks: [String]) -> [Exclusion] {
    let expected = "the path of a register, or an exclusion"
    guard let path = rules.reader.text(node, of: "\"exclusions\"", expected: expected) else {
      return []
    }
    let name = path.lowercased()
    guard [".yml", ".yaml", ".csv"].contains(where: name.hasSuffix) else {
      rules.reader.report(.otherFile(path), at: node)
      return []
    }
    do {
      let found = try rules.sources.register(path, rules.name)
      let file = RuleFile(name: found.file, sources: rules.sources)
      let exclusions = ExclusionReader.entries(found.bytes, in: file, clocks: clocks)
      findings += file.findings
      return exclusions
    } catch {
      rules.reader.report("the register \"\(path)\" cannot be read: \(error)", at: node)
      return []
    }
  }
}

extension String {
  fileprivate static let nothing =
    "\"exclusions\" lists nothing; name a register, or leave it out"

  fileprivate static func otherFile(_ path: String) -> String {
    "\"exclusions\" is \"\(path)\", but a register is a file that ends in .yml or .csv"
  }
}
