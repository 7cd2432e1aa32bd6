/// A sentence on what a chart means, with the icon that stands for its answer.
package struct Statement: Hashable, Sendable {
  /// Of variation, how the latest month lies in its range; of assurance, how the range lies to the
  /// objective.
  package enum Icon: String, Hashable, Sendable, CaseIterable {
    case commonCause, better, worse, lineOnly
    case reliablyMet, reliablyMissed, mayOrMayNot, tooEarly
  }

  package var icon: Icon
  /// The answer in a few words, and the sentence after it.
  package var answer: String
  package var text: String

  package init(_ icon: Icon, answer: String, text: String) {
    self.icon = icon
    self.answer = answer
    self.text = text
  }
}

/// Control limits of one month, in per cent within 0 to 100.
package struct TrendRange: Hashable, Sendable {
  package var lower: Double
  package var upper: Double
  package var mean: Double

  package init(lower: Double, upper: Double, mean: Double) {
    self.lower = lower
    self.upper = upper
    self.mean = mean
  }
}

/// Why a month stands out, such as `below the expected range`.
package struct TrendSignal: Hashable, Sendable {
  package var name: String
  package var isWorse: Bool

  package init(_ name: String, isWorse: Bool) {
    self.name = name
    self.isWorse = isWorse
  }
}
