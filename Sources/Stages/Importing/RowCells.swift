import CSVRecords
import Messages

/// Why a row is left out.
struct Rejection: Error {
  let message: Finding.Message
  /// Whether the bytes are not UTF-8, so that the encoding may have been guessed wrong.
  var isNotText = false
}

/// The row at hand of a batch: gives the bytes of its cells.
struct RowCells {
  let batch: RecordBatch
  let base: UnsafeRawBufferPointer
  var record = 0

  /// A cell without the blanks around it.
  @inline(__always)
  func cell(_ column: Int) -> UnsafeRawBufferPointer {
    trimmed(UnsafeRawBufferPointer(rebasing: base[batch.bytes(record, column)]))
  }

  var line: Int { batch.firstLine(of: record) }
}

@inline(__always)
func trimmed(_ cell: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
  // Hardly a cell begins or ends with a blank.
  guard let first = cell.first, first <= 0x20 || cell[cell.count &- 1] <= 0x20 else { return cell }
  return withoutBlanks(cell)
}

private func withoutBlanks(_ cell: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
  var start = 0
  var end = cell.count
  while start < end, isBlank(cell[start]) { start += 1 }
  while end > start, isBlank(cell[end - 1]) { end -= 1 }
  return UnsafeRawBufferPointer(rebasing: cell[start..<end])
}

@inline(__always)
private func isBlank(_ byte: UInt8) -> Bool {
  byte <= 0x20 && (byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d)
}

/// What a cell holds after the mapping's cleaning, as bytes of their own.
func cleaned(_ cell: UnsafeRawBufferPointer, _ source: Mapping.CellSource) -> [UInt8] {
  var bytes = Array(cell)
  if let until = source.until, let place = firstPlace(of: Array(until.utf8), in: bytes) {
    bytes.removeSubrange(place...)
  }
  for text in source.without {
    let pattern = Array(text.utf8)
    while let place = firstPlace(of: pattern, in: bytes) {
      bytes.removeSubrange(place..<place + pattern.count)
    }
  }
  return bytes.withUnsafeBytes { Array(trimmed($0)) }
}

private func firstPlace(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
  guard !pattern.isEmpty, bytes.count >= pattern.count else { return nil }
  return (0...bytes.count - pattern.count).first {
    bytes[$0..<$0 + pattern.count].elementsEqual(pattern)
  }
}

/// The texts that stand for nothing.
struct MissingTokens {
  private let tokens: [[UInt8]]
  /// A bit for each length that a token has; those of 63 bytes and more share the last.
  private let lengths: UInt64
  /// Whether one may be a time as well.
  let mayBeTimes: Bool

  init(_ texts: [String]) {
    tokens = texts.map { Array($0.utf8) }
    mayBeTimes = tokens.contains { token in token.contains { $0 &- 0x30 < 10 } }
    lengths = tokens.reduce(0) { $0 | 1 << UInt64(min($1.count, 63)) }
  }

  @inline(__always)
  func contains(_ cell: UnsafeRawBufferPointer) -> Bool {
    if cell.isEmpty { return true }
    guard lengths >> UInt64(min(cell.count, 63)) & 1 == 1 else { return false }
    return isToken(cell)
  }

  private func isToken(_ cell: UnsafeRawBufferPointer) -> Bool {
    for token in tokens where token.count == cell.count {
      if token.withUnsafeBytes({ areEqual($0, cell) }) { return true }
    }
    return false
  }
}
