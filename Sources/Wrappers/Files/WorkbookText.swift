/// Something about a workbook that a person should look at.
package enum WorkbookRemark: Hashable, Sendable {
  /// The sheet that was read, and how many sheets can be seen.
  case sheet(name: String, visible: Int)
  /// A column has cells that hold an error such as `#N/A`; the first of them.
  case errors(row: Int, cell: String, column: String, value: String, count: Int)
  /// A column has dates, and texts that look like dates; the first of the texts.
  case mixedDates(row: Int, cell: String, column: String, value: String, dates: Int)
  /// A column has numbers of more than 15 digits, of which a workbook keeps only 15; the first.
  case longNumbers(row: Int, cell: String, column: String, value: String, count: Int)
  /// Cells are merged; the first range of them.
  case merged(row: Int, range: String, count: Int)
  /// So many formulas have no value, because they were never calculated.
  case formulas(count: Int)
}

/// Why a workbook cannot be read.
package enum WorkbookReadError: Error, Hashable, Sendable {
  /// Neither Python nor openpyxl is there to read it.
  case noReader
  case damaged(String)
  case openDocument
  case binary
  /// A zip archive that is no workbook.
  case zip
  case sheetMissing(sheets: [String])
  case tooMuchMemory(megabytes: Int)
  case tooLong(seconds: Int)
  case tooLarge(megabytes: Int)
  case file(FileError)
}

/// Turns a sheet of a workbook into CSV: UTF-8, with commas, and a line for each row of the sheet.
///
/// Dates become `2026-03-31T09:15:00`, durations `26:30:00`, numbers lose `.0`, and booleans are
/// `true` and `false`. openpyxl reads it in a process of its own, with limits to its memory, its
/// time and its output, so that no workbook can harm more than its own import.
package struct WorkbookText {
  /// Where Debian has the Python that knows Debian's openpyxl.
  package static let usualInterpreter: String = "/usr/bin/python3"

  /// What a reading may cost.
  package struct Limits: Hashable, Sendable {
    package var seconds = 600
    package var megabytesOfMemory = 2_048
    package var megabytesOfText = 4_096

    package init() {}
  }

  private let sheet: String?
  private let keepsLineBreaks: Bool
  private let interpreter: String
  private let limits: Limits

  /// Describes what is to be read.
  ///
  /// - Parameters:
  ///   - sheet: Its name; `nil` is the first that is not hidden.
  ///   - keepsLineBreaks: Whether line breaks inside cells stay, so that lines are no longer rows;
  ///     otherwise each becomes a blank.
  package init(
    sheet: String? = nil, keepsLineBreaks: Bool = false,
    interpreter: String = usualInterpreter, limits: Limits = Limits()
  ) {
    self.sheet = sheet
    self.keepsLineBreaks = keepsLineBreaks
    self.interpreter = interpreter
    self.limits = limits
  }

  /// Whether a file starts as a zip archive, which every workbook is.
  package static func canBe(_ file: InputFile) throws(FileError) -> Bool {
    let start = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
    defer { start.deallocate() }
    var filled = 0
    while filled < 4 {
      let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: start[filled...]))
      if count == 0 { return false }
      filled += count
    }
    return start.elementsEqual([0x50, 0x4b, 0x03, 0x04])
  }

  /// Reads a workbook, packed by gzip or not.
  package func read(
    _ workbook: InputFile
  ) throws(WorkbookReadError) -> (text: TemporaryFile, remarks: [WorkbookRemark]) {
    let text: TemporaryFile
    let outcome: ChildProcess.Outcome
    do throws(FileError) {
      let copy = try Self.copy(of: workbook)
      text = try TemporaryFile()
      outcome = try run(on: copy, into: text)
    } catch {
      if case .cannotStart = error { throw .noReader }
      throw .file(error)
    }
    let lines = String(decoding: outcome.errors, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    switch outcome.end {
    case .exited(0): return (text, lines.compactMap(Self.remark))
    case .timedOut: throw .tooLong(seconds: limits.seconds)
    case .cutOff: throw .tooLarge(megabytes: limits.megabytesOfText)
    case .exited, .killed: throw failure(lines)
    }
  }

  private static func copy(of workbook: InputFile) throws(FileError) -> TemporaryFile {
    let copy = try TemporaryFile()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count = try workbook.read(into: block)
      if count == 0 { return copy }
      try copy.append(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
  }

  private func run(
    on workbook: TemporaryFile, into text: TemporaryFile
  ) throws(FileError) -> ChildProcess.Outcome {
    let program = ChildProcess(
      interpreter,
      [
        // Isolated: neither the environment nor the current folder says what is imported.
        "-I", "-c", WorkbookScript.text, sheet ?? "", keepsLineBreaks ? "yes" : "no",
        String(limits.megabytesOfMemory << 20),
      ], environment: ["LC_ALL=C.UTF-8"], seconds: limits.seconds)
    var room = limits.megabytesOfText << 20
    return try program.run(input: workbook) { bytes throws(FileError) in
      room -= bytes.count
      guard room >= 0 else { return false }
      try text.append(bytes)
      return true
    }
  }

  private static func remark(_ parts: [String]) -> WorkbookRemark? {
    let number = { (index: Int) in parts.count > index ? Int(parts[index]) ?? 0 : 0 }
    switch (parts.first, parts.count) {
    case ("sheet", 3): return .sheet(name: parts[1], visible: number(2))
    case ("error", 6):
      return .errors(
        row: number(1), cell: parts[2] + parts[1], column: parts[3], value: parts[4],
        count: number(5))
    case ("mixed", 6):
      return .mixedDates(
        row: number(1), cell: parts[2] + parts[1], column: parts[3], value: parts[4],
        dates: number(5))
    case ("long", 6):
      return .longNumbers(
        row: number(1), cell: parts[2] + parts[1], column: parts[3], value: parts[4],
        count: number(5))
    case ("merged", 4): return .merged(row: number(1), range: parts[2], count: number(3))
    case ("formulas", 2): return .formulas(count: number(1))
    default: return nil
    }
  }

  private func failure(_ lines: [[String]]) -> WorkbookReadError {
    let parts = lines.last { $0.first == "fail" }?.dropFirst() ?? []
    let rest = Array(parts.dropFirst())
    switch parts.first {
    case "missing": return .noReader
    case "opendocument": return .openDocument
    case "binary": return .binary
    case "zip": return .zip
    case "sheet": return .sheetMissing(sheets: rest)
    case "memory": return .tooMuchMemory(megabytes: limits.megabytesOfMemory)
    case "damaged": return .damaged(rest.first ?? "")
    // Without a word it can only have been ended from outside, as when memory runs out.
    default: return .damaged("its reader ended early")
    }
  }
}
