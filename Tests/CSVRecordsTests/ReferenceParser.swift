import CSVRecords

/// What a reader finds in a file, in the order of the file.
enum Item: Hashable {
  case record(fields: [[UInt8]], firstLine: Int, lastLine: Int, offset: Int)
  case reject(
    line: Int, firstLine: Int, offset: Int, reason: RejectedRecord.Reason, raw: [UInt8])

  var fields: [[UInt8]]? {
    if case .record(let fields, _, _, _) = self { return fields }
    return nil
  }
}

/// The rules of a record, byte by byte, in the most obvious way.
struct ReferenceParser {
  let bytes: [UInt8]
  let delimiter: UInt8
  let maximum: Int

  private let quote = UInt8(ascii: "\"")

  private struct Field {
    var bytes: [UInt8]
    /// The place behind the field, blanks and all.
    var next: Int
    var lineEnds: Int
  }

  private enum Failure: Error {
    case bad(RejectedRecord.Reason, line: Int, at: Int)
  }

  init(_ bytes: [UInt8], delimiter: UInt8 = UInt8(ascii: ","), maximum: Int = 1 << 20) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.maximum = maximum
  }

  func items() -> [Item] {
    var items: [Item] = []
    var place = 0
    var line = 1
    while place < bytes.count {
      if let next = lineEnd(at: place) {
        place = next
        line += 1
        continue
      }
      do {
        let (fields, end, lastLine) = try record(from: place, line: line)
        items.append(.record(fields: fields, firstLine: line, lastLine: lastLine, offset: place))
        line = lastLine + 1
        place = lineEnd(at: end) ?? end
      } catch Failure.bad(let reason, let badLine, let at) {
        var end = at
        while end < bytes.count && lineEnd(at: end) == nil { end += 1 }
        let raw = bytes[place..<min(end, place + min(maximum, RejectedRecord.rawLimit))]
        items.append(
          .reject(line: badLine, firstLine: line, offset: place, reason: reason, raw: Array(raw)))
        line = badLine + 1
        place = lineEnd(at: end) ?? end
      } catch {}
    }
    return items
  }

  /// The place behind the line end at `place`, or `nil` if there is none.
  private func lineEnd(at place: Int) -> Int? {
    guard place < bytes.count else { return nil }
    if bytes[place] == 10 { return place + 1 }
    guard bytes[place] == 13 else { return nil }
    return place + 1 < bytes.count && bytes[place + 1] == 10 ? place + 2 : place + 1
  }

  private func record(
    from start: Int, line startLine: Int
  ) throws -> (fields: [[UInt8]], end: Int, lastLine: Int) {
    var fields: [[UInt8]] = []
    var place = start
    var line = startLine
    while true {
      let opensAt = place
      let field = try self.field(at: place, recordStart: start, line: line)
      fields.append(field.bytes)
      line += field.lineEnds
      place = field.next
      if place < bytes.count && bytes[place] == delimiter && place <= start + maximum + 1 {
        place += 1
        continue
      }
      if place - start > maximum {
        let isQuoted = opensAt < place && bytes[opensAt] == quote
        throw Failure.bad(.tooLong(limit: maximum), line: line, at: isQuoted ? place : opensAt)
      }
      return (fields, place, line)
    }
  }

  private func field(at start: Int, recordStart: Int, line: Int) throws -> Field {
    var place = start
    guard place < bytes.count, bytes[place] == quote, place < recordStart + maximum + 2 else {
      while place < bytes.count && bytes[place] != delimiter && lineEnd(at: place) == nil {
        place += 1
      }
      return Field(bytes: Array(bytes[start..<place]), next: place, lineEnds: 0)
    }
    let limit = recordStart + maximum + 2
    let window = min(bytes.count, limit)
    var content: [UInt8] = []
    var lineEnds = 0
    place += 1
    while place < window {
      if bytes[place] == quote {
        if place + 1 < window && bytes[place + 1] == quote {
          content.append(quote)
          place += 2
          continue
        }
        return Field(
          bytes: content, next: try close(at: place, window, limit, opened: start, line: line),
          lineEnds: lineEnds)
      }
      if bytes[place] == 10 && !(place > start + 1 && bytes[place - 1] == 13) { lineEnds += 1 }
      if bytes[place] == 13 { lineEnds += 1 }
      content.append(bytes[place])
      place += 1
    }
    throw Failure.bad(.quoteNeverClosed, line: line, at: start)
  }

  private func close(
    at closing: Int, _ window: Int, _ limit: Int, opened: Int, line: Int
  ) throws -> Int {
    var place = closing + 1
    while place < window && bytes[place] != delimiter && (bytes[place] == 32 || bytes[place] == 9) {
      place += 1
    }
    if place == window {
      if window < limit { return place }
      throw Failure.bad(.quoteNeverClosed, line: line, at: opened)
    }
    if bytes[place] == delimiter || lineEnd(at: place) != nil { return place }
    throw Failure.bad(.textAfterClosingQuote, line: line, at: opened)
  }
}
