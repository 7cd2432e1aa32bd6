import ArgumentParser
@preconcurrency import Glibc
import Files
import Logging
import Pipelines
import ServiceTime

/// The one place that prints, logs and ends the process.
enum Shell {
  /// Runs a command in the process's surroundings, and exits with its status if that is not 0.
  static func perform(
    _ options: CommonOptions, _ body: (Surroundings) throws(CommandFailure) -> ExitStatus
  ) throws {
    Interruption.watch()
    let bar = ProgressBar(isShown: isatty(STDERR_FILENO) == 1)
    let status: ExitStatus
    do {
      status = try body(surroundings(options, bar: bar))
      Interruption.waitIfEnding()
      bar.clear()
    } catch {
      Interruption.waitIfEnding()
      bar.clear()
      for line in error.lines { say(line, style: options.log) }
      throw ArgumentParser.ExitCode(error.status.rawValue)
    }
    if status != .done { throw ArgumentParser.ExitCode(status.rawValue) }
  }

  private static func surroundings(_ options: CommonOptions, bar: ProgressBar) -> Surroundings {
    var log = Logger(label: "attain") { _ in StderrLog(style: options.log) }
    log.logLevel = options.verbose ? .info : .warning
    let hasColour = getenv("NO_COLOR").map { strlen($0) == 0 } ?? true
    let zoneFolder = getenv("TZDIR").map { String(cString: $0) } ?? "/usr/share/zoneinfo"
    return Surroundings(
      now: Instant(seconds: Int64(time(nil))), zoneFolder: zoneFolder, log: log,
      output: { bytes in write(bytes, to: STDOUT_FILENO) },
      say: { line in
        bar.clear()
        say(line, style: options.log)
      },
      progress: { read, size in bar.show(read, of: size) },
      isInteractive: isatty(STDERR_FILENO) == 1,
      usesColour: hasColour && isatty(STDOUT_FILENO) == 1,
      processors: Processors.usable)
  }

  /// Writes results to a file, whole or not at all, or to standard output.
  static func deliver(
    _ bytes: [UInt8], to path: String?, _ surroundings: Surroundings
  ) throws(CommandFailure) {
    guard let path, path != "-" else {
      surroundings.output(bytes)
      return
    }
    try Delivery.write(bytes, to: path)
  }

  static func say(_ line: String, style: LogStyle) {
    let text = style == .json ? "{\"message\":\"\(escaped(line))\"}\n" : line + "\n"
    write(Array(text.utf8), to: STDERR_FILENO)
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": escaped += "\\\""
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case _ where scalar.value < 32: escaped += " "
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// A reader that closed the pipe early is no error of ours.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = Glibc.write(
          descriptor, rest.base.baseAddress.map { $0 + rest.startIndex }, rest.count)
        guard written > 0 else {
          if written < 0, errno == EINTR { continue }
          return
        }
        rest = rest.dropFirst(written)
      }
    }
  }
}

/// Log lines on standard error, as text or JSON, without the time of day.
private struct StderrLog: LogHandler {
  let style: LogStyle
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .warning

  init(style: LogStyle) {
    self.style = style
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    Shell.say("\(event.message)", style: style)
  }
}
