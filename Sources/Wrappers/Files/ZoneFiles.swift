/// The time zones of the system's tzdata.
package enum ZoneFiles {
  package static let systemFolder: String = "/usr/share/zoneinfo"

  /// The compiled rules of a zone such as `Europe/London`.
  package static func bytes(
    identifier: String, folder: String = systemFolder
  ) throws(FileError) -> [UInt8] {
    let parts = identifier.split(separator: "/", omittingEmptySubsequences: false)
    let areSafe = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy(isAllowed)
    }
    guard areSafe, parts.count <= 4 else { throw .unknownZone(name: identifier) }
    let found: [UInt8]
    do {
      found = try readWhole("\(folder)/\(identifier)", limit: 1 << 20)
    } catch .unreadable(let path, let code) where code != 21 /* EISDIR */ {
      throw .unreadable(path: path, errno: code)
    } catch {
      throw .unknownZone(name: identifier)
    }
    guard found.starts(with: Array("TZif".utf8)) else { throw .unknownZone(name: identifier) }
    return found
  }

  /// The names of all zones, sorted; for the nearest to a typo.
  package static func names(folder: String = systemFolder) -> [String] {
    FileTree.files(below: folder).map { String($0.dropFirst(folder.count + 1)) }.filter { name in
      !["posix/", "right/"].contains { name.hasPrefix($0) }
        && (try? bytes(identifier: name, folder: folder)) != nil
    }
  }

  /// The version of the rules, such as `2024a`; `nil` if the system does not tell.
  package static func version(folder: String = systemFolder) -> String? {
    if let rules = try? readWhole("\(folder)/tzdata.zi", limit: 8 << 20) {
      let line = String(decoding: rules.prefix { $0 != 10 }, as: UTF8.self)
      let words = line.split(separator: " ")
      if words.count == 3 && words[0] == "#" && words[1] == "version" { return String(words[2]) }
    }
    guard let bytes = try? readWhole("\(folder)/+VERSION", limit: 100) else { return nil }
    return String(decoding: bytes.prefix { $0 > 32 }, as: UTF8.self)
  }

  /// No dots, so that no name leaves the folder.
  private static func isAllowed(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "+"):
      true
    default: false
    }
  }
}
