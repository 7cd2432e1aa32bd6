extension Presets {
  static let city311 = Preset(
    name: "city-311",
    summary: "city service requests: New York, Chicago, San Francisco, Boston and others",
    yaml: """
      version: 1
      mapping: city-311
      rows: tickets
      # Service requests as cities publish them: New York, Chicago, San Francisco, Boston, Los Angeles,
      # Austin. Times are those of the city.
      # zone: America/New_York
      # zone: America/Chicago
      # zone: America/Los_Angeles
      timestamps: auto
      missing: ["NULL", "N/A"]
      ticket:
        id: ["Unique Key", unique_key, SR_NUMBER, CaseID, service_request_id, case_enquiry_id,
             SRNumber, "Service Request Number"]
        kind: {value: service-request}
        opened: ["Created Date", created_date, Opened, requested_datetime, open_dt, CreatedDate,
                 sr_created_date]
        resolved: ["Closed Date", closed_date, Closed, closed_dt, ClosedDate, sr_closed_date]
        closed: ["Closed Date", closed_date, Closed, closed_dt, ClosedDate, sr_closed_date]
        updated: ["Resolution Action Updated Date", resolution_action_updated_date,
                  LAST_MODIFIED_DATE, Updated, updated_datetime, UpdatedDate, sr_updated_date]
        # New York and Boston publish when a request should be done.
        due: ["Due Date", due_date, target_dt, sla_target_dt]
        status: [Status, status_description, case_status, sr_status_desc]
        department: ["Agency Name", agency_name, Agency, OWNER_DEPARTMENT, "Responsible Agency",
                     agency_responsible, department, Owner, sr_department_desc]
        group: [Agency, OWNER_DEPARTMENT, "Responsible Agency", agency_responsible, queue, Owner,
                sr_department_desc]
        category: ["Complaint Type", "Problem (formerly Complaint Type)", complaint_type, SR_TYPE,
                   Category, service_name, reason, RequestType, sr_type_desc]
        service: [Descriptor, "Problem Detail (formerly Descriptor)", SR_SHORT_CODE, "Request Type",
                  service_subtype, case_title]
        channel: ["Open Data Channel Type", open_data_channel_type, ORIGIN, Source, RequestSource,
                  sr_method_received_desc]
        district: [Borough, WARD, "Supervisor District", Neighborhood, NC]
      # Boston's own verdict; requests still open may be OVERDUE.
      reported:
        clock: resolution
        breached: {column: [ontime, on_time], when: [OVERDUE]}

      """)
}
