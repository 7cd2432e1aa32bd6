import ServiceTime
import Tickets

/// What looks wrong in an import, in plain sentences.
struct ImportRemarks {
  let report: ImportReport
  let profiles: [ColumnProfile]
  let outcome: ImportOutcome

  var texts: [String] {
    reversedTickets + profiles.flatMap(remarks) + cutOff + hole
  }

  /// Tickets that were resolved or closed before they were opened.
  private var reversedTickets: [String] {
    guard let table = outcome.tickets, let opened = table.momentIndex("opened") else { return [] }
    return ["resolved", "closed"].compactMap { name in
      guard let index = table.momentIndex(name) else { return nil }
      var both = 0
      var reversed = 0
      for ticket in 0..<table.count {
        guard let start = table.moments[opened][ticket], let end = table.moments[index][ticket]
        else { continue }
        both += 1
        if end < start { reversed += 1 }
      }
      guard reversed > 0 else { return nil }
      return """
        \(Self.counted(reversed, of: both)) tickets were \(name) before they were opened; look at \
        which columns are mapped, at the order of day and month, and at the zone
        """
    }
  }

  private func remarks(on profile: ColumnProfile) -> [String] {
    var texts: [String] = []
    if profile.filled == 0, profile.missing > 0, !profile.use.isEmpty {
      texts.append("column \"\(profile.name)\" is empty in every row")
    }
    guard let time = profile.time else { return texts }
    if time.isAllMidnight {
      texts.append(
        """
        column "\(profile.name)" holds days without a time of day: all \(time.read) times are at \
        midnight, so that durations are right to the day only
        """)
    }
    if let (before, after) = time.change {
      texts.append(
        """
        column "\(profile.name)" changes its form: times look like "\(before.example)" to \
        \(before.last.text), and like "\(after.example)" from \(after.first.text) on
        """)
    }
    if time.unreadable > 0 {
      texts.append(
        """
        \(Self.counted(time.unreadable, of: profile.filled)) cells of column "\(profile.name)" are \
        not instants in the form that the others have
        """)
    }
    if time.future > 0 {
      let places = time.futurePlaces.joined(separator: ", ")
      texts.append(
        """
        \(Self.counted(time.future, of: time.read)) times in column "\(profile.name)" lie in the \
        future; the first are at \(places)
        """)
    }
    return texts
  }

  /// Sizes at which systems are known to stop.
  private static let limits = [
    500, 1_000, 5_000, 10_000, 20_000, 50_000, 65_535, 100_000, 1_048_575,
  ]

  private var cutOff: [String] {
    guard Self.limits.contains(report.rows.read), report.files.count == 1 else { return [] }
    return [
      """
      the file has exactly \(report.rows.read) rows, a size at which exports are often cut off; \
      see whether all tickets are there
      """
    ]
  }

  /// A gap of this many days is told if there is a ticket on most other days.
  private static let longGap = 7
  private static let fewestDays = 10

  private var hole: [String] {
    guard let days = report.days, let gap = days.gaps.first, gap.days >= Self.longGap,
      days.withTickets >= Self.fewestDays,
      days.withTickets >= 2 * (days.without - gap.days)
    else { return [] }
    return [
      """
      no ticket was opened from \(gap.from) to \(gap.to), \(gap.days) days, though there are some \
      on \(days.withTickets) other days; see whether a part of the export is missing
      """
    ]
  }

  /// `3 of 12 (25 %)`, with tenths of a per cent where that is little.
  static func counted(_ part: Int, of whole: Int) -> String {
    let tenths = whole > 0 ? part * 1_000 / whole : 0
    let share =
      tenths == 0
      ? "under 0.1" : tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(tenths / 10)"
    return "\(part) of \(whole) (\(share) %)"
  }
}
