import Foundation
import Messages
import ServiceTime
import Synchronization
import TestSupport
import Testing
import Tickets

@testable import Importing

/// What comes out of an import for every number of workers and every size of a block.
@Suite struct WorkersTests {
  private static let ways: [(workers: Int, blockSize: Int)] = [
    (1, 64), (1, 1_000), (2, 100), (2, 4_000), (3, 333), (4, 1), (5, 700),
  ]
  private static let rounds = UInt64(Effort.rounds(60, long: 240))

  private func read(
    _ export: MessyExport, workers: Int = 1, blockSize: Int? = nil,
    taker: (any TicketTaker)? = nil
  ) throws -> ImportOutcome {
    let mapping = try Mapping.read(export.mapping, file: "messy.yml")
    let zone = try RealExports.rules("Europe/London")
    return try Importer(
      mapping, zone: zone, workers: workers, blockSize: blockSize, taker: taker
    ).read(export.files.map { ImportInput(name: $0.name, bytes: $0.bytes) })
  }

  @Test("Rows, findings and ledger are the same, whatever the rows hold")
  func sameOutcome() throws {
    for seed in 0..<Self.rounds {
      let export = MessyExport(seed: seed)
      let expected = try read(export).words
      for way in Self.ways {
        let found = try read(export, workers: way.workers, blockSize: way.blockSize).words
        #expect(found == expected, "seed \(seed), \(way.workers) workers, \(way.blockSize) bytes")
      }
    }
  }

  @Test("A taker gets every ticket once, and what is held has all rows of a repeated id")
  func takers() throws {
    for seed in 0..<Self.rounds {
      let export = MessyExport(seed: seed, rows: "tickets")
      let whole = try read(export)
      for way in Self.ways {
        let taker = CollectingTaker()
        let held = try read(
          export, workers: way.workers, blockSize: way.blockSize, taker: taker)
        let place = "seed \(seed), \(way.workers) workers, \(way.blockSize) bytes"
        #expect(held.findings.map(\.line) == whole.findings.map(\.line), "\(place)")
        #expect(held.ledger == whole.ledger, "\(place)")
        let tickets = held.tickets.map { $0.rowWords } ?? []
        let expected = whole.tickets.map { $0.rowWords } ?? []
        #expect((taker.words + tickets).sorted() == expected.sorted(), "\(place)")
      }
    }
  }

  @Test("A file that grows before it is read again gives no ticket to a taker twice")
  func growingFile() throws {
    let rows = ["1,2026-01-01 00:00,,,New", "1,2026-01-02 00:00,,,Open"]
    let more = ["2,2026-01-03 00:00,,,New", "2,2026-01-04 00:00,,,Open"]
    let reads = Mutex(0)
    let input = ImportInput(name: "growing.csv") {
      // Opened once for the header and once for the rows, each time.
      let count = reads.withLock { reads in
        reads += 1
        return reads
      }
      let lines = ["id,opened,resolved,updated,status"] + rows + (count > 2 ? more : [])
      return ImportInput(name: "", bytes: Array((lines.joined(separator: "\n")).utf8)).read()
    }
    let taker = CollectingTaker()
    let outcome = try Importer(
      Mapping.read(Imports.tickets, file: "small.yml"), zone: .utc, taker: taker
    ).read([input])
    #expect(taker.words.isEmpty)
    #expect(outcome.tickets?.count == 2)
    #expect(outcome.ledger.superseded == 2)
    #expect(outcome.ledger.tiesOut)
  }
}

extension ImportInput {
  fileprivate func read() -> Read { (try? open()) ?? { _ in 0 } }
}

/// Notes what it is given, and gives back every seventh ticket.
private final class CollectingTaker: TicketTaker {
  private let taken = Mutex<[String]>([])

  var words: [String] { taken.withLock { $0 } }

  func startOver() {
    taken.withLock { $0 = [] }
  }

  func take(_ tickets: TicketTable, worker: Int) -> [Int] {
    let rows = tickets.rowWords
    taken.withLock { taken in
      for row in 0..<tickets.count where row % 7 != 3 { taken.append(rows[row]) }
    }
    return (0..<tickets.count).filter { $0 % 7 == 3 }
  }
}

extension TicketTable {
  /// All values of each ticket but its id, in words.
  fileprivate var rowWords: [String] {
    (0..<count).map { ticket in
      var words = moments.map { "\($0.name)=\($0.seconds[ticket])" }
      words += fields.map { "\($0.name)=\($0.dictionary[$0.codes[ticket]])" }
      if let totals = pausedTotals { words.append("paused=\(totals.seconds[ticket])") }
      if let reported { words.append("reported=\(reported.values[ticket])") }
      return words.joined(separator: " ")
    }
  }
}

extension ImportOutcome {
  /// Everything that came out, codes included.
  fileprivate var words: [String] {
    var words = findings.map(\.line) + ["\(ledger)", "unlisted \(unlistedFindings)"]
    guard let table = tickets else { return words }
    words += table.rowWords
    words += (0..<table.count).map {
      "\(table.ids[$0]) \(table.fileOfTicket[$0]) \(table.lineOfTicket[$0])"
    }
    for field in table.fields {
      words.append("\(field.name): \(field.dictionary.values) \(field.codes)")
      words.append("\(String(describing: field.initialCodes))")
    }
    guard let history = table.history else { return words }
    for ticket in 0..<table.count {
      for index in history.range(of: ticket) {
        words.append(
          "\(history.seconds[index]) \(history.subject(index)) \(history.values[index]) "
            + "\(history.lines[index])")
      }
    }
    return words
  }
}
