/// Files that hold every key there is, in every form that a schema has to know.
enum SchemaExamples {
  static let all = [
    mapping, events, pausesInOneColumn, counts, calendar, versions, agreement, ola, contract,
    pipeline, exclusions, actions,
  ]

  static let mapping = """
    version: 1
    mapping: full
    title: Everything at once
    source: desk
    rows: tickets
    zone: Europe/London
    timestamps: [iso, d/M/yyyy HH:mm, "yyyy-MM-dd'T'HH:mm"]
    missing: ["?", 0]
    delimiter: ";"
    encoding: utf-8
    sheet: Tickets
    ticket:
      id: {column: number, without: " ", until: "x"}
      kind: {value: incident}
      opened: opened_at
      responded: {after: opened, column: [first reply], as: minutes, until: ".", without: [","]}
      resolved: [Resolved, Resuelta]
      priority: 5
    instants: {held: held_at}
    order: sys_mod_count
    values: {priority: {"1 - Critical": 1, high: 2}}
    holds: opened-from 2026-01-31
    keep: [location, "*"]
    reported: {clock: resolution, breached: {column: made_sla, when: false}}
    pauses: [{from: held_at, to: freed_at, party: customer}]
    paused_seconds: {column: held, counts: working, as: h:mm, until: x, without: y}
    units: {hours: 3600}
    personal: {caller: drop, kind: hash}
    personal_key: secret.key
    """

  static let events = """
    mapping: log
    rows: events
    ticket:
      id: {join: [key, {column: queue}]}
      at: changed
      opened: {column: created, optional: yes}
      field: name
      from: old
      to: new
      customer-replied: {column: kind, when: [mail, "portal*"], until: x, without: y}
      agent-replied: {column: [kind, type], when: answer}
    reported: {clock: resolution, met: {column: made_sla, when: [yes, 1]}}
    paused_seconds: [{column: a, counts: wall}, {column: b, counts: wall, as: words}]
    units: {days: 86400}
    """

  static let pausesInOneColumn = """
    mapping: listed
    rows: snapshots
    ticket: {id: key, updated: changed}
    timestamps: d.M.yy
    pauses: {column: suspensions}
    """

  static let counts = """
    mapping: deliveries
    rows: counts
    ticket: {at: delivered, amount: pieces, kind: {value: lead}}
    """

  static let calendar = """
    version: 1
    calendar: office
    title: Office hours
    zone: Europe/London
    week:
      mon-wed: ["08:00-12:00", 13:00-18:00]
      "thu, Friday": 8:30-17:00:30
      sat: 22:00-06:00
      sun: closed
    holidays: [holidays/england.ics, 2026-06-15, {2026-12-24: "08:00-12:00"}]
    exceptions: {2026-12-31: closed, 2027-01-02: ["08:00-12:00"]}
    business-days: [mon-wed, thu]
    valid: {from: 2026-01-01, until: 2030-01-01}
    """

  static let versions = """
    calendar: moving
    zone: UTC
    versions:
      - {week: {mon-fri: 08:00-16:00}, valid: {until: 2026-01-01}}
      - title-less: x
    """.replacing("title-less: x", with: versionWithAll)

  private static let versionWithAll = """
    {week: {mon: "08:00-17:00"}, zone: Europe/London, holidays: [2026-06-15], exceptions: \
    {2026-12-31: closed}, business-days: mon, valid: {from: 2026-01-01}}
    """

