import ReportDocuments
import Results

/// One pack as the index of a run shows it: its targets and obligations in the reported period.
struct IndexedPack {
  let agreement: AgreementSummary
  let customer: String
  /// Where its page is, as a link.
  let link: String
  let periodWords: String
  let isToDate: Bool
  /// The months shown.
  let periods: [AgreementSummary.PeriodSummary]
  let figures: [FigureRow]
  /// As the agreement lists them, obligations last.
  let targets: [IndexedTarget]

  init?(_ figures: CalculationResults, _ place: IndexReporter.Place) {
    guard let pack = PackView(figures, agreement: place.agreement, customer: place.customer)
    else { return nil }
    agreement = pack.agreement
    customer = place.customer
    link = place.link
    periodWords = pack.periodWords
    isToDate = pack.reported.isToDate
    periods = pack.periods
    self.figures = pack.results.figures
    targets =
      pack.targets.map { IndexedTarget($0, in: pack) }
      + pack.obligations.compactMap { IndexedTarget($0, in: pack) }
  }

  var missed: [IndexedTarget] { targets.filter { $0.grade == .missed } }
  var pressed: [IndexedTarget] { targets.filter { $0.grade == .underPressure } }
  var judged: [IndexedTarget] { targets.filter(\.grade.isJudged) }

  /// The missed target that is furthest from its objective; the first among equals.
  var worst: IndexedTarget? { missed.min { $0.isWorse(than: $1) } }

  /// More missed targets first, then the larger shortfall, then more under pressure, then by name.
  func isWorse(than other: IndexedPack) -> Bool {
    if missed.count != other.missed.count { return missed.count > other.missed.count }
    if let worst, let others = other.worst, worst.shortfall != others.shortfall {
      return worst.isWorse(than: others)
    }
    if pressed.count != other.pressed.count { return pressed.count > other.pressed.count }
    return (agreement.name, customer) < (other.agreement.name, other.customer)
  }
}

/// A target or an obligation of one pack.
struct IndexedTarget {
  /// Such as `P3 Moderate resolution`, or the title of an obligation.
  let name: String
  /// The clock, or `nil` of an obligation.
  let clock: String?
  /// The tier, or the title of an obligation.
  let column: String
  let grade: Grade
  /// Such as `83.3 %` or `107 of 120`.
  let reached: String
  /// Such as `95 %`; empty where the promise is no share.
  let objective: String
  let shortfall: Shortfall
  /// Consecutive months up to the reported one in which it was missed.
  let monthsMissed: Int

  init(_ target: TargetView, in pack: PackView) {
    name = target.name
    clock = target.clock
    column = target.tier
    grade = Grade(target.grading)
    let share = target.current.share
    reached = share.map { Words.percent($0) } ?? "–"
    objective = target.objectiveText
    shortfall = Shortfall(share, objective: target.objective)
    monthsMissed = pack.periods.reversed().prefix { target.grading($0.label) == .missed }.count
  }

  /// - Returns: `nil` if the agreement says nothing of it in the reported period.
  init?(_ record: ObligationRecord, in pack: PackView) {
    guard let period = record.current(in: pack) else { return nil }
    name = record.title
    clock = nil
    column = record.title
    grade = period.grade
    reached = period.reachedWords
    let bound = period.objective.map { Words.percent(millionths: $0) } ?? ""
    objective = bound.isEmpty || period.isAtMost != true ? bound : "at most " + bound
    shortfall = Shortfall(period)
    monthsMissed =
      pack.periods.reversed().prefix { record.period($0.label)?.state == .missed }.count
  }

  func isWorse(than other: IndexedTarget) -> Bool { other.shortfall < shortfall }
}

/// How far a share is from its objective, exactly: parts of a hundred million, over a whole.
struct Shortfall: Comparable {
  private let part: Int128
  private let whole: Int128

  static let none = Shortfall(part: 0, whole: 1)

  private init(part: Int128, whole: Int128) {
    (self.part, self.whole) = (part, whole)
  }

  init(_ share: Share?, objective: Int64?, isAtMost: Bool = false) {
    guard let share, let objective else {
      self = .none
      return
    }
    let reached = Int128(share.part) * 100_000_000
    let bound = Int128(objective) * Int128(share.whole)
    self.init(part: isAtMost ? reached - bound : bound - reached, whole: Int128(share.whole))
  }

  init(_ period: ObligationPeriod) {
    guard let volume = period.volume else {
      self.init(period.share, objective: period.objective, isAtMost: period.isAtMost == true)
      return
    }
    let kept = min(max(volume.accepted, 0), volume.required)
    self.init(
      ObligationPeriod.fittedShare(kept, of: volume.required, objective: nil),
      objective: 100_000_000)
  }

  static func < (left: Shortfall, right: Shortfall) -> Bool {
    left.part * right.whole < right.part * left.whole
  }

  static func == (left: Shortfall, right: Shortfall) -> Bool {
    left.part * right.whole == right.part * left.whole
  }
}

extension Grade {
  var isJudged: Bool { self == .met || self == .underPressure || self == .missed }
}
