/// An action that was agreed, as it stands at the as-of instant; days are `2026-11-15`.
package struct ActionRecord: Hashable, Sendable, Codable {
  package enum State: String, Hashable, Sendable, Codable {
    case open, done
    /// Open, and past its day.
    case overdue
  }

  package var agreement: String
  package var customer: String
  package var title: String
  package var owner: String
  package var agreed: String?
  package var due: String?
  package var done: String?
  package var state: State
  package var note: String

  package init(
    agreement: String, customer: String, title: String, owner: String, state: State,
    note: String = ""
  ) {
    self.agreement = agreement
    self.customer = customer
    self.title = title
    self.owner = owner
    self.state = state
    self.note = note
  }
}
