import Calculation
import Importing
import Tickets

/// Judges tickets while an import reads them, with a fold for each worker.
///
/// Sendable because a worker touches nothing but its own fold.
final class FoldTaker: TicketTaker, @unchecked Sendable {
  private final class Place {
    var fold: TicketFold

    init(_ fold: TicketFold) {
      self.fold = fold
    }
  }

  private let start: TicketFold
  private let places: [Place]

  /// - Parameter start: A fold that holds nothing yet.
  init(_ start: TicketFold, workers: Int) {
    self.start = start
    places = (0..<max(1, workers)).map { _ in Place(start) }
  }

  func startOver() {
    for place in places { place.fold = start }
  }

  func take(_ tickets: TicketTable, worker: Int) -> [Int] {
    places[worker].fold.add(tickets)
  }

  /// To be asked for when the import has ended.
  var folds: [TicketFold] { places.map(\.fold) }
}
