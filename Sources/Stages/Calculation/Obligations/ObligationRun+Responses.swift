import Agreements
import Results
import ServiceTime
import Tickets

extension ObligationRun {
  private struct Answer {
    let row: ObligationRows.Row
    let isMet: Bool
    /// The end if it was in time, else the instant from which it was late; `nil` beyond what
    /// calendars cover.
    let decided: Int64?
    let within: Int64
  }

  /// Rows that are answered within a time; see docs/DECISIONS.md, "Responses".
  mutating func addResponses(
    of chain: ObligationChain, _ rows: ObligationRows, _ spans: [Span],
    to record: inout ObligationRecord
  ) {
    let answers = answers(of: chain, rows)
    record.periods = spans.map { span in
      let sight = Sight(end: span.range.upperBound, asOf: plan.asOf, horizon: span.horizon)
      return period(span, of: chain, rows) { period in
        var counts = ObligationCounts()
        for answer in answers where sight.sees(answer.row.start) {
          guard let decided = answer.decided, sight.sees(decided) else {
            counts.running += 1
            continue
          }
          guard decided >= span.range.lowerBound else { continue }
          if answer.isMet { counts.met += 1 } else { counts.missed += 1 }
        }
        period.counts = counts
        period.reached = Int64(counts.met) * CountTable.unit
        period.possible = Int64(counts.met + counts.missed) * CountTable.unit
        setState(of: &period, in: span)
      }
    }
    record.late = late(answers, of: chain, rows)
  }

  private mutating func answers(of chain: ObligationChain, _ rows: ObligationRows) -> [Answer] {
    let calendars = chain.parts.map { part in part.obligation.calendar.map { shelf.calendar($0) } }
    return rows.rows.compactMap { row in
      guard chain.parts[row.part].valid.contains(row.start),
        case .responseTo(let terms) = chain.parts[row.part].obligation.terms,
        let calendar = calendars[row.part]
      else { return nil }
      let start = Instant(seconds: row.start)
      let within = Self.seconds(of: terms.within, in: calendar, from: start)
      if let end = row.end,
        calendar.work(from: start, to: Instant(seconds: end)).seconds <= within
      {
        return Answer(row: row, isMet: true, decided: end, within: within)
      }
      let lost = calendar.due(after: WorkTime(seconds: within), from: start)
        .flatMap { calendar.nextOpen(at: $0) }
      return Answer(row: row, isMet: false, decided: lost?.seconds, within: within)
    }
  }

  private static func seconds(
    of amount: Allowance, in calendar: WorkCalendar, from start: Instant
  ) -> Int64 {
    switch amount {
    case .work(let seconds): seconds
    case .calendarDays(let days): Int64(days) * 86_400
    case .businessDays(let days): Int64(days) * calendar.longestOpening(at: start).seconds
    }
  }

  /// Those lost in the reported period, longest first.
  private mutating func late(
    _ answers: [Answer], of chain: ObligationChain, _ rows: ObligationRows
  ) -> [LateResponse] {
    var late: [LateResponse] = []
    for answer in answers where !answer.isMet {
      guard let lost = answer.decided, plan.sight.sees(lost), lost >= plan.reportedStart,
        let definition = chain.parts[answer.row.part].obligation.calendar
      else { continue }
      let end = answer.row.end.flatMap { plan.sight.sees($0) ? $0 : nil }
      let elapsed = shelf.calendar(definition).work(
        from: Instant(seconds: answer.row.start), to: Instant(seconds: end ?? plan.horizon))
      late.append(
        LateResponse(
          id: rows.table.id(answer.row.number), start: answer.row.start, end: end, lost: lost,
          elapsedSeconds: elapsed.seconds, withinSeconds: answer.within))
    }
    return late.sorted {
      if $0.elapsedSeconds != $1.elapsedSeconds { return $0.elapsedSeconds > $1.elapsedSeconds }
      return ($0.start, $0.id) < ($1.start, $1.id)
    }
  }
}
