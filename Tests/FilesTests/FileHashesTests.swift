import Files
import Foundation
import Testing

@Suite("Hashes of files that are read meanwhile")
struct FileHashesTests {
  @Test("are those of their bytes, asked for in any order and more than once")
  func hashes() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "hashes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let texts = ["abc", "", String(repeating: "x", count: 700_001)]
    var paths: [String?] = []
    for (number, text) in texts.enumerated() {
      let path = folder.appendingPathComponent("\(number)").path
      try text.write(toFile: path, atomically: true, encoding: .utf8)
      paths.append(path)
    }
    paths += [nil, folder.appendingPathComponent("none").path]
    let hashes = FileHashes(of: paths)
    for number in [2, 0, 1, 0] {
      #expect(try hashes.hash(of: number) == SHA256Hex.of(texts[number]))
    }
    // FIPS 180-2, appendix B.1.
    #expect(
      try hashes.hash(of: 0) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(try hashes.hash(of: 3) == "")
    #expect(throws: FileError.self) { try hashes.hash(of: 4) }
  }
}
