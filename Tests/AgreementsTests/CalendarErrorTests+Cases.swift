extension CalendarErrorTests {
  static let cases: [RuleFileCase] = [
    Case(
      "zone: Europe/London\n", "",
      """
      1:1: error: the calendar has no "zone"; add it
      """),
    Case(
      "zone: Europe/London", "zone: Europe/Londn",
      """
      2:7: error: zone "Europe/Londn" is not in the time zone data of this system; did you mean "Europe/London"?
      """),
    Case(
      "week:", "weeks:",
      """
      3:1: error: unknown key "weeks" in the calendar; did you mean "week"?
      """),
    Case(
      "calendar: office\n", "",
      """
      1:1: error: the calendar has no "calendar"; add it
      """),
    Case(
      "calendar: office", "calendar: always",
      """
      1:11: error: calendar "always" is built in (24 x 7); give this one another name
      """),
    Case(
      "08:00-12:00\", \"13", "08:00-13:30\", \"13",
      """
      3:33: error: the openings mon 08:00-13:30 and mon 13:00-18:00 overlap; let one end where the next starts
      """),
    Case(
      "{mon-fri: [\"08:00-12:00\", \"13:00-18:00\"]}",
      "{mon: \"22:00-06:00\", tue: \"05:00-09:00\"}",
      """
      3:33: error: the openings mon 22:00-06:00 and tue 05:00-09:00 overlap; let one end where the next starts
      """),
    Case(
      "{mon-fri: [\"08:00-12:00\", \"13:00-18:00\"]}",
      "{mon: \"08:00-09:00\", sun: \"22:00-08:30\"}",
      """
      3:13: error: the openings sun 22:00-08:30 and mon 08:00-09:00 overlap; let one end where the next starts
      """),
    Case(
      "{mon-fri: [\"08:00-12:00\", \"13:00-18:00\"]}", "{}",
      """
      3:7: error: the calendar never opens; give at least one day of "week" an opening like 08:00-17:00
      """),
    Case(
      "{mon-fri: [\"08:00-12:00\", \"13:00-18:00\"]}", "{mon: closed, tue: []}",
      """
      3:7: error: the calendar never opens; give at least one day of "week" an opening like 08:00-17:00
      """),
    Case(
      "mon-fri:", "mo-fr:",
      """
      3:8: error: "mo-fr" is not a day or a range of days like mon, mon-fri or "mon, wed"
      """),
    Case(
      "mon-fri: [\"08:00-12:00\", \"13:00-18:00\"]",
      "mon-fri: \"08:00-12:00\", tue: \"13:00-18:00\"",
      """
      3:32: error: tuesday is given twice; put all its openings into one list
      """),
    Case(
      "\"08:00-12:00\", \"13:00-18:00\"", "\"8-12\"",
      """
      3:18: error: "mon-fri": "8-12" is not an opening like 08:00-12:00 or, overnight, 22:00-06:00
      """),
    Case(
      "\"08:00-12:00\", \"13:00-18:00\"", "\"08:00-24:30\"",
      """
      3:18: error: "mon-fri": "24:30" is not a time of day from 00:00 to 24:00
      """),
    Case(
      "\"08:00-12:00\", \"13:00-18:00\"", "\"08:00-08:00\"",
      """
      3:18: error: "mon-fri": "08:00-08:00" starts and ends at one time; for a whole day write 00:00-24:00
      """),
    Case(
      "[\"08:00-12:00\", \"13:00-18:00\"]", "{from: 8}",
      """
      3:17: error: "mon-fri" is a map, but must be an opening like 08:00-12:00, or closed
      """),
    Case(
      "2026-12-25", "2026-02-30",
      """
      4:12: error: "2026-02-30" is not a holiday: write an .ics file, a date like 2026-12-25, or a partial day like {2026-12-24: "08:00-12:00"}
      """),
    Case(
      "2026-12-25", "christmas",
      """
      4:12: error: "christmas" is not a holiday: write an .ics file, a date like 2026-12-25, or a partial day like {2026-12-24: "08:00-12:00"}
      """),
    Case(
      "2026-12-25", "[2026-12-25]",
      """
      4:12: error: "holidays" is a list, but must be a map of keys and values
      """),
    Case(
      "2026-12-25", "england.ics",
      """
      4:12: error: holidays "england.ics" cannot be read: no such file
      """),
    Case(
      "2026-12-25", "empty.ics",
      """
      4:12: error: holidays "empty.ics" hold no day; check the file, or leave it out
      """),
    Case(
      "2026-12-25", "2026-12-24",
      """
      4:25: error: 2026-12-24 is given twice; put all its openings into one list
      """),
    Case(
      "{2026-12-24:", "{24.12.2026:",
      """
      4:25: error: "24.12.2026" is not a date like 2026-12-24
      """),
    Case(
      "{2026-12-24: \"08:00-12:00\"}", "{2026-12-24: [\"08:00-12:00\", \"11:00-13:00\"]}",
      """
      4:53: error: the openings 08:00-12:00 and 11:00-13:00 overlap; let one end where the next starts
      """),
    Case(
      "calendar: office", "calendar: office\nexceptions: {2026-12-25: closed}",
      """
      2:14: error: 2026-12-25 is given twice; put all its openings into one list
      """),
    Case(
      "calendar: office", "calendar: office\nbusiness-days: [mon, sat]",
      """
      2:22: error: saturday is named as a business day, but "week" gives it no opening
      """),
    Case(
      "calendar: office", "calendar: office\nbusiness-days: [monday, someday]",
      """
      2:25: error: "someday" is not a day or a range of days like mon, mon-fri or "mon, wed"
      """),
    Case(
      "calendar: office", "calendar: office\nversions: []",
      """
      2:11: error: "versions" lists no version; add at least one
      """),
    Case(
      "calendar: office",
      "calendar: office\nversions:\n  - {valid: {until: 2026-06-01}}\n  - {valid: {from: 2026-07-01}}",
      """
      4:5: error: this version is valid from 2026-07-01, but the one before it until 2026-06-01, which leaves a hole; let one end where the next starts
      """),
    Case(
      "calendar: office",
      "calendar: office\nversions:\n  - {valid: {until: 2026-06-01}}\n  - {valid: {from: 2026-05-01}}",
      """
      4:5: error: this version is valid from 2026-05-01, but the one before it until 2026-06-01, which leaves an overlap; let one end where the next starts
      """),
    Case(
      "calendar: office",
      "calendar: office\nversions:\n  - {valid: {from: 2026-06-01}}\n  - {valid: {from: 2026-06-01}}",
      """
      4:5: error: two versions of the calendar start on the same day; give this one a later "valid: {from: ...}"
      """),
    Case(
      "calendar: office", "calendar: office\nvalid: {from: 2026-01-01}\nversions: [{}]",
      """
      2:1: error: "valid" stands beside "versions"; give each version its own
      """),
    Case(
      "calendar: office", "calendar: office\nversions: [{wek: {}}]",
      """
      2:13: error: unknown key "wek" in a version of the calendar; did you mean "week"?
      """),
  ]
}
