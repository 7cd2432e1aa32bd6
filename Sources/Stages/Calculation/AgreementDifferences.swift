package import Agreements
package import Results
import ServiceTime
import Tickets

/// What differs between the rules of two agreements, in words.
package enum AgreementDifferences {
  /// Tier by tier and clock by clock; where there are several versions, day by day.
  ///
  /// - Parameters: The versions of one agreement each.
  package static func between(
    _ was: [Agreement], and now: [Agreement]
  ) -> [RuleDifference] {
    var found = validity(was, now)
    if was.count == 1, now.count == 1 {
      return found + pair(was[0], now[0]).differences
    }
    for (from, old, new) in was.beside(now) {
      guard let old, let new else { continue }
      let prefix = from.map { "From \($0.iso), " } ?? ""
      for var difference in pair(old, new).differences {
        difference.place = prefix + difference.place
        // What stays the same from one day to the next is said once.
        let isKnown = found.contains {
          $0.place.hasSuffix(difference.place.dropFirst(prefix.count)) && $0.what == difference.what
            && $0.was == difference.was && $0.is == difference.is
        }
        if !isKnown { found.append(difference) }
      }
    }
    return found
  }

  private static func pair(_ was: Agreement, _ now: Agreement) -> AgreementPair {
    AgreementPair(was: was, now: now)
  }

  private static func validity(_ was: [Agreement], _ now: [Agreement]) -> [RuleDifference] {
    func words(_ versions: [Agreement]) -> String {
      versions.map { version in
        let from = version.validFrom.map { "from \($0.iso)" }
        let until = version.validUntil.map { "until \($0.iso)" }
        return [from, until].compactMap { $0 }.joined(separator: " ")
      }.map { $0.isEmpty ? "at all times" : $0 }.joined(separator: ", ")
    }
    guard words(was) != words(now) else { return [] }
    return [
      RuleDifference(
        place: "The agreement", what: "validity", was: words(was), is: words(now), cause: .target)
    ]
  }
}

/// One version on each side.
private struct AgreementPair {
  let was: Agreement
  let now: Agreement

  var differences: [RuleDifference] {
    head + tiers + clocks + targets + CalendarPair.all(was, now)
      + ExclusionPair.all(was.exclusions, now.exclusions)
  }

  private func difference(
    _ place: String, _ what: String, _ cause: ChangeCause = .target,
    _ words: (Agreement) -> String
  ) -> RuleDifference? {
    let (old, new) = (words(was), words(now))
    guard old != new else { return nil }
    return RuleDifference(place: place, what: what, was: old, is: new, cause: cause)
  }

  private var head: [RuleDifference] {
    let place = "The agreement"
    return [
      difference(place, "name") { $0.name }, difference(place, "title") { $0.title },
      difference(place, "kind") { $0.kind.rawValue }, difference(place, "provider") { $0.provider },
      difference(place, "customer") { $0.customer.words },
      difference(place, "zone") { $0.zone.identifier },
      difference(place, "scope") { $0.scope.isAnything ? "all tickets" : $0.scope.words },
      difference(place, "count-by") { $0.countBy.rawValue },
      difference(place, "per-person") { $0.perPerson ? "yes" : "no" },
    ].compactMap { $0 }
  }

  private var tiers: [RuleDifference] {
    let order = difference("The agreement", "order of tiers") {
      $0.tiers.map(\.name).joined(separator: ", ")
    }
    let conditions = Self.names(was.tiers.map(\.name), now.tiers.map(\.name)).compactMap { name in
      difference("Tier \(name)", "condition") { agreement in
        agreement.tiers.first { $0.name == name }.map {
          $0.condition.isAnything ? "all other tickets" : $0.condition.words
        } ?? ""
      }
    }
    return [order].compactMap { $0 } + conditions
  }

  private var clocks: [RuleDifference] {
    Self.names(was.clocks.map(\.name), now.clocks.map(\.name)).flatMap { name in
      func words(
        _ what: String, _ cause: ChangeCause = .target, _ words: @escaping (Clock) -> String
      ) -> RuleDifference? {
        difference("Clock \(name)", what, cause) { agreement in
          agreement.clocks.first { $0.name == name }.map(words) ?? ""
        }
      }
      return [
        words("start") { $0.start.map(\.words).joined(separator: ", else ") },
        words("stop") { $0.stop.map(\.words).joined(separator: ", else ") },
        words("pause", .pause) { clock in
          clock.pauses.isEmpty
            ? "none"
            : clock.pauses.map { "\($0.condition.words) (\($0.party))" }.joined(separator: "; ")
        },
        words("cancel") { $0.cancel?.words ?? "never" },
        words("reopen") { $0.reopen.words }, words("repeat") { $0.repeats?.words ?? "no" },
        words("on-tier-change") { $0.onTierChange.words },
        words("at-end") { $0.stopsAtEnd ? "stop" : "unmeasurable" },
      ].compactMap { $0 }
    }
  }

  private var targets: [RuleDifference] {
    Self.names(was.clocks.map(\.name), now.clocks.map(\.name)).flatMap { clock in
      let total = difference("All tiers, \(clock)", "objective") { agreement in
        agreement.targets.first { $0.clock == clock }?.totalObjective.map { $0.text + " %" } ?? ""
      }
      let tiers = Self.names(was.tiers.map(\.name), now.tiers.map(\.name)).flatMap { tier in
        self.targets(of: clock, tier)
      }
      return tiers + [total].compactMap { $0 }
    }
  }

