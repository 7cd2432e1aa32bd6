import Dispatch
import Synchronization

/// Stored rows in numbered pieces, each of which can be written by itself.
package protocol MappedRowPieces: Sendable {
  var count: Int { get }
  /// Writes the rows of a piece, numbered from 0; called by several threads at the same time.
  func write(_ piece: Int, to writer: inout MappedRowWriter) throws
  /// Says at which line the rows of a piece begin, as the importer counts lines; called for one
  /// piece after the other.
  func begin(_ piece: Int, atLine line: Int)
}

extension ImportInput {
  /// An input of stored rows, of which a few pieces at a time are in memory.
  ///
  /// - Parameters:
  ///   - ahead: How many pieces other threads may write while one is read.
  ///   - pieces: Called whenever the input is opened.
  package init(
    name: String, layout: MappedLayout, ahead: Int,
    pieces: @escaping () throws -> any MappedRowPieces
  ) {
    self.init(name: name) {
      var piece = MappedRowWriter.header(of: layout)
      var start = 0
      var reading = PiecesAhead(try pieces(), ahead: ahead)
      return { buffer in
        while start == piece.count {
          guard let next = try reading.next() else { return 0 }
          piece = next
          start = 0
        }
        let count = min(buffer.count, piece.count - start)
        piece[start..<start + count].withUnsafeBytes { buffer.copyMemory(from: $0) }
        start += count
        return count
      }
    }
  }
}

/// Gives the pieces one after the other, while other threads write those that follow.
private struct PiecesAhead {
  private let pieces: any MappedRowPieces
  private let ahead: Int
  /// Those that are written or being written, in order; the first is the next to be given.
  private var waiting: [Piece] = []
  private var begun = 0
  /// The header is the first line.
  private var line = 2

  init(_ pieces: any MappedRowPieces, ahead: Int) {
    self.pieces = pieces
    self.ahead = ahead
  }

  /// The bytes of the next piece, which may be none; `nil` after the last.
  mutating func next() throws -> [UInt8]? {
    while begun < pieces.count, waiting.count <= ahead {
      let piece = Piece(number: begun, of: pieces)
      waiting.append(piece)
      // The first one is written here.
      if waiting.count > 1 { DispatchQueue.global().async { piece.write() } }
      begun += 1
    }
    guard !waiting.isEmpty else { return nil }
    let piece = waiting.removeFirst()
    let written = try piece.result()
    pieces.begin(piece.number, atLine: line)
    line += written.lines
    return written.bytes
  }

  /// A piece that is written by whoever comes first: a thread that has time, or the one that waits.
  private final class Piece: Sendable {
    struct Written: Sendable {
      let bytes: [UInt8]
      let lines: Int
    }

    let number: Int
    private let pieces: any MappedRowPieces
    private let isTaken = Atomic(false)
    private let written = Mutex<Result<Written, any Error>?>(nil)
    private let isDone = DispatchSemaphore(value: 0)

    init(number: Int, of pieces: any MappedRowPieces) {
      self.number = number
      self.pieces = pieces
    }

    func write() {
      guard !isTaken.exchange(true, ordering: .relaxed) else { return }
      let result = Result {
        var writer = MappedRowWriter()
        try pieces.write(number, to: &writer)
        return Written(bytes: writer.takeBytes(), lines: writer.line - 1)
      }
      written.withLock { $0 = result }
      isDone.signal()
    }

    func result() throws -> Written {
      write()
      isDone.wait()
      guard let result = written.withLock({ $0.take() }) else {
        preconditionFailure("a piece is asked for once")
      }
      return try result.get()
    }
  }
}
