import LocatedYAML
import ServiceTime
import Tickets

extension ObligationParser {
  /// Ten thousand millions: larger ones could not be multiplied by the days of a month.
  private static let mostMillionths: Int64 = 10_000_000_000_000_000

  /// `at-least: 80`, or from months on: `at-least: {2026-01: 80, 2026-04: 120}`.
  func volume(quality: Condition) -> Obligation.Volume? {
    guard let node = fields["at-least"] else { return nil }
    let steps = steps(node)
    let isProRata = fields["pro-rata"].flatMap { reader.flag($0, of: "\"pro-rata\" of \(what)") }
    guard !steps.isEmpty else { return nil }
    return Obligation.Volume(steps: steps, quality: quality, isProRata: isProRata ?? true)
  }

  private func steps(_ node: YAMLNode) -> [Obligation.Volume.Step] {
    guard let entries = node.mapping else {
      return amount(node).map { [.init(from: nil, millionths: $0)] } ?? []
    }
    if entries.isEmpty { reader.report(.noStep(what), at: node) }
    var steps: [Obligation.Volume.Step] = []
    for entry in entries {
      guard let month = CivilDate(iso: entry.key + "-01") else {
        reader.report(.notAMonth(entry.key, of: what), atKeyOf: entry)
        continue
      }
      if let last = steps.last?.from, month <= last {
        reader.report(.notAscending(entry.key, of: what), atKeyOf: entry)
      }
      if let amount = amount(entry.value) { steps.append(.init(from: month, millionths: amount)) }
    }
    return steps
  }

  private func amount(_ node: YAMLNode) -> Int64? {
    let label = "\"at-least\" of \(what)"
    guard let text = reader.text(node, of: label, expected: "an amount like 80") else { return nil }
    if let amount = ValuePattern.Decimal(text)?.millionths, amount > 0, amount < Self.mostMillionths
    {
      return amount
    }
    reader.report("\(label) is \"\(text)\", but must be an amount above 0, such as 80", at: node)
    return nil
  }
}

extension String {
  fileprivate static func noStep(_ what: String) -> String {
    "\"at-least\" of \(what) names no month; write an amount, or {2026-01: 80, 2026-04: 120}"
  }

  fileprivate static func notAMonth(_ text: String, of what: String) -> String {
    "\"at-least\" of \(what) names \"\(text)\", which is not a month like 2026-01"
  }

  fileprivate static func notAscending(_ text: String, of what: String) -> String {
    "\"at-least\" of \(what): month \(text) is not after the one before it; write them in order"
  }
}
