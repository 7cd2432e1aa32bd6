extension Presets {
  static let eventLog = Preset(
    name: "event-log",
    summary: "event logs for process mining: XES names, Disco, Celonis, pm4py",
    yaml: """
      version: 1
      mapping: event-log
      rows: events
      # A log for process mining: XES names (as pm4py and ProM write them), Disco, Celonis, and the
      # plain Case ID, Activity, Timestamp, Resource. A ticket is opened by its first event.
      # Set the zone unless times carry an offset.
      # zone: Europe/Rome
      timestamps: auto
      ticket:
        id: ["case:concept:name", "Case ID", CaseID, case_id, "_CASE_KEY"]
        # Where an event has a start and an end, the end.
        at: ["time:timestamp", Timestamp, "Complete Timestamp", completeTime, EVENTTIME,
             "Event Time"]
        # The activity is the status the ticket is in until its next event.
        status: ["concept:name", Activity, "Activity Name", ACTIVITY_EN, event]
        # start, complete, suspend, resume ...: usable in the conditions of a clock.
        lifecycle: ["lifecycle:transition", Transition]
        resource: ["org:resource", Resource]
        group: ["org:group"]
        role: ["org:role"]

      """)

  static let vinst = Preset(
    name: "vinst",
    summary: "Volvo IT's problems and incidents (BPI Challenge 2013), one row a change",
    yaml: """
      version: 1
      mapping: vinst
      rows: events
      # Volvo IT's VINST, as published for the BPI Challenge 2013: problems and incidents, one row
      # for each change of status. Times carry an offset. Status Wait is a pause.
      timestamps: iso
      ticket:
        id: ["Problem Number", "SR Number"]
        at: ["Problem Change Date+Time", "Change Date+Time"]
        # In Progress, Awaiting Assignment, Assigned, Wait, Closed ...
        status: ["Problem Sub Status", "Sub Status"]
        # Accepted, Queued, Completed.
        phase: ["Problem Status", Status]
        priority: ["Problem Latest Impact", "SR Latest Impact"]
        group: ["Problem Involved Owner ST", "Involved ST"]
        department: ["Problem Involved ST Function Div", "Involved ST Function Div"]
        organization: ["Problem Involved ST Org line 3", "Involved Org line 3"]
        product: [Product]
        country: [Country]
        owner_country: ["Problem Involved Action Owner Country", "Owner Country"]
      values:
        priority: {Major: 1, High: 2, Medium: 3, Low: 4}

      """)

  static let intervals = Preset(
    name: "intervals",
    summary: "intervals with id, start and end, such as outages",
    yaml: """
      version: 1
      mapping: intervals
      rows: intervals
      # Stretches of time: outages, maintenance, suspensions. Any other column is kept by its name.
      # Set the zone unless times carry an offset.
      # zone: Europe/London
      timestamps: auto
      ticket:
        id: [id, ID, "Incident ID", "Outage ID"]
        start: [start, start_time, started_at, "Start time", "Start date", Begin]
        # Empty while it lasts.
        end: [end, end_time, ended_at, resolved_at, "End time", "End date"]
      keep: "*"

      """)

  static let counts = Preset(
    name: "counts",
    summary: "so much of something at an instant, such as leads a day",
    yaml: """
      version: 1
      mapping: counts
      rows: counts
      # Things delivered: leads, reports, calls. Any other column is kept by its
      # name. Set the zone unless times carry an offset.
      # zone: Europe/London
      timestamps: auto
      ticket:
        id: [id, ID]
        at: [at, date, day, Date, Day]
        amount: [amount, count, quantity, Amount, Count, Quantity]
      keep: "*"

      """)
}
