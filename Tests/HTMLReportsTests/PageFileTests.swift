import Foundation
import HTMLReports
import ReportDocuments
import Testing

@Suite("Pages to look at")
struct PageFileTests {
  /// Where to write the pages; set by a person who wants to look at them.
  static let folder = ProcessInfo.processInfo.environment["ATTAIN_WRITE_PAGES"]

  @Test(
    "Pages are written to the folder that ATTAIN_WRITE_PAGES names", .enabled(if: folder != nil))
  func write() throws {
    let folder = URL(filePath: try #require(Self.folder), directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let pages = [("month", SampleReport.month())] + OddReports.all
    for (name, document) in pages {
      try Data(try HTMLReport.page(document)).write(to: folder.appending(path: name + ".html"))
    }
  }
}
