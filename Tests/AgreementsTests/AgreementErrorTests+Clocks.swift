extension AgreementErrorTests {
  static let clockCases: [RuleFileCase] = [
    Case(
      "    stop: resolved\n", "",
      """
      13:5: error: clock "fix" has no "stop"; add it
      """),
    Case(
      "stop: resolved", "stop: []",
      """
      14:11: error: "stop" of clock "fix" lists nothing; name an instant such as resolved, or a condition
      """),
    Case(
      "stop: resolved", "stop: {}",
      """
      14:11: error: "stop" of clock "fix" holds for every ticket at all times; name at least one field
      """),
    Case(
      "stop: resolved", "stop: [closed, opened]",
      """
      14:11: error: clock "fix" starts and stops at "opened", so that it would never run; change one of them
      """),
    Case(
      "stop: resolved", "stop: resolvd",
      """
      14:11: warning: "stop" of clock "fix" is "resolvd"; did you mean "resolved"?
      """),
    Case(
      "at-end: stop", "at-end: go",
      """
      19:13: error: "at-end" is "go", but must be stop; without it a ticket that ends is unmeasurable
      """),
    Case(
      "stop: resolved", "stopp: resolved",
      """
      14:5: error: unknown key "stopp" in clock "fix"; did you mean "stop"?
      """),
    Case(
      ", party: customer", "",
      """
      15:13: error: a pause of clock "fix" has no "party"; name who causes it, such as customer, supplier or provider
      """),
    Case(
      "status: Waiting, ", "",
      """
      15:13: error: a pause of clock "fix" holds for every ticket at all times; name at least one field
      """),
    Case(
      "[{status: Waiting, party: customer}]", "Waiting",
      """
      15:12: error: a pause of clock "fix" is "Waiting", but must be a condition with its party, such as {status: [Awaiting User Info], party: customer}
      """),
    Case(
      "cancel: {status: Cancelled}", "cancel: {}",
      """
      16:13: error: "cancel" of clock "fix" holds for every ticket at all times; name at least one field
      """),
    Case(
      "reopen: resume", "reopen: resum",
      """
      17:13: error: "reopen" is "resum"; did you mean "resume"?
      """),
    Case(
      "on-tier-change: carry", "on-tier-change: keep",
      """
      18:21: error: "on-tier-change" is "keep"; allowed are carry, restart, first
      """),
    Case(
      "on-tier-change: carry", "on-tier-change: {upgrade: carry, downgrade: fist}",
      """
      18:49: error: "downgrade" of "on-tier-change" is "fist"; did you mean "first"?
      """),
    Case(
      "on-tier-change: carry", "on-tier-change: {upgrade: carry}",
      """
      18:21: error: "on-tier-change" has no "downgrade"; add it
      """),
    Case(
      "reopen: resume", "reopen: {rule: resume, grace: 8h}",
      """
      17:20: error: "rule" of "reopen" is "resume"; allowed is new-cycle
      """),
    Case(
      "reopen: resume", "reopen: {rule: new-cycle, grace: 2d, count: newest}",
      """
      17:38: error: "grace" of clock "fix": "2d" does not say which days: a day may be 24 hours, the opening hours of one day, or a date; write "2 calendar days", "2 business days", or a due date such as "due: next business day same time"
      17:49: error: "count" of "reopen" is "newest"; allowed are all, first, last
      """),
    Case(
      "start: opened\n", "start: {status: New, not: {status: [New, Open]}}\n",
      """
      13:12: error: clock "fix" can never start, because "not" excludes all that its start names; change one of them
      """),
    Case(
      "start: opened\n", "start: customer-replied\n",
      """
      13:12: warning: clock "fix" starts at a message and counts only the first one; for a promise for each, add "repeat: each-start"
      """),
    Case(
      "reopen: resume", "repeat: each-start",
      """
      13:12: error: "start" of clock "fix" names nothing that may happen again; "repeat: each-start" needs customer-replied or agent-replied
      """),
    Case(
      "reopen: resume", "repeat: each-stop",
      """
      14:11: error: "stop" of clock "fix" names nothing that may happen again; "repeat: each-stop" needs customer-replied or agent-replied
      """),
    Case(
      [("stop: resolved\n", "stop: [agent-replied, resolved]\n    repeat: each-stop\n")],
      """
      18:13: error: clock "fix" has both "repeat" and "reopen", but each of its starts is a promise of its own anyway; leave "reopen" out
      """),
    Case(
      "reopen: resume", "repeat: yes",
      """
      17:13: error: "repeat" of clock "fix" is "yes"; allowed are each-start, each-stop
      """),
    Case(
      "stop: resolved\n", "stop: resolved\n    pauses: []\n",
      """
      15:5: error: unknown key "pauses" in clock "fix"; did you mean "pause"?
      """),
    Case(
      [
        ("stop: resolved\n", "stop: {status: Done, not: {status: [Done, Closed]}}\n"),
        ("    at-end: stop\n", ""),
      ],
      """
      14:11: error: clock "fix" can never stop, because "not" excludes all that its stop names; change one of them
      """),
  ]
}
