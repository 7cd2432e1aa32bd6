import Agreements
import Foundation
import Importing
import Messages
import Pipelines
import ServiceTime

/// The kinds of files that a user writes, each with its reader and its schema.
enum RuleKind: String, CaseIterable {
  case pipeline, mapping, agreement, calendar, exclusions, actions

  /// The kind of a file, which the first of these keys in it tells; `nil` if it has none.
  init?(of file: WrittenYAML) {
    guard let kind = Self.allCases.first(where: { file[$0.rawValue] != nil }) else { return nil }
    self = kind
  }

  /// What the reader has to say against a file by itself: whatever it names is there.
  func problems(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    switch self {
    case .pipeline:
      return PipelineFile.read(bytes, file: "file.yml").1.map(\.message.text)
    case .mapping:
      do {
        _ = try Mapping.read(bytes, file: "file.yml")
        return []
      } catch {
        return error.findings.map(\.message.text)
      }
    case .agreement:
      let read = AgreementReader.read(bytes, file: "file.yml", sources: Self.sources)
      return read.findings.filter { $0.severity == .error }.map(\.message.text)
    case .calendar:
      let read = CalendarReader.read(bytes, file: "file.yml", sources: Self.sources)
      return read.findings.filter { $0.severity == .error }.map(\.message.text)
    case .actions:
      let read = ActionReader.read(bytes, file: "file.yml", sources: Self.sources)
      return read.findings.filter { $0.severity == .error }.map(\.message.text)
    case .exclusions:
      let read = ExclusionReader.read(bytes, file: "file.yml", sources: Self.sources)
      return read.findings.filter { $0.severity == .error }.map(\.message.text)
    }
  }

  private static var sources: RuleSources {
    RuleSources(
      zone: { _ in .utc },
      calendarFile: { candidates, _ in
        let name = candidates.first?.split(separator: "/").last?.dropLast(4) ?? ""
        let text = WrittenYAML.map([.init(key: "calendar", value: .text(String(name)))])
          .setting(["zone"], to: .text("UTC"))
          .setting(["week"], to: .map([.init(key: "mon-fri", value: .text("08:00-17:00"))]))
        return ("calendar.yml", Array(text.json(.texts).utf8))
      },
      holidays: { _, _ in CivilDate(iso: "2026-12-25").map { [$0] } ?? [] },
      register: { path, _ in
        (path, Array((path.hasSuffix(".csv") ? "tickets,reason\n" : "exclusions: []\n").utf8))
      }, logo: { _, _ in (Array("<svg/>".utf8), "") })
  }
}
