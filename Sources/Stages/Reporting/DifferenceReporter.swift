package import ReportDocuments
package import Results
import ServiceTime

/// Makes the page of a comparison.
package struct DifferenceReporter {
  private let difference: ResultsDifference
  private let generator: String

  package init(_ difference: ResultsDifference, generator: String) {
    (self.difference, self.generator) = (difference, generator)
  }

  private var tables: DifferenceTables { DifferenceTables(difference, isPage: true) }
  private var promises: [IssueChanges.Promise] { difference.months.flatMap(\.promises) }
  private var changed: [MonthDifference] { difference.months.filter { !$0.isEmpty } }

  package func document() -> ReportDocument {
    let names = "\(difference.a.name) against \(difference.b.name)"
    let periods = Set(difference.months.map(\.period)).sorted()
    return ReportDocument(
      cover: Cover(headline: headline, lede: lede, facts: facts),
      slam: SlamGrid(title: "", subtitle: "", months: [], groups: []), sections: sections,
      dataSheets: [],
      properties: .init(
        title: "What differs", customer: names,
        agreement: [Set(changed.map(\.agreement)), Set(changed.map(\.customer))]
          .map { Words.list($0.sorted()) }.filter { !$0.isEmpty }.joined(separator: ", "),
        period: difference.isOfRules
          ? "two agreements" : Words.list(periods.map { Words.period($0, year: true) }),
        asOf: difference.b.asOf ?? 0, asOfText: asOfText, zone: "UTC",
        countBy: difference.countBy, generator: generator))
  }

  private var asOfText: String {
    let sides = [difference.a, difference.b].compactMap { side in
      side.asOf.map { "\(side.name) as of \(Words.dated(localSeconds: $0)) UTC" }
    }
    return sides.isEmpty ? "Two files of rules" : sides.joined(separator: "; ")
  }

  /// Says how many promises or rules differ; also the first line on a terminal.
  package var headline: String {
    if difference.isOfRules {
      return difference.rules.isEmpty
        ? "The two agreements promise the same"
        : "\(Words.capitalised(Words.counted(difference.rules.count, "rule"))) "
          + (difference.rules.count == 1 ? "differs" : "differ")
    }
    let periods = Set(changed.map(\.period)).sorted().map { Words.period($0, year: true) }
    guard !changed.isEmpty else { return "No figure and no ticket differs" }
    guard !promises.isEmpty else {
      return "Figures of \(Words.list(periods)) differ, and no ticket behind them"
    }
    return "\(Words.capitalised(Words.counted(promises.count, "promise"))) of "
      + "\(Words.list(periods)) \(promises.count == 1 ? "differs" : "differ")"
  }

  /// Such as `data 2, target 1`, in the fixed order of causes.
  package var causes: String {
    let words = promises.map { ChangesWriter.words($0.causes) }
    var seen: [String] = []
    for cause in ChangeCause.allCases.map(\.rawValue) where words.contains(cause) {
      seen.append(cause)
    }
    seen += Set(words).subtracting(seen).sorted()
    return seen.map { name in "\(name) \(words.count { $0 == name })" }.joined(separator: ", ")
  }

  private var lede: String {
    var sentences: [String] = []
    if let (was, now) = kept, was != now {
      sentences.append("Of the promises in these figures \(was) were kept; now \(now).")
    }
    if !promises.isEmpty { sentences.append("By cause: \(causes).") }
    return (sentences + difference.notes).joined(separator: " ")
  }

  private var kept: (String, String)? {
    let figures = difference.months.flatMap(\.figures)
    func share(_ counts: (MonthDifference.Figure) -> PromiseCounts) -> String? {
      let all = figures.map(counts)
      return Share(all.reduce(0) { $0 + $1.met }, of: all.reduce(0) { $0 + $1.decided })
        .map { Words.percent($0) }
    }
    guard let was = share(\.was), let now = share(\.is) else { return nil }
    return (was, now)
  }

  private var facts: [Cover.Fact] {
    guard !difference.isOfRules else { return [] }
    let figures = difference.months.reduce(0) { $0 + $1.figures.count }
    let proven = promises.count { $0.causes.count == 1 }
    return [
      .init(figure: Words.grouped(promises.count), unit: "", label: "promises differ"),
      .init(figure: Words.grouped(figures), unit: "", label: "figures differ"),
      .init(
        figure: Words.grouped(proven), unit: "of \(Words.grouped(promises.count))",
        label: "have one certain cause", isLate: proven < promises.count),
    ]
  }

  private var sections: [Section] {
    var sections: [Section] = []
    let figures = tables.figures
    if !figures.rows.isEmpty {
      sections.append(
        Section(
          id: "figures", title: "The figures that differ", contents: "Figures",
          mark: Words.grouped(figures.rows.count), blocks: [.table(untitled(figures))]))
    }
    if !promises.isEmpty {
      sections.append(
        Section(
          id: "tickets", title: "The tickets behind them, each with its cause",
          contents: "Tickets", mark: Words.grouped(promises.count),
          blocks: [.table(untitled(tables.promises(most: MissedWriter.mostListed)))]))
    }
    if !difference.rules.isEmpty {
      sections.append(
        Section(
          id: "rules", title: "What differs in the rules", contents: "Rules",
          mark: Words.grouped(difference.rules.count), blocks: [.table(untitled(tables.rules))]))
    }
    guard !difference.isOfRules else { return sections }
    return sections + [
      Section(id: "definitions", title: "Definitions", blocks: [.definitions(definitions)])
    ]
  }

  /// The section says what the table is.
  private func untitled(_ table: Table) -> Table {
    var table = table
    table.title = ""
    return table
  }

  private var definitions: [Definition] {
    [
      .init(term: "Was, is", text: "Was: \(difference.a.name). Is: \(difference.b.name)."),
      .init(
        term: "Cause",
        text: "The first input after whose exchange the promise reads otherwise. Inputs are "
          + "exchanged one after the other, and stay exchanged: "
          + ChangeCause.allCases.map(\.rawValue).joined(separator: ", ")
          + ". A promise reads otherwise if its verdict or tier does; of one that keeps both, if its "
          + "counted seconds do. Several causes with \u{201c}or\u{201d} between them: it cannot be "
          + "told which it was."),
      .init(
        term: "Data", text: "Rows that were known, and the as-of instant."),
      .init(
        term: "Target",
        text: "Scope, tiers, what starts, stops and cancels a clock, within, objective, validity."),
      .init(
        term: "Not counted",
        text: "The month does not count the promise: it is open, counted in another month, or not "
          + "known."),
    ]
  }
}
