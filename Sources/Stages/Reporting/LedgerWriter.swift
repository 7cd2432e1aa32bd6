import ReportDocuments
import Results

/// Where every ticket and promise of the pack went.
struct LedgerWriter {
  let pack: PackView

  var section: Section {
    let blocks = self.blocks
    guard !blocks.isEmpty else {
      return Section(
        id: "ledger", title: "Ledger", blocks: [.paragraph("No data: no ticket was judged.")])
    }
    let tiesOut = blocks.allSatisfy(\.tiesOut)
    return Section(
      id: "ledger",
      title: tiesOut ? "Every ticket and promise is accounted for" : "The ledger does not tie out",
      contents: "Ledger", markIsLate: !tiesOut,
      blocks: [.ledger(LedgerBlocks(blocks: blocks))] + extraCycles + unmeasurable)
  }

  private var blocks: [LedgerBlocks.LedgerBlock] {
    var blocks: [LedgerBlocks.LedgerBlock] = []
    for ledger in pack.results.ledgers {
      if let block = block("Tickets", ledger.tickets) { blocks.append(block) }
      let decided = ["met", "breached", "overdue"]
      let isDecided = { (bucket: LedgerRecord.Bucket) in decided.contains(bucket.name) }
      let here = ledger.promises.filter(isDecided)
      let sum = here.reduce(0) { $0 + $1.count }
      let name = "decided in \(pack.periodWords)"
      let rest = ledger.promises.filter { !isDecided($0) }
      if let block = block("Promises", [.init(name, sum)] + rest) { blocks.append(block) }
      guard sum > 0, !here.isEmpty else { continue }
      blocks.append(
        .init(
          whole: .init(Words.capitalised(name), pack.total(ofAll: pack.measured)),
          parts: here.map { .init(Self.words($0.name), $0.count) }))
    }
    return blocks
  }

  private static func words(_ name: String) -> String {
    name == "overdue" ? "overdue: lost and still open" : name
  }

  private func block(_ name: String, _ buckets: [LedgerRecord.Bucket])
    -> LedgerBlocks.LedgerBlock?
  {
    let shown = buckets.filter { $0.count > 0 }
    guard !shown.isEmpty else { return nil }
    return .init(
      whole: .init(name, shown.reduce(0) { $0 + $1.count }),
      parts: shown.map { .init($0.name, $0.count) })
  }

  private var extraCycles: [Block] {
    let count = pack.results.ledgers.reduce(0) { $0 + ($1.extraCycles ?? 0) }
    guard count > 0 else { return [] }
    return [
      .paragraph(
        "\(Words.capitalised(Words.counted(count, "promise"))) more than tickets times clocks: clocks "
          + "that started again, each time as a promise of its own.")
    ]
  }

  private var unmeasurable: [Block] {
    let total = pack.total
    guard total.unmeasurable > 0,
      let share = Share(total.met, of: total.decided + total.unmeasurable)
    else { return [] }
    return [
      .paragraph(
        "With the \(Words.counted(total.unmeasurable, "unmeasurable promise")) counted as missed, "
          + "\(Words.percent(share)) were kept.")
    ]
  }
}

extension PackView {
  /// Promises decided in the reported period, by the figures: what the ledger has to agree with.
  func total(ofAll targets: [TargetView]) -> Int {
    targets.reduce(0) { $0 + $1.current.counts.decided }
  }
}
