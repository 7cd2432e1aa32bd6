import Foundation
import Testing

@Suite("Golden cases")
struct GoldenCaseTests {
  @Test("There are cases")
  func thereAreCases() {
    #expect(GoldenCase.all.count > 20)
  }

  @Test(
    "A case prints and writes what is recorded", .timeLimit(.minutes(1)),
    arguments: GoldenCase.all)
  func matches(golden: GoldenCase) throws {
    let outcome = try golden.run()
    if ProcessInfo.processInfo.environment["RECORD_CASES"] != nil {
      try golden.record(outcome)
      Issue.record(
        "recorded \(golden.name); review the difference and run again without RECORD_CASES")
      return
    }
    let expected = try golden.expected()
    #expect(Set(outcome.files.keys) == Set(expected.files.keys))
    for (name, data) in outcome.files {
      let found = String(decoding: data, as: UTF8.self)
      let wanted = expected.files[name].map { String(decoding: $0, as: UTF8.self) }
      #expect(found == wanted, "\(golden.name): \(name)")
    }
  }
}
