import Results
import Tickets

/// Finds the first reading of the rules from which the source's verdict follows.
final class DisagreementTest {
  private let own: AlteredReplay
  private let others: [AlteredReplay]
  private let unit: Int64

  /// - Parameters:
  ///   - others: In the order in which they are tried.
  ///   - unit: See ``RoundingTest``.
  init(own: AlteredRules, others: [AlteredRules], unit: Int64) {
    self.own = AlteredReplay(own)
    self.others = others.map { AlteredReplay($0) }
    self.unit = unit
  }

  /// The disagreement with its cause.
  func explained(_ disagreement: Disagreement, ticket: Int) -> Disagreement {
    let (clock, cycle) = (disagreement.clock, disagreement.cycle)
    guard let base = own.answer(ticket: ticket, clock: clock, cycle: cycle) else {
      return disagreement
    }
    var explained = disagreement
    for cause in DisagreementCause.allCases {
      explained.cause = cause
      if cause == .rounding,
        let words = RoundingTest(answer: base, unit: unit).words(disagreement.theirs)
      {
        explained.reading = words
        return explained
      }
      if cause == .reopened, disagreement.theirs == .breached, let within = base.within,
        base.standing > 0, base.elapsed + base.standing > within
      {
        explained.reading = "up to the last stop, with the time in which it stood stopped"
        explained.elapsedThere = base.elapsed + base.standing
        explained.withinThere = within
        return explained
      }
      for other in others where other.rules.cause == cause && other.rules.isAsked(of: base) {
        guard let answer = other.answer(ticket: ticket, clock: clock, cycle: cycle),
          answer.verdict == disagreement.theirs
        else { continue }
        explained.reading = other.rules.words
        explained.elapsedThere = answer.elapsed
        explained.withinThere = answer.within
        return explained
      }
    }
    return explained
  }
}

extension AlteredRules {
  /// A tier's target is tried on tickets that were in several tiers, that one among them.
  fileprivate func isAsked(of base: AlteredReplay.Answer) -> Bool {
    guard let tier else { return true }
    return base.tiers.count > 1 && base.tiers.contains(tier)
  }
}

/// Whether a verdict turns on what a source leaves out when it shows minutes or hours alone.
struct RoundingTest {
  let answer: AlteredReplay.Answer
  /// What all instants of the export are a multiple of, as far as it is a minute or an hour;
  /// else 1.
  let unit: Int64
  private static let fewestForHours = 20

  static func unit(of table: TicketTable) -> Int64 {
    let instants = table.moments.flatMap(\.seconds).filter { $0 > MomentColumn.unreadable }
    guard let first = instants.first else { return 1 }
    // Zones may be half an hour off, so that hours are full by their distance; of a few instants
    // that would be chance.
    if instants.count >= Self.fewestForHours,
      instants.allSatisfy({ ($0 - first).isMultiple(of: 3_600) })
    {
      return 3_600
    }
    return instants.allSatisfy { $0.isMultiple(of: 60) } ? 60 : 1
  }

  /// What was cut, if the source's verdict follows from it.
  ///
  /// An amount that was counted is cut to minutes whatever the export shows. Where it shows no
  /// seconds, two instants may each be up to a unit later than shown, and so may what lies between.
  func words(_ theirs: Verdict) -> String? {
    let cut = max(60, unit)
    let name = cut == 60 ? "minutes" : "hours"
    let (counted, allowed) = (answer.within != nil ? answer.elapsed : answer.end, answer.limit)
    guard let allowed else { return nil }
    switch theirs {
    case .met where counted > allowed && counted - counted.modulo(cut) <= allowed:
      return "elapsed cut to \(name)"
    case .breached where counted <= allowed && counted > allowed - allowed.modulo(cut):
      return "the time allowed cut to \(name)"
    case .breached where unit > 1 && counted <= allowed && counted + unit > allowed:
      return "instants shown in \(name) alone"
    default: return nil
    }
  }
}

extension AlteredReplay.Answer {
  fileprivate var limit: Int64? { within ?? dueDate }
}

extension Int64 {
  fileprivate func modulo(_ divisor: Int64) -> Int64 {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