  private func targets(of clock: String, _ tier: String) -> [RuleDifference] {
    func target(_ agreement: Agreement) -> Target.TierTarget? {
      guard let target = agreement.targets.first(where: { $0.clock == clock }),
        let index = agreement.tiers.firstIndex(where: { $0.name == tier })
      else { return nil }
      return target.tiers[index]
    }
    let place = "\(tier), \(clock)"
    guard let old = target(was), let new = target(now) else {
      return [difference(place, "target") { target($0)?.allWords ?? "" }].compactMap { $0 }
    }
    func words(
      _ what: String, _ cause: ChangeCause = .target, _ words: (Target.TierTarget) -> String
    ) -> RuleDifference? {
      let (before, after) = (words(old), words(new))
      guard before != after else { return nil }
      return RuleDifference(place: place, what: what, was: before, is: after, cause: cause)
    }
    return [
      words("within") { $0.limitWords }, words("objective") { $0.objectiveWords },
      words("calendar", .calendar) { $0.calendar.name },
    ].compactMap { $0 }
  }

  /// Those of both sides, in the order of the new one; what is gone comes last.
  static func names(_ was: [String], _ now: [String]) -> [String] {
    now + was.filter { !now.contains($0) }
  }
}

/// The calendars of one name on each side.
private struct CalendarPair {
  let was: CalendarDefinition
  let now: CalendarDefinition

  /// So many days are named one by one.
  private static let mostDays = 12

  static func all(_ was: Agreement, _ now: Agreement) -> [RuleDifference] {
    let (old, new) = (calendars(was), calendars(now))
    return new.keys.sorted().flatMap { name -> [RuleDifference] in
      guard let before = old[name], let after = new[name], before != after else { return [] }
      return CalendarPair(was: before, now: after).differences
    }
  }

  private static func calendars(_ agreement: Agreement) -> [String: CalendarDefinition] {
    Dictionary(
      agreement.targets.flatMap { $0.tiers.map { ($0.calendar.name, $0.calendar) } },
      uniquingKeysWith: { first, _ in first })
  }

  private var differences: [RuleDifference] {
    let place = "Calendar \(now.name)"
    func difference(
      _ what: String, _ words: (CalendarDefinition) -> String
    ) -> RuleDifference? {
      let (old, new) = (words(was), words(now))
      guard old != new else { return nil }
      return RuleDifference(place: place, what: what, was: old, is: new, cause: .calendar)
    }
    let found = [
      difference("hours") { calendar in
        calendar.versions.map { $0.dated + $0.hours }.joined(separator: "; ")
      },
      difference("zone") { calendar in
        calendar.versions.map { $0.dated + $0.zone.identifier }.joined(separator: "; ")
      },
      difference("business days") { calendar in
        calendar.versions.map { version in
          version.dated
            + version.businessDays.sorted { $0.rawValue < $1.rawValue }
            .map { "\($0)".prefix(3).capitalisedFirst }.joined(separator: " ")
        }.joined(separator: "; ")
      },
    ].compactMap { $0 }
    return found + days(place)
  }

  /// Days with openings of their own, of the newest versions.
  private func days(_ place: String) -> [RuleDifference] {
    guard let old = was.versions.last, let new = now.versions.last else { return [] }
    let changed = Set(old.exceptions.keys).union(new.exceptions.keys).sorted().filter {
      old.windows(on: $0) != new.windows(on: $0)
    }.filter { old.exceptions[$0] != new.exceptions[$0] }
    func words(_ windows: [DayWindow]) -> String {
      windows.isEmpty ? "closed" : windows.map(\.text).joined(separator: " ")
    }
    var found = changed.prefix(Self.mostDays).map { day in
      RuleDifference(
        place: place, what: day.iso, was: words(old.windows(on: day)),
        is: words(new.windows(on: day)), cause: .calendar)
    }
    if changed.count > Self.mostDays {
      found.append(
        RuleDifference(
          place: place, what: "\(changed.count - Self.mostDays) more days",
          was: "as before", is: "other hours", cause: .calendar))
    }
    return found
  }
}

extension CalendarVersion {
  fileprivate var dated: String {
    guard let validFrom else { return "" }
    return "from \(validFrom.iso) "
  }

  /// Without the number of days that have hours of their own.
  fileprivate var hours: String {
    let plain = CalendarVersion(zone: zone, week: week, isAlways: isAlways)
    return CalendarDefinition(name: "", versions: [plain]).words.plain
  }
}

extension Target.TierTarget {
  fileprivate var objectiveWords: String { objective.map { $0.text + " %" } ?? "none" }

  fileprivate var allWords: String {
    "within \(limitWords), objective \(objectiveWords), calendar \(calendar.name)"
  }

  /// With the seconds, which reports leave out.
  fileprivate var limitWords: String {
    if words.isEmpty { return "not judged" }
    if case .work(let seconds)? = within, seconds % 60 != 0 { return DurationText.clock(seconds) }
    return words.plain
  }
}

extension Agreement.Customer {
  fileprivate var words: String {
    switch self {
    case .field(let field): "by field \(field)"
    case .fixed(let name): name
    }
  }
}

extension String {
  /// With plain blanks, which a terminal and a search find.
  fileprivate var plain: String { String(map { $0 == "\u{a0}" ? " " : $0 }) }
}

extension Substring {
  fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
