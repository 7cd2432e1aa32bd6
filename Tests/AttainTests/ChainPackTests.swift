import Foundation
import TestSupport
import Testing

/// The packs of the sample's chain: an agreement, the groups that support it, and a carrier.
@Suite("Packs of a chain")
struct ChainPackTests {
  private static func files() throws -> [String: Data] {
    let place = try Workplace()
    let agreements = [
      "warehouse", "ola-networks", "ola-systems", "ola-applications", "ola-service-desk", "carrier",
    ].map { " -a pipelines/agreements/\($0).yml" }.joined()
    let run = try place.run(
      """
      attain export pack -i sample-data/servicenow/faults.csv -m pipelines/mappings/faults.yml \
      -i sample-data/promises/changes.csv -m pipelines/mappings/changes.yml\
      \(agreements) --period 2026-10 --as-of 2026-11-02T06:00:00Z --history 3 -o out
      """)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    return try Scratch.files(below: place.folder.appendingPathComponent("out"))
  }

  @Test("A pack holds no ticket of another client, and its chain adds up")
  func packs() throws {
    let files = try Self.files()
    let customers = ["Finance", "Sales", "Warehouse"]
    var tickets: [String: Set<String>] = [:]
    for customer in customers {
      let rows = Sheet.rows(try #require(files["warehouse/\(customer)/csv/tickets.csv"]))
      tickets[customer] = Set(rows.compactMap { $0["ticket"] })
    }
    for customer in customers {
      let others = customers.filter { $0 != customer }
      let foreign = Set(others.flatMap { tickets[$0] ?? [] })
      for (path, bytes) in files where path.hasPrefix("warehouse/\(customer)/") {
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(!foreign.contains { text.contains($0) }, "\(path)")
        for other in others where other != "Warehouse" {
          #expect(!text.contains(other), "\(path) names \(other)")
        }
      }
      let rows = Sheet.rows(try #require(files["warehouse/\(customer)/csv/chain.csv"]))
      var parts: [String: Int] = [:]
      for row in rows {
        parts[row["ticket"] ?? "", default: 0] += Int(row["group_seconds"] ?? "") ?? 0
        #expect(row["customer"] == customer)
      }
      for row in rows {
        #expect(parts[row["ticket"] ?? ""] == Int(row["elapsed_seconds"] ?? ""))
      }
      let missed = rows.filter { ["breached", "overdue"].contains($0["verdict"]) }
      let count = Set(missed.compactMap { $0["ticket"] }).count
      func sum(_ column: String) -> Int {
        var sum = 0
        for row in missed { sum += Int(row[column] ?? "") ?? 0 }
        return sum
      }
      #expect(sum("held_at_loss") == count)
      #expect(sum("first_over") == count)
      #expect(sum("excess_millionths") == count * 1_000_000)
    }
    #expect(files.keys.contains("ola-networks/Service management/csv/attainment.csv"))
    #expect(files.keys.contains("carrier/IT/csv/attainment.csv"))
    #expect(!files.keys.contains("carrier/IT/csv/chain.csv"))
  }
}
