extension Presets {
  static let autotask = Preset(
    name: "autotask",
    summary: "Autotask tickets, from the search grid or the REST interface",
    yaml: """
      version: 1
      mapping: autotask
      rows: tickets
      # The names of the REST interface come first (its times end in Z), then those of the search
      # grid and of the import template. Set the zone of the user who exported a grid.
      # zone: America/New_York
      timestamps: auto
      ticket:
        id: [ticketNumber, "Ticket Number", "Autotask Ticket Number"]
        kind: [ticketType, "Ticket Type"]
        opened: [createDate, "Create Date/Time", "Create Date", Created]
        responded: [firstResponseDateTime, "First Response Date/Time", "First Response"]
        resolved: [resolvedDateTime, "Resolved Date/Time", Resolved, completedDate,
                   "Complete Date/Time", "Complete Date", Completed]
        closed: [completedDate, "Complete Date/Time", "Complete Date", Completed]
        updated: [lastActivityDate, "Last Activity Date/Time", "Last Activity"]
        due: [dueDateTime, "Due Date/Time", "Due Date"]
        # The REST interface gives numbers for these; the grid gives words.
        status: [status]
        priority: [priority]
        group: [queueID, Queue, "Queue Name"]
        customer: [companyID, Company, Organization, Account, "Account Name", Client]
        category: [issueType, "Issue Type"]
        subcategory: [subIssueType, "Sub-Issue Type"]
        ticket_category: [ticketCategory, "Ticket Category"]
        channel: [source]
        contract: [contractID, Contract, "Contract Name"]
        sla: [serviceLevelAgreementID, "Service Level Agreement"]
      instants:
        response_due: [firstResponseDueDateTime, "First Response Due Date/Time"]
        planned: [resolutionPlanDateTime, "Resolution Plan Date/Time"]
        plan_due: [resolutionPlanDueDateTime, "Resolution Plan Due Date/Time"]
        resolution_due: [resolvedDueDateTime, "Resolved Due Date/Time"]
      # Autotask judges the agreement as a whole: response, plan and resolution together.
      reported:
        clock: resolution
        met:
          column: [serviceLevelAgreementHasBeenMet, "Service Level Agreement Has Been Met", "SLA Met"]
          when: ["true", "True", "TRUE", "1", "Yes"]

      """)

  static let connectWise = Preset(
    name: "connectwise",
    summary: "ConnectWise PSA (Manage) service board, reports or REST interface",
    yaml: """
      version: 1
      mapping: connectwise
      rows: tickets
      # Columns of the service board, of the reports on v_rpt_Service, and of the REST interface.
      # Set the zone of the user who exported; what the interface writes ends in Z.
      # zone: America/New_York
      timestamps: auto
      ticket:
        id: ["Ticket #", TicketNbr, id]
        kind: [recordType, "Record Type"]
        opened: ["Date Entered", Entered, date_entered, dateEntered, _info/dateEntered]
        responded: [Responded, "Date Responded", Date_Responded_UTC, dateResponded]
        resolved: ["Date Resolved", Date_Resolved_UTC, dateResolved, "Date Closed", date_closed,
                   closedDate, Closed]
        closed: ["Date Closed", date_closed, closedDate, Closed]
        updated: ["Last Updated", "Last Update", Last_Update, _info/lastUpdated]
        due: ["Due Date", "Required Date", date_required, requiredDate]
        status: [Status, status_description, status/name]
        priority: [Priority, Urgency, priority/name]
        group: [Board, "Service Board", Board_Name, board/name]
        team: [Team, team_name, team/name]
        customer: [Company, company_name, company/name]
        category: [Type, ServiceType, type/name]
        subcategory: [Subtype, ServiceSubType, subType/name]
        item: [Item, ServiceSubTypeItem, item/name]
        channel: [Source, source/name]
        agreement: [Agreement, Agreement_Name, agreement/name]
        sla: [SLA, SLA_Name, sla/name]
        summary: ["Summary Description", Summary]
      instants:
        planned: ["Date Resplan", Date_Resplan_UTC, dateResplan]
      reported:
        clock: resolution
        met: {column: [isInSla, Is_In_SLA, "In SLA"], when: ["true", "True", "TRUE", "1", "Yes"]}

      """)

  static let helixRemedy = Preset(
    name: "helix-remedy",
    summary: "BMC Helix ITSM and Remedy incident report (HPD:Help Desk)",
    yaml: """
      version: 1
      mapping: helix-remedy
      rows: tickets
      # Labels of the incident form (HPD:Help Desk), with the marks they carry there, and its fields.
      # Set the zone of the user who exported: times are local and have no offset.
      # zone: Europe/Madrid
      timestamps: auto
      # What the SLM status says of an incident that no target is attached to.
      missing: ["Service Target Not Attached", "Not Attached"]
      ticket:
        id: ["Incident ID*+", "Incident ID", "Incident Number"]
        kind: ["Incident Type*", "Service Type", "Case Type*"]
        # When it was reported may be before it was typed in.
        opened: ["Reported Date+", "Reported Date", "Submit Date"]
        responded: ["Responded Date+", "Responded Date"]
        resolved: ["Last Resolved Date"]
        closed: ["Closed Date"]
        updated: ["Last Modified Date"]
        due: ["Target Date", "Required Resolution DateTime", "Required Resolution Date"]
        status: ["Status*", Status]
        status_reason: ["Status Reason"]
        priority: ["Priority*", Priority]
        impact: ["Impact*", Impact]
        urgency: ["Urgency*", Urgency]
        group: ["Assigned Group*+", "Assigned Group"]
        owner_group: ["Owner Group+", "Owner Group"]
        customer: ["Company*+", "Company+", Company]
        department: [Department]
        organization: [Organization]
        service: ["Service*+", "Service+", ServiceCI]
        category: ["Operational Categorization Tier 1"]
        subcategory: ["Operational Categorization Tier 2"]
        product: ["Product Categorization Tier 1"]
        channel: ["Reported Source*", "Reported Source"]
        slm_status: ["SLM Real Time Status", "SLM Status"]
      instants:
        submitted: ["Submit Date"]
        acknowledged: ["Last Acknowledged Date"]
        reopened: ["Re-Opened Date"]
      # The worst of all its service targets, response and resolution together.
      reported:
        clock: resolution
        breached:
          column: ["SLM Real Time Status", "SLM Status"]
          when: ["Service Targets Breached", "All Service Targets Breached"]

      """)
}
