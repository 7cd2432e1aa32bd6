import Foundation
import Pipelines
import ServiceTime
import TestSupport

/// A desk of which all is known, so that what its exports say after any night can be written down.
struct KnownDesk {
  enum Shape: String, CaseIterable, Sendable { case tickets, snapshots, events }

  /// A ticket as it was from an instant on.
  private struct Version {
    var night: Int
    var number: Int
    var at: Int64
    var status: String
    var priority: String
    var resolved: Int64?
  }

  private struct Ticket {
    var id: String
    var opened: Int64
    var department: String
    var title: String
    var versions: [Version]
  }

  /// How much of the desk a file holds.
  enum Extent: CaseIterable { case all, window, night }

  let shape: Shape
  let nights: Int
  private(set) var random: SeededGenerator
  private var tickets: [Ticket] = []

  /// 2026-03-02, a Monday.
  private static let start = Instant(seconds: 1_772_409_600)

  init(shape: Shape, seed: UInt64, nights: Int = 6) {
    self.shape = shape
    self.nights = nights
    random = SeededGenerator(seed: seed)
    for night in 0..<nights { live(through: night) }
  }

  /// When the export of a night is imported.
  static func instant(ofNight night: Int) -> Instant {
    start.advanced(by: Int64(night + 1) * 86_400)
  }

  private mutating func live(through night: Int) {
    let day = Self.start.seconds + Int64(night) * 86_400
    for index in tickets.indices where Int.random(in: 0..<5, using: &random) < 2 {
      let last = tickets[index].versions[tickets[index].versions.count - 1]
      var next = last
      next.night = night
      next.number += 1
      next.at = day + Int64.random(in: 0..<86_400, using: &random)
      next.status = pick(["Open", "Waiting", "Solved", "Solved", "Cancelled"])
      next.priority = pick([last.priority, last.priority, "1", "2"])
      next.resolved = next.status == "Solved" ? next.at : nil
      tickets[index].versions.append(next)
    }
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let opened = day + Int64.random(in: 0..<86_400, using: &random)
      tickets.append(
        Ticket(
          id: "T\(tickets.count)", opened: opened, department: pick(["Finance", "Sales", ""]),
          title: pick(["plain", "two\nlines", "a \"quote\", a comma", "three\r\n\nlines"]),
          versions: [
            Version(
              night: night, number: 0, at: opened, status: "New", priority: pick(["1", "2", "3"]))
          ]))
    }
  }

  private mutating func pick(_ values: [String]) -> String {
    values.randomElement(using: &random) ?? ""
  }

  // MARK: exports

  var mapping: String { mapping(.all) }

  /// How files of an extent are read: a ticket that is not in a part of the desk is not gone.
  func mapping(_ extent: Extent) -> String {
    let isPart = shape == .tickets && extent != .all
    return rows + "\nholds: \(isPart ? "updated-from 2026-03-01" : "all")\n"
  }

  private var rows: String {
    switch shape {
    case .tickets:
      """
      mapping: desk
      rows: tickets
      timestamps: iso
      ticket: {id: id, opened: opened, resolved: resolved, updated: updated, status: status,
               priority: priority, department: department, title: title}
      """
    case .snapshots:
      """
      mapping: desk
      rows: snapshots
      timestamps: iso
      ticket: {id: id, opened: opened, resolved: resolved, updated: updated, status: status,
               priority: priority, department: department, title: title}
      order: version
      """
    case .events:
      """
      mapping: desk
      rows: events
      timestamps: iso
      ticket: {id: id, at: at, field: field, from: from, to: to}
      """
    }
  }

  private var header: String {
    shape == .events
      ? "id,at,field,from,to"
      : "id,version,opened,resolved,updated,status,priority,department,title"
  }

  /// A file that is exported after a night, of the desk as it is then.
  func export(_ extent: Extent, after night: Int) -> String {
    let first =
      switch extent {
      case .all: 0
      case .window: night - 2
      case .night: night
      }
    let rows = tickets.flatMap { ticket in
      let known = ticket.versions.indices.filter { ticket.versions[$0].night <= night }
      let told = known.filter { ticket.versions[$0].night >= first }
      switch shape {
      case .tickets: return told.suffix(1).map { row(ticket, ticket.versions[$0]) }
      case .snapshots: return told.map { row(ticket, ticket.versions[$0]) }
      case .events: return told.flatMap { events(ticket, at: $0) }
      }
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  private func row(_ ticket: Ticket, _ version: Version) -> String {
    [
      ticket.id, "\(version.number)", iso(ticket.opened), version.resolved.map(iso) ?? "",
      iso(version.at), version.status, version.priority, ticket.department,
      "\"\(ticket.title.replacingOccurrences(of: "\"", with: "\"\""))\"",
    ].joined(separator: ",")
  }

  private func events(_ ticket: Ticket, at index: Int) -> [String] {
    let new = ticket.versions[index]
    let old = index > 0 ? ticket.versions[index - 1] : nil
    var changes = [
      ("status", old?.status ?? "", new.status), ("priority", old?.priority ?? "", new.priority),
      ("at:resolved", old?.resolved.map(iso) ?? "", new.resolved.map(iso) ?? ""),
    ]
    if old == nil { changes.append(("department", "", ticket.department)) }
    return changes.filter { $0.1 != $0.2 }.map { field, from, to in
      [ticket.id, iso(new.at), field, from, to].joined(separator: ",")
    }
  }

  private func iso(_ seconds: Int64) -> String { Instant(seconds: seconds).iso }

  /// What is imported after a night: the night itself is in it, and often more.
  mutating func imports(after night: Int) -> [(extent: Extent, text: String)] {
    // The first night's export is the whole desk, whatever it leaves out.
    let drawn = Extent.allCases.randomElement(using: &random) ?? .all
    let extent = night == 0 ? .all : drawn
    var files = [(extent, export(extent, after: night))]
    if night > 0, Bool.random(using: &random) {
      // An older export, late: it tells nothing new, and not of what was opened since.
      let late = Int.random(in: 0..<night, using: &random)
      let text = export(Extent.allCases.randomElement(using: &random) ?? .all, after: late)
      files.append((.window, text))
    }
    return files
  }

  static let agreement = """
    agreement: desk
    title: Service desk agreement
    provider: IT
    customer: {field: department}
    zone: Europe/London
    calendar: office
    calendars:
      office: {zone: Europe/London, week: {mon-sun: "09:00-17:00"}}
    tiers: {P1: {priority: 1}, P2: {priority: 2}}
    clocks:
      resolution:
        start: opened
        stop: resolved
        pause: {status: Waiting, party: customer}
        cancel: {status: Cancelled}
    targets: [{clock: resolution, objective: 75%, within: {P1: 4h, P2: 8h}}]
    """
}
