/// A content line of an iCalendar file: folded lines are joined, and it knows where it began.
struct FeedLine: Sendable {
  let text: [UInt8]
  /// Counted from 1.
  let number: Int

  /// Whether the line is the property `name`, with or without parameters.
  func isProperty(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard text.count > bytes.count, uppercased(text.prefix(bytes.count)) == bytes else {
      return false
    }
    return text[bytes.count] == UInt8(ascii: ":") || text[bytes.count] == UInt8(ascii: ";")
  }

  /// The component's name, if the line is `BEGIN:NAME` or `END:NAME`.
  func component(after keyword: String) -> String? {
    let bytes = Array(keyword.utf8) + [UInt8(ascii: ":")]
    guard uppercased(text.prefix(bytes.count)) == bytes else { return nil }
    let name = text.dropFirst(bytes.count).filter { $0 != UInt8(ascii: " ") }
    return String(decoding: uppercased(name[...]), as: UTF8.self)
  }

  private func uppercased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 - 32 : $0 }
  }
}

/// The lines of a file, after a check that every `BEGIN` has its `END`.
struct FeedLines: Sendable {
  let lines: [FeedLine]
  /// The lines of each event, from `BEGIN:VEVENT` on, in the order of the file.
  let events: [[FeedLine]]

  init(_ bytes: [UInt8]) throws(HolidayFeedError) {
    lines = try FeedLines.unfolded(bytes)
    var open: [(name: String, line: Int)] = []
    var events: [[FeedLine]] = []
    var sawCalendar = false
    for line in lines {
      if let name = line.component(after: "BEGIN") {
        if name == "VEVENT" { events.append([]) }
        guard name == "VCALENDAR" || !open.isEmpty else { throw .notACalendar(line.number) }
        sawCalendar = true
        open.append((name, line.number))
      }
      guard let inner = open.last else { throw .notACalendar(line.number) }
      if !events.isEmpty, inner.name == "VEVENT" { events[events.count - 1].append(line) }
      if let name = line.component(after: "END") {
        guard name == inner.name else { throw .wrongEnd(name, of: inner, at: line.number) }
        open.removeLast()
      }
    }
    if let inner = open.last { throw .neverClosed(inner) }
    guard sawCalendar else { throw .notACalendar(nil) }
    self.events = events
  }

  /// Joins the lines that begin with a blank to the line before; drops empty lines.
  private static func unfolded(_ bytes: [UInt8]) throws(HolidayFeedError) -> [FeedLine] {
    var lines: [FeedLine] = []
    var current: [UInt8] = []
    var start = 1
    let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
    let content = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
    let physical = content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, raw) in physical.enumerated() {
      if raw.contains(0) { throw HolidayFeedError(line: index + 1, reason: "holds a NUL byte") }
      let line = raw.last == UInt8(ascii: "\r") ? raw.dropLast() : raw
      if let first = line.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
        current += line.dropFirst()
        continue
      }
      if !current.isEmpty { lines.append(FeedLine(text: current, number: start)) }
      current = Array(line)
      start = index + 1
    }
    if !current.isEmpty { lines.append(FeedLine(text: current, number: start)) }
    return lines
  }
}

extension HolidayFeedError {
  fileprivate static func notACalendar(_ line: Int?) -> HolidayFeedError {
    HolidayFeedError(
      line: line, reason: "not an iCalendar file, which begins with BEGIN:VCALENDAR")
  }

  fileprivate static func wrongEnd(
    _ name: String, of open: (name: String, line: Int), at line: Int
  ) -> HolidayFeedError {
    HolidayFeedError(
      line: line,
      reason: "END:\(name) does not close the BEGIN:\(open.name) of line \(open.line)")
  }

  fileprivate static func neverClosed(_ open: (name: String, line: Int)) -> HolidayFeedError {
    HolidayFeedError(
      line: open.line, reason: "the BEGIN:\(open.name) is never closed; the file may be cut short")
  }
}
