import Agreements
import Tickets

/// The versions of an agreement made ready for one table, or for batches of the same columns.
struct PreparedTable: Sendable {
  var versions: [PreparedVersion] = []
  var groups = GroupTable(fields: [])
  /// `nil` if every ticket has to be replayed.
  var plain: PlainRules?

  /// Goes on with another batch, of which the dictionaries may have grown.
  ///
  /// Nothing of a batch is kept when it has been left, so that its reader may change it.
  mutating func use(_ batch: TicketTable, run: AgreementRun) {
    groups.use(batch.fields)
    if let rules = plain, !rules.kinds.numbers.holds(batch.fields) {
      plain = PlainRules(versions, table: batch, run: run)
    }
  }

  mutating func leave() { groups.use([]) }
}

extension AgreementRun {
  /// The versions of the agreement made ready for one table.
  mutating func prepared(for table: TicketTable) -> PreparedTable {
    let versions = preparedVersions(for: table)
    return PreparedTable(
      versions: versions, groups: GroupTable(continuing: groups, fields: table.fields),
      plain: PlainRules(versions, table: table, run: self))
  }

  /// The fields by which tickets come under different rules, or in different groups.
  func fieldsOfKinds(in table: TicketTable) -> [Int] {
    var names = request.by
    for version in versions {
      names += version.fieldsOfConditions
      if case .field(let field) = version.customer { names.append(field) }
    }
    let fields = Set(names.compactMap { table.fieldIndex($0) })
    return fields.sorted()
  }
}

extension Agreement {
  /// The fields that decide which rules a ticket comes under.
  var fieldsOfConditions: [String] {
    let signals = clocks.flatMap { $0.start + $0.stop }.flatMap { signal -> [String] in
      if case .condition(let condition) = signal { return condition.fields }
      return []
    }
    return scope.fields + tiers.flatMap(\.condition.fields) + signals
      + clocks.flatMap {
        $0.pauses.flatMap(\.condition.fields) + ($0.cancel?.fields ?? [])
          + ($0.part?.condition.fields ?? [])
      }
  }

  /// Whether a clock starts or stops at a moment that says nothing of when the data begin.
  var usesUndatedMoments: Bool {
    clocks.contains { clock in
      (clock.start + clock.stop).contains { signal in
        if case .moment(let name) = signal { return AgreementRun.undatedMoments.contains(name) }
        return false
      }
    }
  }
}
