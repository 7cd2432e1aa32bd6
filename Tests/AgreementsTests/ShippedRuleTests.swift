import Agreements
import Foundation
import Messages
import ServiceTime
import TestSupport
import Testing

@Suite("The agreements that come with the program")
struct ShippedRuleTests {
  private static let folder: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/") + "/pipelines"
  }()

  private static var sources: RuleSources {
    RuleSources(
      zone: RuleFiles.zone,
      calendarFile: { candidates, from in
        for path in candidates.map({ RuleFiles.resolve($0, from: from) }) {
          if let data = FileManager.default.contents(atPath: path) { return (path, Array(data)) }
        }
        return nil
      },
      holidays: { path, from in
        let data = FileManager.default.contents(atPath: RuleFiles.resolve(path, from: from))
        let lines = String(decoding: data ?? Data(), as: UTF8.self).split(separator: "\r\n")
        return lines.compactMap { line in
          guard line.hasPrefix("DTSTART;VALUE=DATE:") else { return nil }
          let digits = Array(line.suffix(8))
          return CivilDate(
            iso: String(digits[..<4]) + "-" + String(digits[4..<6]) + "-" + String(digits[6...]))
        }
      },
      logo: { path, from in
        let data = FileManager.default.contents(atPath: RuleFiles.resolve(path, from: from))
        return (Array(data ?? Data()), (data ?? Data()).base64EncodedString())
      })
  }

  private func read(_ name: String) throws -> Agreement {
    let path = Self.folder + "/agreements/" + name
    let data = try #require(FileManager.default.contents(atPath: path))
    let (agreement, findings) = AgreementReader.read(
      Array(data), file: path, sources: Self.sources)
    #expect(findings.map(\.line) == [])
    return try #require(agreement)
  }

  @Test("promise the departments what the sample data was made for")
  func internalDesk() throws {
    let agreement = try read("it-internal.yml")
    #expect(agreement.customer == .field("department"))
    let resolution = agreement.targets[1]
    #expect(
      resolution.tiers.map(\.calendar.name)
        == ["always", "office-hours", "office-hours", "office-hours"])
    let office = try #require(resolution.tiers[3].calendar.versions.first)
    #expect(office.longestOpening == WorkTime(seconds: 9 * 3_600))
    let holidays = office.exceptions.keys.sorted()
    #expect(holidays.count == 24)
    #expect(holidays.allSatisfy { $0.weekday < .saturday })
    #expect(
      holidays.filter { $0.year == 2026 }.map(\.iso).suffix(2) == ["2026-12-25", "2026-12-28"])
  }

  @Test("promise one customer a first response and a resolution")
  func customerDesk() throws {
    let agreement = try read("northwind.yml")
    #expect(agreement.customer == .fixed("Northwind Trading"))
    #expect(agreement.targets.map(\.clock) == ["first-response", "resolution"])
    #expect(agreement.targets.allSatisfy { $0.totalObjective?.text == "95" })
  }

  @Test(
    "can be damaged in any place without a crash, and every error has a place", arguments: 0..<40)
  func damage(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let path = Self.folder + "/agreements/it-internal.yml"
    let whole = Array(try #require(FileManager.default.contents(atPath: path)))
    let marks = Array("{}[]:,-#&*!|>'\"% \n\tx0".utf8)
    for _ in 0..<25 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(marks.randomElement(using: &random) ?? 0, at: index)
        default: bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
      }
      let (agreement, findings) = AgreementReader.read(
        bytes, file: path, sources: Self.sources)
      #expect(agreement != nil || findings.contains { $0.severity == .error })
      #expect(findings.allSatisfy { $0.place.line != nil }, "seed \(seed)")
    }
  }
}
