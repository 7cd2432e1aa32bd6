/// Under which rules, and with which rows, the past is read.
package enum Reading: String, Hashable, Sendable, Codable, CaseIterable {
  /// Rules, rows and as-of of the pack that was issued.
  case asReported = "as-reported"
  /// The rules valid then, on what is known today.
  case asWas = "as-was"
  /// The newest rules on all of the past.
  case restated

  /// What it says of a report, such as `Restated under the newest rules`; empty of what is usual.
  package var words: String {
    switch self {
    case .asReported: "As reported when it was issued"
    case .asWas: ""
    case .restated: "Restated under the newest rules"
    }
  }

  /// The same as a sentence of the definitions.
  package var definition: String {
    switch self {
    case .asReported:
      "As reported: the rules, the rows known and the as-of instant are those of the pack that was "
        + "issued."
    case .asWas: "As was: each ticket is judged by the rules that were valid when it was opened."
    case .restated:
      "Restated: every ticket, however old, is judged by the newest version of the agreement and of "
        + "its calendars, as if they had always been valid. This is not what was promised then."
    }
  }
}
