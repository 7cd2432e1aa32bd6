import ServiceTime
import Tickets

/// The list of suspensions in one cell: `start/end party`, one after the other with `; ` between.
enum SuspensionText {
  static func text(of stretches: [RowReader.Stretch]) -> String {
    stretches.map { stretch in
      let end = stretch.end == MomentColumn.missing ? "" : Instant(seconds: stretch.end).iso
      return Instant(seconds: stretch.start).iso + "/" + end + " " + stretch.party
    }.joined(separator: "; ")
  }

  /// `nil` if the text is no such list.
  static func stretches(_ text: String) -> [RowReader.Stretch]? {
    var stretches: [RowReader.Stretch] = []
    for item in text.split(separator: ";") {
      let parts = item.drop { $0 == " " }.split(separator: " ", maxSplits: 1)
      let ends = (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, ends.count == 2, let start = Instant(iso: String(ends[0])) else {
        return nil
      }
      var end = MomentColumn.missing
      if !ends[1].isEmpty {
        guard let instant = Instant(iso: String(ends[1])), instant > start else { return nil }
        end = instant.seconds
      }
      stretches.append(.init(start: start.seconds, end: end, party: String(parts[1])))
    }
    return stretches
  }
}
