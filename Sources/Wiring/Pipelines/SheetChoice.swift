import Files
import Importing
import Messages

extension Finding.Message {
  fileprivate static let instead: String =
    "save the sheet as CSV (in Excel: File > Save As > CSV UTF-8) and import that"

  fileprivate static func failure(_ error: WorkbookReadError, sheet: String) -> Finding.Message {
    switch error {
    case .noReader:
      """
      is a workbook, and openpyxl, which reads workbooks, is not there; install it (on Debian: apt \
      install python3-openpyxl), or \(instead)
      """
    case .damaged(let reason):
      "is a workbook that cannot be read: \(reason); copy the file again, or open it and \(instead)"
    case .openDocument: "is a workbook of LibreOffice (.ods); save it as .xlsx or as CSV"
    case .binary: "is a binary workbook (.xlsb); save it as .xlsx, or \(instead)"
    case .zip: "is a zip archive; unpack it and import the files in it"
    case .sheetMissing(let sheets): noSheet(sheet, sheets)
    case .tooMuchMemory(let megabytes):
      "is a workbook that takes more than \(megabytes) MB of memory to read; \(instead)"
    case .tooLong(let seconds):
      "is a workbook that takes more than \(seconds) seconds to read; \(instead)"
    case .tooLarge(let megabytes):
      "is a workbook with more than \(megabytes) MB of text; divide it, or \(instead)"
    case .file(let error): "\(error.reason)"
    }
  }

  private static func noSheet(_ name: String, _ sheets: [String]) -> Finding.Message {
    let hint =
      NearestName.of(name, among: sheets).map { "did you mean \"\($0)\"?" }
      ?? "it has " + sheets.map { "\"\($0)\"" }.joined(separator: ", ") + "."
    return """
      there is no sheet "\(name)"; \(hint) Correct "sheet" in the mapping, or --sheet
      """
  }

  fileprivate static func errors(
    _ cell: String, _ column: String, _ value: String, _ count: Int
  ) -> Finding.Message {
    """
    column "\(column)" holds the error \(value) in cell \(cell) (errors in the column: \(count)); \
    taken as missing, correct the formula if it matters
    """
  }

  fileprivate static func mixedDates(
    _ cell: String, _ column: String, _ value: String, _ dates: Int
  ) -> Finding.Message {
    """
    column "\(column)" holds the text "\(value)" in cell \(cell) beside true dates (\(dates)); Excel \
    may have swapped day and month of those when it opened the export, so import the export itself
    """
  }

  fileprivate static func longNumbers(
    _ cell: String, _ column: String, _ value: String, _ count: Int
  ) -> Finding.Message {
    """
    column "\(column)" holds \(value) in cell \(cell) as a number (such numbers: \(count)); Excel \
    keeps only 15 digits, so ids may have become one another: import the export itself
    """
  }

  fileprivate static func merged(_ range: String, _ count: Int) -> Finding.Message {
    """
    cells \(range) are merged (ranges in the sheet: \(count)); only the first cell has the value and \
    the others are missing, so unmerge them and fill them in if the value is that of every row
    """
  }

  fileprivate static func formulas(_ count: Int) -> Finding.Message {
    """
    formulas without a value: \(count), taken as missing; open the workbook in Excel or \
    LibreOffice and save it, so that they are calculated
    """
  }

  fileprivate static func took(_ sheet: String, of visible: Int) -> Finding.Message {
    "sheet \"\(sheet)\" is read, the first of \(visible); for another set \"sheet\", or --sheet"
  }
}

/// What is read of a workbook.
struct SheetChoice {
  /// Its name; `nil` is the first that is not hidden.
  let name: String?
  let keepsLineBreaks: Bool

  init(_ name: String?, keepsLineBreaks: Bool = false) {
    self.name = name
    self.keepsLineBreaks = keepsLineBreaks
  }

  /// What an import reads: the order goes before the mapping.
  init(_ order: ImportOrder, _ mapping: Mapping?) {
    self.init(
      order.sheet ?? mapping?.sheet, keepsLineBreaks: mapping?.looksForLineBreaks ?? false)
  }

  /// Reads a workbook.
  ///
  /// - Parameter file: How messages name it.
  func read(
    _ workbook: InputFile, name file: String
  ) throws(CommandFailure) -> (text: TemporaryFile, findings: [Finding]) {
    let reader = WorkbookText(sheet: name, keepsLineBreaks: keepsLineBreaks)
    do throws(WorkbookReadError) {
      let (text, remarks) = try reader.read(workbook)
      return (text, remarks.compactMap { finding($0, file) })
    } catch {
      throw failure(error, file)
    }
  }

  private func failure(_ error: WorkbookReadError, _ file: String) -> CommandFailure {
    if case .file(let error) = error { return CommandFailure(error) }
    return CommandFailure(
      .badData, [Finding(.error, at: Place(file: file), .failure(error, sheet: name ?? ""))])
  }

  private func finding(_ remark: WorkbookRemark, _ file: String) -> Finding? {
    switch remark {
    case .sheet(let sheet, let visible):
      guard name == nil, visible > 1 else { return nil }
      return Finding(.note, at: Place(file: file), .took(sheet, of: visible))
    case .errors(let row, let cell, let column, let value, let count):
      return Finding(
        .warning, at: Place(file: file, line: row), .errors(cell, column, value, count))
    case .mixedDates(let row, let cell, let column, let value, let dates):
      return Finding(
        .warning, at: Place(file: file, line: row), .mixedDates(cell, column, value, dates))
    case .longNumbers(let row, let cell, let column, let value, let count):
      return Finding(
        .warning, at: Place(file: file, line: row), .longNumbers(cell, column, value, count))
    case .merged(let row, let range, let count):
      return Finding(.warning, at: Place(file: file, line: row), .merged(range, count))
    case .formulas(let count):
      return Finding(.warning, at: Place(file: file), .formulas(count))
    }
  }
}
