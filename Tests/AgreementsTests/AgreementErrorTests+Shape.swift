extension AgreementErrorTests {
  static let shapeCases: [RuleFileCase] = [
    Case(
      "provider: IT\n", "",
      """
      1:1: error: the agreement has no "provider"; add it
      """),
    Case(
      "agreement: desk\nprovider", "provider",
      """
      1:1: error: the agreement has no "agreement"; add it
      """),
    Case(
      "zone: Europe/London", "zonne: Europe/London",
      """
      4:1: error: unknown key "zonne" in the agreement; did you mean "zone"?
      """),
    Case(
      "provider: IT", "provider: IT\ncolour: red",
      """
      3:1: error: unknown key "colour" in the agreement; allowed are version, agreement, title, kind, provider, customer, zone, calendar, calendars, valid, scope, tiers, clocks, targets, count-by, per-person, exclusions, rebase, obligations, credits, changes, brand, supports, groups, suppliers, routes, hand-off, person
      """),
    Case(
      "provider: IT", "provider: IT\nversion: 2",
      """
      3:10: error: "version" is "2", but this program reads version 1
      """),
    Case(
      "provider: IT", "provider:",
      """
      2:10: error: "provider" is nothing, but must be a name
      """),
    Case(
      "provider: IT", "provider: [IT]",
      """
      2:11: error: "provider" is a list, but must be a name
      """),
    Case(
      "provider: IT", "provider: IT\nkind: slo",
      """
      3:7: error: "kind" is "slo"; did you mean "sla"?
      """),
    Case(
      "provider: IT", "provider: IT\ncount-by: opened",
      """
      3:11: error: "count-by" is "opened"; allowed are decided, stopped, due
      """),
    Case(
      "provider: IT", "provider: IT\nper-person: maybe",
      """
      3:13: error: "per-person" is "maybe", but must be yes or no
      """),
    Case(
      "provider: IT", "provider: IT\nprovider: HR",
      """
      3:1: error: key "provider" is given twice, first in line 2; remove one of the two
      """),
    Case(
      "{field: department}", "{column: department}",
      """
      3:11: error: "customer" has no "field"; add it
      3:12: error: unknown key "column" in "customer"; allowed is field
      """),
    Case(
      "{field: department}", "[a, b]",
      """
      3:11: error: "customer" is a list, but must be a name, or {field: department}
      """),
    Case(
      "Europe/London", "Europe/Lodnon",
      """
      4:7: error: zone "Europe/Lodnon" is not in the time zone data of this system; did you mean "Europe/London"?
      """),
    Case(
      "Europe/London", "Mars",
      """
      4:7: error: zone "Mars" is not in the time zone data of this system; write a name such as Europe/London or UTC
      """),
    Case(
      "2026-01-01", "2026-02-30",
      """
      6:15: error: "from" is "2026-02-30", but must be a date like 2026-03-31
      """),
    Case(
      "from: 2026-01-01", "from: 2027-01-01",
      """
      6:8: error: "valid" is from 2027-01-01 until 2027-01-01, which holds no day; "until" is the first day that is no longer valid
      """),
    Case(
      "until: 2027", "to: 2027",
      """
      6:27: error: unknown key "to" in "valid"; allowed are from, until
      """),
    Case(
      "calendar: always", "calendar: allways",
      """
      5:11: error: there is no calendar "allways" under "calendars", nor in calendars/allways.yml or ../calendars/allways.yml; did you mean "always"?
      """),
    Case(
      "calendar: always", "calendar: office-hours",
      """
      5:11: error: there is no calendar "office-hours" under "calendars", nor in calendars/office-hours.yml or ../calendars/office-hours.yml; allowed is always
      """),
    Case(
      "calendar: always", "calendar: ../office",
      """
      5:11: error: "../office" is not the name of a calendar; write it without a folder, such as office-hours
      """),
    Case(
      "calendar: always\n", "",
      """
      20:5: error: target "fix" has no "calendar" for every tier, and the agreement names none; name one, such as always or office-hours
      """),
    Case(
      "calendar: always", "calendar: a\ncalendars:\n  a: {week: {mon: []}}",
      """
      7:13: error: the calendar never opens; give at least one day of "week" an opening like 08:00-17:00
      """),
    Case(
      "calendar: always", "calendar: a\ncalendars:\n  a: {zone: Nowhere, week: {mon: 8-12}}",
      """
      7:13: error: zone "Nowhere" is not in the time zone data of this system; write a name such as Europe/London or UTC
      7:34: error: "mon": "8-12" is not an opening like 08:00-12:00 or, overnight, 22:00-06:00
      """),
    Case(
      "calendar: always", "calendar: always\ncalendars:\n  always: {week: {mon: 08:00-12:00}}",
      """
      7:3: error: calendar "always" is built in (24 x 7); give this one another name
      """),
    Case(
      "calendar: always", "calendar: a\ncalendars: {a: {weak: {}}}",
      """
      6:17: error: unknown key "weak" in calendar "a"; did you mean "week"?
      """),
    Case(
      "scope: {kind: incident}", "scope: incident",
      """
      7:8: error: "scope" is "incident", but must be a map of keys and values
      """),
    Case(
      "kind: incident", "kind: []",
      """
      7:15: error: field "kind" lists no value, so that no ticket could match; name at least one
      """),
    Case(
      "kind: incident", "kind: {a: b}",
      """
      7:15: error: field "kind" holds a map, but must hold a value or a list of values
      """),
    Case(
      "kind: incident", "kind: \">=x\"",
      """
      7:15: error: field "kind" compares with ">=x", which is not a number like >=1 or <2.5
      """),
    Case(
      "kind: incident", "not: {}",
      """
      7:14: error: "not" holds no condition, so that no ticket could match; name a field, or remove it
      """),
    Case(
      "  P1: {priority: 1}\n  P2: {priority: 2}", "  {}",
      """
      9:3: error: "tiers" names no tier; a single tier for all tickets is written {Any: {}}
      22:14: error: "within" of target "fix" names tier "P1", which is not under "tiers"; there are none
      22:22: error: "within" of target "fix" names tier "P2", which is not under "tiers"; there are none
      """),
    Case(
      "  P2: {priority: 2}", "  P2: {priority: 2}\n  all: {}",
      """
      11:3: error: "all" cannot be the name of a tier ("all" means the total); choose another
      """),
    Case(
      "  P1: {priority: 1}", "  P1: 1",
      """
      9:7: error: tier "P1" is "1", but must be a map of keys and values
      """),
    Case(
      "  P1: {priority: 1}", "  P1: {}",
      """
      10:3: warning: tier "P2" can never match, because "P1" before it takes the same tickets; put it first, or remove it
      """),
    Case(
      "  P2: {priority: 2}", "  P2: {priority: 1, kind: x}",
      """
      10:3: warning: tier "P2" can never match, because "P1" before it takes the same tickets; put it first, or remove it
      """),
    Case(
      "  P1: {priority: 1}", "  P1: {priority: [\"1\", \"2*\"]}",
      """
      10:3: warning: tier "P2" can never match, because "P1" before it takes the same tickets; put it first, or remove it
      """),
    Case(
      "Europe/London", "../../etc/passwd",
      """
      4:7: error: zone "../../etc/passwd" is not in the time zone data of this system; write a name such as Europe/London or UTC
      """),
    Case(
      [
        ("zone: Europe/London", "zone: Nowhere"), ("95%", "x"), ("reopen: resume", "reopen: x"),
        ("provider: IT\n", "provider: IT\nfoo: 1\n"),
      ],
      """
      3:1: error: unknown key "foo" in the agreement; allowed are version, agreement, title, kind, provider, customer, zone, calendar, calendars, valid, scope, tiers, clocks, targets, count-by, per-person, exclusions, rebase, obligations, credits, changes, brand, supports, groups, suppliers, routes, hand-off, person
      5:7: error: zone "Nowhere" is not in the time zone data of this system; write a name such as Europe/London or UTC
      18:13: error: "reopen" is "x"; allowed are resume, ignore, new-cycle
      23:16: error: "objective" of target "fix": "x" is not a percentage like 95% or 99.95%
      """),
  ]
}
