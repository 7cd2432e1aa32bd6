import ReportDocuments
import Results

/// Counts for a reader's own choice of tier, group, month and, over all packs, of the customer.
struct OverviewWriter {
  /// What is counted, of one agreement and customer.
  struct Part {
    let agreement: AgreementSummary
    let customer: String
    let figures: [FigureRow]
    /// The months shown, in order.
    let periods: [AgreementSummary.PeriodSummary]
  }

  let parts: [Part]
  /// Whether the reader may pick agreement and customer.
  let namesCustomers: Bool

  init(pack: PackView) {
    parts = [
      Part(
        agreement: pack.agreement, customer: pack.customer, figures: pack.results.figures,
        periods: pack.periods)
    ]
    namesCustomers = false
  }

  /// - Parameter parts: Of all packs.
  init(parts: [Part]) {
    self.parts = parts
    namesCustomers = true
  }

  /// Left out if there is nothing to pick from.
  var section: Section? {
    let overview = overview
    guard overview.rows.contains(where: { $0.decided > 0 }),
      overview.dimensions.contains(where: { $0.values.count > 1 })
    else { return nil }
    let names = overview.dimensions.filter { $0.values.count > 1 }.map { $0.name.lowercased() }
    return Section(
      id: "overview", title: "Pick a part: \(Words.list(names))", contents: "Pick a part",
      blocks: [
        .paragraph(
          "Counts of promises decided, added up for what is picked. The charts, and all percentiles, "
            + "do not follow it: they cannot be added up. "
            + (namesCustomers ? "Each pack's" : "Without a script,")
            + " csv/attainment.csv has every figure."), .overview(overview),
      ])
  }

  private var overview: Overview {
    let by = parts.map(\.agreement.by).max { $0.count < $1.count } ?? []
    let names =
      (namesCustomers ? ["Agreement", "Customer"] : []) + ["Clock", "Tier"]
      + by.map(Words.capitalised) + ["Month"]
    var values: [[String]] = names.map { _ in [] }
    // Months stand in their order, whatever has figures.
    values[names.count - 1] = months.map { Words.period($0, year: true) }
    var places: [[String: Int]] = names.map { _ in [:] }
    places[names.count - 1] = Dictionary(
      uniqueKeysWithValues: months.enumerated().map { ($0.element, $0.offset) })
    func place(_ value: String, in dimension: Int) -> Int {
      if let known = places[dimension][value] { return known }
      let new = values[dimension].count
      values[dimension].append(value)
      places[dimension][value] = new
      return new
    }
    var rows: [Overview.Row] = []
    for part in parts {
      let shown = Set(part.periods.map(\.label))
      for figure in part.figures where shown.contains(figure.period) && figure.counts.decided > 0 {
        let own = (0..<by.count).map { $0 < figure.by.count ? figure.by[$0] : "" }
        let title = part.agreement.title.isEmpty ? part.agreement.name : part.agreement.title
        let texts =
          (namesCustomers ? [title, part.customer] : []) + [figure.clock, figure.tier] + own
          + [figure.period]
        rows.append(
          Overview.Row(
            places: texts.enumerated().map { place($0.element, in: $0.offset) },
            met: figure.counts.met, decided: figure.counts.decided))
      }
    }
    return Overview(
      dimensions: zip(names, values).map { .init($0, values: $1) }, rows: rows)
  }

  private var months: [String] {
    Set(parts.flatMap { $0.periods.map(\.label) }).sorted()
  }
}
