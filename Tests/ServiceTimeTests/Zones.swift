import Foundation
import ServiceTime

/// Zones for tests: the system's, and made-up ones with a single rule.
enum Zones {
  static func system(_ name: String) throws -> ZoneRules {
    let data = try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/" + name))
    return try ZoneRules(identifier: name, tzif: [UInt8](data))
  }

  /// A zone without a table, which a footer such as `GMT0BST,M3.5.0/1,M10.5.0` describes alone.
  static func ruled(_ footer: String) throws(ZoneError) -> ZoneRules {
    try ZoneRules(identifier: footer, tzif: file(footer: footer))
  }

  /// The smallest zone file of version 2: one type, no transition, and a footer.
  static func file(footer: String, version: Unicode.Scalar = "2") -> [UInt8] {
    let header =
      Array("TZif".utf8) + [UInt8(ascii: version)] + [UInt8](repeating: 0, count: 15)
      + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
    let type: [UInt8] = [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
    return header + type + header + type + Array("\n\(footer)\n".utf8)
  }
}

/// An instant that is known to be written rightly.
func at(_ iso: String) throws -> Instant {
  guard let instant = Instant(iso: iso) else { throw NotWritten(text: iso) }
  return instant
}

func date(_ iso: String) throws -> CivilDate {
  guard let date = CivilDate(iso: iso) else { throw NotWritten(text: iso) }
  return date
}

func interval(_ start: String, _ end: String) throws -> ClockInterval {
  guard let interval = ClockInterval(from: try at(start), to: try at(end)) else {
    throw NotWritten(text: start + " " + end)
  }
  return interval
}

/// The local seconds of `2026-03-29T01:30:00`.
func local(_ text: String) throws -> Int64 {
  try at(text + "Z").seconds
}

struct NotWritten: Error {
  let text: String
}
