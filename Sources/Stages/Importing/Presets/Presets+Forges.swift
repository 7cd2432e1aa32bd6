extension Presets {
  static let gitHubIssues = Preset(
    name: "github-issues",
    summary: "GitHub issues, as gh and the usual tools write them",
    yaml: """
      version: 1
      mapping: github-issues
      rows: tickets
      # GitHub has no export of its own. Read are the columns of the interface as gh and the usual
      # tools write them: gh issue list --json number,title,state,createdAt,closedAt,updatedAt,labels.
      # Times end in Z. If they do not, set the zone they are in.
      zone: UTC
      timestamps: auto
      missing: ["null", "None"]
      ticket:
        id: [number, issue.number, "Issue Number", "Issue #", "Issue ID"]
        kind: {value: issue}
        opened: [created_at, createdAt, issue.created_at, "Created At"]
        resolved: [closed_at, closedAt, issue.closed_at, "Closed At"]
        updated: [updated_at, updatedAt, issue.updated_at, "Updated At"]
        # open or closed; a project's table has a column of its own.
        status: [state, issue.state, Status]
        reason: [state_reason, stateReason]
        # All labels in one cell, as they stand; a tier finds one by {labels: "*priority: high*"}.
        labels: [labels, label, issue.labels]
        group: [milestone, milestone.title, issue.milestone.title]
        customer: [repository, repository_url, repository.name]
        title: [title, issue.title]
        author: [user, author, user.login, issue.user.login]
        comments: [comments]
        url: [html_url, url, issue.html_url]

      """)

  static let gitLabIssues = Preset(
    name: "gitlab-issues",
    summary: "GitLab's CSV export of issues",
    yaml: """
      version: 1
      mapping: gitlab-issues
      rows: tickets
      # GitLab writes UTC and says so in the names of the columns.
      zone: UTC
      timestamps: auto
      ticket:
        # Issues of several projects in one file share numbers; then take: id: URL
        id: ["Issue ID", "Work item ID"]
        kind: [Type]
        opened: ["Created At (UTC)", "Created At"]
        resolved: ["Closed At (UTC)", "Closed At"]
        closed: ["Closed At (UTC)", "Closed At"]
        updated: ["Updated At (UTC)", "Updated At"]
        # A day without a time, so no instant that a clock could use.
        due_date: ["Due Date"]
        status: [State, Status]
        # All labels in one cell, as they stand; a tier finds one by {labels: "*priority::1*"}.
        labels: [Labels]
        group: [Milestone]
        epic: ["Epic Title"]
        title: [Title]
        author: [Author]
        confidential: [Confidential]
        weight: [Weight]
        estimate_seconds: ["Time Estimate"]
        spent_seconds: ["Time Spent"]
        url: [URL]

      """)
}
