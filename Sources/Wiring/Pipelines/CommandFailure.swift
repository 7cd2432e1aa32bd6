package import Messages

/// How a command ends, as scripts see it.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case done = 0
  /// Done, but an objective was missed and `--fail-on-missed` was given.
  case missed = 1
  case usage = 64
  /// A file that cannot be read to its end, or too many bad rows; nothing is committed.
  case badData = 65
  case inputMissing = 66
  case bug = 70
  case cannotWrite = 73
  /// Another run holds the lock, or a file is still being written.
  case busy = 75
  /// An agreement, mapping, calendar or pipeline is wrong.
  case wrongRules = 78
}

/// Why a command cannot go on: what to print, a line each, and how to exit.
package struct CommandFailure: Error, Hashable, Sendable {
  package let status: ExitStatus
  package let lines: [String]

  package init(_ status: ExitStatus, _ lines: [String]) {
    self.status = status
    self.lines = lines
  }

  package init(_ status: ExitStatus, _ line: String) {
    self.init(status, [line])
  }

  package init(_ status: ExitStatus, _ findings: [Finding]) {
    self.init(status, findings.map(\.line))
  }
}
