internal import CLibXlsxWriter
import Glibc

/// A workbook that is being written to a path.
///
/// A workbook that is dropped instead of closed is freed and never appears on disk.
package struct Workbook: ~Copyable {
  /// Makes the bytes of a raw deflate stream whose length is known.
  package typealias Inflate = (_ deflated: [UInt8], _ size: Int) throws -> [UInt8]

  package struct Options: Hashable, Sendable {
    package var path: String
    /// A private folder for libxlsxwriter's temporary files.
    package var temporaryFolder: String
    /// Rows go to disk as they come: ascending only, and without tables.
    package var usesConstantMemory = false
    package var title = ""
    package var subject = ""
    package var author = ""
    /// Seconds since 1970; the library's own default, now, would change the bytes of every file.
    package var created: Int64

    package init(path: String, temporaryFolder: String, created: Int64) {
      self.path = path
      self.temporaryFolder = temporaryFolder
      self.created = created
    }
  }

  private let book: OpenBook

  /// Starts a workbook; nothing is on disk before it is closed.
  package init(_ options: Options) throws(WorkbookError) {
    try Self.checkFolder(of: options.path, target: options.path)
    try Self.checkFolder(of: options.temporaryFolder + "/.", target: options.path)
    var settings = lxw_workbook_options()
    settings.constant_memory = options.usesConstantMemory ? 1 : 0
    let handle = options.temporaryFolder.withCString { folder in
      settings.tmpdir = UnsafeMutablePointer(mutating: folder)
      return workbook_new_opt(options.path, &settings)
    }
    guard let handle else {
      throw WorkbookError(
        .refused(code: LXW_ERROR_MEMORY_MALLOC_FAILED.rawValue), target: options.path,
        reason: "there is not enough memory")
    }
    let book = OpenBook(handle: handle, options: options)
    try book.describe()
    self.book = book
  }

  deinit { book.free() }

  /// The names of the sheets so far, in order.
  package var sheetNames: [String] { book.sheets.map(\.name) }

  package var usesConstantMemory: Bool { book.options.usesConstantMemory }

  /// Appends a sheet; make doubtful names with ``SheetName/valid(from:taken:)``.
  package func addSheet(named name: String) throws(WorkbookError) -> Sheet {
    if let problem = SheetName.problem(with: name) {
      throw WorkbookError(.invalid, target: "sheet \"\(name)\"", reason: problem)
    }
    if sheetNames.contains(where: { $0.lowercased() == name.lowercased() }) {
      throw WorkbookError(
        .invalid, target: "sheet \"\(name)\"", reason: "another sheet has the same name")
    }
    let handle = try book.open(for: name)
    guard let worksheet = workbook_add_worksheet(handle, name) else {
      throw WorkbookError(
        .refused(code: LXW_ERROR_PARAMETER_VALIDATION.rawValue), target: "sheet \"\(name)\"",
        reason: "libxlsxwriter did not make the sheet")
    }
    let sheet = Sheet(name: name, handle: worksheet, book: book)
    book.sheets.append(sheet)
    return sheet
  }

  /// Gives a range a name that formulas and the name box of Excel know.
  package func define(
    name: String, as range: CellRange, on sheet: Sheet
  ) throws(WorkbookError) {
    let handle = try book.open(for: name)
    guard ObjectName.isValid(name) else {
      throw WorkbookError(.invalid, target: "name \"\(name)\"", reason: ObjectName.rule)
    }
    let formula = "=" + range.reference(onSheet: sheet.name)
    try check(workbook_define_name(handle, name, formula), "name \"\(name)\"")
  }

  /// Writes the file and reads it back; on failure no file is left.
  ///
  /// libxlsxwriter does not notice when its temporary files cannot be written, and then leaves
  /// a valid but cut workbook: so every part must be there to its end, and every row written.
  package consuming func close(inflate: Inflate) throws(WorkbookError) {
    let path = book.options.path
    do throws(WorkbookError) {
      try book.finish()
      try WorkbookCheck(path: path, sheets: book.sheets).run(inflate: inflate)
    } catch {
      unlink(path)
      throw error
    }
  }

  /// libxlsxwriter would only say "usually a permissions error", and prints that to stderr.
  private static func checkFolder(of path: String, target: String) throws(WorkbookError) {
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard access(folder, W_OK | X_OK) != 0 else { return }
    let code = errno
    throw WorkbookError(
      .fileSystem(errno: code), target: target,
      reason: "the folder \(folder) cannot be written to (\(String(cString: strerror(code))))")
  }
}
