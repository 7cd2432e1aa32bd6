import LocatedYAML
import Messages
import ServiceTime

/// The calendars an agreement can name: its own, the built-in one, and those of files.
final class CalendarShelf {
  private let rules: RuleFile
  private let zone: ZoneRules
  private var calendars: [String: CalendarDefinition] = [:]
  /// Names that were reported, so that each is reported once.
  private var missing: Set<String> = []
  private(set) var findings: [Finding] = []

  /// - Parameter inline: The agreement's `calendars:`.
  init(rules: RuleFile, zone: ZoneRules, inline: YAMLNode?) {
    self.rules = rules
    self.zone = zone
    calendars["always"] = .always(zone: zone)
    for entry in inline.flatMap({ rules.reader.entries($0, of: "\"calendars\"") }) ?? [] {
      guard entry.key != "always" else {
        rules.reader.report(.alwaysIsTaken, atKeyOf: entry)
        continue
      }
      guard
        let fields = rules.reader.fields(
          entry.value, of: "calendar \"\(entry.key)\"", allowed: CalendarParser.keys)
      else { continue }
      let parser = CalendarParser(rules: rules, defaultZone: zone)
      calendars[entry.key] = parser.definition(name: entry.key, fields: fields)
      if calendars[entry.key] == nil { missing.insert(entry.key) }
    }
  }

  /// The calendar of a name; `nil`, reported, if there is none or it is wrong.
  func calendar(_ node: YAMLNode, of what: String) -> CalendarDefinition? {
    guard let name = rules.reader.text(node, of: what, expected: "the name of a calendar") else {
      return nil
    }
    if let calendar = calendars[name] { return calendar }
    guard missing.insert(name).inserted else { return nil }
    guard name.utf8.allSatisfy({ $0 != UInt8(ascii: "/") && $0 >= 0x20 }), !name.hasPrefix(".")
    else {
      rules.reader.report(.notAName(name), at: node)
      return nil
    }
    calendars[name] = load(name, for: node)
    return calendars[name]
  }

  private func load(_ name: String, for node: YAMLNode) -> CalendarDefinition? {
    let candidates = ["calendars/\(name).yml", "../calendars/\(name).yml"]
    do {
      guard let found = try rules.sources.calendarFile(candidates, rules.name) else {
        let hint = rules.reader.hint(for: name, among: calendars.keys.sorted())
        rules.reader.report(.notFound(name, candidates: candidates, hint: hint), at: node)
        return nil
      }
      let file = RuleFile(name: found.file, sources: rules.sources)
      let calendar = file.parse(found.bytes).flatMap {
        CalendarReader.read($0, in: file, expected: name)
      }
      findings += file.findings
      return file.hasErrors ? nil : calendar
    } catch {
      rules.reader.report("calendar \"\(name)\" cannot be read: \(error)", at: node)
      return nil
    }
  }
}

extension String {
  fileprivate static let alwaysIsTaken =
    "calendar \"always\" is built in (24 x 7); give this one another name"

  fileprivate static func notAName(_ name: String) -> String {
    "\"\(name)\" is not the name of a calendar; write it without a folder, such as office-hours"
  }

  fileprivate static func notFound(_ name: String, candidates: [String], hint: String) -> String {
    """
    there is no calendar "\(name)" under "calendars", nor in \
    \(candidates.joined(separator: " or ")); \(hint)
    """
  }
}
