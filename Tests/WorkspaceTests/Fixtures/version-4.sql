PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES ('1');
INSERT INTO "grdb_migrations" VALUES ('2');
INSERT INTO "grdb_migrations" VALUES ('3');
INSERT INTO "grdb_migrations" VALUES ('4');
CREATE TABLE sources ( -- the systems that exports come from
  source INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE, -- as the mapping or the pipeline names it
  shape TEXT NOT NULL, -- what a row is: tickets, snapshots, events, intervals or counts
  has_ids INTEGER NOT NULL, -- 0: rows have no id, and every row counts
  zone TEXT, -- of times without an offset
  holds TEXT NOT NULL -- what the last export contained: all, finished, opened-from, updated-from
);
INSERT INTO "sources" VALUES (1,'desk','tickets',1,NULL,'all');
CREATE TABLE columns ( -- what the cells of each source mean
  source INTEGER NOT NULL REFERENCES sources,
  place INTEGER NOT NULL, -- the order of keys in cells, from 0
  key TEXT NOT NULL, -- its name in cells
  role TEXT NOT NULL, -- instant, field, order, paused ...
  name TEXT NOT NULL, -- the field or instant; of a total pause, what it counts
  PRIMARY KEY (source, place)
);
INSERT INTO "columns" VALUES (1,0,'opened','instant','opened');
INSERT INTO "columns" VALUES (1,1,'updated','instant','updated');
INSERT INTO "columns" VALUES (1,2,'status','field','status');
CREATE TABLE timestamps ( -- how times are written, where the mapping says auto
  source INTEGER NOT NULL REFERENCES sources,
  key TEXT NOT NULL, -- the instant
  pattern TEXT NOT NULL, -- settled by the first import; a later file must fit
  PRIMARY KEY (source, key)
);
CREATE TABLE imports ( -- each file that was read
  import INTEGER PRIMARY KEY, -- in the order in which they were read
  source INTEGER NOT NULL REFERENCES sources,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL, -- of its bytes
  mapping_sha256 TEXT NOT NULL, -- of the mapping it was read by
  rows INTEGER NOT NULL, -- rows = rejected + unchanged + outdated + changed
  rejected INTEGER NOT NULL,
  unchanged INTEGER NOT NULL, -- said what was known
  outdated INTEGER NOT NULL, -- older than what was known
  changed INTEGER NOT NULL, -- new tickets, new versions, events
  at TEXT NOT NULL, -- when it was read, by the machine's clock, in UTC
  holds TEXT NOT NULL -- what the export contained
, latest
  /* the last change that its rows tell, in seconds since 1970, UTC; NULL: they tell none */ INTEGER);
