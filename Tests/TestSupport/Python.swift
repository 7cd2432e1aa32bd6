import Foundation

/// An independent reader of workbooks, where it is installed.
package enum Python {
  package static let canRead: Bool = (try? run("import openpyxl", "")) != nil

  package struct Failure: Error {
    package let message: String
  }

  package static func run(_ script: String, _ argument: String) throws -> String {
    try run(["python3", "-c", script, argument])
  }

  /// Runs a script of R, where that is installed.
  package static func runR(_ script: String, _ argument: String) throws -> String {
    try run(["Rscript", "--vanilla", "-e", script, argument])
  }

  private static func run(_ words: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let message = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(message: String(decoding: message, as: UTF8.self))
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Unpacks raw deflate quickly.
  package static func inflate(_ bytes: [UInt8]) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("attain-inflate-\(UUID().uuidString)")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    process.arguments = [
      "python3", "-c",
      "import sys, zlib; sys.stdout.buffer.write(zlib.decompress(open(sys.argv[1], 'rb').read(), -15))",
      file.path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(text)
  }
}
