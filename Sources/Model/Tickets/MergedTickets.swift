/// The field that holds the id of the ticket into which one was merged, its master.
package enum MergedTickets {
  package static let field = "merged-into"
}
