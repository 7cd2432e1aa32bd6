import Agreements
import Results
import ServiceTime
import Tickets

/// Whether the parts of groups add up to the promise that they support.
struct RouteSums {
  private let agreement: Agreement
  private let clock: Int
  private let stages: ChainStages
  /// That of the starts over which the longest is sought.
  private let year: Int

  init(_ agreement: Agreement, clock: String, stages: ChainStages, year: Int) {
    self.agreement = agreement
    self.clock = agreement.clocks.firstIndex { $0.name == clock } ?? 0
    self.stages = stages
    self.year = year
  }

  private struct Way: Hashable {
    let tier: String
    let route: [String]
  }

  /// Declared routes, or those that the promises took, the most taken first, tier by tier.
  func routes(_ promises: [ChainPromise]) -> [ChainRoute] {
    let byTier = Dictionary(grouping: promises, by: \.tier)
    let ways = Dictionary(grouping: promises) { Way(tier: $0.tier, route: $0.route) }
    var sums = HopSums(year: year, zone: agreement.zone)
    return agreement.tiers.enumerated().flatMap { number, tier -> [ChainRoute] in
      let all = byTier[tier.name]?.count ?? 0
      let routes: [[String]]
      if case .declared(let declared)? = agreement.chain.routes {
        routes = declared
      } else {
        routes = ways.filter { $0.key.tier == tier.name && !$0.key.route.isEmpty }.sorted {
          $0.value.count == $1.value.count
            ? $0.key.route.lexicographicallyPrecedes($1.key.route)
            : $0.value.count > $1.value.count
        }.map(\.key.route)
      }
      return routes.map { groups in
        var route = self.route(groups, tier: number, sums: &sums)
        let own = ways[Way(tier: tier.name, route: groups)] ?? []
        route.promises = own.count
        route.met = own.count { $0.verdict == .met }
        route.gaps = own.count { $0.firstOver == ChainGroup.gapName }
        route.all = all
        return route
      }
    }
  }

  private func route(_ groups: [String], tier: Int, sums: inout HopSums) -> ChainRoute {
    let target = agreement.targets[clock].tiers[tier]
    let name = agreement.tiers[tier].name
    var route = ChainRoute(
      tier: name, hops: [], within: target.seconds,
      objective: target.objective?.millionthsOfPercent,
      handOffs: agreement.chain.handOff * Int64(max(0, groups.count - 1)))
    route.hops = groups.map { group in
      var hop = ChainRoute.Hop(group: group)
      guard let stage = stages.stages.first(where: { $0.name == group }),
        let own = stage.target(tier: name, at: .max), let within = own.seconds
      else { return hop }
      hop.ola = stage.ola
      hop.within = within
      hop.calendar = own.calendar.name
      hop.objective = own.objective?.millionthsOfPercent
      (hop.longest, hop.median) = sums.lasting(within, in: own.calendar, as: target.calendar)
      return hop
    }
    return route
  }
}

extension Target.TierTarget {
  /// Seconds of an amount, of business days as of the calendar's newest version.
  var seconds: Int64? {
    switch within {
    case .work(let seconds): seconds
    case .calendarDays(let days): Int64(days) * 86_400
    case .businessDays(let days):
      calendar.versions.last.map { Int64(days) * $0.longestOpening.seconds }
    case nil: nil
    }
  }
}
