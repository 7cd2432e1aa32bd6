package import Tickets

/// The changes that are made to the services of an agreement, and what is asked of them.
///
/// See docs/DECISIONS.md, "Changes of a service".
package struct ChangeTerms: Hashable, Sendable {
  /// A service that changes are made to.
  package struct Service: Hashable, Sendable {
    /// The value by which a change names it.
    package var name: String
    package var title: String
    /// The availability obligation of the agreement that is about it, by name.
    package var availability: String?
    /// Which tickets of the agreement are about it.
    package var tickets: Condition?

    package init(
      name: String, title: String, availability: String? = nil, tickets: Condition? = nil
    ) {
      self.name = name
      self.title = title
      self.availability = availability
      self.tickets = tickets
    }
  }

  package var rows: Obligation.Rows
  /// Whether its rows are about every customer alike.
  package var isShared: Bool
  /// How many stretches of 24 hours are looked at before and after a change.
  package var days: Int
  /// The field that names the service.
  package var serviceField: String
  package var services: [Service]
  package var typeField: String?
  package var titleField: String?
  package var success: Condition
  /// What failed, whatever `success` says of it; a change that neither holds for has no outcome.
  package var failure: Condition
  /// The field of outages with the id of the change that caused them.
  package var causeField: String?

  package init(
    rows: Obligation.Rows, serviceField: String, services: [Service], success: Condition,
    failure: Condition, days: Int = 7, isShared: Bool = false
  ) {
    self.rows = rows
    self.serviceField = serviceField
    self.services = services
    self.success = success
    self.failure = failure
    self.days = days
    self.isShared = isShared
  }

  /// The fields and moments of rows that it looks at.
  package var namesUsed: [String] {
    ownNames + services.flatMap { $0.tickets?.fields ?? [] } + [causeField].compactMap { $0 }
  }

  /// Those of the changes alone.
  package var ownNames: [String] {
    rows.condition.fields + [rows.moment, serviceField] + success.fields + failure.fields
      + [typeField, titleField].compactMap { $0 }
  }
}
