import Tickets

/// Which tickets of a table were merged into which, and when.
///
/// See docs/DECISIONS.md, "Merged tickets".
struct MergeIndex: Sendable {
  /// What a ticket follows from an instant on.
  struct Turn {
    enum Followed: Equatable {
      case ticket(Int)
      case nothing(Timeline.Fault)
    }

    let from: Int64
    let followed: Followed
    /// Of the row that tells of the merge.
    let line: UInt32
  }

  private struct Merge {
    let at: Int64
    /// The code of the master's id; 0 takes a merge back.
    let code: UInt32
    let line: UInt32
    var isDated = true
  }

  /// A chain of merges is followed no further.
  private static let longestChain = 64

  private let table: ReplayTable
  private let field: Int
  private let end: Int?
  /// Moments that happen to a ticket.
  private let dated: [Int]
  private let isMerged: [Bool]
  /// By code of the field: the ticket of that id.
  private let masters: [Int?]

  /// Returns `nil` if no ticket of the table was ever merged.
  init?(_ table: TicketTable, source: ReplayTable) {
    guard let field = table.fieldIndex(MergedTickets.field),
      table.fields[field].dictionary.count > 1
    else { return nil }
    let column = table.fields[field]
    var isMerged = column.codes.map { $0 != 0 }
    if let history = table.history {
      for ticket in isMerged.indices where !isMerged[ticket] {
        isMerged[ticket] = history.range(of: ticket).contains {
          history.subjects[$0] == .field(field) && history.values[$0] != 0
        }
      }
    }
    for (ticket, code) in (column.initialCodes ?? []).enumerated() where code != 0 {
      isMerged[ticket] = true
    }
    guard isMerged.contains(true) else { return nil }
    var masters = [Int?](repeating: nil, count: column.dictionary.count)
    for ticket in 0..<table.count {
      if let code = column.dictionary.existingCode(for: table.ids[ticket]), code != 0 {
        masters[Int(code)] = ticket
      }
    }
    self.table = source
    self.field = field
    self.isMerged = isMerged
    self.masters = masters
    end = table.momentIndex("closed") ?? table.momentIndex("resolved")
    dated = table.moments.indices.filter {
      !AgreementRun.undatedMoments.contains(table.moments[$0].name)
    }
  }

  func has(_ ticket: Int) -> Bool { isMerged[ticket] }

  /// What a ticket follows, in time order; before the first turn it is itself.
  ///
  /// A merge that nothing dates comes after all that is known of the ticket.
  func turns(of ticket: Int, by sight: Sight) -> [Turn] {
    var chain = [ticket]
    var merges: [Int: [Merge]] = [:]
    var next = 0
    while next < chain.count {
      let own = self.merges(of: chain[next], by: sight)
      merges[chain[next]] = own
      for merge in own {
        if let master = masters[Int(merge.code)], !chain.contains(master),
          chain.count <= Self.longestChain
        {
          chain.append(master)
        }
      }
      next += 1
    }
    var turns: [Turn] = []
    var last = Turn.Followed.ticket(ticket)
    for instant in Set(merges.values.joined().map(\.at)).sorted() {
      let followed = followed(from: ticket, at: instant, merges)
      guard followed != last else { continue }
      last = followed
      let line = merges[ticket]?.last { $0.at <= instant }?.line ?? 0
      turns.append(Turn(from: instant, followed: followed, line: line))
    }
    return turns
  }

  private func followed(
    from ticket: Int, at instant: Int64, _ merges: [Int: [Merge]]
  ) -> Turn.Followed {
    var seen: Set<Int> = [ticket]
    var current = ticket
    while let merge = merges[current]?.last(where: { $0.at <= instant }), merge.code != 0 {
      guard merge.isDated else { return .nothing(.mergeNotDated) }
      guard let master = masters[Int(merge.code)] else { return .nothing(.unknownMaster) }
      guard seen.insert(master).inserted, seen.count <= Self.longestChain else {
        return .nothing(.mergedInACircle)
      }
      current = master
    }
    return .ticket(current)
  }

  private func merges(of ticket: Int, by sight: Sight) -> [Merge] {
    let code = table.initialCodes[field][ticket]
    guard table.hasHistory else {
      // The row as last exported: the merge ended the ticket.
      guard code != 0 else { return [] }
      let line = table.lines.isEmpty ? 0 : table.lines[ticket]
      guard table.has(end, ticket), let end else {
        let known = dated.map { table.moments[$0][ticket] }.filter { sight.sees($0) }
        guard let last = known.max(), last > MomentColumn.unreadable else { return [] }
        return [Merge(at: last + 1, code: code, line: line, isDated: false)]
      }
      let at = table.moments[end][ticket]
      return sight.sees(at) ? [Merge(at: at, code: code, line: line)] : []
    }
    let history = table.changes
    let range = history.range(of: ticket).prefix { sight.sees(history.seconds[$0]) }
    var merges: [Merge] = []
    if code != 0 {
      let first = range.first
      merges.append(
        Merge(
          at: first.map { history.seconds[$0] } ?? .min, code: code,
          line: first.map { history.lines[$0] } ?? 0))
    }
    for change in range where history.subjects[change] == .field(field) {
      merges.append(
        Merge(
          at: history.seconds[change], code: history.values[change], line: history.lines[change]))
    }
    return merges
  }
}
