internal import Glibc

/// Paths with `*`, `?` and `[...]`.
package enum FilePatterns {
  /// The files that a pattern matches, in byte order of their names.
  ///
  /// `-` and a file whose name is written out stand for themselves.
  package static func expand(_ pattern: String) throws(FileError) -> [String] {
    if pattern == "-" { return [pattern] }
    if access(pattern, F_OK) == 0 { return [pattern] }
    guard pattern.utf8.contains(where: { "*?[".utf8.contains($0) }) else {
      throw .missing(path: pattern)
    }
    var found = glob_t()
    defer { globfree(&found) }
    let status = glob(pattern, GLOB_NOSORT, nil, &found)
    if status != 0 && status != GLOB_NOMATCH {
      throw .unreadable(path: pattern, errno: status == GLOB_NOSPACE ? ENOMEM : EACCES)
    }
    let paths = (0..<Int(found.gl_pathc)).compactMap { index in
      found.gl_pathv[index].map { String(cString: $0) }
    }
    let files = paths.filter { !Folder.isFolder($0) }
    guard !files.isEmpty else { throw .noMatch(pattern: pattern) }
    return sorted(files)
  }

  /// The files that several patterns match, each once, in byte order of their names.
  package static func expand(_ patterns: [String]) throws(FileError) -> [String] {
    var all: Set<String> = []
    for pattern in patterns { all.formUnion(try expand(pattern)) }
    return sorted(Array(all))
  }

  private static func sorted(_ paths: [String]) -> [String] {
    paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
