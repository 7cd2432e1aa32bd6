import Results

/// One clock while it was at risk of stopping, in elapsed seconds.
struct RiskSpan: Hashable, Sendable {
  /// What it had when the period began; `nil` if it began inside.
  let entry: Int64?
  let exit: Int64
  /// Whether it stopped; else it is censored there.
  let isEvent: Bool

  /// Returns `nil` if no time was counted in the period: it was never at risk.
  init?(entry: Int64?, exit: Int64, isEvent: Bool) {
    if let entry, entry >= exit { return nil }
    self.entry = entry
    self.exit = exit
    self.isEvent = isEvent
  }
}

/// The share of clocks that still run after so much elapsed time, from clocks that are seen only
/// in part: from when they entered until they left (Kaplan & Meier 1958; Turnbull 1976 for the
/// entries).
///
/// At equal times events come first: who leaves then was still at risk, who enters then not yet.
struct KaplanMeier {
  struct Step: Hashable {
    let elapsed: Int64
    let survival: Double
  }

  /// One step for each elapsed at which clocks stopped, ascending.
  let steps: [Step]
  let count: Int
  let events: Int
  /// The longest elapsed that was seen; 0 if there are no clocks.
  let longest: Int64

  /// - Complexity: O(n log n).
  init(_ spans: [RiskSpan]) {
    count = spans.count
    longest = spans.map(\.exit).max() ?? 0
    let entries = spans.map { $0.entry ?? -1 }.sorted()
    let exits = spans.map(\.exit).sorted()
    let stops = spans.filter(\.isEvent).map(\.exit).sorted()
    events = stops.count
    var steps: [Step] = []
    var survival = 1.0
    var (entered, left, next) = (0, 0, 0)
    while next < stops.count {
      let elapsed = stops[next]
      while entered < entries.count, entries[entered] < elapsed { entered += 1 }
      while left < exits.count, exits[left] < elapsed { left += 1 }
      let first = next
      while next < stops.count, stops[next] == elapsed { next += 1 }
      let atRisk = entered - left
      survival *= Double(atRisk - (next - first)) / Double(atRisk)
      steps.append(Step(elapsed: elapsed, survival: survival))
    }
    self.steps = steps
  }

  /// The smallest elapsed at which at most 1 - `percent` / 100 still run; over the longest seen if
  /// there is none.
  func percentile(_ percent: Int) -> AgainstWithin.Value {
    let left = 1 - Double(percent) / 100 + 1e-9
    // Survival never rises, so that the first step below is found by halving.
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].survival <= left { high = middle } else { low = middle + 1 }
    }
    return low < steps.count
      ? .init(seconds: steps[low].elapsed, isOver: false) : .init(seconds: longest, isOver: true)
  }
}
