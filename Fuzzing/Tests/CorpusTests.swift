import Foundation
import Testing

@Suite("Fuzzing")
struct CorpusTests {
  @Test("What fuzzing once tried is read without a complaint", arguments: FuzzTarget.allCases)
  func corpus(_ target: FuzzTarget) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("corpus/\(target)")
      .resolvingSymlinksInPath()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names.count > 10)
    for name in names {
      let bytes = try Array(Data(contentsOf: folder.appendingPathComponent(name)))
      let complaint = target.complaint(about: bytes)
      #expect(complaint == nil, "corpus/\(target)/\(name)")
    }
  }
}
