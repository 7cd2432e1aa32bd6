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
    attainEvents,
    attainTickets,
    autotask,
    city311,
    connectWise,
    counts,
    eventLog,
    freshdesk,
    freshservice,
    gitHubIssues,
    gitLabIssues,
    glpi,
    helixRemedy,
    intervals,
    jiraCloud,
    jiraDataCenter,
    osTicket,
    otrs,
    redmine,
    requestTracker,
    serviceNowAuditLog,
    serviceNowChange,
    serviceNowIncident,
    serviceNowTaskSLA,
    vinst,
    zammad,
    zendesk,
    znuny,
  ]

  package static func named(_ name: String) -> Preset? {
    all.first { $0.name == name }
  }
}
