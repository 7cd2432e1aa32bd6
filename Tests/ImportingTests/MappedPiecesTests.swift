import Foundation
import Importing
import Synchronization
import Testing
import Tickets

@Suite("Stored rows in pieces")
struct MappedPiecesTests {
  private struct Broken: Error, CustomStringConvertible {
    let description = "broken"
  }

  /// Pieces with as many rows as `sizes` says; those written first take longest.
  private final class Pieces: MappedRowPieces {
    let sizes: [Int]
    let broken: Int?
    let begun = Mutex<[[Int]]>([])
    let written = Mutex<[Int]>([])

    init(_ sizes: [Int], broken: Int? = nil) {
      (self.sizes, self.broken) = (sizes, broken)
    }

    var count: Int { sizes.count }

    func begin(_ piece: Int, atLine line: Int) {
      begun.withLock { $0.append([piece, line]) }
    }

    func write(_ piece: Int, to writer: inout MappedRowWriter) throws {
      written.withLock { $0.append(piece) }
      usleep(UInt32(piece % 2 == 0 ? 2_000 : 0))
      if piece == broken { throw Broken() }
      for row in 0..<sizes[piece] {
        // The line break makes a record of two lines.
        Array("\(piece)\n\(row)".utf8).withUnsafeBytes { writer.begin(id: $0) }
        writer.end()
      }
    }
  }

  private static let layout = MappedLayout(shape: .tickets, hasIDs: true, columns: [])

  private static func text(_ pieces: Pieces, ahead: Int) throws -> String {
    let input = ImportInput(name: "rows", layout: layout, ahead: ahead) { pieces }
    let read = try input.open()
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 7)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try read($0) }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  @Test("come in their order, each once, whoever wrote them", arguments: 0...4)
  func order(ahead: Int) throws {
    let pieces = Pieces([2, 0, 1, 3, 0, 0, 2, 0])
    var expected = "id of the row\n"
    for (piece, size) in pieces.sizes.enumerated() {
      for row in 0..<size { expected += "\"\(piece)\n\(row)\"\n" }
    }
    #expect(
      try Self.text(pieces, ahead: ahead).replacingOccurrences(of: "\r\n", with: "\n") == expected)
    #expect(pieces.written.withLock { $0.sorted() } == Array(0..<8))
    // The header is line 1, and every row takes two lines.
    #expect(
      pieces.begun.withLock { $0 }
        == [[0, 2], [1, 6], [2, 6], [3, 8], [4, 14], [5, 14], [6, 14], [7, 18]])
  }

  @Test("end where one cannot be read, after those before it")
  func failure() throws {
    let pieces = Pieces([1, 1, 1, 1], broken: 2)
    #expect(throws: Broken.self) { try Self.text(pieces, ahead: 3) }
    #expect(pieces.begun.withLock { $0.map { $0[0] } } == [0, 1])
  }

  @Test("may be none")
  func none() throws {
    #expect(try Self.text(Pieces([]), ahead: 2).hasPrefix("id of the row"))
  }
}
