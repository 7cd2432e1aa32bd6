import ReportDocuments
import Results

/// Who held the tickets, as data: `chain.csv`, a row for each promise and group.
struct ChainSheet {
  let results: CalculationResults

  var sheet: DataSheet? {
    guard let chains = results.chain, !chains.isEmpty else { return nil }
    return DataSheet(
      role: .chain, name: "Chain", file: "chain",
      columns: [
        .init("ticket", "Ticket"), .init("agreement", "Agreement"), .init("customer", "Customer"),
        .init("clock", "Clock"), .init("tier", "Tier"), .init("verdict", "Verdict"),
        .init("elapsed_seconds", "Elapsed"), .init("within_seconds", "Within"),
        .init("hand_offs", "Hand-offs"), .init("returns", "Returns"), .init("group", "Group"),
        .init("visits", "Visits"), .init("group_seconds", "Group's part"),
        .init("own_seconds", "In its own hours"), .init("queue_seconds", "Queue"),
        .init("ola", "Its agreement"), .init("ola_within_seconds", "Its time"),
        .init("ola_verdict", "Its verdict"), .init("held_at_loss", "Held when lost"),
        .init("first_over", "First over"), .init("excess_millionths", "By excess (millionths)"),
        .init("source", "Source"), .init("cycle", "Cycle"),
      ],
      rows: chains.flatMap { chain in chain.promises.flatMap { rows($0, of: chain) } },
      note:
        "Promises decided in the reported period. The parts of a promise add up to its elapsed; "
        + "the three last columns of a missed one say whose it is, by each rule.")
  }

  private func rows(_ promise: ChainPromise, of chain: ChainRecord) -> [[Cell]] {
    var rows = promise.shares.map { row($0, promise, chain) }
    let parts = promise.byExcess ?? []
    let named = Set(promise.shares.map(\.name))
    for name in [promise.heldAtLoss, promise.firstOver] + parts.map(\.name) {
      guard let name, !named.contains(name), !rows.contains(where: { $0[10] == .text(name) }) else {
        continue
      }
      rows.append(row(ChainShare(group: name), promise, chain))
    }
    return rows
  }

  private func row(_ share: ChainShare, _ promise: ChainPromise, _ chain: ChainRecord) -> [Cell] {
    func duration(_ seconds: Int64?) -> Cell {
      seconds.map { .duration(seconds: $0) } ?? .notMeasured
    }
    func flag(_ name: String?) -> Cell {
      name.map { .count($0 == share.name ? 1 : 0) } ?? .notMeasured
    }
    let parts = promise.byExcess?.first { $0.name == share.name }?.parts
    let first: [Cell] = [
      .identifier(promise.ticket), .text(chain.agreement), .text(chain.customer),
      .text(chain.clock), .text(promise.tier), .text(promise.verdict.rawValue),
      duration(promise.elapsed), duration(promise.within), .count(promise.handOffs),
      .count(promise.returns), .text(share.name),
    ]
    return first + [
      .count(share.visits), duration(share.elapsed), duration(share.own), duration(share.queue),
      .text(share.ola ?? ""), duration(share.within), .text(share.verdict?.rawValue ?? ""),
      flag(promise.heldAtLoss), flag(promise.firstOver),
      promise.byExcess == nil ? .notMeasured : .count(Int(parts ?? 0)), .text(promise.source),
      promise.cycle.map { .count($0) } ?? .notMeasured,
    ]
  }
}

extension ChainShare {
  /// As tables name it; time of nobody too.
  var name: String { isUnowned ? ChainGroup.unownedName : group }
}
