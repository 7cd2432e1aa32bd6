#!/usr/bin/env -S python3 -B
"""The audit log's work as someone would write it with DuckDB's window functions.

    Benchmarks/audit_log_peer.py FILE       prints one JSON object: seconds, cpu, version, figures

The work: attainment of response and resolution per priority and month from the versions of the tickets, on Monday to
Friday 09:00-17:00 in Europe/London. Versions are in the order of sys_mod_count; of those of one minute the last counts.

- Response runs from the opening to the first state but New.
- Resolution runs from the opening, not while the state is an Awaiting one or a supplier's group (Group 70 to 79) holds
  the ticket, and stands while the state is Resolved or Closed; a reopened ticket goes on with what it had used.
- A change of priority keeps what was used: the limit is the new one's at once, lost at the change if it is exceeded
  already; while the clock stands it counts only once it goes again.
- A promise is missed in the month in which it was lost. It is met in the month of a stop at whose end it still stands,
  once; if it is reopened in a later month and lost then, that month has a miss as well.
"""

import datetime
import json
import sys
import time

from peers import FIRST, HOLIDAYS, LENGTH, OPENS, WITHIN, limits

AS_OF = datetime.date(2026, 12, 1)
CLOSED = {datetime.date.fromisoformat(day) for day in HOLIDAYS}
DAYS = [FIRST + datetime.timedelta(days=n) for n in range(750)]
WORKING = [day for day in DAYS if day.weekday() < 5 and day not in CLOSED]


def months(days):
    """A list for DuckDB: the month of each day, counted from January 2025 as 1."""
    return "%r::INTEGER[]" % [(day.year - 2025) * 12 + day.month for day in days]


