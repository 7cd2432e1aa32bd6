import Foundation
import TestSupport
import Testing

/// Packs of a desk of two departments that share a register of exclusions.
@Suite("Exclusions in packs")
struct ExclusionPackTests {
  private static let agreement = """
    agreement: desk
    provider: IT
    customer: {field: department}
    zone: Europe/London
    calendar: office
    calendars:
      office: {zone: Europe/London, week: {mon-fri: "08:00-18:00"}}
    tiers: {All: {}}
    clocks: {resolution: {start: opened, stop: resolved}}
    targets: [{clock: resolution, objective: 90%, within: 4h}]
    exclusions: register.yml

    """

  private static let mapping = """
    mapping: desk
    rows: tickets
    zone: Europe/London
    timestamps: auto
    ticket: {id: ticket, opened: opened, resolved: resolved, department: department, group: group}
    pauses: [{from: held, to: freed, party: customer}]

    """

  private static let register = """
    exclusions:
      - tickets: [ALPHA-1, BRAVO-1, ALPHA-2, BRAVO-2, GHOST-1]
        reason: tests of the monitoring
        approver: the owner
        approved: 2026-04-01T09:00:00Z
      - tickets: [BRAVO-3]
        reason: asked by one of them alone
      - from: 2026-03-10T09:00:00Z
        to: 2026-03-10T12:00:00Z
        when: {department: [Bravo House, Charlie House], group: Wires}
        reason: a cut of one of them alone
        approver: the owner
        approved: 2026-04-01T09:00:00Z
      - from: 2026-03-11T09:00:00Z
        to: 2026-03-11T10:00:00Z
        when: {group: [Wires, Desk]}
        reason: a cut of all
        approver: the owner
        approved: 2026-04-01T09:00:00Z
      - from: 2026-03-12T09:00:00Z
        to: 2026-03-12T10:00:00Z
        when: {department: Bravo House}
        reason: not approved and of the other

    """

  /// Every part of a workbook, word for word.
  private static let parts = """
    import sys, zipfile
    book = zipfile.ZipFile(sys.argv[1])
    for name in book.namelist():
        sys.stdout.write(name + book.read(name).decode("utf-8", "replace"))
    """

  private func desk() throws -> Scratch {
    let scratch = try Scratch()
    var rows = ["ticket,opened,resolved,department,group,held,freed"]
    for number in 1...20 {
      let day = 2 + number % 20
      for (name, department, group) in [
        ("ALPHA", "Alpha House", "Desk"), ("BRAVO", "Bravo House", "Wires"),
      ] {
        let date = "2026-03-\(day < 10 ? "0" : "")\(day)"
        rows.append(
          "\(name)-\(number),\(date) 08:30:00,\(date) \(12 + number % 3):45:00,\(department),"
            + "\(group),\(date) 12:20:00,\(date) 12:40:00")
      }
    }
    try scratch.write(rows.joined(separator: "\n") + "\n", to: "tickets.csv")
    try scratch.write(Self.agreement, to: "agreement.yml")
    try scratch.write(Self.mapping, to: "desk.yml")
    try scratch.write(Self.register, to: "register.yml")
    return scratch
  }

  private func packs(_ scratch: Scratch) throws -> Tool.Result {
    try Tool.run(
      [
        "export", "pack", "-i", "tickets.csv", "-m", "./desk.yml", "-a", "agreement.yml", "-p",
        "2026-03", "--as-of", "2026-04-02T06:00:00Z", "-o", "packs",
      ], in: scratch.folder)
  }

  @Test("No file of a pack holds an id, a name, or an entry of the other customer")
  func nothingOfOthers() throws {
    let scratch = try desk()
    let result = try packs(scratch)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.contains("no source has a ticket GHOST-1"))
    let files = try Scratch.files(below: scratch.folder.appendingPathComponent("packs"))
    var seen: [String: Int] = [:]
    for (path, bytes) in files {
      let isAlpha = path.hasPrefix("Alpha")
      let others =
        isAlpha
        ? ["BRAVO-", "Bravo", "Charlie", "one of them alone", "of the other", "GHOST"]
        : ["ALPHA-", "Alpha", "Charlie", "GHOST"]
      let text =
        path.hasSuffix(".xlsx")
        ? try Python.run(
          Self.parts, scratch.folder.appendingPathComponent("packs/" + path).path)
        : String(decoding: bytes, as: UTF8.self)
      for other in others { #expect(!text.contains(other), "\(path) holds \(other)") }
      for own in ["tests of the monitoring", "a cut of all"] where text.contains(own) {
        seen["\(isAlpha) \(own)", default: 0] += 1
      }
    }
    #expect(files.count > 14)
    // The page, the workbook, the CSV file and the results say each of both.
    #expect(seen.values.allSatisfy { $0 >= 4 } && seen.count == 4, "\(seen)")
  }

  @Test("The counts of all packs add up to the run's, and each ledger ties out")
  func sums() throws {
    let scratch = try desk()
    #expect(try packs(scratch).status == 0)
    let whole = try Tool.run(
      [
        "export", "csv", "-i", "tickets.csv", "-m", "./desk.yml", "-a", "agreement.yml", "-p",
        "2026-03", "--as-of", "2026-04-02T06:00:00Z", "-o", "csv",
      ], in: scratch.folder)
    #expect(whole.status == 0)
    var sums: [String: Int] = [:]
    for (path, bytes) in try Scratch.files(below: scratch.folder) {
      guard path.hasSuffix("ledger.csv") || path.hasSuffix("exclusions.csv") else { continue }
      let sign = path.hasPrefix("packs/") ? 1 : -1
      for row in Sheet.rows(bytes) {
        if let bucket = row["bucket"], row["level"] == "promises" {
          guard sign == 1 || !(row["customer"] ?? "").isEmpty else { continue }
          sums[bucket, default: 0] += sign * (Int(row["count"] ?? "") ?? 0)
        } else if let reason = row["reason"], sign == 1 || (row["customer"] ?? "").isEmpty {
          for column in ["promises", "missed", "seconds"] {
            sums["\(reason) \(column)", default: 0] += sign * (Int(row[column] ?? "") ?? 0)
          }
        }
      }
    }
    #expect(sums.count > 25)
    for (name, difference) in sums { #expect(difference == 0, "\(name)") }
    let ledger = try Data(
      contentsOf: scratch.folder.appendingPathComponent("packs/Alpha House/csv/ledger.csv"))
    let promises = Sheet.rows(ledger).filter { $0["level"] == "promises" }
    #expect(promises.reduce(0) { $0 + (Int($1["count"] ?? "") ?? 0) } == 20)
    #expect(promises.first { $0["bucket"] == "excluded" }?["count"] == "2")
  }

  @Test("The register is among the rules of the results and the manifest, with its hash")
  func recorded() throws {
    let scratch = try desk()
    #expect(try packs(scratch).status == 0)
    for name in ["manifest.json", "results.json"] {
      let url = scratch.folder.appendingPathComponent("packs/Alpha House/\(name)")
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
      let rules = try #require(json["rules"] as? [[String: Any]])
      let rule = try #require(rules.first { $0["kind"] as? String == "exclusions" })
      #expect(rule["name"] as? String == "register.yml")
      #expect((rule["sha256"] as? String)?.count == 64)
    }
  }
}
