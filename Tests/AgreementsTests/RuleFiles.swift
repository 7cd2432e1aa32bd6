import Agreements
import Foundation
import Messages
import ServiceTime
import Testing

/// Rule files that tests hold in memory, and the system's zones.
struct RuleFiles {
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Texts by path, as the loaders would find them on disk.
  var files: [String: String] = [:]
  var holidays: [String: [String]] = [:]

  static func zone(_ identifier: String) throws -> ZoneRules? {
    let path = "/usr/share/zoneinfo/" + identifier
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try ZoneRules(identifier: identifier, tzif: Array(data))
  }

  static let london = try? zone("Europe/London")

  static func resolve(_ path: String, from file: String) -> String {
    var parts = file.split(separator: "/").dropLast()
    for part in path.split(separator: "/") {
      if part == ".." { parts = parts.dropLast() } else { parts.append(part) }
    }
    return (file.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  var sources: RuleSources {
    RuleSources(
      zone: Self.zone,
      zoneNames: ["Europe/Lisbon", "Europe/London", "America/Sao_Paulo"],
      calendarFile: { candidates, from in
        for path in candidates.map({ Self.resolve($0, from: from) }) {
          if let text = files[path] { return (path, Array(text.utf8)) }
        }
        return nil
      },
      holidays: { path, from in
        guard let days = holidays[Self.resolve(path, from: from)] else {
          throw Missing(description: "no such file")
        }
        return days.compactMap { CivilDate(iso: $0) }
      },
      register: { path, from in
        let path = Self.resolve(path, from: from)
        guard let text = files[path] else { throw Missing(description: "no such file") }
        return (path, Array(text.utf8))
      })
  }

  func agreement(_ text: String) -> (agreement: Agreement?, findings: [Finding]) {
    AgreementReader.read(
      Array(text.utf8), file: "rules/agreements/a.yml", sha256: "ab", sources: sources)
  }

  func calendar(_ text: String) -> (calendar: CalendarDefinition?, findings: [Finding]) {
    CalendarReader.read(Array(text.utf8), file: "rules/calendars/c.yml", sources: sources)
  }
}

extension [Finding] {
  /// The lines of messages, without the folder of the file.
  var lines: [String] {
    map { finding in
      finding.line.replacingOccurrences(of: "rules/agreements/", with: "")
        .replacingOccurrences(of: "rules/calendars/", with: "")
    }
  }
}
