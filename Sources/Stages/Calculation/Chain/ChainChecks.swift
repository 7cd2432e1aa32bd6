package import Agreements
package import Messages
import Results
import ServiceTime

/// Whether the parts of groups add up to the promise that they support.
package enum ChainChecks {
  /// Looks at declared routes, as far as the rules alone tell.
  ///
  /// - Parameter agreements: Versions of one name stand together, ascending by validity.
  package static func findings(_ agreements: [[Agreement]]) -> [Finding] {
    agreements.flatMap { versions -> [Finding] in
      guard let newest = versions.last, case .declared(let declared)? = newest.chain.routes else {
        return []
      }
      return newest.clocks.flatMap { clock -> [Finding] in
        let stages = ChainStages(of: newest.name, clock: clock.name, among: agreements)
        guard !stages.stages.isEmpty else { return [] }
        let unknown = unknownGroups(declared, stages)
        let sums = RouteSums(
          newest, clock: clock.name, stages: stages, year: newest.validFrom?.year ?? usualYear)
        return unknown.map { Finding(.chainTooLong, at: newest.origin.place, .noPart($0, newest)) }
          + findings(sums.routes([]), clock: clock.name, at: newest.origin.place)
      }
    }
  }

  /// Over the starts of which the longest is sought, where nothing names a year.
  private static let usualYear = 2026

  private static func unknownGroups(_ routes: [[String]], _ stages: ChainStages) -> [String] {
    let known = Set(stages.stages.map(\.name))
    return Set(routes.joined()).subtracting(known).sorted()
  }

  /// One finding of each kind for each tier: that of the most taken route.
  static func findings(_ routes: [ChainRoute], clock: String, at place: Place) -> [Finding] {
    var seen: Set<[String]> = []
    return routes.compactMap { route in
      if let excess = route.excess, excess > 0 {
        guard seen.insert([route.tier, "long"]).inserted else { return nil }
        return Finding(.chainTooLong, at: place, .tooLong(route, clock: clock))
      }
      guard let guaranteed = route.guaranteed, let objective = route.objective,
        guaranteed < objective, seen.insert([route.tier, "less"]).inserted
      else { return nil }
      return Finding(
        .chainGuaranteesLess, .note, at: place, .less(route, guaranteed, objective))
    }
  }
}

extension [ChainRecord] {
  /// The routes of one agreement and clock, over all customers, the most taken first.
  func routes(of agreement: String, clock: String) -> [ChainRoute] {
    var sums: [ChainRoute] = []
    for route in filter({ $0.agreement == agreement && $0.clock == clock }).flatMap(\.routes) {
      if let index = sums.firstIndex(where: { $0.tier == route.tier && $0.hops == route.hops }) {
        sums[index].promises += route.promises
        sums[index].met += route.met
      } else {
        sums.append(route)
      }
    }
    return sums.enumerated().sorted {
      ($1.element.promises, $0.offset) < ($0.element.promises, $1.offset)
    }.map(\.element)
  }
}

extension DataChecks {
  /// Routes that tickets really took.
  func chains(_ newest: Agreement, _ results: CalculationResults) -> [Finding] {
    guard let chain = results.chain else { return [] }
    return newest.clocks.flatMap { clock in
      let routes = chain.routes(of: newest.name, clock: clock.name).filter {
        $0.promises >= Self.fewestTickets
      }
      return ChainChecks.findings(routes, clock: clock.name, at: newest.origin.place)
    }
  }
}

extension Finding.Message {
  fileprivate static func noPart(_ group: String, _ agreement: Agreement) -> Self {
    """
    a route names "\(group)", but no agreement that supports "\(agreement.name)" has a group of \
    that name, so that the route cannot be added up; correct the name, or add its agreement
    """
  }

  fileprivate static func tooLong(_ route: ChainRoute, clock: String) -> Self {
    let parts = route.hops.map { hop in
      let longest = DurationText.clock(hop.longest ?? 0)
      guard hop.longest != hop.within, let within = hop.within else {
        return "\(hop.group) \(longest)"
      }
      return
        "\(hop.group) \(DurationText.clock(within)) of calendar \(hop.calendar ?? "") that can "
        + "last \(longest), at the median start \(DurationText.clock(hop.median ?? 0))"
    }.joined(separator: " + ")
    let handOffs =
      route.handOffs > 0 ? " + hand-offs \(DurationText.clock(route.handOffs))" : ""
    let past =
      route.promises > 0
      ? "; of \(route.promises) tickets that went this way \(route.met) were kept" : ""
    return """
      the groups' own promises do not add up to \(clock) of "\(route.tier)": \(parts)\(handOffs) = \
      \(DurationText.clock(route.sum ?? 0)), but \(DurationText.clock(route.within ?? 0)) is \
      promised\(past); a ticket can be late though every group keeps its own; promise less, or \
      agree on shorter parts
      """
  }

  fileprivate static func less(
    _ route: ChainRoute, _ guaranteed: Int64, _ objective: Int64
  ) -> Self {
    let needed = ChainRoute.needed(each: route.hops.count, for: objective)
    let groups = route.hops.map(\.group).joined(separator: ", ")
    return """
      the objectives of \(groups) guarantee only \(percent(guaranteed)) of "\(route.tier)", but \
      \(percent(objective)) is promised: each could miss other tickets; \(percent(needed)) of each \
      would do
      """
  }

  /// In hundredths of a per cent, rounded half up.
  private static func percent(_ millionths: Int64) -> String {
    let hundredths = (millionths + 5_000) / 10_000
    let rest = hundredths % 100
    let decimals =
      rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : rest < 10 ? ".0\(rest)" : ".\(rest)"
    return "\(hundredths / 100)\(decimals) %"
  }
}
