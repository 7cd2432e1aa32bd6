import Tickets

extension TicketTable {
  /// The tickets with a change before any of their moments, ascending.
  ///
  /// Where the data begin is known by moments. What lies before may be outside the periods and
  /// calendars, so that these tickets have to be looked at when all moments are known.
  var ticketsChangedEarly: [Int] {
    guard let history else { return [] }
    let dated = moments.filter { !AgreementRun.undatedMoments.contains($0.name) }.map(\.seconds)
    return (0..<count).filter { ticket in
      let changes = history.range(of: ticket)
      guard !changes.isEmpty else { return false }
      var earliest = Int64.max
      for seconds in dated where seconds[ticket] > MomentColumn.unreadable {
        earliest = min(earliest, seconds[ticket])
      }
      return history.seconds[changes.lowerBound] < earliest
    }
  }
}
