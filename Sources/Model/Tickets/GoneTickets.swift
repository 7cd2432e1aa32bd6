/// Tickets that are missing from an export that holds all: the moment since when that is known.
///
/// No export tells it; a workspace adds it to the rows it hands on.
package enum GoneTickets {
  package static let moment: String = "gone from the export"
}
