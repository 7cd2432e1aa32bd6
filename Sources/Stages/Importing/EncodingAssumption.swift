import CSVRecords
import Messages

extension Finding.Message {
  fileprivate static func assumed(_ line: Int) -> Finding.Message {
    """
    line \(line) is not UTF-8, so the file is taken as windows-1252; if that is wrong, set \
    "encoding" in the mapping
    """
  }

  fileprivate static func mixed(_ lines: TextLineScan) -> Finding.Message {
    """
    encodings are mixed: line \(lines.utf8.first[0]) is UTF-8 and line \(lines.other.first[0]) is \
    not; lines beyond plain ASCII: \(lines.utf8.count) UTF-8, read as that, and \
    \(lines.other.count) other, taken as windows-1252; save the file in one encoding, or set \
    "encoding" in the mapping to the one it has
    """
  }

  fileprivate static let takenByItself: Finding.Message =
    "the line is not UTF-8, as others are; taken as windows-1252, see whether its letters are right"
}

/// What a file without a word on its encoding is taken for, when it turns out not to be UTF-8.
///
/// See docs/DECISIONS.md, "Encodings of one file".
struct EncodingAssumption {
  let encoding: TextEncoding
  let findings: [Finding]

  /// Looks through all lines of a file.
  ///
  /// - Parameter line: The line of the first cell in use that is not UTF-8.
  init(of input: ImportInput, line: Int) throws(ImportError) {
    let lines = try Self.lines(of: input)
    guard lines.utf8.count > 0, lines.other.count > 0 else {
      encoding = .windows1252
      findings = [Finding(.warning, at: Place(file: input.name), .assumed(line))]
      return
    }
    encoding = .utf8OrWindows1252
    findings =
      [Finding(.warning, at: Place(file: input.name), .mixed(lines))]
      + lines.other.first.map {
        Finding(.warning, at: Place(file: input.name, line: $0), .takenByItself)
      }
  }

  private static func lines(of input: ImportInput) throws(ImportError) -> TextLineScan {
    var lines = TextLineScan()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    do {
      let read = try input.open()
      while true {
        let count = try read(block)
        if count == 0 { break }
        lines.consume(UnsafeRawBufferPointer(rebasing: block[..<count]))
      }
    } catch {
      throw .unreadable(file: input.name, reason: "\(error)")
    }
    lines.finish()
    return lines
  }
}
