/// What is given arbitrary bytes; the name of a target is that of its folder of `corpus`.
enum FuzzTarget: String, CaseIterable, Sendable {
  case records, timestamps, durations, mapping, calendar, agreement, holidays
  case exclusions

  /// Reads the bytes; a crash, a hang or a complaint is a mistake of the program.
  func complaint(about bytes: [UInt8]) -> String? {
    switch self {
    case .records: RecordFuzzing.complaint(about: bytes)
    case .timestamps: TimestampFuzzing.complaint(about: bytes)
    case .durations: DurationFuzzing.complaint(about: bytes)
    case .mapping: RuleFuzzing.complaint(aboutMapping: bytes)
    case .calendar: RuleFuzzing.complaint(aboutCalendar: bytes)
    case .agreement: RuleFuzzing.complaint(aboutAgreement: bytes)
    case .holidays: HolidayFuzzing.complaint(about: bytes)
    case .exclusions: RuleFuzzing.complaint(aboutRegister: bytes)
    }
  }
}
