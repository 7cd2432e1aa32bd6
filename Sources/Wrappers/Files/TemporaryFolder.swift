internal import CPlatform
internal import Glibc

/// A private folder in the system's temporary folder, gone with its holder.
///
/// It is locked for as long as the process lives, so that a later run knows those of dead ones and
/// removes them, wherever the process numbers of both come from.
package final class TemporaryFolder {
  package let path: String
  private let descriptor: Descriptor

  private static let mark = "attain-"

  /// Where temporary files go: `TMPDIR`, or `/tmp`.
  package static var parent: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }

  package init() throws(FileError) {
    let parent = Self.parent
    Self.clearLeftovers()
    path = try Interruption.beginning { () throws(FileError) in
      var template = Array("\(parent)/\(Self.mark)\(getpid())-XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { throw .writing(parent) }
      return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    do throws(FileError) {
      descriptor = try Descriptor.reading(path)
    } catch {
      Folder.remove(path)
      Interruption.finish(path)
      throw error
    }
    _ = attain_lock(descriptor.number)
  }

  deinit {
    Folder.remove(path)
    Interruption.finish(path)
  }

  /// Removes the folders that runs which are no more have left.
  package static func clearLeftovers() {
    let parent = parent
    for name in Folder.names(in: parent) where name.hasPrefix(mark) {
      let number = name.dropFirst(mark.count).prefix { $0 != "-" }
      guard name.hasSuffix(number) == false, let pid = Int32(number), pid > 0,
        kill(pid, 0) != 0, errno == ESRCH,
        let folder = try? Descriptor.reading("\(parent)/\(name)"),
        folder.status?.st_uid == geteuid(), attain_lock(folder.number) == 0
      else { continue }
      Folder.remove("\(parent)/\(name)")
    }
  }
}
