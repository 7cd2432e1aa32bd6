package import ServiceTime

/// Something that somebody promised to do, such as at a review: an entry of `actions.yml`.
package struct AgreedAction: Hashable, Sendable {
  package var title: String
  package var owner: String
  /// The agreement it belongs to; `nil` is every one in the folder.
  package var agreement: String?
  /// The customer it belongs to; `nil` is every one of the agreement.
  package var customer: String?
  /// When it was agreed; before that day it is not known.
  package var agreed: CivilDate?
  /// The last day on which it is in time; `nil` if none was agreed.
  package var due: CivilDate?
  /// When it was done; `nil` while it is not.
  package var done: CivilDate?
  package var note: String

  package init(
    title: String, owner: String, agreement: String? = nil, customer: String? = nil,
    agreed: CivilDate? = nil, due: CivilDate? = nil, done: CivilDate? = nil, note: String = ""
  ) {
    self.title = title
    self.owner = owner
    self.agreement = agreement
    self.customer = customer
    self.agreed = agreed
    self.due = due
    self.done = done
    self.note = note
  }
}
