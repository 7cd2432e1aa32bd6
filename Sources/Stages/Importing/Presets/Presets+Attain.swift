extension Presets {
  static let attainTickets = Preset(
    name: "attain-tickets",
    summary: "what `attain import -o` writes for sources with one row a ticket",
    yaml: """
      version: 1
      mapping: attain-tickets
      rows: tickets
      timestamps: iso
      encoding: utf-8
      delimiter: ","
      ticket: {id: id}
      # A star stands for the rest of a column's name.
      instants: {"*": "at:*"}
      keep: "*"
      paused_seconds:
        - {column: paused_seconds, counts: wall}
        - {column: paused_working_seconds, counts: working}
      pauses: {column: suspensions}
      reported: {clock: "*", met: {column: "reported:*", when: met}}

      """)

  static let attainEvents = Preset(
    name: "attain-events",
    summary: "what `attain import -o` writes for sources with history",
    yaml: """
      version: 1
      mapping: attain-events
      rows: events
      timestamps: iso
      encoding: utf-8
      delimiter: ","
      # A field named at:NAME is an instant: set where "to" holds something, else taken back.
      ticket: {id: id, at: at, field: field, from: from, to: to}
      paused_seconds:
        - {column: paused_seconds, counts: wall}
        - {column: paused_working_seconds, counts: working}
      pauses: {column: suspensions}
      reported: {clock: "*", met: {column: "reported:*", when: met}}

      """)
}