def duckdb_work(duckdb, path):
    """Instants read as such and one query up to the second window were the fastest of the ways tried: see README.md."""
    with open(path, encoding="utf-8") as stream:
        columns = dict.fromkeys(stream.readline().strip().split(","), "VARCHAR")
    columns.update(opened_at="TIMESTAMP", sys_updated_at="TIMESTAMP", sys_mod_count="USMALLINT")
    is_open, before = [int(day in set(WORKING)) for day in DAYS], [0]
    for one in is_open:
        before.append(before[-1] + one)
    base, gate = ("%r::INTEGER[]" % numbers for numbers in ([n * LENGTH for n in before], is_open))
    second = lambda name: f"(epoch_us({name}) // 1000000 - {(FIRST - datetime.date(1970, 1, 1)).days * 86400})::INTEGER"
    worked = lambda at: (f"({base})[{at} // 86400 + 1] + ({gate})[{at} // 86400 + 1] * "
                         f"greatest(0, least({LENGTH}, {at} % 86400 - {OPENS}))")
    month = lambda at: f"({months(DAYS)})[{at} // 86400 + 1]"
    month_worked = lambda work: f"({months(WORKING)})[({work}) // {LENGTH} + 1]"
    end = (AS_OF - FIRST).days * 86400
    db = duckdb.connect()
    db.execute("SET preserve_insertion_order = false")
    # A step is a version that lasts, until the next one. w0, w1 and w2 are working seconds up to the opening, the
    # version and the next one; ahead is the time from the opening to the first version, own that of the step, used all
    # up to the step's end.
    db.execute(f"""
        CREATE TEMP TABLE step AS
        WITH read AS (
            SELECT number[4:]::INTEGER AS id, sys_mod_count AS n, priority[1]::UTINYINT AS tier,
                   {second('opened_at')} AS opened, {second('sys_updated_at')} AS since,
                   incident_state = 'New' AS is_new, incident_state IN ('Resolved', 'Closed') AS is_stopped,
                   assignment_group LIKE 'Group 7_' AS is_supplier,
                   incident_state LIKE 'Awaiting %' OR assignment_group LIKE 'Group 7_' AS is_paused
            FROM read_csv(?, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
                          timestampformat = '%d/%m/%Y %H:%M', columns = {columns!r})),
        counted AS (SELECT *, {worked('opened')} AS w0, {worked('since')} AS w1 FROM read),
        followed AS (
            SELECT id, n, tier, is_new, is_stopped, is_supplier, is_paused, since, w0, w1,
                   coalesce(lead(w1) OVER versions, (SELECT {worked(end)})) AS w2,
                   coalesce(lead(since) OVER versions, {end}) <> since AS lasts,
                   row_number() OVER versions = 1 AS is_first
            FROM counted WINDOW versions AS (PARTITION BY id ORDER BY n)),
        lasting AS (
            SELECT id, n, tier, is_new, is_stopped, since, w0, w1, w2, lasts, is_first,
                   CASE WHEN is_first AND NOT is_supplier THEN w1 - w0 ELSE 0 END AS ahead,
                   CASE WHEN is_stopped OR is_paused THEN 0 ELSE w2 - w1 END AS own
            FROM followed WHERE lasts OR is_first)
        SELECT *, (sum(ahead + own) OVER versions)::INTEGER AS used,
               coalesce(lag(is_stopped) OVER versions, false) AS was_stopped,
               {limits('response')} AS response, {limits('resolution')} AS resolution
        FROM lasting WINDOW versions AS (PARTITION BY id ORDER BY n)""", [path])
    # The first loss and the first stop that counts of each ticket, as one number: version, month and tier.
    key = lambda month: f"n * 1000 + {month} * 10 + tier"
    first = "min(key) FILTER (is_lost) AS lost, min(key) FILTER (NOT is_lost) AS met"
    counts = db.execute(f"""
        WITH responses AS (
            SELECT id, true AS is_lost, {key('month')} AS key FROM (
                SELECT id, n, tier, CASE WHEN w1 - w0 > response AND NOT is_first THEN {month('since')}
                                         ELSE {month_worked('w0 + response')} END AS month
                FROM step WHERE w1 - w0 > response OR is_new AND lasts AND w2 - w0 > response)
            UNION ALL
            SELECT id, false, {key(month('since'))} FROM step WHERE lasts AND NOT is_new),
        changes AS (
            SELECT id, n, tier, since, is_stopped,
                   coalesce(lead(since) OVER (PARTITION BY id ORDER BY n), {end}) AS until
            FROM step WHERE is_stopped <> was_stopped),
        resolutions AS (
            SELECT id, true AS is_lost, {key('month')} AS key FROM (
                SELECT id, n, tier, CASE WHEN is_first AND ahead > resolution THEN {month_worked('w0 + resolution')}
                                         WHEN used - own > resolution THEN {month('since')}
                                         ELSE {month_worked('w1 + resolution - (used - own)')} END AS month
                FROM step WHERE is_first AND ahead > resolution
                                OR lasts AND used > resolution AND NOT (is_stopped AND was_stopped))
            UNION ALL
            SELECT id, false, {key(month('since'))} FROM changes
            WHERE is_stopped AND {month('since')} < {month('until')}),
        promises AS (
            SELECT 'response' AS clock, {first} FROM responses GROUP BY id
            UNION ALL
            SELECT 'resolution', {first} FROM resolutions GROUP BY id),
        decided AS (
            SELECT clock, true AS is_met, met AS key FROM promises WHERE lost IS NULL OR met // 1000 < lost // 1000
            UNION ALL
            SELECT clock, false, lost FROM promises
            WHERE lost // 1000 <= met // 1000 OR met IS NULL OR clock = 'resolution')
        SELECT clock, key % 10 AS tier, key // 10 % 100 AS month, count(*) FILTER (is_met),
               count(*) FILTER (NOT is_met)
        FROM decided WHERE key IS NOT NULL GROUP BY ALL""").fetchall()
    return {"%s/%d/%d-%02d" % (clock, tier, 2025 + (month - 1) // 12, (month - 1) % 12 + 1):
            {"met": met, "missed": missed} for clock, tier, month, met, missed in counts}


def main(path):
    import duckdb
    start, cpu = time.perf_counter(), time.process_time()
    figures = duckdb_work(duckdb, path)
    took, used = time.perf_counter() - start, time.process_time() - cpu
    json.dump({"seconds": took, "cpu": used, "version": duckdb.__version__, "figures": figures}, sys.stdout)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
