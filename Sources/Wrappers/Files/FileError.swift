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

  package var description: String {
    switch self {
    case .missing(let path): "\(path): there is no such file"
    case .noMatch(let pattern): "\(pattern): matches no file"
    case .unreadable(let path, let code): "\(path): cannot be read: \(Self.text(code))"
    case .tooLarge(let path, let limit): "\(path): is larger than \(limit) bytes"
    case .shrank(let path, let expected, let found):
      "\(path): became shorter while it was read: \(found) of \(expected) bytes"
    case .truncatedGzip(let path, let count):
      "\(path): ends in the middle: \(count) bytes of gzip were read; copy the file again"
    case .corruptGzip(let path, let byte, let detail):
      "\(path): is damaged before byte \(byte) of the gzip file: \(detail); copy the file again"
    case .cannotWrite(let path, let code): "\(path): cannot be written: \(Self.text(code))"
    case .diskFull(let path): "\(path): cannot be written: the disk is full"
    case .busy(let path, let pid):
      "\(path): is held by another run" + (pid.map { " (process \($0))" } ?? "")
    case .unknownZone(let name):
      "\"\(name)\" is no time zone of this system; use a name like Europe/London"
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
