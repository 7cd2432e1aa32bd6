extension Presets {
  static let serviceNowIncident = """
    version: 1
    mapping: servicenow-incident
    rows: tickets
    # Set the zone of the user who exported: ServiceNow writes local times without an offset.
    # zone: Europe/London
    timestamps: auto
    missing: ["?", "null", "NULL"]
    ticket:
      id: [number, Number]
      kind: {value: incident}
      opened: [opened_at, Opened, sys_created_on, sys_created_at, created, Created]
      responded: [responded_at, u_responded_at, first_response_at, Responded]
      resolved: [resolved_at, Resolved]
      closed: [closed_at, Closed]
      updated: [sys_updated_on, sys_updated_at, last_update, Updated]
      due: [due_date, sla_due, "Due date", "SLA due"]
      status: [incident_state, state, State, "Incident state", Status]
      priority: [priority, Priority, severity, Severity]
      group: [assignment_group, "Assignment group"]
      category: [category, Category]
      service: [business_service, Service, cmdb_ci, "Configuration item"]
      department: [department, u_department, caller_id.department, Department]
      customer: [company, Company]
      location: [location, user_location, Location]
      contact_type: [contact_type, Channel, "Contact type"]
      reopen_count: [reopen_count, "Reopen count"]
      made_sla: [made_sla, "Made SLA"]
    values:
      priority: {"1 - Critical": 1, "2 - High": 2, "3 - Moderate": 3, "4 - Low": 4,
                 "5 - Planning": 5}
    reported: {clock: resolution, breached: {column: [made_sla, "Made SLA"], when: "false"}}

    """

  static let serviceNowAuditLog = """
    version: 1
    mapping: servicenow-audit-log
    rows: snapshots
    # Set the zone of the user who exported: ServiceNow writes local times without an offset.
    # zone: America/Sao_Paulo
    timestamps: auto
    missing: ["?", "null", "NULL"]
    ticket:
      id: number
      kind: {value: incident}
      opened: opened_at
      resolved: resolved_at
      closed: closed_at
      updated: [sys_updated_at, sys_updated_on]
      status: [incident_state, state]
      priority: priority
      group: assignment_group
      category: category
      location: location
      contact_type: contact_type
      made_sla: made_sla
    order: sys_mod_count
    values:
      priority: {"1 - Critical": 1, "2 - High": 2, "3 - Moderate": 3, "4 - Low": 4,
                 "5 - Planning": 5}
    reported: {clock: resolution, breached: {column: made_sla, when: "false"}}

    """
}
