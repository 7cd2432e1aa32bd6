import Files
import Importing
import ServiceTime

/// The files of an import, found and ready to be read.
package struct InputFiles {
  let name: String
  let input: ImportInput
  let size: Int?
  /// Empty for standard input, which is gone once it is read.
  private let path: String?

  /// The SHA-256 of the file as it lies on the disk.
  func digest() throws(FileError) -> String {
    guard let path else { return "" }
    return try SHA256Hex.ofFile(path)
  }

  /// Finds files, in byte order of their names.
  ///
  /// - Parameter settle: Seconds for which a file must not have changed.
  static func expand(_ patterns: [String], settle: Int64?, now: Instant) throws(CommandFailure)
    -> [InputFiles]
  {
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
    do throws(FileError) {
      var files: [InputFiles] = []
      for path in paths { files.append(try file(path)) }
      return files
    } catch {
      throw CommandFailure(error)
    }
  }

  private static func file(_ path: String) throws(FileError) -> InputFiles {
    if path == "-" {
      let spooled = try SpooledInput()
      return InputFiles(
        name: "standard input",
        input: ImportInput(name: "standard input") {
          try Self.reading { () throws(FileError) in try spooled.open() }
        }, size: nil, path: nil)
    }
    let size = try InputFile.open(path).totalBytes
    return InputFiles(
      name: path,
      input: ImportInput(name: path) {
        try Self.reading { () throws(FileError) in try InputFile.open(path) }
      }, size: size, path: path)
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
      return try FilePatterns.expand(patterns)
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
      case .busy: .busy
      case .unknownZone: .wrongRules
      }
    self.init(status, "\(error.place): error: \(error.reason)")
  }
}