INSERT INTO "imports" VALUES (1,1,'a.csv','id,opened,updated,status
1,2026-10-01T10:00:00Z,2026-10-01T10:00:00Z,New
','mapping: desk
rows: tickets
timestamps: iso
ticket: {id: id, opened: opened, updated: updated, status: status}',1,0,0,0,1,'2026-09-21T14:13:20Z','all',1790848800);
INSERT INTO "imports" VALUES (2,1,'b.csv','id,opened,updated,status
1,2026-10-01T10:00:00Z,2026-10-02T10:00:00Z,Done
','mapping: desk
rows: tickets
timestamps: iso
ticket: {id: id, opened: opened, updated: updated, status: status}',1,0,0,0,1,'2026-09-22T14:13:20Z','all',1790935200);
CREATE TABLE rejects ( -- rows that could not be used, and why
  import INTEGER NOT NULL REFERENCES imports,
  line INTEGER NOT NULL, -- in the file, from 1
  message TEXT NOT NULL
);
CREATE TABLE tickets ( -- each ticket that was ever seen
  ticket INTEGER PRIMARY KEY, -- in the order in which they were first seen
  source INTEGER NOT NULL REFERENCES sources,
  id TEXT NOT NULL, -- as the export has it
  first_import INTEGER NOT NULL REFERENCES imports,
  current INTEGER REFERENCES versions (version) -- the version that stands; NULL of a log of events
);
INSERT INTO "tickets" VALUES (1,1,'1',1,2);
CREATE TABLE absences ( -- when a ticket was missing from exports that hold all
  ticket INTEGER NOT NULL REFERENCES tickets,
  since_import INTEGER NOT NULL REFERENCES imports, -- the first without it
  until_import INTEGER REFERENCES imports, -- the first that has it again; NULL: still gone
  PRIMARY KEY (ticket, since_import)
) WITHOUT ROWID;
CREATE TABLE versions ( -- a ticket as an export told it, stored when a value has changed
  version INTEGER PRIMARY KEY, -- in the order in which they were read
  ticket INTEGER NOT NULL REFERENCES tickets,
  import INTEGER NOT NULL REFERENCES imports,
  line INTEGER NOT NULL, -- in the file, from 1
  updated INTEGER, -- seconds since 1970, UTC
  version_order INTEGER, -- where the mapping names an order
  outdated INTEGER NOT NULL, -- 1: older than what was known when it came
  cells TEXT NOT NULL -- JSON; times in UTC, without Z where the local time occurred twice
);
INSERT INTO "versions" VALUES (1,1,1,2,1790848800,NULL,0,'{"opened":"2026-10-01T10:00:00Z","updated":"2026-10-01T10:00:00Z","status":"New"}');
INSERT INTO "versions" VALUES (2,1,2,2,1790935200,NULL,0,'{"opened":"2026-10-01T10:00:00Z","updated":"2026-10-02T10:00:00Z","status":"Done"}');
CREATE TABLE events ( -- single changes, of sources with one row a change
  event INTEGER PRIMARY KEY,
  ticket INTEGER NOT NULL REFERENCES tickets,
  import INTEGER NOT NULL REFERENCES imports,
  line INTEGER NOT NULL,
  at INTEGER NOT NULL, -- seconds since 1970, UTC
  cells TEXT NOT NULL -- JSON
);
CREATE TABLE intervals ( -- outages, maintenance; of rows with one id, the last stands
  interval INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES sources,
  id TEXT, -- NULL if rows have none
  import INTEGER NOT NULL REFERENCES imports,
  line INTEGER NOT NULL,
  cells TEXT NOT NULL -- JSON
);
CREATE TABLE counts ( -- things delivered; of rows with one id, the last stands
  delivery INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES sources,
  id TEXT, -- NULL if rows have none
  import INTEGER NOT NULL REFERENCES imports,
  line INTEGER NOT NULL,
  cells TEXT NOT NULL -- JSON
);
CREATE TABLE rules ( -- every agreement, calendar, mapping and preset that was used
  sha256 TEXT PRIMARY KEY,
  kind TEXT NOT NULL, -- agreement, calendar, holidays, mapping or preset
  name TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE TABLE runs ( -- each run of a pipeline
  run INTEGER PRIMARY KEY,
  pipeline TEXT NOT NULL,
  period TEXT NOT NULL,
  as_of TEXT NOT NULL,
  started TEXT NOT NULL, -- by the machine's clock, in UTC
  seconds REAL NOT NULL,
  status INTEGER NOT NULL, -- its exit status
  record TEXT NOT NULL -- run.json
);
CREATE TABLE results ( -- the last results of each agreement and period
  agreement TEXT NOT NULL,
  period TEXT NOT NULL,
  inputs_sha256 TEXT NOT NULL, -- of the rows, rules, time zones and program they were made from
  as_of TEXT NOT NULL,
  known_at TEXT, -- NULL: everything
  results TEXT NOT NULL, -- results.json
  PRIMARY KEY (agreement, period)
);
CREATE TABLE packs ( -- what was issued to whom
  pack INTEGER PRIMARY KEY,
  client TEXT NOT NULL,
  agreement TEXT NOT NULL,
  period TEXT NOT NULL,
  number INTEGER NOT NULL, -- 1 is the first issue, 2 the first reissue
  as_of TEXT NOT NULL,
  known_at TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  issued TEXT NOT NULL, -- when, by the machine's clock, in UTC
  UNIQUE (client, agreement, period, number)
);
CREATE TABLE prunings ( -- what was taken out for good
  before TEXT NOT NULL, -- what was known earlier than this cannot be read again
  versions INTEGER NOT NULL -- how many were taken out
);
CREATE TABLE issued_manifests ( -- what each pack was made from
  pack INTEGER PRIMARY KEY REFERENCES packs,
  manifest TEXT NOT NULL -- manifest.json
);
CREATE TABLE issued_figures ( -- what each pack said of each target in its period
  pack INTEGER NOT NULL REFERENCES packs,
  target INTEGER NOT NULL, -- counts the clocks and tiers of the pack, from 0
  clock TEXT NOT NULL,
  tier TEXT NOT NULL,
  objective INTEGER, -- millionths of a per cent; NULL if there was none
  met INTEGER NOT NULL,
  breached INTEGER NOT NULL,
  overdue INTEGER NOT NULL,
  running INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  excluded INTEGER NOT NULL,
  unmeasurable INTEGER NOT NULL,
  no_target INTEGER NOT NULL,
  reversed INTEGER NOT NULL, -- of the missed ones, those that an earlier month had as met
  PRIMARY KEY (pack, target)
) WITHOUT ROWID;
CREATE TABLE issued_promises ( -- what each pack said of each promise of its period
  pack INTEGER NOT NULL REFERENCES packs,
  ticket INTEGER NOT NULL REFERENCES tickets,
  target INTEGER NOT NULL, -- its clock and tier, in issued_figures
  cycle INTEGER NOT NULL, -- which start of the clock; 0 where a reopening does not start it again
  verdict TEXT NOT NULL,
  counted INTEGER NOT NULL, -- 0: open at the period's end, and carried over
  started INTEGER, -- seconds since 1970, UTC; so are the next four
  stopped INTEGER,
  due INTEGER,
  lost INTEGER,
  decided INTEGER,
  elapsed INTEGER, -- counted seconds
  paused INTEGER,
  within INTEGER,
  PRIMARY KEY (pack, ticket, target, cycle)
) WITHOUT ROWID;
CREATE TABLE issued_credits ( -- what each pack granted of the credit of a month
  pack INTEGER NOT NULL REFERENCES packs,
  period TEXT NOT NULL, -- the month; an earlier one than the pack's is adjusted
  unit TEXT NOT NULL, -- a currency, or %: of the fee
  amount INTEGER NOT NULL, -- in its smallest unit; of %, millionths
  PRIMARY KEY (pack, period)
) WITHOUT ROWID;
CREATE INDEX intervals_by_id ON intervals (source, id);
CREATE INDEX counts_by_id ON counts (source, id);
CREATE UNIQUE INDEX tickets_by_id ON tickets (source, id);
CREATE INDEX versions_by_ticket ON versions (ticket, updated);
CREATE INDEX events_by_ticket ON events (ticket, at);
CREATE VIEW figures AS SELECT r.agreement, f.value ->> 'customer' AS customer,
  f.value ->> 'clock' AS clock, f.value ->> 'tier' AS tier, f.value -> 'by' AS "by",
  f.value ->> 'period' AS period, f.value ->> '$.counts.met' AS met,
  f.value ->> '$.counts.breached' AS breached, f.value ->> '$.counts.overdue' AS overdue,
  f.value ->> '$.counts.running' AS running, f.value ->> '$.counts.cancelled' AS cancelled,
  f.value ->> '$.counts.excluded' AS excluded,
  f.value ->> '$.counts.unmeasurable' AS unmeasurable,
  f.value ->> 'objective' / 1e6 AS objective, r.period AS reported, r.as_of, r.known_at
FROM results r, json_each(r.results, '$.figures') f;
CREATE VIEW current_tickets AS SELECT s.name AS source, t.id AS id,
  json_extract(v.cells, '$."opened"') AS "opened",
  json_extract(v.cells, '$."updated"') AS "updated",
  json_extract(v.cells, '$."status"') AS "status",
  (SELECT i.at FROM absences a JOIN imports i ON i.import = a.since_import
    WHERE a.ticket = t.ticket AND a.until_import IS NULL) AS gone_since,
  f.file AS file, v.line AS line, f.at AS imported
FROM tickets t JOIN sources s USING (source) JOIN versions v ON v.version = t.current
  JOIN imports f ON f.import = v.import;
CREATE VIEW ticket_history AS SELECT s.name AS source, t.id AS id, i.at AS known_from, v.outdated AS outdated,
  json_extract(v.cells, '$."opened"') AS "opened",
  json_extract(v.cells, '$."updated"') AS "updated",
  json_extract(v.cells, '$."status"') AS "status",
  i.file AS file, v.line AS line
FROM versions v JOIN tickets t USING (ticket) JOIN sources s USING (source)
  JOIN imports i ON i.import = v.import;
CREATE VIEW event_log AS SELECT s.name AS source, t.id AS id, strftime('%Y-%m-%dT%H:%M:%SZ', e.at, 'unixepoch') AS at
  ,
  i.file AS file, e.line AS line
FROM events e JOIN tickets t USING (ticket) JOIN sources s USING (source)
  JOIN imports i ON i.import = e.import;
CREATE VIEW current_intervals AS SELECT s.name AS source, r.id AS id, i.file AS file, r.line AS line
FROM intervals r JOIN sources s USING (source) JOIN imports i ON i.import = r.import
WHERE r.id IS NULL OR r.rowid = (SELECT max(o.rowid) FROM intervals o
  WHERE o.source = r.source AND o.id = r.id);
CREATE VIEW current_counts AS SELECT s.name AS source, r.id AS id, i.file AS file, r.line AS line
FROM counts r JOIN sources s USING (source) JOIN imports i ON i.import = r.import
WHERE r.id IS NULL OR r.rowid = (SELECT max(o.rowid) FROM counts o
  WHERE o.source = r.source AND o.id = r.id);
COMMIT;
