import LocatedYAML
package import Messages
package import ServiceTime

/// Reading of calendar files.
package enum CalendarReader {
  /// Reads a calendar file.
  ///
  /// - Parameter file: As messages name it, and as the loader of holidays knows it.
  /// - Returns: No calendar if any finding is an error.
  package static func read(
    _ bytes: [UInt8], file: String, sources: RuleSources
  ) -> (calendar: CalendarDefinition?, findings: [Finding]) {
    let rules = RuleFile(name: file, sources: sources)
    let calendar = rules.parse(bytes).flatMap { read($0, in: rules, expected: nil) }
    return (rules.hasErrors ? nil : calendar, rules.findings)
  }

  /// - Parameter expected: The name under which the file was looked for.
  static func read(
    _ root: YAMLNode, in rules: RuleFile, expected: String?
  ) -> CalendarDefinition? {
    let parser = CalendarParser(rules: rules, defaultZone: nil)
    guard
      let fields = rules.reader.fields(
        root, of: "the calendar", allowed: ["version", "calendar"] + CalendarParser.keys,
        required: ["calendar"])
    else { return nil }
    rules.checkVersion(fields)
    guard let node = fields["calendar"],
      let name = rules.reader.text(node, of: "\"calendar\"", expected: "a name")
    else { return nil }
    if name == "always" {
      rules.reader.report(.alwaysIsTaken, at: node)
    } else if let expected, expected != name {
      rules.reader.report(.otherName(name, expected: expected), at: node)
    }
    return parser.definition(name: name, fields: fields)
  }
}

/// Reads the part of a calendar that files and inline calendars share.
struct CalendarParser {
  static let versionKeys = ["zone", "week", "holidays", "exceptions", "business-days", "valid"]
  static let keys = ["title", "versions"] + versionKeys

  let rules: RuleFile
  /// The zone of a calendar that names none; `nil` if each has to.
  let defaultZone: ZoneRules?

  func definition(name: String, fields: YAMLFields) -> CalendarDefinition? {
    _ = fields["title"].flatMap { rules.reader.text($0, of: "\"title\"") }
    guard let list = fields["versions"] else {
      return version(fields, outer: nil).map { CalendarDefinition(name: name, versions: [$0]) }
    }
    if let valid = fields.entry("valid") {
      rules.reader.report(.validOutside, atKeyOf: valid)
    }
    guard let items = rules.reader.items(list, of: "\"versions\"") else { return nil }
    var versions: [(node: YAMLNode, version: CalendarVersion)] = []
    for item in items {
      guard
        let inner = rules.reader.fields(
          item, of: "a version of the calendar", allowed: Self.versionKeys)
      else { continue }
      if let version = version(inner, outer: fields) { versions.append((item, version)) }
    }
    if items.isEmpty { rules.reader.report(.noVersions, at: list) }
    checkSuccession(versions)
    return CalendarDefinition(name: name, versions: versions.map(\.version))
  }

  /// - Parameter outer: The keys that stand for all versions, where a version has none of its own.
  private func version(_ fields: YAMLFields, outer: YAMLFields?) -> CalendarVersion? {
    func value(_ key: String) -> YAMLNode? { fields[key] ?? outer?[key] }

    var zone = defaultZone
    if let node = value("zone") {
      zone = rules.zone(node)
    } else if defaultZone == nil {
      rules.reader.require("zone", in: fields)
    }
    var week: WeeklyHours?
    if let node = value("week") {
      week = self.week(node)
    } else {
      rules.reader.require("week", in: fields)
    }
    let exceptions = exceptions(holidays: value("holidays"), exceptions: value("exceptions"))
    let businessDays = value("business-days").flatMap { self.businessDays($0, of: week) }
    let valid = rules.validity(fields["valid"])
    guard let week else { return nil }
    return CalendarVersion(
      zone: zone ?? .utc, week: week, exceptions: exceptions, businessWeekdays: businessDays,
      validFrom: valid.from, validUntil: valid.until)
  }

  private func checkSuccession(_ versions: [(node: YAMLNode, version: CalendarVersion)]) {
    let ordered = versions.sorted { left, right in
      guard let b = right.version.validFrom else { return false }
      return left.version.validFrom.map { $0 < b } ?? true
    }
    for (earlier, later) in zip(ordered, ordered.dropFirst()) {
      guard let from = later.version.validFrom, earlier.version.validFrom != from else {
        rules.reader.report(.sameStart, at: later.node)
        continue
      }
      guard let until = earlier.version.validUntil, until != from else { continue }
      rules.reader.report(.notSuccessive(until: until, from: from), at: later.node)
    }
  }
}

extension String {
  fileprivate static let alwaysIsTaken =
    "calendar \"always\" is built in (24 x 7); give this one another name"
  fileprivate static let noVersions = "\"versions\" lists no version; add at least one"
  fileprivate static let validOutside =
    "\"valid\" stands beside \"versions\"; give each version its own"
  fileprivate static let sameStart =
    "two versions of the calendar start on the same day; give this one a later \"valid: {from: ...}\""

  fileprivate static func otherName(_ name: String, expected: String) -> String {
    "this file holds calendar \"\(name)\", but its name says \"\(expected)\"; make them agree"
  }

  fileprivate static func notSuccessive(until: CivilDate, from: CivilDate) -> String {
    let what = until > from ? "an overlap" : "a hole"
    return """
      this version is valid from \(from.iso), but the one before it until \(until.iso), \
      which leaves \(what); let one end where the next starts
      """
  }
}
