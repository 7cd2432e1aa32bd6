import Results

/// Whose a missed promise is, by each of the rules.
///
/// See docs/DECISIONS.md, "Whose a missed promise is".
struct BreachShares {
  /// What all misses are divided into.
  static let whole: Int64 = 1_000_000

  /// Seconds that a hand-off may leave a ticket with nobody.
  let handOff: Int64

  /// - Parameter heldAtLoss: The holder when the promise was lost; an empty name is nobody.
  func judge(_ promise: inout ChainPromise, heldAtLoss: String?) {
    guard promise.isMissed else { return }
    promise.heldAtLoss = heldAtLoss.flatMap { $0.isEmpty ? nil : $0 } ?? ChainGroup.unownedName
    promise.firstOver = firstOver(promise)
    let excess = excess(promise)
    promise.byExcess =
      excess.isEmpty
      ? [ChainPart(name: ChainGroup.gapName, parts: Self.whole)]
      : Self.divide(Self.whole, by: excess)
  }

  /// The group whose own promise was lost first; of one instant, the one that held the ticket first.
  private func firstOver(_ promise: ChainPromise) -> String {
    let over = promise.shares.filter { $0.lost != nil }.min { ($0.lost ?? 0) < ($1.lost ?? 0) }
    if let over { return over.group }
    return unowned(promise) > 0 ? ChainGroup.unownedName : ChainGroup.gapName
  }

  /// Seconds beyond what hand-offs may take in which nobody held the ticket.
  private func unowned(_ promise: ChainPromise) -> Int64 {
    let seconds = promise.shares.first(where: \.isUnowned)?.elapsed ?? 0
    return max(0, seconds - handOff * Int64(promise.handOffs))
  }

  /// By group, the seconds beyond its own promise; none if every group kept its own.
  private func excess(_ promise: ChainPromise) -> [ChainPart] {
    var parts = promise.shares.compactMap { share -> ChainPart? in
      guard !share.isUnowned, share.lost != nil, let own = share.own, let within = share.within,
        own > within
      else { return nil }
      return ChainPart(name: share.group, parts: own - within)
    }
    let unowned = unowned(promise)
    if unowned > 0 { parts.append(ChainPart(name: ChainGroup.unownedName, parts: unowned)) }
    return parts
  }

  /// Divides a whole by weights, to the last unit: what is left after rounding down goes to the
  /// largest remainders, of equal ones to the first.
  static func divide(_ whole: Int64, by weights: [ChainPart]) -> [ChainPart] {
    let sum = weights.reduce(0) { $0 + $1.parts }
    guard sum > 0 else { return weights }
    var parts = weights
    var remainders: [(index: Int, remainder: Int64)] = []
    var left = whole
    for index in weights.indices {
      let (high, low) = whole.multipliedFullWidth(by: weights[index].parts)
      let (quotient, remainder) = sum.dividingFullWidth((high, low))
      parts[index].parts = quotient
      left -= quotient
      remainders.append((index, remainder))
    }
    let order = remainders.sorted {
      $0.remainder == $1.remainder ? $0.index < $1.index : $0.remainder > $1.remainder
    }
    for place in order.prefix(Int(left)) { parts[place.index].parts += 1 }
    return parts
  }
}

/// The sums of a chain's promises by group.
struct ChainTally {
  private var byName: [String: ChainGroup] = [:]
  private let order: [String]

  /// - Parameter stages: Groups with an agreement, in its order.
  init(_ promises: [ChainPromise], stages: [(ola: String, name: String)]) {
    order = stages.map(\.name)
    for stage in stages where byName[stage.name] == nil {
      byName[stage.name] = ChainGroup(name: stage.name, kind: .group, ola: stage.ola)
    }
    for promise in promises { add(promise) }
  }

  private mutating func add(_ promise: ChainPromise) {
    for share in promise.shares {
      let name = share.isUnowned ? ChainGroup.unownedName : share.group
      update(name) { group in
        group.promises += 1
        group.visits += share.visits
        group.elapsed += share.elapsed
        if let own = share.own { group.own = (group.own ?? 0) + own }
        if let queue = share.queue { group.queue = (group.queue ?? 0) + queue }
      }
    }
    guard let held = promise.heldAtLoss, let first = promise.firstOver,
      let parts = promise.byExcess
    else { return }
    update(held) { $0.heldAtLoss += 1 }
    update(first) { $0.firstOver += 1 }
    for part in parts { update(part.name) { $0.byExcess += part.parts } }
    for part in BreachShares.divide(promise.late, by: parts) {
      update(part.name) { $0.late += part.parts }
    }
  }

  private mutating func update(_ name: String, _ change: (inout ChainGroup) -> Void) {
    let kind: ChainGroup.Kind =
      switch name {
      case ChainGroup.unownedName: .unowned
      case ChainGroup.gapName: .gap
      default: .group
      }
    change(&byName[name, default: ChainGroup(name: name, kind: kind)])
  }

  /// Groups with an agreement, others by name, unowned time, the agreement gap.
  var groups: [ChainGroup] {
    func place(_ group: ChainGroup) -> Int {
      switch group.kind {
      case .group: order.firstIndex(of: group.name) ?? order.count
      case .unowned: order.count + 1
      case .gap: order.count + 2
      }
    }
    return byName.values.filter { $0.promises > 0 || $0.firstOver > 0 || $0.byExcess > 0 }.sorted {
      (place($0), $0.name) < (place($1), $1.name)
    }
  }
}
