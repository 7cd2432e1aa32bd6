/// What a pipeline or a `--period` asks for.
package enum PeriodRequest: Hashable, Sendable {
  /// Everything the input holds.
  case all
  case period(ReportPeriod)
}

/// Why a text is not a period.
package enum PeriodError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Not written like a period.
  case notAPeriod(String)
  /// A month, quarter or day that does not exist.
  case noSuchDate(String)
  /// The last day is before the first.
  case backwards(String)

  package var description: String {
    switch self {
    case .notAPeriod(let text):
      """
      "\(text)" is not a period like 2026-10, 2026-Q3, 2026, 2026-10-01..2026-10-15, last-month, \
      month-to-date or all
      """
    case .noSuchDate(let text):
      "\"\(text)\" names a month, quarter or day that does not exist"
    case .backwards(let text):
      "\"\(text)\" ends before it begins; the first day comes first, and the last is inside"
    }
  }
}

/// Reading of periods.
package enum Period {
  /// Reads a period; relative ones are those of the local day of `asOf` in `zone`.
  ///
  /// `month-to-date` is the whole month of `asOf`: its horizon is what cuts it short.
  package static func parse(
    _ text: String, asOf: Instant, zone: ZoneRules
  ) throws(PeriodError) -> PeriodRequest {
    switch text {
    case "all": return .all
    case "last-month":
      return .period(ReportPeriod.month(containing: asOf, in: zone).previousMonth)
    case "month-to-date": return .period(ReportPeriod.month(containing: asOf, in: zone))
    default: return .period(try ReportPeriod(text))
    }
  }
}

extension ReportPeriod {
  /// Reads a period that does not depend on now: `2026-10`, `2026-Q3`, `2026` or
  /// `2026-10-01..2026-10-15`, where the last day is inside.
  package init(_ text: String) throws(PeriodError) {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(digits: 4) else { throw .notAPeriod(text) }
    let read: ReportPeriod?
    if scanner.isAtEnd {
      read = .year(year)
    } else if text.utf8.count > 7 {
      read = try ReportPeriod.days(text)
    } else {
      guard scanner.skip("-") else { throw .notAPeriod(text) }
      let isQuarter = scanner.skip("Q")
      guard let number = scanner.number(digits: isQuarter ? 1 : 2), scanner.isAtEnd else {
        throw .notAPeriod(text)
      }
      read = isQuarter ? .quarter(year, number) : .month(year, number)
    }
    guard let read else { throw .noSuchDate(text) }
    self = read
  }

  private static func days(_ text: String) throws(PeriodError) -> ReportPeriod? {
    var scanner = DigitScanner(text)
    guard let first = scanner.dateFields(), scanner.skip("."), scanner.skip("."),
      let last = scanner.dateFields(), scanner.isAtEnd
    else { throw .notAPeriod(text) }
    guard let from = CivilDate(first), let through = CivilDate(last) else {
      throw .noSuchDate(text)
    }
    guard from <= through else { throw .backwards(text) }
    return range(from: from, through: through)
  }
}

extension CivilDate {
  fileprivate init?(_ fields: (year: Int, month: Int, day: Int)) {
    self.init(year: fields.year, month: fields.month, day: fields.day)
  }
}
