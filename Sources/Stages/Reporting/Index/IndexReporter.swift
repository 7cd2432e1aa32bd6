package import ReportDocuments
package import Results

/// Makes the index over all packs of a run: clients x targets, worst first.
///
/// It names every client, and is for those who made the packs.
package struct IndexReporter {
  /// Where the pack of one agreement and customer is.
  package struct Place: Hashable, Sendable {
    package var agreement: String
    package var customer: String
    /// Of its page, as a link from the index.
    package var link: String

    package init(agreement: String, customer: String, link: String) {
      self.agreement = agreement
      self.customer = customer
      self.link = link
    }
  }

  /// Missed targets beyond these are counted and not listed.
  private static let listed = 100

  private let packs: [IndexedPack]
  private let overview: OverviewWriter
  private let asOf: Int64
  private let generator: String

  /// - Complexity: O(places x figures); promises are not looked at.
  package init(_ results: CalculationResults, places: [Place], generator: String) {
    var figures: [String: CalculationResults] = [:]
    packs = places.compactMap { place in
      let own = figures[place.agreement] ?? results.figures(of: place.agreement)
      figures[place.agreement] = own
      return IndexedPack(own, place)
    }.sorted { $0.isWorse(than: $1) }
    overview = OverviewWriter(
      parts: packs.map {
        .init(
          agreement: $0.agreement, customer: $0.customer, figures: $0.figures, periods: $0.periods)
      })
    asOf = results.asOf
    self.generator = generator
  }

  package func document() -> ReportDocument {
    ReportDocument(
      cover: Cover(headline: headline, lede: lede, facts: facts),
      slam: SlamGrid(title: "", subtitle: "", months: [], groups: []),
      sections: [packSection, missedSection, overview.section].compactMap { $0 }
        + agreementSections,
      dataSheets: [],
      properties: .init(
        title: "Service level review", customer: "All packs", agreement: "", period: periods,
        asOf: asOf, asOfText: asOfText, zone: "UTC",
        countBy: "as each agreement says", generator: generator))
  }

  private var missed: [(pack: IndexedPack, target: IndexedTarget)] {
    packs.flatMap { pack in pack.missed.map { (pack, $0) } }.enumerated().sorted { left, right in
      let (a, b) = (left.element.1.shortfall, right.element.1.shortfall)
      return a == b ? left.offset < right.offset : b < a
    }.map(\.element)
  }

  private var judged: Int { packs.reduce(0) { $0 + $1.judged.count } }
  private var pressed: Int { packs.reduce(0) { $0 + $1.pressed.count } }

  /// Such as `October 2026`; packs of different periods are named one after the other.
  private var periods: String {
    let labels = Set(packs.map { $0.agreement.period }).sorted()
    return Words.list(labels.map { Words.period($0, year: true) })
      + (packs.contains(where: \.isToDate) ? ", to date" : "")
  }

  /// Packs of a period that is over are left when only the instant differs, and so is this page.
  private var asOfText: String {
    packs.contains(where: \.isToDate)
      ? "As of \(Words.dated(localSeconds: asOf)) (UTC)" : "Each pack says as of when it is"
  }

  private var headline: String {
    let all = Words.counted(packs.count, "pack")
    guard judged > 0 else { return "Nothing is judged in \(periods): \(all)" }
    let count = missed.count
    guard count > 0 else {
      return "No target was missed in \(periods): "
        + "\(Words.counted(judged, "target")) judged in \(all)"
    }
    let bad = packs.count { !$0.missed.isEmpty }
    return Words.capitalised(Words.number(count)) + " of "
      + Words.counted(judged, "target") + " \(count == 1 ? "was" : "were") missed in \(periods), "
      + "in \(Words.number(bad)) of \(all)"
  }

  private var lede: String {
    var sentences: [String] = []
    if let worst = missed.first {
      let bound = worst.target.objective.isEmpty ? "" : " against \(worst.target.objective)"
      sentences.append(
        "Furthest from its objective is \(worst.target.name) of \(worst.pack.customer): "
          + "\(worst.target.reached)\(bound).")
    }
    let silent = packs.count { $0.judged.isEmpty }
    if silent > 0, judged > 0 {
      sentences.append("In \(Words.counted(silent, "pack")) nothing is judged.")
    }
    sentences.append("This page names every client; it is not for handing on.")
    return sentences.joined(separator: " ")
  }

  private var facts: [Cover.Fact] {
    let count = missed.count
    return [
      .init(figure: Words.grouped(packs.count), unit: "", label: "packs"),
      .init(
        figure: Words.grouped(judged - count), unit: "of \(Words.grouped(judged))",
        label: "targets met; \(Words.grouped(pressed)) of them under pressure"),
      .init(
        figure: Words.grouped(count), unit: "", label: "targets missed", isLate: count > 0),
    ]
  }
}

