import ReportDocuments
import Results
import ServiceTime

/// In which hours of the week promises broke.
struct HoursWriter {
  let pack: PackView
  /// Seven days from Monday, each with 24 hours, on the wall clock of the agreement's zone.
  private let counts: [[Int]]
  private let total: Int

  private static let days = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  /// Hours of a block that is looked for.
  static let block = 3
  /// Of fewer promises nothing is concluded.
  private static let fewest = 5

  init(pack: PackView) {
    self.pack = pack
    var counts = Array(repeating: Array(repeating: 0, count: 24), count: 7)
    var total = 0
    let labels = Set(pack.periods.map(\.label))
    for promise in pack.promises where promise.isMissed && labels.contains(promise.period) {
      guard let lost = promise.lost else { continue }
      let local = CivilDateTime(localSeconds: pack.agreement.localSeconds(at: lost))
      counts[local.date.weekday.rawValue][local.secondOfDay / 3_600] += 1
      total += 1
    }
    self.counts = counts
    self.total = total
  }

  /// `nil` if nothing broke.
  var section: Section? {
    guard total > 0 else { return nil }
    return Section(
      id: "hours", title: title, contents: "Hours of the week", blocks: [.figure(figure)])
  }

  private var span: String {
    pack.periods.count == 1
      ? pack.periodWords
      : "the \(Words.number(pack.periods.count)) months to "
        + Words.period(pack.reported.label, year: true)
  }

  private var byHour: [Int] { (0..<24).map { hour in counts.reduce(0) { $0 + $1[hour] } } }

  /// From the first to the last day, and hour, with a loss; Monday to Friday always.
  private var days: Range<Int> {
    let used = (0..<7).filter { day in counts[day].contains { $0 > 0 } }
    return min(0, used.first ?? 0)..<max(5, (used.last ?? 4) + 1)
  }

  /// From the first to the last hour with a loss; 09 to 17 always.
  private var hours: Range<Int> {
    let used = (0..<24).filter { byHour[$0] > 0 }
    return min(9, used.first ?? 9)..<max(17, (used.last ?? 16) + 1)
  }

  /// The three hours in a row that hold the most, the first among equals, without those at their
  /// ends that hold none; `nil` if they hold less than one and a half times their part of the hours
  /// shown.
  var peak: (hours: Range<Int>, count: Int)? {
    let shown = hours
    guard total >= Self.fewest else { return nil }
    let blocks = (shown.lowerBound...(shown.upperBound - Self.block)).map { from in
      (from: from, count: byHour[from..<from + Self.block].reduce(0, +))
    }
    let most = blocks.map(\.count).max() ?? 0
    guard let best = blocks.first(where: { $0.count == most }),
      2 * most * shown.count >= 3 * total * Self.block
    else { return nil }
    let used = (best.from..<best.from + Self.block).filter { byHour[$0] > 0 }
    return ((used.first ?? best.from)..<((used.last ?? best.from) + 1), most)
  }

  private func hour(_ hour: Int) -> String { (hour < 10 ? "0" : "") + "\(hour):00" }

  private var title: String {
    guard let peak else {
      return total < Self.fewest
        ? "Few promises broke: \(Words.number(total)) in \(span)"
        : "Promises break at all hours alike"
    }
    let part =
      peak.count == total
      ? "All \(Words.number(total))"
      : "\(Words.capitalised(Words.number(peak.count))) of \(Words.grouped(total))"
    return "\(part) missed promises broke between \(hour(peak.hours.lowerBound)) and "
      + hour(peak.hours.upperBound)
  }

  private var figure: Figure {
    let sums = counts.map { $0.reduce(0, +) }
    let most = sums.max() ?? 0
    let day = sums.firstIndex(of: most) ?? 0
    let worst =
      "\(Self.days[day]) has the most with \(Words.grouped(most)) of \(Words.grouped(total))"
    let among = sums.count { $0 == most } > 1 ? ", as many as another day" : ""
    return Figure(
      id: "hours-map", title: "When in the week the time ran out",
      subtitle: "Promises lost in \(span), by weekday and hour of the loss "
        + "(\(pack.agreement.zone)).",
      alternative: "\(title). \(worst)\(among).",
      notes: [
        "\(worst)\(among).",
        "A promise is lost when its time is used up, also while nobody works on it.",
      ],
      chart: .heat(
        HeatChart(
          days: days, hours: hours, counts: counts, emptyText: "No promise broke in \(span)")),
      table: table)
  }

  private var table: Table {
    let shown = hours
    return Table(
      columns: [.init("Day")] + shown.map { .init(hour($0), isNumeric: true) }
        + [.init("All", isNumeric: true)],
      rows: days.map { day in
        [.text(Self.days[day])] + shown.map { .count(counts[day][$0]) }
          + [.count(counts[day].reduce(0, +))]
      },
      sums: [.text("All")] + shown.map { .count(byHour[$0]) } + [.count(total)])
  }
}
