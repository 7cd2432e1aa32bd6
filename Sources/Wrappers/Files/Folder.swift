internal import CPlatform
internal import Glibc

/// What is done to folders as a whole.
enum Folder {
  static func isFolder(_ path: String) -> Bool {
    var found = stat()
    return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a path leads to a device, a pipe or a socket.
  static func isStream(_ path: String) -> Bool {
    var found = stat()
    guard stat(path, &found) == 0 else { return false }
    let kind = found.st_mode & S_IFMT
    return kind != S_IFREG && kind != S_IFDIR
  }

  /// Where a path leads, if there is something; links that lead to nothing stay as they are.
  static func resolved(_ path: String) -> String {
    guard let found = realpath(path, nil) else { return path }
    defer { free(found) }
    return String(cString: found)
  }

  /// Whether there is anything at `path`, be it a link to nowhere.
  static func exists(_ path: String) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0
  }

  private static func isRealFolder(_ path: String) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
  }

  /// The folder and the name of a path, without slashes at its end.
  static func split(_ path: String) -> (folder: String, name: String) {
    var trimmed = path[...]
    while trimmed.count > 1 && trimmed.last == "/" { trimmed.removeLast() }
    guard let slash = trimmed.lastIndex(of: "/") else { return (".", String(trimmed)) }
    let folder = trimmed[..<slash]
    return (folder.isEmpty ? "/" : String(folder), String(trimmed[trimmed.index(after: slash)...]))
  }

  /// The names in a folder in byte order; none if it cannot be read.
  static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Creates a folder and those above it.
  static func create(_ path: String) throws(FileError) {
    if isFolder(path) { return }
    let parent = split(path).folder
    if parent != path && !isFolder(parent) { try create(parent) }
    guard mkdir(path, 0o777) == 0 || isFolder(path) else {
      throw .writing(path, errno == EEXIST ? ENOTDIR : errno)
    }
  }

  /// Removes whatever is at `path`; links are removed and not followed.
  static func remove(_ path: String) {
    if isRealFolder(path) {
      for name in names(in: path) { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  static func synchronize(_ path: String) throws(FileError) {
    try Descriptor.reading(path).synchronize(path: path)
  }

  /// Writes a folder and all that is in it through to the disk.
  static func synchronizeAll(_ path: String) throws(FileError) {
    if isRealFolder(path) {
      for name in names(in: path) { try synchronizeAll("\(path)/\(name)") }
    }
    try synchronize(path)
  }

  /// Whether two folders hold the same names with the same bytes.
  static func areSame(_ one: String, _ other: String) -> Bool {
    guard isRealFolder(one) == isRealFolder(other) else { return false }
    guard isRealFolder(one) else { return haveSameBytes(one, other) }
    let names = names(in: one)
    return names == self.names(in: other)
      && names.allSatisfy { areSame("\(one)/\($0)", "\(other)/\($0)") }
  }

  private static func haveSameBytes(_ one: String, _ other: String) -> Bool {
    guard let first = try? Descriptor.reading(one), let second = try? Descriptor.reading(other),
      let size = first.status?.st_size, size == second.status?.st_size
    else { return false }
    guard let hash = try? SHA256Hex.ofFile(one), let other = try? SHA256Hex.ofFile(other) else {
      return false
    }
    return hash == other
  }
}

/// Names beside a target under which its next content is prepared.
enum Staging {
  private static let mark = ".attain-staging-"

  /// A name beside `path` that no other process and no earlier call uses; removed if the process
  /// is interrupted before ``Interruption/finish(_:)``.
  static func name(for path: String) -> String {
    let (folder, name) = Folder.split(path)
    let stem = "\(folder)/.\(name)\(mark)\(getpid())"
    var number = 1
    while Folder.exists("\(stem).\(number)") { number += 1 }
    let staged = "\(stem).\(number)"
    Interruption.begin(staged)
    return staged
  }

  /// Removes what runs that are no more have left beside `path`.
  static func clearLeftovers(of path: String) {
    let (folder, name) = Folder.split(path)
    let start = ".\(name)\(mark)"
    for leftover in Folder.names(in: folder) where leftover.hasPrefix(start) {
      clear(leftover, in: folder, process: leftover.dropFirst(start.count))
    }
  }

  /// Removes what runs that are no more have left in a folder, whatever it was to become.
  static func clearAllLeftovers(in folder: String) {
    for leftover in Folder.names(in: folder) where leftover.hasPrefix(".") {
      guard let found = leftover.firstRange(of: mark) else { continue }
      clear(leftover, in: folder, process: leftover[found.upperBound...])
    }
  }

  private static func clear(_ leftover: String, in folder: String, process: Substring) {
    guard let number = Int32(process.prefix { $0 != "." }), number > 0 else { return }
    let isDead = kill(number, 0) != 0 && errno == ESRCH
    if isDead { Folder.remove("\(folder)/\(leftover)") }
  }
}
