import ReportDocuments
import Results
import ServiceTime

/// The answer first: headline, lede and facts.
struct CoverWriter {
  /// What fits the cover without a fourth line.
  static let mostWords = 28

  let pack: PackView

  var cover: Cover {
    let obligations = ObligationsWriter(pack: pack)
    guard !pack.hasObligationsAlone else {
      return Cover(
        headline: obligations.headline, lede: obligations.lede, facts: obligations.facts)
    }
    return Cover(headline: headline, lede: lede, facts: facts + obligations.facts.prefix(1))
  }

  private func targets(_ gradings: Set<Grading>) -> [TargetView] {
    pack.targets.filter { gradings.contains($0.grading) }
  }

  private var judged: [TargetView] { pack.targets.filter(\.grading.isJudged) }
  private var missed: [TargetView] { targets([.missed]) }
  private var pressed: [TargetView] { targets([.underPressure]) }

  var headline: String {
    let period = pack.periodWords
    guard !pack.targets.isEmpty else { return "This agreement sets no objective" }
    guard !judged.isEmpty else { return unjudged(period) }
    if judged.count == 1, let only = judged.first {
      return oneTarget(only, period)
    }
    let (met, all) = (judged.count - missed.count, judged.count)
    let start: String
    if missed.isEmpty {
      start = "\(every(all)) were met in \(period)" + narrowly
    } else if met == 0 {
      start = "\(every(all)) were missed in \(period)"
    } else {
      let was = met == 1 ? "was" : "were"
      start =
        "\(Words.capitalised(Words.number(met))) of \(Words.number(all)) targets \(was) met in "
        + period + narrowly
    }
    return firstThatFits([start + named + blame, start + named, start + numbered, start])
  }

  private func every(_ count: Int) -> String {
    count == 2 ? "Both targets" : "All \(Words.number(count)) targets"
  }

  private func oneTarget(_ only: TargetView, _ period: String) -> String {
    let isAlone = pack.targets.count == 1
    let subject = isAlone ? "The only target, \(only.name)," : "\(only.name)"
    let how = only.grading == .underPressure ? ", but narrowly" : ""
    let rest = isAlone ? "" : "; no other target could be judged"
    let verdict = only.grading == .missed ? "was missed" : "was met"
    let start = "\(subject) \(verdict) in \(period)\(how)"
    return firstThatFits([start + rest + blame, start + rest, start])
  }

  private func unjudged(_ period: String) -> String {
    let gradings = Set(pack.targets.map(\.grading))
    if gradings.contains(.partial) {
      return "\(Words.capitalised(period)) is shown, not judged: \(pack.reported.reason)"
    }
    if gradings.contains(.startingUp) {
      return "\(Words.capitalised(period)) is shown, not judged: the agreement is starting up"
    }
    return "No target can be judged: no promise was decided in \(period)"
  }

  private func firstThatFits(_ candidates: [String]) -> String {
    candidates.first { Words.words(in: $0) <= Self.mostWords } ?? candidates.last ?? ""
  }

  private var narrowly: String {
    guard !pressed.isEmpty else { return "" }
    let kept = judged.count - missed.count
    if pressed.count == kept { return ", but narrowly" }
    return ", \(Words.number(pressed.count)) of them narrowly"
  }

  private var named: String {
    guard !missed.isEmpty, missed.count < judged.count else { return "" }
    guard missed.count <= 3 else { return numbered }
    let was = missed.count == 1 ? "was" : "were"
    return "; \(Words.list(missed.map(\.name))) \(was) missed"
  }

  private var numbered: String {
    guard !missed.isEmpty, missed.count < judged.count else { return "" }
    return "; \(Words.number(missed.count)) \(missed.count == 1 ? "was" : "were") missed"
  }

  /// The group that held most of the late tickets of the missed targets, if one did.
  private var blame: String {
    let late = missed.flatMap { $0.decided.filter(\.isMissed) }
    guard late.count > 1, let (holder, count) = Self.mainHolder(late), count * 2 > late.count
    else { return "" }
    return ", and \(holder) held most of \(missed.count == 1 ? "its" : "their") late tickets"
  }

  /// The holder of the most promises; the first by name among equals, `nil` if none is known.
  static func mainHolder(_ late: [PromiseRow]) -> (name: String, count: Int)? {
    let counts = Dictionary(grouping: late.filter { !$0.holder.isEmpty }, by: \.holder)
      .map { (name: $0.key, count: $0.value.count) }
    return counts.min { $0.count == $1.count ? $0.name < $1.name : $0.count > $1.count }
  }

