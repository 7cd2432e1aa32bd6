import Agreements
import ServiceTime
import Tickets

extension Obligation {
  /// What is promised, in the words of reports.
  var words: String {
    let share = objective.map { "\($0.text)\u{a0}%" } ?? ""
    switch terms {
    case .availability: return "at least \(share) of the agreed service time"
    case .volume(let terms):
      let steps = terms.steps.map { step in
        Self.amount(step.millionths)
          + (step.from.map { " from \($0.iso.prefix(7))" } ?? "")
      }
      let quality = terms.quality.isAnything ? "" : ", \(terms.quality.words)"
      return "at least \(steps.joined(separator: ", ")) a month\(quality)"
    case .ratio(let terms):
      return "\(terms.isAtMost ? "at most" : "at least") \(share) with \(terms.part.words)"
    case .deliverable(let terms):
      let time = terms.secondOfDay == 86_399 ? "" : "\(Self.time(terms.secondOfDay)) on "
      let asked = [terms.complete, terms.accepted].compactMap { $0?.words }
      return "for each month, by \(time)business day \(terms.businessDays) of the next"
        + (asked.isEmpty ? "" : ", " + asked.joined(separator: ", "))
    case .responseTo(let terms): return "\(share) within \(terms.within.words)"
    }
  }

  private static func time(_ second: Int) -> String {
    String(DurationText.clock(Int64(second)).dropLast(3))
  }

  static func amount(_ millionths: Int64) -> String {
    let fraction = millionths % CountTable.unit
    guard fraction > 0 else { return String(millionths / CountTable.unit) }
    var digits = String(CountTable.unit + fraction).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(millionths / CountTable.unit).\(digits)"
  }
}
