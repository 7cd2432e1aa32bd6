import Agreements
import Results
import ServiceTime
import Tickets

extension ObligationRun {
  /// At least so much a month; see docs/DECISIONS.md, "Volumes".
  func addVolume(
    of chain: ObligationChain, _ rows: ObligationRows, _ spans: [Span],
    to record: inout ObligationRecord
  ) {
    let quality = chain.parts.map { part -> CompiledCondition in
      guard case .volume(let terms) = part.obligation.terms else {
        return rows.table.compiled(.anything)
      }
      return rows.table.compiled(terms.quality)
    }
    record.periods = spans.map { span in
      period(span, of: chain, rows) { period in
        var (accepted, rejected) = (Int128(0), Int128(0))
        let own = rows.started(in: span.passed, of: chain)
        for row in own {
          if quality[row.part].holds(rows.table.codes(row.number)) {
            accepted += Int128(row.amount)
          } else {
            rejected += Int128(row.amount)
          }
        }
        let owed = VolumeOwed(chain, in: span.range)
        let figures = VolumeFigures(
          accepted: Int64(clamping: accepted), rejected: Int64(clamping: rejected),
          required: owed.millionths, rows: own.count)
        period.volume = figures
        (period.reached, period.possible) = (figures.accepted, figures.required)
        if owed.isUnjudged {
          period.state = .partial
          period.reason = "a part of a month is not judged"
        } else if figures.required == 0 {
          period.state = .partial
          period.reason = "nothing is promised yet"
        } else if figures.accepted >= figures.required {
          period.state = .met
        } else {
          period.state = span.isToDate ? .running : .missed
        }
      }
    }
  }

  /// A part of the rows; see docs/DECISIONS.md, "Ratios".
  func addRatio(
    of chain: ObligationChain, _ rows: ObligationRows, _ spans: [Span],
    to record: inout ObligationRecord
  ) {
    let conditions = chain.parts.map { part -> CompiledCondition in
      guard case .ratio(let terms) = part.obligation.terms else {
        return rows.table.compiled(.anything)
      }
      return rows.table.compiled(terms.part)
    }
    record.periods = spans.map { span in
      period(span, of: chain, rows) { period in
        var counts = ObligationCounts()
        var (part, whole) = (Int128(0), Int128(0))
        for row in rows.started(in: span.passed, of: chain) {
          whole += Int128(row.amount)
          if conditions[row.part].holds(rows.table.codes(row.number)) {
            part += Int128(row.amount)
            counts.met += 1
          } else {
            counts.missed += 1
          }
        }
        period.counts = counts
        (period.reached, period.possible) = (Int64(clamping: part), Int64(clamping: whole))
        setState(of: &period, in: span)
      }
    }
  }
}

/// What a volume owes in a stretch of time.
///
/// Of each month the share of the days on which the stretch and the agreement cover it, rounded up
/// to the unit of amounts, so that months add up to quarters.
struct VolumeOwed {
  private(set) var millionths: Int64 = 0
  /// Whether a month is covered in part, and the agreement does not want that judged.
  private(set) var isUnjudged = false

  init(_ chain: ObligationChain, in range: Range<Int64>) {
    let zone = chain.zone
    let first = zone.day(of: Instant(seconds: range.lowerBound))
    let last = zone.day(of: Instant(seconds: range.upperBound - 1))
    var month = ReportPeriod.month(containing: CivilDate(daysSince1970: first))
    while month.start.daysSince1970 <= last {
      let days = month.start.daysSince1970..<month.end.daysSince1970
      add(month, days.clamped(to: first..<last + 1), days.count, chain)
      month = month.followingMonth
    }
  }

  private mutating func add(
    _ month: ReportPeriod, _ inside: Range<Int>, _ length: Int, _ chain: ObligationChain
  ) {
    var (sum, covered) = (Int64(0), 0)
    var wantsShare = true
    for part in chain.parts {
      guard case .volume(let terms) = part.obligation.terms else { continue }
      let days = inside.count { day in
        let midnight = chain.zone.midnight(of: CivilDate(daysSince1970: day)).seconds
        return part.valid.contains(midnight)
      }
      guard days > 0 else { continue }
      covered += days
      wantsShare = terms.isProRata
      sum += Int64(days) * (terms.amount(inMonthFrom: month.start) ?? 0)
    }
    guard covered > 0 else { return }
    if covered < length, !wantsShare { isUnjudged = true }
    let (owed, isTooMuch) = millionths.addingReportingOverflow(
      (sum + Int64(length) - 1) / Int64(length))
    millionths = isTooMuch ? .max : owed
  }
}