  static let agreement = """
    version: 1
    agreement: full
    title: Everything at once
    kind: sla
    provider: IT
    customer: {field: department}
    zone: Europe/London
    calendar: office
    calendars:
      office: {week: {mon-fri: 08:00-17:00}, title: Office}
      moving:
        zone: UTC
        versions: [{week: {mon: 08:00-17:00}, valid: {from: 2026-01-01}}]
    valid: {from: 2026-01-01}
    scope: {kind: [incident, request], count: ">=1", not: {status: Closed}}
    tiers:
      P1: {priority: 1}
      P2: {priority: [2, "<5"], category: "", flag: true, not: [{kind: a}, {kind: b}]}
      Other: {}
    clocks:
      response: {start: opened, stop: responded, at-end: stop}
      resolution:
        start: [opened, {status: New}]
        stop: {status: Resolved}
        pause: [{status: [Awaiting, "On hold*"], party: customer}]
        cancel: {status: Cancelled}
        reopen: resume
        on-tier-change: carry
      third:
        start: opened
        stop: closed
        pause: {status: Held, party: supplier}
        reopen: {rule: new-cycle, grace: 8h, count: first}
        on-tier-change: {upgrade: restart, downgrade: first}
      fourth: {start: opened, stop: closed}
      reply: {start: customer-replied, stop: [agent-replied, resolved], repeat: each-start}
      update: {start: opened, stop: agent-replied, repeat: each-stop}
    targets:
      - {clock: response, objective: 90, within: 1h30m, calendar: always}
      - clock: resolution
        objective: {P1: 95%, P2: 99.5 %, all: 97}
        within: {P1: 4h, P2: 3 business days}
        calendar: {P1: always, P2: office}
      - {clock: third, objective: 95%, due: {field: due}, rebase: [{from: 2026-05, reason: x}]}
      - {clock: fourth, objective: 95%, due: {P1: next business day 16:00, P2: {field: due}}}
    count-by: decided
    per-person: no
    obligations:
      - name: shop
        title: The shop
        kind: availability
        by: IT
        to: Retail
        rows: {source: outages, when: {service: shop}}
        when: {test: "no"}
        shared: yes
        since: 2026-01-01
        calendar: always
        objective: 99.9%
        maintenance: {source: maintenance, when: {approved: yes}}
        planned: {planned: yes}
        weight: weight
        label: title
      - {name: leads, kind: volume, by: A, to: B, rows: leads, when: {q: ok}, at-least: 80, pro-rata: no}
      - {name: ramp, kind: volume, by: A, to: B, rows: leads, at-least: {2026-01: 80, 2026-04: 120.5}}
      - {name: first, kind: ratio, by: A, to: B, rows: {source: desk, at: resolved}, when: {n: 0}, objective: 70%}
      - {name: again, kind: ratio, by: A, to: B, rows: desk, when: {n: ">0"}, at-most: 5%}
      - {name: call, kind: response-to, by: A, to: B, rows: leads, within: 4h, objective: 90%, calendar: office}
      - name: report
        kind: deliverable
        by: A
        to: B
        rows: reports
        due: 5th business day 12:00
        for: month
        complete: {complete: yes}
        accepted: {accepted: yes}
    credits:
      currency: EUR
      fee: 1200.50
      cap: 15%
      rules:
        - {clock: response, bands: {95%: 0%, 90 %: 5%, 0%: 100.00}}
        - {clock: resolution, tier: P1, bands: {"0%": 7}}
        - {obligation: shop, bands: {99.95%: 0%, 0%: 25%}}
    brand:
      title: A review of ours
      logo: logo.png
      accent: {light: "#1f6f54", dark: "#7fd0b0"}
    changes:
      rows: {source: changes, when: {approved: "yes"}, at: closed}
      shared: no
      days: 14
      service: service
      services:
        - {name: shop, title: The shop, availability: shop}
        - {name: desk, tickets: {kind: a}}
      type: type
      title: title
      success: {outcome: ok}
      failure: {outcome: [failed, backed-out]}
      caused-by: change
    exclusions:
      - ../exclusions/desk.csv
      - {tickets: [T1, T2], source: desk, clocks: [response], reason: a test}
      - from: 2026-10-12T08:00:00+01:00
        to: 2026-10-12T14:00:00Z
        when: {group: [Network, Systems], not: {priority: 1}}
        clocks: response
        reason: a power cut
        approver: the owner
        approved: 2026-11-04T10:00:00Z
    rebase: [{from: 2026-04, reason: new tool}]
    """

  static let ola = """
    agreement: ola-networks
    kind: ola
    provider: Networks
    customer: Service desk
    zone: UTC
    calendar: always
    supports: full/resolution
    groups: {Networks: {group: "Network*", not: {service: vpn}}, VPN: {service: vpn}}
    tiers: {All: {}}
    routes: [[Service desk, Networks], [VPN]]
    hand-off: 10m
    person: assigned_to
    targets:
      - {group: VPN, within: 1h}
      - {objective: 95%, within: 4h}
    """

  static let contract = """
    agreement: carrier
    kind: underpinning-contract
    provider: Carrier
    customer: IT
    zone: UTC
    calendar: always
    supports: full/resolution
    suppliers: {Carrier: {party: supplier, group: "Network*", not: {service: vpn}}, Others: {party: supplier}}
    tiers: {All: {}}
    routes: taken
    targets:
      - {objective: 95%, within: 4h}
    """

  static let pipeline = """
    version: 1
    pipeline: full
    period: 2026
    workspace: ../var/desk.sqlite
    stages:
      - import:
          {files: "*.csv", mapping: m.yml, source: desk, settle: 60s, max-rejects: 2%, sheet: A, zone: UTC}
      - import: {files: [a.csv, b.csv], mapping: m.yml, max-rejects: 5}
      - import:
          files: c.csv
          mapping: m.yml
          expects: {newer-than: {warn: 26h, error: 50h}, at-least: {warn: 100 rows, error: 10}}
          limits: {rejects: {warn: 0.5%, error: 20}, drop: {warn: 30%, error: 60%}}
          keep-raw: yes
      - import: {files: d.csv, mapping: m.yml, expects: {at-least: 1 row, newer-than: 26h}}
      - import: {files: e.csv, mapping: m.yml, limits: {rejects: 7, drop: 100%}}
      - calculate: {agreements: a.yml, history: 12 months, by: [category]}
      - calculate: {agreements: [a.yml], history: 3, by: category}
      - calculate: {agreements: a.yml, limits: {unmeasurable: {warn: 5%, error: 20%}}}
      - export: {to: "out/{period}", formats: [html, csv]}
      - export: {to: out, formats: json}
    """

  static let actions = """
    version: 1
    actions:
      - title: More people
        owner: IT
        agreement: full
        customer: Finance
        agreed: 2026-09-04
        due: 2026-10-15
        done: 2026-10-14
        note: Two of them.
      - {title: 7, owner: yes}
    """

  static let exclusions = """
    version: 1
    exclusions:
      - tickets: T1
        source: desk
        clocks: [response, resolution]
        reason: a test
        approver: the owner
        approved: 2026-11-04T10:00:00Z
      - from: 2026-10-12T08:00:00+01:00
        to: 2026-10-12T14:00:00Z
        when: {group: [Network, Systems]}
        clocks: response
        reason: a power cut
    """
}
