/// The mappings that come with the tool.
package enum Presets {
  package struct Preset: Hashable, Sendable {
    package let name: String
    /// What it reads, in a line.
    package let summary: String
    /// The text of its file, to print and copy.
    package let yaml: String
  }

  /// Sorted by name.
  package static let all: [Preset] = [
    Preset(
      name: "attain-events", summary: "what `attain import -o` writes for sources with history",
      yaml: attainEvents),
    Preset(
      name: "attain-tickets",
      summary: "what `attain import -o` writes for sources with one row a ticket",
      yaml: attainTickets),
    Preset(
      name: "glpi", summary: "GLPI ticket list, with English, French or Portuguese headers",
      yaml: glpi),
    Preset(
      name: "jira-cloud",
      summary: "Jira Cloud and Jira Service Management CSV, with English or Spanish headers",
      yaml: jiraCloud),
    Preset(
      name: "otrs", summary: "OTRS and Znuny statistics export, with English or Portuguese headers",
      yaml: otrs),
    Preset(
      name: "servicenow-audit-log",
      summary: "ServiceNow incident versions, one row for each change of a record",
      yaml: serviceNowAuditLog),
    Preset(
      name: "servicenow-incident", summary: "ServiceNow incident list, one row a ticket",
      yaml: serviceNowIncident),
    Preset(name: "zendesk", summary: "Zendesk Explore and view export", yaml: zendesk),
  ]

  package static func named(_ name: String) -> Preset? {
    all.first { $0.name == name }
  }
}
