package import ServiceTime

/// Rows of shape `intervals`: outages, maintenance, suspensions; in reading order.
package struct IntervalTable: Sendable {
  package var source: String
  package var ids = TextArena()
  package var starts: [Int64] = []
  /// Seconds since 1970, or ``MomentColumn/missing`` if it has no end yet.
  package var ends: [Int64] = []
  package var fields: [FieldColumn] = []
  package var ledger = RowLedger()

  package init(source: String) {
    self.source = source
  }

  package var count: Int { starts.count }

  /// Intervals that have no end yet.
  package var openCount: Int { ends.count { $0 == MomentColumn.missing } }

  /// The time that is in any of some intervals, each second once: ascending, apart from each other.
  ///
  /// An interval without an end, or with a later one, ends at `horizon`; one that starts there or
  /// later, and one that ends as it starts, holds no time. Intervals that touch become one. The
  /// order of the rows does not matter.
  package func union(of rows: [Int]? = nil, until horizon: Instant) -> [ClockInterval] {
    ClockInterval.merged(
      (rows ?? Array(starts.indices)).compactMap { row in
        let end = ends[row] == MomentColumn.missing ? horizon.seconds : ends[row]
        return ClockInterval(
          from: Instant(seconds: starts[row]), to: Instant(seconds: min(end, horizon.seconds)))
      })
  }
}
