import Files
import FoundationEssentials

/// Checks a pack against its manifest.
package enum VerifyJob {
  /// Returns one line that says how many files are as they were written.
  ///
  /// - Throws: ``CommandFailure`` that names every file that was changed, removed or added.
  package static func verify(_ pack: String) throws(CommandFailure) -> String {
    let path = pack + "/manifest.json"
    let manifest: Manifest
    do {
      manifest = try JSONDecoder().decode(Manifest.self, from: Data(FileTree.bytes(of: path)))
    } catch {
      throw CommandFailure(
        .inputMissing, "\(path): error: this is no pack: its manifest cannot be read")
    }
    var problems: [String] = []
    for file in manifest.files {
      guard let bytes = try? FileTree.bytes(of: pack + "/" + file.name) else {
        problems.append("\(pack)/\(file.name): error: the file is gone")
        continue
      }
      if SHA256Hex.of(bytes) != file.sha256 {
        problems.append("\(pack)/\(file.name): error: the file was changed after it was written")
      }
    }
    let known = Set(manifest.files.map(\.name) + ["manifest.json"])
    for path in FileTree.files(below: pack) {
      let name = String(path.dropFirst(pack.count + 1))
      if !known.contains(name) {
        problems.append("\(path): error: the file is not in the manifest")
      }
    }
    guard problems.isEmpty else { throw CommandFailure(.badData, problems) }
    return "\(pack): \(manifest.files.count) files are as they were written"
  }
}