extension IndexReporter {
  private var packSection: Section {
    Section(
      id: "packs", title: "Every pack, worst first", contents: "Packs",
      blocks: [
        .table(
          Table(
            subtitle: "More missed targets first, then the one further from its objective.",
            columns: [
              .init("Customer"), .init("Agreement"), .init("Missed", isNumeric: true),
              .init("Under pressure", isNumeric: true), .init("Judged", isNumeric: true),
              .init("Furthest from its objective"),
            ],
            rows: packs.map { pack in
              [
                .link(text: pack.customer, target: pack.link), .text(pack.title),
                .count(pack.missed.count), .count(pack.pressed.count), .count(pack.judged.count),
                .text(
                  pack.worst.map { "\($0.name), \($0.reached)" }
                    ?? (pack.judged.isEmpty ? "nothing is judged" : "none missed")),
              ]
            }, isRecords: true))
      ])
  }

  private var missedSection: Section? {
    let missed = missed
    guard !missed.isEmpty else { return nil }
    let more = missed.count - Self.listed
    return Section(
      id: "missed", title: "Every missed target, worst first", contents: "Missed targets",
      mark: Words.grouped(missed.count), markIsLate: true,
      blocks: [
        .table(
          Table(
            subtitle: "By how far it is from its objective.",
            columns: [
              .init("Customer"), .init("Agreement"), .init("Target"), .init("Reached"),
              .init("Objective", isNumeric: true), .init("Months in a row", isNumeric: true),
            ],
            rows: missed.prefix(Self.listed).map { pack, target in
              [
                .link(text: pack.customer, target: pack.link), .text(pack.title),
                .text(target.name), .result(target.grade, target.reached),
                target.objective.isEmpty ? .notMeasured : .text(target.objective),
                .count(max(1, target.monthsMissed)),
              ]
            },
            note: more > 0 ? "\(Words.grouped(more)) more are not listed." : "", isRecords: true))
      ])
  }

  /// Clients x targets of each agreement with more than one pack.
  private var agreementSections: [Section] {
    var names: [String] = []
    for pack in packs where !names.contains(pack.agreement.name) {
      names.append(pack.agreement.name)
    }
    return names.compactMap { name in
      let own = packs.filter { $0.agreement.name == name && !$0.targets.isEmpty }
      guard let first = own.first, own.count > 1 else { return nil }
      let bad = own.count { !$0.missed.isEmpty }
      let title =
        bad == 0
        ? "\(first.title): no target missed"
        : "\(first.title): a target missed in \(Words.number(bad)) of "
          + Words.counted(own.count, "pack")
      return Section(
        id: "agreement-" + name, title: title, contents: first.title, mark: "\(bad)",
        markIsLate: bad > 0, blocks: grids(own).map { .table($0) })
    }
  }

  /// A table for each clock, and one for obligations.
  private func grids(_ packs: [IndexedPack]) -> [Table] {
    var clocks: [String?] = []
    for target in packs.flatMap(\.targets) where !clocks.contains(target.clock) {
      clocks.append(target.clock)
    }
    return clocks.map { clock in
      var columns: [String] = []
      for target in packs.flatMap(\.targets)
      where target.clock == clock && !columns.contains(target.column) {
        columns.append(target.column)
      }
      return Table(
        title: Words.capitalised(clock ?? "obligations"),
        columns: [.init("Customer")]
          + columns.map { .init($0, isNumeric: columns.count > Self.mostColumns) },
        rows: packs.map { pack in
          [.link(text: pack.customer, target: pack.link)]
            + columns.map { column in
              pack.targets.first { $0.clock == clock && $0.column == column }
                .map { .result($0.grade, $0.reached) } ?? .notMeasured
            }
        }, isRecords: columns.count <= Self.mostColumns)
    }
  }

  /// A wider table scrolls.
  private static let mostColumns = 6
}

extension IndexedPack {
  fileprivate var title: String { agreement.title.isEmpty ? agreement.name : agreement.title }
}
