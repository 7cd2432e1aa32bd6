import Testing

@testable import Pipelines

@Suite("Limits of a pipeline")
struct ThresholdTests {
  @Test(
    "A share is read exactly, and written as it was",
    arguments: ["0%", "2%", "0.5%", "33.333333%", "100%"])
  func texts(text: String) throws {
    #expect(try #require(ShareLimit(text)).text == text)
  }

  @Test(
    "What is no share is refused", arguments: ["", "%", "2", "-1%", "101%", "1.0000001%", "2 %"])
  func noShares(text: String) {
    #expect(ShareLimit(text) == nil)
  }

  @Test("A limit that is just reached is not passed, one more is", arguments: 1...60)
  func shares(whole: Int) throws {
    for percent in [0, 1, 7, 50, 99, 100] {
      let limit = try #require(ShareLimit("\(percent)%"))
      for part in 0...whole {
        #expect(limit.isLess(than: part, of: whole) == (part * 100 > percent * whole))
      }
    }
  }

  @Test("The error goes before the warning, and each may be left out")
  func passed() throws {
    let both = Threshold(warn: 10, error: 20)
    #expect(both.passed { 9 > $0 } == nil)
    let warned = try #require(both.passed { 11 > $0 })
    #expect(warned.value == 10 && !warned.isError)
    let ended = try #require(both.passed { 21 > $0 })
    #expect(ended.value == 20 && ended.isError)
    #expect(Threshold(warn: 10).passed { 21 > $0 }?.isError == false)
    #expect(Threshold<Int>(error: 20).passed { 11 > $0 } == nil)
  }
}
