import Foundation

/// The program with which people look at a workspace.
package enum SQLiteShell {
  package struct Failure: Error {
    package let output: String
  }

  /// Runs statements, and returns what is printed.
  ///
  /// - Throws: ``Failure`` with what was printed, if a statement fails.
  @discardableResult
  package static func run(_ sql: String, on path: String) throws -> String {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
    shell.arguments = ["-bail", path]
    let (input, output) = (Pipe(), Pipe())
    shell.standardInput = input
    shell.standardOutput = output
    shell.standardError = output
    try shell.run()
    input.fileHandleForWriting.write(Data(sql.utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    guard shell.terminationStatus == 0 else { throw Failure(output: text) }
    return text
  }
}
