import Foundation
import Pipelines
import Results
import ServiceTime
import TestSupport
import Testing

/// Months of nights over one workspace, against a calculation from scratch.
@Suite("A hundred nights")
struct NightsTests {
  /// What was reported after a night.
  private struct Reported {
    let asOf: Instant
    /// As the pack says it: the last import that changed something.
    let knownAt: Instant
    let customer: String
    let figures: [String: Data]
    let pack: [String: Data]
  }

  @Test(
    "After each night the figures are those from scratch, and each comes out again in the end",
    arguments: [60] as [UInt64])
  func nights(seed: UInt64) throws {
    let nights = Self.dates(Effort.rounds(5, long: 100))
    var desk = try NightlyDesk(seed: seed, nights: nights)
    var random = SeededGenerator(seed: seed)
    let office = try Office()
    var reported: [Reported] = []
    var failed = 0
    for (index, night) in nights.enumerated() {
      let now = Instant(seconds: NightlyDesk.seconds("\(night) 03:00:00"))
      let export = Self.export(index, &random)
      for file in desk.exports(export, at: night) {
        let isRead = try office.imports(file, at: now)
        #expect(isRead == file.isReadable, "\(file.name)")
        failed += isRead ? 0 : 1
      }
      let stored = try office.results(knownAt: nil, asOf: now)
      let figures = try office.figures(of: stored)
      let scratch = try office.figures(of: office.results(fromScratch: desk.knownFile, asOf: now))
      try expectSame(figures, scratch, "\(night), \(export)")
      let customers = stored.customers(of: "it-internal")
      let customer = customers[index % customers.count]
      reported.append(
        Reported(
          asOf: now, knownAt: Instant(seconds: try #require(stored.knownAt)),
          customer: customer, figures: figures,
          pack: try office.pack(of: customer, stored)))
    }
    #expect(failed > 0)
    #expect(try office.check() == [])
    for night in reported {
      let again = try office.results(knownAt: night.knownAt, asOf: night.asOf)
      #expect(try office.figures(of: again) == night.figures, "known at \(night.knownAt.iso)")
      let pack = try office.pack(of: night.customer, again)
      for (name, bytes) in night.pack {
        #expect(pack[name] == bytes, "\(name), known at \(night.knownAt.iso)")
      }
    }
  }

  /// Nights in a row that end with those in which the clocks of London change.
  private static func dates(_ count: Int) -> [String] {
    func before(_ last: String, _ count: Int) -> [String] {
      let end = NightlyDesk.seconds(last)
      return (0..<count).reversed().map {
        String(Instant(seconds: end - Int64($0) * 86_400).iso.prefix(10))
      }
    }
    return before("2026-03-30", count / 2) + before("2026-10-26", count - count / 2)
  }

  /// Full ones at first and each week, and one of each kind early on.
  private static func export(_ index: Int, _ random: inout SeededGenerator) -> NightlyDesk.Export {
    if index % 7 == 0 { return .dump }
    let others = NightlyDesk.Export.allCases.filter { $0 != .dump }
    let seventh = index % 7 - 1
    return index < 7 ? others[(seventh + 3) % 5] : others.randomElement(using: &random) ?? .delta
  }

  private static let files = [
    "attainment.csv", "ledger.csv", "reconciliation.csv", "tickets.csv",
  ]

  private func expectSame(
    _ stored: [String: Data], _ scratch: [String: Data], _ night: String
  ) throws {
    #expect(stored.keys.sorted() == Self.files)
    for (name, bytes) in stored {
      let other = try #require(scratch[name])
      let rows = zip(Self.withoutPlaces(bytes), Self.withoutPlaces(other))
      let isSame = name == "tickets.csv" ? rows.allSatisfy(==) : bytes == other
      #expect(isSame, "\(night): \(name): \(rows.first { $0 != $1 } ?? ([], []))")
      #expect(bytes.count(where: Self.isEnd) == other.count(where: Self.isEnd), "\(night): \(name)")
    }
    let tickets = try #require(stored["tickets.csv"])
    #expect(tickets.count(where: Self.isEnd) > 50, "\(night): too few promises")
  }

  private static func isEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") }

  /// The rows of a table without the column that tells where each was exported.
  private static func withoutPlaces(_ bytes: Data) -> [[Substring]] {
    let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let place = rows.first?.firstIndex(of: "line")
    return rows.map { row in row.indices.filter { $0 != place }.map { row[$0] } }
  }
}
