package import ReportDocuments
package import Results

/// Makes the report of one pack: one agreement and one customer, and nothing of anybody else.
package struct PackReporter {
  /// Up to so many targets each get a section; of more, only the missed ones.
  static let mostTargetsInFull = 8

  private let results: CalculationResults
  private let agreement: String
  private let customer: String
  private let generator: String

  package init(
    results: CalculationResults, agreement: String, customer: String, generator: String
  ) {
    self.results = results
    self.agreement = agreement
    self.customer = customer
    self.generator = generator
  }

  /// The report; one without figures if the results do not hold the agreement.
  package func document() -> ReportDocument {
    guard let pack = PackView(results, agreement: agreement, customer: customer) else {
      return empty
    }
    return ReportDocument(
      cover: CoverWriter(pack: pack).cover, slam: SlamWriter(pack: pack).grid,
      sections: sections(pack), dataSheets: PackSheets(pack: pack).sheets,
      properties: properties(pack))
  }

  private var empty: ReportDocument {
    ReportDocument(
      cover: Cover(headline: "No data", lede: "No data: no promise was decided.", facts: []),
      slam: SlamGrid(title: "No data", subtitle: "", months: [], groups: []), sections: [],
      dataSheets: [],
      properties: .init(
        title: "Service level review", customer: customer, agreement: agreement, period: "",
        asOf: results.asOf, asOfText: "", zone: "UTC", countBy: "decided", generator: generator))
  }

  private func properties(_ pack: PackView) -> ReportDocument.Properties {
    let local = pack.agreement.localSeconds(at: pack.asOf)
    let brand = pack.agreement.brand
    var properties = ReportDocument.Properties(
      title: brand?.title ?? "Service level review", customer: customer,
      agreement: pack.agreement.title.isEmpty ? pack.agreement.name : pack.agreement.title,
      period: Words.period(pack.reported.label, year: true)
        + (pack.reported.isToDate ? ", to date" : ""),
      asOf: pack.asOf,
      asOfText: "As of \(Words.dated(localSeconds: local)) (\(pack.agreement.zone))",
      zone: pack.agreement.zone, countBy: pack.agreement.countBy, generator: generator,
      issue: [ChangesWriter(pack: pack).issueText, results.reading?.words ?? ""]
        .filter { !$0.isEmpty }.joined(separator: ". "))
    properties.logo = brand?.logo
    properties.accent = brand?.lightAccent.flatMap { light in
      brand?.darkAccent.map { .init(light: light, dark: $0) }
    }
    return properties
  }

  private func sections(_ pack: PackView) -> [Section] {
    let lists = ListSections(pack: pack)
    let obligations = [
      ObligationsWriter(pack: pack).section, AvailabilityWriter(pack: pack).section,
    ]
    .compactMap { $0 }
    let others = [ServiceChangesWriter(pack: pack).section, CreditsWriter(pack: pack).section]
      .compactMap { $0 }
    let actions = [ActionsWriter(pack: pack).section].compactMap { $0 }
    if pack.hasObligationsAlone {
      return obligations + others + actions + [
        LedgerWriter(pack: pack).section, DefinitionsWriter(pack: pack).section,
      ]
    }
    var sections: [Section] = [SummaryWriter(pack: pack).section]
    sections += [ChangesWriter(pack: pack).section].compactMap { $0 }
    sections += pack.targets.filter { Self.hasOwnSection($0, in: pack) }.map {
      TargetWriter(pack: pack, target: $0).section
    }
    sections += obligations + others + rangesSections(pack)
    sections.append(MissedWriter(pack: pack).section)
    sections += [HoursWriter(pack: pack).section].compactMap { $0 }
    if pack.hasPromises { sections += [lists.nearMissSection, lists.openSection] }
    sections += ChainWriter.sections(pack)
    sections += [lists.reversedSection, lists.reportedSection].compactMap { $0 }
    sections += [ExclusionsWriter(pack: pack).section, PausesWriter(pack: pack).section]
      .compactMap { $0 }
    sections += actions + [ReconciliationWriter(pack: pack).section].compactMap { $0 }
    sections += [OverviewWriter(pack: pack).section].compactMap { $0 }
    return sections + [
      LedgerWriter(pack: pack).section, DefinitionsWriter(pack: pack).section,
    ]
  }

  /// Missed and pressed targets have a section; the others too if there are not too many.
  static func hasOwnSection(_ target: TargetView, in pack: PackView) -> Bool {
    if pack.targets.count <= mostTargetsInFull { return true }
    return target.grading == .missed || target.grading == .underPressure
  }

  private func rangesSections(_ pack: PackView) -> [Section] {
    let clocks = pack.agreement.clocks.map(\.clock).filter { clock in
      pack.measured.contains { $0.clock == clock && $0.within != nil }
    }
    guard !clocks.isEmpty else { return [] }
    return [
      Section(
        id: "percentiles", title: "How long it takes, tier by tier", contents: "Percentiles",
        blocks: clocks.flatMap { clock in
          [.figure(RangesWriter(pack: pack, clock: clock).figure)]
            + [SurvivalWriter(pack: pack).block(clock: clock)].compactMap { $0 }
        })
    ]
  }
}