  var lede: String {
    var sentences = missed.prefix(2).map(missedSentence)
    for target in pressed.prefix(2) where sentences.count < 3 {
      sentences.append(pressedSentence(target))
    }
    if sentences.isEmpty, let share = Share(pack.total.met, of: pack.total.decided) {
      sentences.append(
        "\(Words.grouped(share.part)) of \(Words.grouped(share.whole)) promises were kept.")
    }
    if !pack.reported.reason.isEmpty, pack.reported.completeness != .complete {
      sentences.append("Not judged: \(pack.reported.reason).")
    }
    let unmeasurable = pack.total.unmeasurable
    if let share = Share(pack.total.met, of: pack.total.decided + unmeasurable), unmeasurable > 0 {
      sentences.append(
        "With the \(Words.counted(unmeasurable, "unmeasurable promise")) counted as missed, "
          + "\(Words.percent(share)) of all promises were kept.")
    }
    if let bounds = Self.boundsSentence(pack) { sentences.append(bounds) }
    if let changes = ChangesWriter(pack: pack).reportedSentence { sentences.append(changes) }
    if let excluded = ExclusionsWriter(pack: pack).sentence { sentences.append(excluded) }
    if sentences.isEmpty { sentences.append("No data: no promise was decided.") }
    return sentences.joined(separator: " ")
  }

  private func missedSentence(_ target: TargetView) -> String {
    guard let share = target.current.share else { return "" }
    let start =
      "\(target.name) reached \(Words.percent(share)) against \(target.objectiveText)"
    let late = target.decided.filter(\.isMissed)
    guard let holder = Self.mainHolder(late), holder.count > 1 else {
      return start + ", \(target.current.counts.missed) late of "
        + "\(Words.grouped(share.whole))."
    }
    let part =
      holder.count == late.count
      ? "all \(Words.number(late.count)) of its late tickets"
      : "\(Words.number(holder.count)) of its \(Words.number(late.count)) late tickets"
    return start + "; \(part) broke while \(holder.name) held them."
  }

  private func pressedSentence(_ target: TargetView) -> String {
    let (used, allowed) = (target.current.counts.missed, target.missesAllowed)
    let words =
      used == allowed
      ? (used == 1
        ? "its one allowed miss" : "all \(Words.number(used)) of its allowed misses")
      : "\(Words.number(used)) of its \(Words.number(allowed)) allowed misses"
    return "\(target.name) is met with \(words) used."
  }

  /// How far the share of an unfinished period can still go.
  static func boundsSentence(_ pack: PackView) -> String? {
    guard pack.reported.isToDate else { return nil }
    let total = pack.total
    let sum = pack.targets.compactMap(\.current.bounds).reduce(
      Bounds(canBeLost: 0, others: 0)
    ) { Bounds(canBeLost: $0.canBeLost + $1.canBeLost, others: $0.others + $1.others) }
    let (low, high) = (sum.lowest(total), sum.highest(total))
    let start = "\(Words.period(pack.reported.label, year: false)) is not over"
    guard let lowest = Share(low.met, of: low.decided),
      let highest = Share(high.met, of: high.decided)
    else { return start + "." }
    return start + ": with the tickets already open, the share kept can still end between "
      + "\(Words.percent(lowest)) and \(Words.percent(highest))."
  }

  private var facts: [Cover.Fact] {
    let total = pack.total
    var facts: [Cover.Fact] = []
    if !judged.isEmpty {
      facts.append(
        .init(
          figure: "\(judged.count - missed.count)", unit: "of \(judged.count)",
          label: "targets met; \(pressed.count) under pressure, \(missed.count) missed"))
    }
    if let share = Share(total.met, of: total.decided) {
      facts.append(
        .init(
          figure: Words.grouped(total.met), unit: "of \(Words.grouped(total.decided))",
          label: "promises kept, \(Words.percent(share)); no objective is set for the total"))
    }
    facts.append(
      .init(
        figure: Words.grouped(total.missed), unit: "",
        label: "promises missed, \(Words.grouped(total.overdue)) of them still open",
        isLate: total.missed > 0))
    let at = pack.horizonWords
    let open = pack.promises.filter { $0.verdict == .overdue }.count
    let openAll = pack.hasPromises ? open : total.overdue
    facts.append(
      .init(
        figure: Words.grouped(total.running + openAll), unit: "open",
        label: "promises \(at); \(Words.grouped(openAll)) already late"))
    if total.unmeasurable > 0 {
      facts.append(
        .init(
          figure: Words.grouped(total.unmeasurable), unit: "",
          label: "promises that cannot be measured; left out of the share"))
    }
    return facts
  }
}
