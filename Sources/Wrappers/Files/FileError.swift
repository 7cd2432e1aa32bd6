internal import Glibc

/// Why a file could not be used; the case decides the exit status.
package enum FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no such file.
  case missing(path: String)
  /// A pattern matches no file.
  case noMatch(pattern: String)
  case unreadable(path: String, errno: Int32)
  case tooLarge(path: String, limit: Int)
  /// The file became shorter while it was read.
  case shrank(path: String, expected: Int, found: Int)
  /// A gzip file ends in the middle.
  case truncatedGzip(path: String, bytesRead: Int)
  case corruptGzip(path: String, byte: Int, detail: String)
  case cannotWrite(path: String, errno: Int32)
  case diskFull(path: String)
  /// Another process holds the lock; `nil` if it left no number.
  case busy(path: String, pid: Int?)
  case unknownZone(name: String)
  /// Another program could not be started.
  case cannotStart(path: String, errno: Int32)

  package var description: String { "\(place): \(reason)" }

  /// The file, or what was given in its place.
  package var place: String {
    switch self {
    case .missing(let path), .noMatch(let path), .unreadable(let path, _), .tooLarge(let path, _),
      .shrank(let path, _, _), .truncatedGzip(let path, _), .corruptGzip(let path, _, _),
      .cannotWrite(let path, _), .diskFull(let path), .busy(let path, _), .unknownZone(let path),
      .cannotStart(let path, _):
      path
    }
  }

  /// What is wrong with the file, and what to do.
  package var reason: String {
    switch self {
    case .missing: "there is no such file; correct the path"
    case .noMatch:
      "the pattern matches no file; correct it, or see whether the export was made"
    case .unreadable(_, EISDIR): "is a folder; name a file in it, or a pattern such as folder/*.csv"
    case .unreadable(_, let code):
      "cannot be read: \(Self.text(code)); see to its permissions and its disk"
    case .tooLarge(_, let limit): "is larger than \(limit) bytes; see whether it is the right file"
    case .shrank(_, let expected, let found):
      """
      became shorter while it was read: \(found) of \(expected) bytes; run again when the file \
      is complete
      """
    case .truncatedGzip(_, let count):
      "ends in the middle: \(count) bytes of gzip were read; copy the file again"
    case .corruptGzip(_, let byte, let detail):
      "is damaged before byte \(byte) of the gzip file: \(detail); copy the file again"
    case .cannotWrite(_, let code):
      "cannot be written: \(Self.text(code)); correct the path, or its permissions"
    case .diskFull: "cannot be written: the disk is full; make room and run again"
    case .busy(_, let pid):
      "is held by another run" + (pid.map { " (process \($0))" } ?? "")
        + "; run again when it has ended"
    case .cannotStart(_, let code): "cannot be started: \(Self.text(code))"
    case .unknownZone: "is no time zone of this system; use a name like Europe/London"
    }
  }

  private static func text(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }

  /// The error of a failed read, from `errno`.
  static func reading(_ path: String, _ code: Int32 = errno) -> FileError {
    code == ENOENT || code == ENOTDIR ? .missing(path: path) : .unreadable(path: path, errno: code)
  }

  /// The error of a failed write, from `errno`.
  static func writing(_ path: String, _ code: Int32 = errno) -> FileError {
    code == ENOSPC || code == EDQUOT
      ? .diskFull(path: path) : .cannotWrite(path: path, errno: code)
  }
}
