import Foundation
import ServiceTime
import TestSupport

/// The sample desk, night by night: what its system would export, and what is known of it.
struct NightlyDesk {
  /// A row as it is exported, in the order of ``header``.
  typealias Row = [String]

  /// What a night brings.
  enum Export: String, CaseIterable {
    /// All incidents.
    case dump
    /// What has changed since the last export that came in.
    case delta
    /// The same, and some incidents as they were three days ago.
    case deltaWithOldRows
    /// A file of an earlier night under another name, and then a delta.
    case repeated
    /// Rows that are no rows of incidents, and no other file.
    case corrupt
    /// A packed file that is cut, and then a delta.
    case cut
  }

  struct File {
    var name: String
    let bytes: Data
    /// Whether an incident that is not in it is gone.
    let holdsAll: Bool
    var isReadable = true
  }

  /// An incident as it is in the end.
  private struct Incident {
    let row: Row
    let opened: Int64
    /// When the system first shows it: late, for some.
    let shown: Int64
    /// The priority that it has on its first day.
    let firstPriority: String
    let isReopened: Bool
  }

  let header: Row
  private let incidents: [Incident]
  private var random: SeededGenerator
  /// The last export that came in.
  private var since: Int64 = 0
  private var files: [File] = []
  /// The rows that stand, by a rule that can be read: the newer `updated`, else the later row.
  private(set) var known: [String: Row] = [:]

  private static let day: Int64 = 86_400

