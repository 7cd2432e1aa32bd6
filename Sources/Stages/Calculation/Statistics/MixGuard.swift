import Results

/// Whether a total moved only because the tiers' parts in it moved (Simpson's paradox).
enum MixGuard {
  struct Tier {
    let was: MixRecord.Total
    let now: MixRecord.Total
  }

  /// This period's shares at the last period's mix, in millionths of a per cent, if the total moved
  /// and no tier moved with it.
  ///
  /// - Returns: `nil` too if a tier has promises in one of the periods only: where it would have
  ///   gone is not known.
  static func atLastMix(_ tiers: [Tier]) -> Int64? {
    let seen = tiers.filter { $0.was.decided > 0 || $0.now.decided > 0 }
    guard seen.count > 1, seen.allSatisfy({ $0.was.decided > 0 && $0.now.decided > 0 }) else {
      return nil
    }
    let moved = direction(from: total(seen.map(\.was)), to: total(seen.map(\.now)))
    guard moved != 0,
      seen.allSatisfy({ direction(from: $0.was, to: $0.now) * moved <= 0 })
    else { return nil }
    let before = Double(seen.reduce(0) { $0 + $1.was.decided })
    let share = seen.reduce(0.0) { sum, tier in
      sum + Double(tier.was.decided) / before * (Double(tier.now.met) / Double(tier.now.decided))
    }
    return Int64((share * Double(ShareLimits.unit)).rounded())
  }

  static func total(_ parts: [MixRecord.Total]) -> MixRecord.Total {
    parts.reduce(into: MixRecord.Total(met: 0, decided: 0)) { sum, part in
      sum.met += part.met
      sum.decided += part.decided
    }
  }

  private static func direction(from was: MixRecord.Total, to now: MixRecord.Total) -> Int {
    let (left, right) = (
      Int128(now.met) * Int128(was.decided), Int128(was.met) * Int128(now.decided)
    )
    return left == right ? 0 : left > right ? 1 : -1
  }
}
