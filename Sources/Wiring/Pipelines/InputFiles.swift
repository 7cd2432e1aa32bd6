import Files
import Importing
import Messages
import ServiceTime

/// The files of an import, found and ready to be read.
package struct InputFiles {
  let name: String
  let input: ImportInput
  let size: Int?
  /// What is to be told of a workbook.
  let findings: [Finding]
  /// `nil` of standard input, which is gone once it is read.
  let path: String?

  /// The size on the disk; `nil` of standard input.
  var bytes: Int? { path.flatMap(FileTree.size) }

  /// The seconds since 1970 at which the file was last changed; `nil` of standard input.
  var modified: Int64? { path.flatMap(FileTree.changed) }

  /// The SHA-256 of the file as it lies on the disk.
  func digest() throws(FileError) -> String {
    guard let path else { return "" }
    return try SHA256Hex.ofFile(path)
  }

  /// Finds files, in byte order of their names.
  ///
  /// - Parameters:
  ///   - settle: Seconds for which a file must not have changed.
  ///   - sheet: What is read of those that are workbooks.
  static func expand(
    _ patterns: [String], settle: Int64?, now: Instant, sheet: SheetChoice
  ) throws(CommandFailure) -> [InputFiles] {
    let paths = try rulePaths(patterns)
    for path in paths {
      guard let settle, let changed = FileTree.changed(path), now.seconds - changed < settle else {
        continue
      }
      throw CommandFailure(
        .busy,
        """
        \(path): error: the file changed less than \(settle) seconds ago and may still be written; \
        run again later
        """)
    }
    var files: [InputFiles] = []
    for path in paths { files.append(try file(path, sheet)) }
    return files
  }

  private static func file(
    _ path: String, _ sheet: SheetChoice
  ) throws(CommandFailure) -> InputFiles {
    let isStandardInput = path == "-"
    let name = isStandardInput ? "standard input" : path
    let open: () throws(FileError) -> InputFile
    var size: Int?
    var workbook: InputFile?
    do throws(FileError) {
      if isStandardInput {
        let spooled = try SpooledInput()
        open = { () throws(FileError) in try spooled.open() }
      } else {
        open = { () throws(FileError) in try InputFile.open(path) }
        size = try open().totalBytes
      }
      if try WorkbookText.canBe(try open()) { workbook = try open() }
    } catch {
      throw CommandFailure(error)
    }
    guard let workbook else {
      return InputFiles(
        name: name, input: ImportInput(name: name) { try Self.reading(open) }, size: size,
        findings: [], path: isStandardInput ? nil : path)
    }
    let (text, findings) = try sheet.read(workbook, name: name)
    return InputFiles(
      name: name,
      input: ImportInput(name: name, isFromWorkbook: true) {
        try Self.reading { () throws(FileError) in try text.open(as: name) }
      }, size: nil, findings: findings, path: isStandardInput ? nil : path)
  }

  /// Says why a file cannot be read without its name, which every message of an import has.
  private struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  private static func reading(
    _ open: () throws(FileError) -> InputFile
  ) throws -> ImportInput.Read {
    do throws(FileError) {
      let file = try open()
      return { buffer in
        do throws(FileError) {
          return try file.read(into: buffer)
        } catch {
          throw Unreadable(description: error.reason)
        }
      }
    } catch {
      throw Unreadable(description: error.reason)
    }
  }

  /// Expands patterns of rule files.
  package static func rulePaths(_ patterns: [String]) throws(CommandFailure) -> [String] {
    do throws(FileError) {
      // The actions stand beside the agreements and are none, but a pattern finds them.
      return try FilePatterns.expand(patterns).filter {
        !($0 == "actions.yml" || $0.hasSuffix("/actions.yml")) || patterns.contains($0)
      }
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension CommandFailure {
  /// A failed file operation with the status that scripts expect of it.
  init(_ error: FileError) {
    let status: ExitStatus =
      switch error {
      case .missing, .noMatch: .inputMissing
      case .unreadable, .tooLarge, .shrank, .truncatedGzip, .corruptGzip: .badData
      case .cannotWrite, .diskFull: .cannotWrite
      case .cannotStart: .bug
      case .busy: .busy
      case .unknownZone: .wrongRules
      }
    self.init(status, "\(error.place): error: \(error.reason)")
  }
}
