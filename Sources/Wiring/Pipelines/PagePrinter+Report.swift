import Files
import HTMLReports
import ReportDocuments
import ServiceTime

extension PagePrinter {
  /// Says before any work that there is no browser, if there is none.
  ///
  /// - Parameter place: What the message names first.
  static func ready(for place: String) throws(CommandFailure) {
    do throws(PagePrintError) {
      try PagePrinter().check()
    } catch {
      throw failure(error, at: place)
    }
  }

  /// The report as it prints on A4, dated as of its figures.
  func pdf(of document: ReportDocument, at place: String) throws(CommandFailure) -> [UInt8] {
    let page: [UInt8]
    do {
      page = try HTMLReport.page(document)
    } catch {
      throw CommandFailure(.bug, "the report cannot be made: \(error)")
    }
    let stamp = Instant(seconds: document.properties.asOf).iso.filter(\.isNumber)
    do throws(PagePrintError) {
      return try print(page, stamp: stamp)
    } catch {
      throw Self.failure(error, at: place)
    }
  }

  static func failure(_ error: PagePrintError, at place: String) -> CommandFailure {
    switch error {
    case .notInstalled(let program):
      CommandFailure(
        .cannotWrite,
        """
        \(place): error: there is no \(program) to print the report; install it (apt install \
        chromium), or leave out pdf: index.html prints the same from any browser
        """)
    case .tooLong(let seconds):
      CommandFailure(
        .cannotWrite,
        """
        \(place): error: Chromium took more than \(seconds) seconds and was ended; print \
        index.html from a browser
        """)
    case .ended(let words):
      CommandFailure(
        .cannotWrite,
        "\(place): error: Chromium made no PDF (\(words)); print index.html from a browser")
    case .file(let error): CommandFailure(error)
    }
  }
}
