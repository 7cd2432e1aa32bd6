import ReportDocuments
import Results

/// The section of one target: its trend and its distribution.
struct TargetWriter {
  let pack: PackView
  let target: TargetView

  var section: Section {
    var blocks: [Block] = [
      .paragraph(description), .figure(TrendWriter(pack: pack, target: target).figure),
    ]
    if let figure = DistributionWriter(pack: pack, target: target).figure {
      blocks.append(.figure(figure))
    } else if target.current.counts.decided == 0 {
      blocks.append(.paragraph("No data: no \(target.name) promise was decided."))
    }
    return Section(
      id: target.anchor, title: title, contents: target.name, mark: Grade(target.grading).letter,
      markIsLate: target.grading == .missed, startsPage: target.grading == .missed, blocks: blocks)
  }

  private var title: String {
    guard let share = target.current.share else { return "\(target.name): no data" }
    return "\(target.name): \(Words.percent(share)) against \(target.objectiveText)"
  }

  private var description: String {
    let clock = pack.agreement.clocks.first { $0.clock == target.clock }
    var text =
      "\(target.tier), from \(clock?.start ?? "") to \(clock?.stop ?? ""), within "
      + "\(target.withinText) on \(target.calendar)"
    let pauses = clock?.pauses ?? []
    if !pauses.isEmpty { text += "; paused by \(pauses.joined(separator: "; "))" }
    text += "."
    if let bounds = target.current.bounds, pack.reported.isToDate {
      let (low, high) = (
        bounds.lowest(target.current.counts), bounds.highest(target.current.counts)
      )
      if let lowest = Share(low.met, of: low.decided, objective: target.objective),
        let highest = Share(high.met, of: high.decided, objective: target.objective)
      {
        text +=
          " To date; with the tickets already open it can still end between "
          + "\(Words.percent(lowest)) and \(Words.percent(highest))."
      }
    }
    return text
  }
}
