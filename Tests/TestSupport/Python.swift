import Foundation

/// An independent reader of workbooks, where it is installed.
enum Python {
  static let canRead: Bool = (try? run("import openpyxl", "")) != nil

  struct Failure: Error {
    let message: String
  }

  static func run(_ script: String, _ argument: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, argument]
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
}
