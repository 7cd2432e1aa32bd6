extension Presets {
  static let zendesk = Preset(
    name: "zendesk", summary: "Zendesk view export, and Explore's tickets dataset",
    yaml: """
      version: 1
      mapping: zendesk
      rows: tickets
      # The names of the view export come first, then those of Explore.
      # Set the zone of the account: Zendesk writes local times without an offset.
      # zone: Europe/London
      timestamps: auto
      missing: ["1900-01-01 00:00:00", "-"]
      ticket:
        id: [Id, "Ticket ID"]
        kind: ["Ticket type", Type]
        opened: ["Created at", "Ticket created - Timestamp"]
        responded:
          after: opened
          column: ["First reply time in minutes", "First reply time (min)"]
          as: minutes
        resolved: ["Solved at", "Ticket solved - Timestamp"]
        updated: ["Updated at", "Ticket updated - Timestamp"]
        due: ["Due date", "Due at", "Ticket due - Timestamp"]
        status: [Status, "Ticket status"]
        priority: [Priority, "Ticket priority"]
        group: [Group, "Ticket group"]
        customer: [Organization, "Organization name", "Ticket organization name",
                   "Requester organization name"]
        brand: [Brand, "Ticket brand"]
        form: "Ticket form"
        channel: [Via, "Ticket channel"]
        category: ["Ticket Category [list]", "Manual Tagging of Categories [list]"]
        satisfaction: ["Satisfaction Score", "Ticket satisfaction rating"]
        reopens: Reopens
        full_resolution_minutes: ["Full resolution time in minutes", "Full resolution time (min)"]
        full_resolution_business_minutes: ["Full resolution time in minutes within business hours",
                                           "Full resolution time - Business hours (min)"]
        on_hold_minutes: ["On hold time in minutes", "On-hold time (min)"]
        requester_wait_minutes: ["Requester wait time in minutes", "Requester wait time (min)"]
      instants:
        assigned: ["Assigned at", "Ticket assigned - Timestamp"]
        first_assigned: ["Initially assigned at", "Ticket first assigned - Timestamp"]

      """)
}
