import Agreements
import Messages
import Tickets

/// What obligations ask for and no import gives, or the other way round.
extension TicketLoader.Loaded {
  /// Lines to say before a calculation.
  func obligationNotes(_ agreements: [[Agreement]]) -> [String] {
    unusedRows(agreements)
      + obligationFindings(agreements) { agreement, _ in
        Place(file: agreement.origin.file)
      }
      .map(\.line)
  }

  private func unusedRows(_ agreements: [[Agreement]]) -> [String] {
    let used = Set(agreements.joined().flatMap { $0.sourcesOfRows })
    let given = intervals.map(\.source) + counts.map(\.source)
    return given.filter { !used.contains($0) }.map { source in
      """
      warning: rows of source "\(source)" are intervals or counts, and no obligation uses them; \
      name it under "rows" of an obligation or of changes
      """
    }
  }

  /// Sources and fields that obligations name and no import gives.
  ///
  /// - Parameter place: Where an obligation's rows stand, by its number in the agreement; those of
  ///   changes are number -1.
  func obligationFindings(
    _ agreements: [[Agreement]], at place: (Agreement, Int) -> Place
  ) -> [Finding] {
    var fields: [String: Set<String>] = [:]
    for table in intervals { fields[table.source] = Set(table.fields.map(\.name)) }
    for table in counts { fields[table.source] = Set(table.fields.map(\.name)) }
    for table in tables {
      fields[table.source] = Set(table.fields.map(\.name) + table.moments.map(\.name))
    }
    let ticketSources = Set(tables.map(\.source))
    var findings: [Finding] = []
    for agreement in agreements.joined() {
      for (number, obligation) in agreement.obligations.enumerated() {
        let place = place(agreement, number)
        for source in obligation.sources where fields[source] == nil {
          let near = NearestName.of(source, among: fields.keys.sorted())
          findings.append(
            Finding(
              .obligationWithoutRows, at: place, .noSource(obligation.name, source, near: near)))
        }
        let given = obligation.sources.compactMap { fields[$0] }
        guard given.count == obligation.sources.count else { continue }
        for name in obligation.fieldsUsed(by: agreement, of: ticketSources)
        where !given.contains(where: { $0.contains(name) }) {
          findings.append(
            Finding(
              .obligationWithoutRows, at: place,
              .noField(obligation.name, name, source: obligation.rows.source)))
        }
      }
    }
    return findings + changeFindings(agreements, fields, at: { place($0, -1) })
  }

  /// The same of changes.
  private func changeFindings(
    _ agreements: [[Agreement]], _ fields: [String: Set<String>], at place: (Agreement) -> Place
  ) -> [Finding] {
    agreements.joined().flatMap { agreement -> [Finding] in
      guard let terms = agreement.changes else { return [] }
      guard let given = fields[terms.rows.source] else {
        let near = NearestName.of(terms.rows.source, among: fields.keys.sorted())
        return [
          Finding(.changesWithoutRows, at: place(agreement), .noChanges(terms.rows.source, near))
        ]
      }
      let isTickets = tables.contains { $0.source == terms.rows.source }
      return Set(terms.ownNames).sorted().filter {
        !given.contains($0) && (isTickets || $0 != terms.rows.moment)
      }.map {
        Finding(
          .changesWithoutRows, at: place(agreement), .noChangeField($0, terms.rows.source))
      }
    }
  }
}

extension Agreement {
  /// The sources of obligations and changes.
  fileprivate var sourcesOfRows: [String] {
    obligations.flatMap(\.sources) + [changes?.rows.source].compactMap { $0 }
  }
}

extension Obligation {
  /// The names that its rows have to give.
  fileprivate func fieldsUsed(by agreement: Agreement, of ticketSources: Set<String>) -> [String] {
    var names = Set(namesUsed)
    if !ticketSources.contains(rows.source) { names.remove(rows.moment) }
    if case .field(let field) = agreement.customer, !isShared { names.insert(field) }
    return names.sorted()
  }
}

extension Finding.Message {
  fileprivate static func noChanges(_ source: String, _ near: String?) -> Finding.Message {
    let hint = near.map { "did you mean \"\($0)\"?" } ?? "import it, or correct the name"
    return "changes are rows of source \"\(source)\", which no import gives; \(hint)"
  }

  fileprivate static func noChangeField(_ name: String, _ source: String) -> Finding.Message {
    """
    changes look at "\(name)", which rows of source "\(source)" do not have; add it to the mapping \
    (ticket or keep), or correct the name
    """
  }

  fileprivate static func noSource(
    _ obligation: String, _ source: String, near: String?
  ) -> Finding.Message {
    let hint = near.map { "did you mean \"\($0)\"?" } ?? "import it, or correct the name"
    return """
      obligation "\(obligation)" is judged by rows of source "\(source)", which no import gives; \
      \(hint)
      """
  }

  fileprivate static func noField(
    _ obligation: String, _ name: String, source: String
  ) -> Finding.Message {
    """
    obligation "\(obligation)" looks at "\(name)", which rows of source "\(source)" do not have; \
    add it to the mapping (ticket or keep), or correct the name
    """
  }
}
