package import Tickets

/// Judges tickets while they are read, so that they need not be held.
///
/// Several workers call it at the same time, each with its own number.
package protocol TicketTaker: AnyObject, Sendable {
  /// Forgets everything, because the files are read again from the start.
  func startOver()

  /// Takes a batch of tickets that no other row speaks of.
  ///
  /// - Parameter tickets: Without ids; codes are those of dictionaries that belong to the worker
  ///   and only ever grow from batch to batch.
  /// - Returns: The tickets that must be held, ascending.
  func take(_ tickets: TicketTable, worker: Int) -> [Int]
}
