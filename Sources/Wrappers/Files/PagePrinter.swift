internal import Glibc

/// Why a page could not be printed.
package enum PagePrintError: Error, Hashable, Sendable {
  case notInstalled(program: String)
  case tooLong(seconds: Int)
  /// The last line of what the browser said.
  case ended(String)
  case file(FileError)
}

/// Prints an HTML page to PDF, by its print style, with Debian's Chromium.
///
/// The browser runs in a process of its own with a profile of its own, which is gone afterwards; the
/// page's own policy lets it load nothing.
package struct PagePrinter {
  package static let usualProgram: String = "/usr/bin/chromium"

  private let program: String
  private let seconds: Int

  /// - Parameter seconds: How long one page may take.
  package init(program: String = usualProgram, seconds: Int = 300) {
    self.program = program
    self.seconds = seconds
  }

  /// - Throws: ``PagePrintError/notInstalled(program:)`` if the browser is not there.
  package func check() throws(PagePrintError) {
    guard access(program, X_OK) == 0 else { throw .notInstalled(program: program) }
  }

  /// The PDF; the same page and browser always give the same bytes.
  ///
  /// - Parameter stamp: What the document says of its making: `yyyyMMddHHmmss` in UTC.
  package func print(_ page: [UInt8], stamp: String) throws(PagePrintError) -> [UInt8] {
    try check()
    let outcome: ChildProcess.Outcome
    var printed: [UInt8]?
    do throws(FileError) {
      let folder = try TemporaryFolder()
      try AtomicFile.write(page, to: folder.path + "/page.html", isPrivate: true)
      outcome = try ChildProcess(
        program, Self.arguments(folder.path),
        environment: ["HOME=\(folder.path)", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"],
        seconds: seconds
      ).run()
      let path = folder.path + "/page.pdf"
      if FileTree.exists(path) { printed = try FileTree.bytes(of: path) }
      withExtendedLifetime(folder) {}
    } catch {
      throw .file(error)
    }
    switch outcome.end {
    case .timedOut: throw .tooLong(seconds: seconds)
    case .exited(0):
      if let printed, printed.starts(with: "%PDF-".utf8) { return Self.stamped(printed, stamp) }
      fallthrough
    case .exited, .killed, .cutOff: throw .ended(Self.lastLine(outcome.errors))
    }
  }

  private static func arguments(_ folder: String) -> [String] {
    let sandbox = geteuid() == 0 ? ["--no-sandbox"] : []  // Chromium has none for root.
    return sandbox + [
      "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions",
      "--disable-background-networking", "--disable-dev-shm-usage", "--disable-breakpad",
      "--user-data-dir=\(folder)/profile",
      "--no-pdf-header-footer", "--print-to-pdf=\(folder)/page.pdf", "file://\(folder)/page.html",
    ]
  }

  /// The document with `stamp` in place of the seconds at which it was made.
  static func stamped(_ document: [UInt8], _ stamp: String) -> [UInt8] {
    var document = document
    let digits = Array(stamp.utf8)
    for key in ["/CreationDate (D:", "/ModDate (D:"] {
      guard let found = document.firstRange(of: Array(key.utf8)),
        found.upperBound + digits.count <= document.count
      else { continue }
      document.replaceSubrange(found.upperBound..<found.upperBound + digits.count, with: digits)
    }
    return document
  }

  private static func lastLine(_ errors: [UInt8]) -> String {
    let lines = String(decoding: errors, as: UTF8.self).split(whereSeparator: \.isNewline)
    return lines.last.map { String($0.prefix(200)) } ?? "it said nothing"
  }
}
