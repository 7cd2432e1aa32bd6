import LocatedYAML
import ServiceTime

/// A month from which control limits are worked out anew, because something was changed on purpose.
package struct Rebase: Hashable, Sendable {
  /// Such as `2026-04`.
  package let from: String
  package let reason: String

  package init(from: String, reason: String) {
    self.from = from
    self.reason = reason
  }
}

extension AgreementParser {
  /// `rebase: [{from: 2026-04, reason: new tool}]`, of the agreement or of one target.
  func rebases(_ node: YAMLNode?) -> [Rebase] {
    guard let items = node.flatMap({ reader.items($0, of: "\"rebase\"") }) else { return [] }
    var rebases: [Rebase] = []
    for item in items {
      guard
        let fields = reader.fields(
          item, of: "a rebase", allowed: ["from", "reason"], required: ["from", "reason"]),
        let from = fields["from"],
        let month = reader.text(from, of: "\"from\"", expected: .month),
        let reason = fields["reason"].flatMap({ reader.text($0, of: "\"reason\"") })
      else { continue }
      guard let digits = Self.month(month) else {
        reader.report("\"from\" of a rebase is \"\(month)\", but must be \(String.month)", at: from)
        continue
      }
      if rebases.contains(where: { $0.from == digits }) {
        reader.report("\(digits) has two rebases; keep one of them", at: from)
      }
      rebases.append(Rebase(from: digits, reason: reason))
    }
    return rebases
  }

  private static func month(_ text: String) -> String? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 4, parts[1].count == 2, let year = Int(parts[0]),
      let month = Int(parts[1]), let period = ReportPeriod.month(year, month), period.label == text
    else { return nil }
    return text
  }
}

extension String {
  fileprivate static let month = "a month like 2026-04"
}
