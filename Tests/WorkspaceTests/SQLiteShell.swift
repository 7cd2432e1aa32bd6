import Foundation
import Testing

/// The program with which people look at a workspace.
enum SQLiteShell {
  static var isPresent: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3") }

  /// Runs statements, and returns what is printed.
  @discardableResult
  static func run(_ sql: String, on path: String) throws -> String {
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
    #expect(shell.terminationStatus == 0, "\(text)")
    return text
  }
}
