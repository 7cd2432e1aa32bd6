extension AgreementErrorTests {
  static let targetCases: [RuleFileCase] = [
    Case(
      "clock: fix", "clock: fixx",
      """
      21:12: error: there is no clock "fixx"; did you mean "fix"?
      """),
    Case(
      "clock: fix\n", "clock: fix\n    objectiv: 95%\n",
      """
      22:5: error: unknown key "objectiv" in a target; did you mean "objective"?
      """),
    Case(
      "  - clock: fix\n    objective", "  - objective",
      """
      21:5: error: a target has no "clock"; add it
      """),
    Case(
      "    within: {P1: 4h, P2: 8h}", "    within: 4h\n  - {clock: fix}",
      """
      24:13: error: clock "fix" has two targets; write one, with a map of tiers where they differ
      """),
    Case(
      "{P1: 4h, P2: 8h}", "{P1: 4h, P3: 8h}",
      """
      23:22: error: "within" of target "fix" names tier "P3", which is not under "tiers"; did you mean "P1"?
      """),
    Case(
      "{P1: 4h, P2: 8h}", "{P1: 4h, Bronze tier: 8h}",
      """
      23:22: error: "within" of target "fix" names tier "Bronze tier", which is not under "tiers"; allowed are P1, P2
      """),
    Case(
      "{P1: 4h, P2: 8h}", "3d",
      """
      23:13: error: "within" of target "fix": "3d" does not say which days: a day may be 24 hours, the opening hours of one day, or a date; write "3 calendar days", "3 business days", or a due date such as "due: next business day same time"
      """),
    Case(
      "{P1: 4h, P2: 8h}", "3 days",
      """
      23:13: error: "within" of target "fix": "3 days" does not say which days: a day may be 24 hours, the opening hours of one day, or a date; write "3 calendar days", "3 business days", or a due date such as "due: next business day same time"
      """),
    Case(
      "{P1: 4h, P2: 8h}", "fast",
      """
      23:13: error: "within" of target "fix": "fast" is not a duration like 90s, 30m, 4h, 1h30m, 3 business days or 2 calendar days
      """),
    Case(
      "{P1: 4h, P2: 8h}", "0h",
      """
      23:13: error: "within" of target "fix": "0h" is no time at all
      """),
    Case(
      "{P1: 4h, P2: 8h}", "[4h]",
      """
      23:13: error: "within" of target "fix" is a list, but must be a duration like 30m, 4h or 3 business days
      """),
    Case(
      "objective: 95%", "objective: 95,5%",
      """
      22:16: error: "objective" of target "fix": "95,5%" is not a percentage like 95% or 99.95%
      """),
    Case(
      "objective: 95%", "objective: 101%",
      """
      22:16: error: "objective" of target "fix": "101%" is not above 0% and at most 100%
      """),
    Case(
      "objective: 95%", "objective: 0%",
      """
      22:16: error: "objective" of target "fix": "0%" is not above 0% and at most 100%
      """),
    Case(
      "objective: 95%", "objective: 0.95",
      """
      22:16: error: "objective" of target "fix": "0.95" is less than one per cent; write a percentage like 95%, or add the % sign
      """),
    Case(
      "objective: 95%", "objective: {All: 95%}",
      """
      22:17: error: "objective" of target "fix" names tier "All", which is not under "tiers"; did you mean "all"?
      """),
    Case(
      "objective: 95%", "objective: 95%\n    due: {field: due}",
      """
      23:10: error: target "fix", tier "P1" has both "within" and "due"; keep one of the two
      23:10: error: target "fix", tier "P2" has both "within" and "due"; keep one of the two
      """),
    Case(
      "within: {P1: 4h, P2: 8h}", "due: tomorrow",
      """
      23:10: error: "due" of target "fix" is "tomorrow", but must be {field: due}, "3rd business day same time" or "next business day 16:00"
      """),
    Case(
      "within: {P1: 4h, P2: 8h}", "due: {column: due}",
      """
      23:11: error: "due" of target "fix" names tier "column", which is not under "tiers"; allowed are P1, P2
      """),
    Case(
      "{P1: 4h, P2: 8h}", "4h\n    calendar: {P1: allways}",
      """
      24:20: error: there is no calendar "allways" under "calendars", nor in calendars/allways.yml or ../calendars/allways.yml; did you mean "always"?
      """),
    Case(
      "targets:", "targets: 5\nx:",
      """
      20:10: error: "targets" is "5", but must be a list
      21:1: error: unknown key "x" in the agreement; allowed are version, agreement, title, kind, provider, customer, zone, calendar, calendars, valid, scope, tiers, clocks, targets, count-by, per-person, exclusions, rebase, obligations, credits, changes, brand, supports, groups, suppliers, routes, hand-off, person
      """),
    Case(
      "objective: 95%\n    within: {P1: 4h, P2: 8h}",
      "objective: {P1: 95%, P2: 90%}\n    within: {P1: 4h}",
      """
      22:30: warning: target "fix", tier "P2" has an objective, but neither "within" nor "due": it is measured, not judged; add one, or leave the objective out
      """),
    Case(
      "{P1: 4h, P2: 8h}", "{P1: 4h, P2: 3d}",
      """
      23:26: error: "within" of target "fix", tier "P2": "3d" does not say which days: a day may be 24 hours, the opening hours of one day, or a date; write "3 calendar days", "3 business days", or a due date such as "due: next business day same time"
      """),
    Case(
      "objective: 95%\n", "objective: {all: x, P2: 95 percent}\n",
      """
      22:22: error: "objective" of target "fix", tier "all": "x" is not a percentage like 95% or 99.95%
      22:29: error: "objective" of target "fix", tier "P2": "95 percent" is not a percentage like 95% or 99.95%
      """),
    Case(
      "within: {P1: 4h, P2: 8h}", "within: {P1: 4h}\n    due: {P1: {field: due}, P2: {feld: due}}",
      """
      24:15: error: target "fix", tier "P1" has both "within" and "due"; keep one of the two
      24:34: error: unknown key "feld" in "due" of target "fix", tier "P2"; did you mean "field"?
      """),
    Case(
      "within: {P1: 4h, P2: 8h}", "within: 4h\n    due: {field: due}",
      """
      24:10: error: target "fix" has both "within" and "due"; keep one of the two
      """),
    Case(
      [
        ("calendar: always", "calendar: a\ncalendars: {a: {week: {mon: 08:00-12:00}}}"),
        ("{P1: 4h, P2: 8h}", "{P1: 2 calendar days}"),
      ],
      """
      24:18: error: "within" of target "fix", tier "P1": calendar days are 24 hours each and need calendar always, not "a"; set {calendar: always}, or write 2 business days
      """),
  ]
}
