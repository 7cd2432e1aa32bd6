extension Presets {
  static let freshdesk = Preset(
    name: "freshdesk", summary: "Freshdesk ticket export with its SLA columns",
    yaml: """
      version: 1
      mapping: freshdesk
      rows: tickets
      # Set the zone of the account: Freshdesk writes local times without an offset.
      # zone: America/Los_Angeles
      timestamps: auto
      missing: ["--", "No Group"]
      ticket:
        id: "Ticket ID"
        kind: Type
        opened: "Created time"
        responded: "Initial response time"
        resolved: "Resolved time"
        closed: "Closed time"
        updated: ["Last update time", "Last updated time"]
        due: "Due by Time"
        status: Status
        priority: Priority
        group: Group
        customer: ["Company Name", Company]
        product: Product
        channel: Source
        tags: Tags
        survey: "Survey results"
        association: "Association type"
        # In the working hours of Freshdesk's own SLA policy, as hh:mm:ss.
        response_time: "First response time (in hrs)"
        resolution_time: "Resolution time (in hrs)"
        response_status: "First response status"
        every_response_status: "Every response status"
        resolution_status: "Resolution status"
      reported: {clock: resolution, breached: {column: "Resolution status", when: "SLA Violated"}}

      """)

  static let freshservice = Preset(
    name: "freshservice", summary: "Freshservice ticket export with its SLA columns",
    yaml: """
      version: 1
      mapping: freshservice
      rows: tickets
      # Set the zone of the account: Freshservice writes local times without an offset.
      # zone: Asia/Kolkata
      timestamps: auto
      missing: ["--", "No Group"]
      ticket:
        id: "Ticket Id"
        kind: Type
        opened: "Created Time"
        responded: "Initial Response Time"
        resolved: "Resolved Time"
        closed: "Closed Time"
        updated: "Last Updated Time"
        due: "Due by Time"
        status: Status
        priority: Priority
        urgency: Urgency
        impact: Impact
        group: Group
        # "Company" where Freshservice serves several clients.
        customer: [Company, Department]
        department: Department
        location: "Requester Location"
        category: Category
        subcategory: "Sub-Category"
        item: Item
        channel: Source
        tags: Tags
        survey: "Survey Result"
        approval: "Approval Status"
        association: "Association type"
        # In the working hours of Freshservice's own SLA policy, as hh:mm:ss.
        response_time: "First Response Time (in Hrs)"
        resolution_time: "Resolution Time (in Hrs)"
        response_status: "First Response Status"
        resolution_status: "Resolution Status"
      reported: {clock: resolution, breached: {column: "Resolution Status", when: "SLA Violated"}}

      """)
}
