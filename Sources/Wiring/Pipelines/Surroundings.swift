package import Logging
package import ServiceTime

/// What a command may know of the machine it runs on; tests pass their own.
package struct Surroundings {
  package let now: Instant
  /// Where the rules of zones are read, such as `/usr/share/zoneinfo`.
  package let zoneFolder: String
  package let log: Logger
  /// Bytes of results; files are written elsewhere.
  package let output: ([UInt8]) -> Void
  /// Lines that are shown whatever the log level: rejected rows, summaries that were asked for.
  package let say: (String) -> Void
  /// Bytes read so far of bytes in all, if that is known; called often.
  package let progress: (Int, Int?) -> Void
  package let isInteractive: Bool
  /// Processors that may work at once.
  package let processors: Int
  package let usesColour: Bool

  package init(
    now: Instant, zoneFolder: String, log: Logger, output: @escaping ([UInt8]) -> Void,
    say: @escaping (String) -> Void, progress: @escaping (Int, Int?) -> Void,
    isInteractive: Bool, usesColour: Bool, processors: Int = 1
  ) {
    self.now = now
    self.zoneFolder = zoneFolder
    self.log = log
    self.output = output
    self.say = say
    self.progress = progress
    self.isInteractive = isInteractive
    self.usesColour = usesColour
    self.processors = processors
  }
}

/// The tool's own name and version, as manifests and results record it.
package enum Tool {
  package static let version = "0.1.0"
  package static let name = "attain \(version)"
}
