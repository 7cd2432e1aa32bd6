import LocatedYAML
import ServiceTime

extension AgreementParser {
  /// Reports calendars that have no hours on days on which the agreement is valid: its clocks would
  /// stand still there, and nothing could be missed.
  func checkCalendars(of targets: [Target], from: CivilDate?, until: CivilDate?) {
    var seen: Set<String> = []
    for calendar in targets.flatMap({ $0.tiers.map(\.calendar) })
    where seen.insert(calendar.name).inserted {
      guard let first = calendar.versions.first, let last = calendar.versions.last,
        let entry = fields.entry("valid") ?? fields.entry("agreement")
      else { continue }
      if let start = first.validFrom, from.map({ $0 < start }) ?? true {
        reader.report(.startsLater(calendar.name, start, agreement: from), atKeyOf: entry)
      }
      if let end = last.validUntil, until.map({ end < $0 }) ?? true {
        reader.report(.endsEarlier(calendar.name, end, agreement: until), atKeyOf: entry)
      }
    }
  }
}

extension String {
  fileprivate static func startsLater(
    _ calendar: String, _ start: CivilDate, agreement from: CivilDate?
  ) -> String {
    """
    the agreement is valid from \(from?.iso ?? "the beginning"), but its calendar "\(calendar)" \
    only from \(start.iso), so that no time would count before; let the calendar begin earlier, or \
    the agreement on \(start.iso)
    """
  }

  fileprivate static func endsEarlier(
    _ calendar: String, _ end: CivilDate, agreement until: CivilDate?
  ) -> String {
    """
    the agreement is valid \(until.map { "until \($0.iso)" } ?? "without an end"), but its calendar \
    "\(calendar)" only until \(end.iso), so that no time would count after; give the calendar \
    another version from \(end.iso) on
    """
  }
}
