import Testing

@testable import Pipelines

@Suite("Paths in rule files")
struct RelativePathTests {
  @Test(
    "A path is seen from the folder of the file that names it",
    arguments: [
      ("../data/a.csv", "pipelines/nightly.yml", "data/a.csv"),
      ("a.csv", "nightly.yml", "a.csv"), ("/abs/a.csv", "x/y.yml", "/abs/a.csv"),
      ("-", "x/y.yml", "-"), ("../../a.csv", "x/y.yml", "../a.csv"),
      ("./b/../a.csv", "/x/y.yml", "/x/a.csv"),
    ])
  func resolved(path: String, file: String, expected: String) {
    #expect(RelativePath.resolve(path, from: file) == expected)
  }
}
