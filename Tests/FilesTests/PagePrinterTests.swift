import Foundation
import Testing

@testable import Files

struct PagePrinterTests {
  private static let page = Array("<!DOCTYPE html><title>Legal</title><h1>Legal</h1>".utf8)
  private static let stamp = "20261102060000"

  /// What is found out, with a program that a shell stands for.
  private func outcome(_ script: String, seconds: Int = 20) throws -> Result<
    [UInt8], PagePrintError
  > {
    let folder = try TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let program = folder.path + "/browser"
    try AtomicFile.write(Array("#!/bin/sh\n\(script)\n".utf8), to: program)
    chmod(program, 0o755)
    do throws(PagePrintError) {
      return .success(
        try PagePrinter(program: program, seconds: seconds).print(Self.page, stamp: Self.stamp))
    } catch {
      return .failure(error)
    }
  }

  /// Writes its argument of that name as a PDF.
  private static let saving =
    #"for a in "$@"; do case $a in --print-to-pdf=*) to=${a#*=};; esac; done;"#

  @Test("Dates in the document become the stamp, nothing else changes")
  func stamped() throws {
    let printed = try outcome(
      Self.saving + #" printf "%%PDF-1.4 /CreationDate (D:20301231235959+00'00') x" > "$to"; "#
        + #"printf "/ModDate (D:20301231235959+00'00')" >> "$to""#
    ).get()
    #expect(
      String(decoding: printed, as: UTF8.self)
        == "%PDF-1.4 /CreationDate (D:20261102060000+00'00') x/ModDate (D:20261102060000+00'00')")
    #expect(
      PagePrinter.stamped(Array("/ModDate (D:2030".utf8), Self.stamp)
        == Array("/ModDate (D:2030".utf8))
  }

  @Test("The page that is printed is the one that was given")
  func given() throws {
    let printed = try outcome(
      Self.saving + #" printf "%%PDF-" > "$to"; cat "${to%page.pdf}page.html" >> "$to""#
    ).get()
    #expect(printed == Array("%PDF-".utf8) + Self.page)
  }

  @Test(
    "What goes wrong is told",
    arguments: [
      ("echo first >&2; echo no display >&2; exit 3", PagePrintError.ended("no display")),
      ("exit 0", .ended("it said nothing")),
      (saving + #" echo "<html>" > "$to""#, .ended("it said nothing")),
      ("kill -9 $$", .ended("it said nothing")),
    ])
  func broken(_ script: String, _ error: PagePrintError) throws {
    #expect(try outcome(script) == .failure(error))
  }

  @Test("A browser that does not end is ended")
  func slow() throws {
    #expect(try outcome("sleep 60", seconds: 1) == .failure(.tooLong(seconds: 1)))
  }

  @Test("No browser is told before any work")
  func missing() {
    let printer = PagePrinter(program: "/nowhere/chromium")
    #expect(throws: PagePrintError.notInstalled(program: "/nowhere/chromium")) {
      try printer.check()
    }
    #expect(throws: PagePrintError.notInstalled(program: "/nowhere/chromium")) {
      try printer.print(Self.page, stamp: Self.stamp)
    }
  }

  static let isInstalled = (try? PagePrinter().check()) != nil

  @Test(
    "Chromium prints the same page to the same bytes",
    .enabled(if: isInstalled, "Chromium is not installed"))
  func chromium() throws {
    let printed = try PagePrinter().print(Self.page, stamp: Self.stamp)
    let text = String(decoding: printed, as: UTF8.self)
    #expect(text.hasPrefix("%PDF-"))
    #expect(text.contains("/CreationDate (D:20261102060000+00'00')"))
    #expect(text.contains("/Title (Legal)"))
    #expect(!text.contains("file:"))
    #expect(try PagePrinter().print(Self.page, stamp: Self.stamp) == printed)
  }
}
