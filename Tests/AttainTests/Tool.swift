import Foundation
import Glibc

/// The built program, run as its users run it.
enum Tool {
  /// Beside the test bundle, or the one that `ATTAIN_BINARY` names.
  static let binary =
    ProcessInfo.processInfo.environment["ATTAIN_BINARY"].map { URL(fileURLWithPath: $0) }
    ?? Bundle.main.bundleURL.appendingPathComponent("attain")

  /// Surroundings that no figure may depend on; tests choose odd ones.
  static let surroundings = ["PATH": "/usr/bin:/bin", "TZ": "Asia/Tokyo", "LC_ALL": "C"]

  struct Result {
    let status: Int32
    let stdout: Data
    let stderr: Data

    var errors: String { String(decoding: stderr, as: UTF8.self) }
    var output: String { String(decoding: stdout, as: UTF8.self) }
  }

  /// Runs the program to its end.
  ///
  /// - Parameter input: A file for standard input; without one it is empty.
  static func run(
    _ arguments: [String], in folder: URL, input: URL? = nil,
    surroundings: [String: String] = surroundings
  ) throws -> Result {
    let scratch = try Scratch()
    let out = scratch.folder.appendingPathComponent("out")
    let err = scratch.folder.appendingPathComponent("err")
    let process = try start(
      arguments, in: folder, input: input, surroundings: surroundings, out: out, err: err)
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, stdout: try Data(contentsOf: out),
      stderr: try Data(contentsOf: err))
  }

  /// Runs the program and sends it a signal, unless it has ended by then.
  ///
  /// - Returns: Whether the signal ended it.
  @discardableResult
  static func run(
    _ arguments: [String], in folder: URL, signal: Int32, after delay: Duration,
    surroundings: [String: String] = surroundings
  ) throws -> Bool {
    let process = try start(arguments, in: folder, surroundings: surroundings)
    let (seconds, attoseconds) = delay.components
    usleep(UInt32(seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
    if process.isRunning { kill(process.processIdentifier, signal) }
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal && process.terminationStatus == signal
  }

  /// Starts the program, and does not wait for its end.
  static func start(
    _ arguments: [String], in folder: URL, input: URL? = nil,
    surroundings: [String: String] = surroundings, out: URL? = nil, err: URL? = nil
  ) throws -> Process {
    let process = Process()
    process.executableURL = binary
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = surroundings
    process.standardInput = try input.map(FileHandle.init(forReadingFrom:)) ?? .nullDevice
    process.standardOutput = try out.map(writing) ?? .nullDevice
    process.standardError = try err.map(writing) ?? .nullDevice
    // Threads of a test may block signals, and a process inherits what its thread blocks.
    var none = sigset_t()
    var before = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try process.run()
    return process
  }

  private static func writing(_ file: URL) throws -> FileHandle {
    try Data().write(to: file)
    return try FileHandle(forWritingTo: file)
  }
}

/// A folder of one test, gone with it.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("attain-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func write(_ text: String, to name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Every file below a folder by its path, hidden ones among them.
  static func files(below folder: URL) throws -> [String: Data] {
    let manager = FileManager.default
    var files: [String: Data] = [:]
    for path in manager.enumerator(atPath: folder.path)?.compactMap({ $0 as? String }) ?? [] {
      let file = folder.appendingPathComponent(path)
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue
      else { continue }
      files[path] = try Data(contentsOf: file)
    }
    return files
  }
}