  init(seed: UInt64, nights: [String]) throws {
    random = SeededGenerator(seed: seed)
    let file = House.root.appendingPathComponent("sample-data/servicenow/incidents.csv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    header = Self.cells(lines[0])
    var incidents: [Incident] = []
    let seconds = nights.map(Self.seconds)
    for line in lines.dropFirst() where !line.contains("\"") {
      let row = Self.cells(line)
      let opened = Self.seconds(row[1])
      let isNear = seconds.contains { (-14 * Self.day...0).contains(opened - $0) }
      guard isNear, Int.random(in: 0..<3, using: &random) == 0 else { continue }
      incidents.append(Self.incident(row, opened, &random))
    }
    for row in Self.nightsOfClockChanges {
      incidents.append(Self.incident(row, Self.seconds(row[1]), &random))
    }
    self.incidents = incidents
  }

  /// Incidents at times that never were, or were twice.
  private static let nightsOfClockChanges: [Row] = {
    let times = [
      ["2026-03-29 00:50:00", "2026-03-29 01:10:00", "2026-03-29 02:05:00"],
      ["2026-03-29 01:30:00", "2026-03-29 02:10:00", "2026-03-29 03:00:00"],
      ["2026-03-28 23:00:00", "2026-03-29 00:30:00", "2026-03-29 01:30:00"],
      ["2026-10-25 00:50:00", "2026-10-25 01:10:00", "2026-10-25 01:40:00"],
      ["2026-10-25 01:30:00", "2026-10-25 01:10:00", "2026-10-25 02:30:00"],
      ["2026-10-25 01:30:00", "2026-10-25 01:45:00", "2026-10-25 04:00:00"],
    ]
    return times.enumerated().map { number, at in
      [
        "INC09\(number)", at[0], at[1], at[2], "", "2026-\(at[2].dropFirst(5).prefix(5)) 08:00:00",
        "Resolved", "1 - Critical", "Networks", "Network", "Finance", "By night", "Phone", "true",
        "0", "0",
      ]
    }
  }()

  private static func incident(
    _ row: Row, _ opened: Int64, _ random: inout SeededGenerator
  ) -> Incident {
    let isLate = Int.random(in: 0..<20, using: &random) == 0
    let days = Int64.random(in: 1...10, using: &random)
    let isChanged = Int.random(in: 0..<5, using: &random) == 0
    return Incident(
      row: row, opened: opened, shown: isLate ? opened + days * day : opened,
      firstPriority: isChanged ? "4 - Low" : row[7],
      isReopened: Int.random(in: 0..<20, using: &random) == 0)
  }

  /// What the night's files hold, and which of them cannot be read.
  mutating func exports(_ export: Export, at night: String) -> [File] {
    let now = Self.seconds("\(night) 01:45:00")
    let name = "\(night)-\(export.rawValue)"
    switch export {
    case .dump: return [accept(rows(at: now, since: 0), until: now, name, holdsAll: true)]
    case .delta: return [delta(at: now, name)]
    case .deltaWithOldRows:
      let old = incidents.filter { _ in Int.random(in: 0..<10, using: &random) == 0 }
        .compactMap { row(of: $0, at: now - 3 * Self.day) }
      return [accept(rows(at: now, since: since) + old, until: now, name)]
    case .repeated:
      var earlier = files.randomElement(using: &random)
      earlier?.name = "\(name)-again.csv"
      return (earlier.map { [$0] } ?? []) + [delta(at: now, name)]
    case .corrupt:
      let rows = incidents.prefix(60).map { $0.row.map { _ in "?" } }
      let bytes = Data(text(rows).utf8)
      return [File(name: "\(name).csv", bytes: bytes, holdsAll: true, isReadable: false)]
    case .cut:
      let bytes = Data([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])
      let cut = File(name: "\(name)-cut.csv", bytes: bytes, holdsAll: true, isReadable: false)
      return [cut, delta(at: now, name)]
    }
  }

  /// What is known, as one file that a calculation from scratch reads.
  var knownFile: Data {
    Data(text(known.sorted { $0.key < $1.key }.map(\.value)).utf8)
  }

  private func text(_ rows: [Row]) -> String {
    ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private mutating func delta(at now: Int64, _ name: String) -> File {
    accept(rows(at: now, since: since), until: now, name)
  }

  private mutating func accept(
    _ rows: [Row], until now: Int64, _ name: String, holdsAll: Bool = false
  ) -> File {
    for row in rows {
      if let stored = known[row[0]], row[5] < stored[5] { continue }
      known[row[0]] = row
    }
    since = now
    let file = File(name: "\(name).csv", bytes: Data(text(rows).utf8), holdsAll: holdsAll)
    files.append(file)
    return file
  }

  private func rows(at now: Int64, since: Int64) -> [Row] {
    incidents.filter { $0.shown <= now }.compactMap { incident in
      guard let row = row(of: incident, at: now) else { return nil }
      return Self.seconds(row[5]) > since || incident.shown > since ? row : nil
    }
  }

  /// An incident as it was at an instant, by the clock on the wall.
  private func row(of incident: Incident, at now: Int64) -> Row? {
    guard incident.opened <= now else { return nil }
    var row = incident.row
    var changes = [incident.opened]
    func happened(_ text: String) -> Bool {
      guard !text.isEmpty, Self.seconds(text) <= now else { return false }
      changes.append(Self.seconds(text))
      return true
    }
    if !happened(row[2]) { row[2] = "" }
    if !happened(row[4]) { row[4] = "" }
    let (isResolved, isOver) = (happened(row[3]), happened(incident.row[5]))
    if !isResolved { row[3] = "" }
    if !isOver {
      (row[6], row[13], row[15]) = (isResolved ? "Resolved" : "In Progress", "true", "0")
    }
    if incident.firstPriority != row[7] {
      let change = incident.opened + Self.day
      if change <= now { changes.append(change) } else { row[7] = incident.firstPriority }
    }
    if incident.isReopened, isResolved {
      let (again, end) = (Self.seconds(row[3]) + Self.day, Self.seconds(row[3]) + 2 * Self.day)
      if again <= now { (row[3], row[4], row[6]) = ("", "", "In Progress") }
      if end <= now { (row[3], row[6]) = (Self.text(end), "Resolved") }
      changes += [again, end].filter { $0 <= now }
    }
    row[5] = Self.text(changes.max() ?? incident.opened)
    return row
  }

  private static func cells(_ line: Substring) -> Row {
    line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  /// Seconds of the clock on the wall, as if it were never changed.
  static func seconds(_ text: String) -> Int64 {
    let time = text.count == 10 ? "00:00:00" : text.suffix(8)
    return Instant(iso: "\(text.prefix(10))T\(time)Z")?.seconds ?? 0
  }

  /// A time that the clocks left out is written as the one an hour later, as systems do.
  private static func text(_ seconds: Int64) -> String {
    let missing = Self.seconds("2026-03-29 01:00:00")..<Self.seconds("2026-03-29 02:00:00")
    let seconds = missing.contains(seconds) ? seconds + 3_600 : seconds
    return String(Instant(seconds: seconds).iso.dropLast().replacing("T", with: " "))
  }
}
