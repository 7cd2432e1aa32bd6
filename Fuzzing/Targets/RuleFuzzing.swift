import Agreements
import Importing
import Messages
import ServiceTime

/// Readers of rule files: whatever the bytes, either a value or at least one message.
enum RuleFuzzing {
  static func complaint(aboutMapping bytes: [UInt8]) -> String? {
    do {
      let mapping = try Mapping.read(bytes, file: "mapping.yml")
      let names = mapping.names
      return names == names.sorted() ? nil : "the names are not sorted: \(names)"
    } catch {
      return complaint(about: error.findings, isRead: false)
    }
  }

  static func complaint(aboutCalendar bytes: [UInt8]) -> String? {
    let (calendar, findings) = CalendarReader.read(
      bytes, file: "calendar.yml", sources: sources)
    if let complaint = complaint(about: findings, isRead: calendar != nil) { return complaint }
    return calendar.flatMap(complaint(about:))
  }

  static func complaint(aboutAgreement bytes: [UInt8]) -> String? {
    let (agreement, findings) = AgreementReader.read(
      bytes, file: "agreement.yml", sources: sources)
    if let complaint = complaint(about: findings, isRead: agreement != nil) { return complaint }
    if let agreement {
      _ = AgreementLint.findings(for: [agreement, agreement])
      _ = agreement.namesUsed
    }
    return nil
  }

  /// The same bytes as YAML and as CSV.
  static func complaint(aboutRegister bytes: [UInt8]) -> String? {
    for file in ["register.yml", "register.csv"] {
      let (exclusions, findings) = ExclusionReader.read(bytes, file: file, sources: sources)
      let isWrong = findings.contains { $0.severity == .error }
      if let complaint = complaint(about: findings, isRead: !isWrong) { return complaint }
      for exclusion in exclusions where exclusion.reason.isEmpty || exclusion.place.line == nil {
        return "an entry without a reason or a place: \(exclusion)"
      }
    }
    return nil
  }

  /// An error has a place in the file and a message; without an error there is a value.
  private static func complaint(about findings: [Finding], isRead: Bool) -> String? {
    let errors = findings.filter { $0.severity == .error }
    guard errors.isEmpty == isRead else {
      return "read: \(isRead), but said: \(errors.map(\.line))"
    }
    for finding in findings {
      guard let line = finding.place.line, let column = finding.place.column, line > 0, column > 0,
        !finding.message.text.isEmpty
      else { return "without a place: \(finding.line)" }
    }
    return nil
  }

  /// Openings of some weeks: ascending, apart, and as long as their sum.
  private static func complaint(about definition: CalendarDefinition) -> String? {
    let start = Instant(seconds: 1_798_761_600)
    let end = Instant(seconds: 1_798_761_600 + 40 * 86_400)
    guard let covering = ClockInterval(from: start, to: end) else { return nil }
    let calendar = WorkCalendar(definition, covering: covering)
    let openings = calendar.openings(in: covering)
    var sum: Int64 = 0
    for (index, opening) in openings.enumerated() {
      sum += opening.end.seconds - opening.start.seconds
      if index > 0, openings[index - 1].end >= opening.start { return "openings touch" }
    }
    let work = calendar.work(from: start, to: end).seconds
    return work == sum ? nil : "\(work) s of work in openings of \(sum) s"
  }

  private static var sources: RuleSources {
    RuleSources(
      zone: { name in name == "nowhere" ? nil : .utc },
      zoneNames: ["Europe/London", "UTC"],
      calendarFile: { candidates, _ in
        guard candidates.first == "calendars/office.yml" else { return nil }
        let text = "calendar: office\nzone: UTC\nweek: {mon-fri: \"08:00-17:00\"}\n"
        return ("calendars/office.yml", Array(text.utf8))
      },
      holidays: { path, _ in path == "none.ics" ? [] : [.init(iso: "2027-01-01")].compactMap(\.self)
      })
  }
}
