internal import CLibXlsxWriter
import Glibc

/// What a workbook and its sheets share: the library's handle, until it is given back.
final class OpenBook {
  let options: Workbook.Options
  var sheets: [Sheet] = []
  var formats = FormatCache()
  var tableNames: Set<String> = []
  private var handle: UnsafeMutablePointer<lxw_workbook>?

  init(handle: UnsafeMutablePointer<lxw_workbook>, options: Workbook.Options) {
    self.handle = handle
    self.options = options
  }

  deinit { free() }

  /// The handle, as long as the workbook is neither closed nor dropped.
  func open(for target: @autoclosure () -> String) throws(WorkbookError) -> UnsafeMutablePointer<
    lxw_workbook
  > {
    guard let handle else {
      throw WorkbookError(.closed, target: target(), reason: "the workbook is already closed")
    }
    return handle
  }

  func describe() throws(WorkbookError) {
    let handle = try open(for: options.path)
    let texts = [options.title, options.subject, options.author].map { strings($0) }
    defer { for text in texts { text.deallocate() } }
    var properties = lxw_doc_properties()
    properties.title = texts[0]
    properties.subject = texts[1]
    properties.author = texts[2]
    properties.created = time_t(options.created)
    try check(workbook_set_properties(handle, &properties), options.path)
  }

  func finish() throws(WorkbookError) {
    let handle = try open(for: options.path)
    self.handle = nil
    errno = 0
    // Frees the handle, whatever it returns.
    let status = workbook_close(handle)
    let code = errno
    guard status != LXW_NO_ERROR else { return }
    guard code != 0 else { return try check(status, options.path) }
    throw WorkbookError(
      .fileSystem(errno: code), target: options.path, reason: String(cString: strerror(code)))
  }

  func free() {
    if let handle { lxw_workbook_free(handle) }
    handle = nil
    sheets = []
  }

  func format(
    _ format: CellFormat?, for target: @autoclosure () -> String
  ) throws(WorkbookError) -> UnsafeMutablePointer<lxw_format>? {
    guard let format else { return nil }
    let handle = try open(for: target())
    guard let made = formats.handle(for: format, in: handle) else {
      throw WorkbookError(
        .refused(code: LXW_ERROR_MEMORY_MALLOC_FAILED.rawValue), target: target(),
        reason: "there is not enough memory")
    }
    return made
  }
}

/// Turns the library's status into an error.
func check(_ status: lxw_error, _ target: @autoclosure () -> String) throws(WorkbookError) {
  guard status != LXW_NO_ERROR else { return }
  throw WorkbookError(
    .refused(code: status.rawValue), target: target(), reason: String(cString: lxw_strerror(status))
  )
}

/// A copy for the library's `char *` fields; the caller deallocates it.
func strings(_ text: String) -> UnsafeMutablePointer<CChar> {
  let bytes = CellText.prepared(text).utf8
  let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count + 1)
  var end = copy
  for byte in bytes {
    end.initialize(to: CChar(bitPattern: byte))
    end += 1
  }
  end.initialize(to: 0)
  return copy
}

/// Excel's rules for the names of tables and ranges, kept a little stricter.
enum ObjectName {
  static let rule =
    "such a name starts with a letter or _, goes on with letters, digits or _, and is no cell"

  static func isValid(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, isLetter(first) || first == UInt8(ascii: "_"),
      bytes.count <= 255,
      bytes.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "_") })
    else { return false }
    let letters = bytes.prefix(while: isLetter).count
    let looksLikeCell =
      letters <= 3 && letters < bytes.count && bytes.dropFirst(letters).allSatisfy(isDigit)
    return !looksLikeCell && !looksLikeRowAndColumn(bytes)
  }

  /// `R1C1`, `R`, `C5` and the like.
  private static func looksLikeRowAndColumn(_ bytes: [UInt8]) -> Bool {
    bytes.allSatisfy { isDigit($0) || [82, 114, 67, 99].contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
