import Foundation
import TestSupport

/// A folder with a pipeline over a made-up export: one pack for each of some departments.
struct DeskFolder {
  let scratch: Scratch
  let folder: URL

  static let departments = ["Finance", "Research", "Sales", "../../x", "=1+1", "<b>Law & Co</b>"]

  init(tickets: Int, seed: UInt64) throws {
    scratch = try Scratch()
    folder = scratch.folder.appendingPathComponent("desk")
    try scratch.write(Self.pipeline, to: "desk/review.yml")
    try scratch.write(Self.agreement, to: "desk/agreement.yml")
    try scratch.write(Self.mapping, to: "desk/mapping.yml")
    try setTickets(tickets, seed: seed)
  }

  func setTickets(_ count: Int, seed: UInt64) throws {
    try scratch.write(Self.export(of: count, seed: seed), to: "desk/tickets.csv")
  }

  static let arguments = ["run", "review.yml", "--as-of", "2026-05-02T06:00:00Z"]

  private static let pipeline = """
    pipeline: review
    period: 2026-04
    stages:
      - import: {files: tickets.csv, mapping: ./mapping.yml}
      - calculate: {agreements: agreement.yml, history: 3 months}
      - export: {to: "out/{period}/{customer}"}

    """

  private static let mapping = """
    mapping: desk
    rows: tickets
    zone: Europe/London
    timestamps: auto
    ticket: {id: ticket, opened: opened, resolved: resolved, priority: priority,
             department: department, title: title}

    """

  private static let agreement = """
    agreement: desk
    title: Service desk agreement
    provider: IT
    customer: {field: department}
    zone: Europe/London
    calendar: office
    calendars:
      office: {zone: Europe/London, week: {mon-fri: "09:00-17:00"}}
    tiers: {P1: {priority: 1}, P2: {priority: 2}, "Other": {}}
    clocks: {resolution: {start: opened, stop: resolved}}
    targets: [{clock: resolution, objective: 90%, within: {P1: 4h, P2: 8h, Other: 16h}}]

    """

  private static func export(of count: Int, seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    var lines = ["ticket,title,opened,resolved,priority,department"]
    for number in 1...count {
      let day = Int.random(in: 0..<88, using: &random)
      let hour = Int.random(in: 7..<18, using: &random)
      let open = "2026-\(two(2 + day / 30))-\(two(1 + day % 28)) \(two(hour)):15"
      let isOpen = Int.random(in: 0..<20, using: &random) == 0
      let later = Int.random(in: 0..<3, using: &random)
      let close =
        "2026-\(two(2 + day / 30))-\(two(1 + day % 28)) \(two(min(23, hour + 1 + later * 2))):45"
      let priority = Int.random(in: 1...3, using: &random)
      let department = departments[Int.random(in: 0..<departments.count, using: &random)]
      lines.append(
        "=D+\(number),<script>alert(\(number))</script>,\(open),\(isOpen ? "" : close),"
          + "\(priority),\(department)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
