#!/usr/bin/env python3
"""The work on tickets as someone would write it with DuckDB, Polars or pandas.

    Benchmarks/peers.py (duckdb|polars|pandas) FILE     prints one JSON object: seconds, cpu, figures

The work: response and resolution per priority and month, on Monday to Friday 09:00-17:00 in Europe/London without the
bank holidays of England. Attainment counts a promise in the month in which it was decided: the stop if it was met,
the first working instant after its limit if it was missed. Percentiles (linear, type 7) are over the clocks stopped in
the month. The export's times are local; the clocks change on a Sunday at 01:00, outside the hours, so that
differences of working time are exact in local arithmetic.
"""

import datetime
import json
import sys
import time

HOLIDAYS = ["2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26", "2025-08-25", "2025-12-25",
            "2025-12-26", "2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31"]
HOUR = 3600
OPENS, LENGTH = 9 * HOUR, 8 * HOUR
PRIORITIES = ["1 - Critical", "2 - High", "3 - Moderate", "4 - Low"]
WITHIN = {"response": [900, HOUR, 4 * HOUR, 8 * HOUR], "resolution": [4 * HOUR, 8 * HOUR, 24 * HOUR, 40 * HOUR]}
SHARES = [0.50, 0.75, 0.90, 0.95, 0.99]
FIRST = datetime.date(2024, 12, 30)


def days():
    """For each day from FIRST on: working days before it, and whether it is one; and the list of working days."""
    closed = {datetime.date.fromisoformat(day) for day in HOLIDAYS}
    before, is_open, working = [], [], []
    for n in range(600):
        day = FIRST + datetime.timedelta(days=n)
        before.append(len(working))
        is_open.append(int(day.weekday() < 5 and day not in closed))
        if is_open[-1]:
            working.append(day)
    return before, is_open, working


def limits(clock):
    """An SQL expression: what the tier allows."""
    return "CASE tier %s END" % " ".join(
        f"WHEN {place + 1} THEN {limit}" for place, limit in enumerate(WITHIN[clock]))


def duckdb_work(duckdb, path):
    """Text columns and lists looked up by day were the fastest of the ways tried: see README.md."""
    before, is_open, working = days()
    epoch = (FIRST - datetime.date(1970, 1, 1)).days * 86400
    base = "%r::INTEGER[]" % [n * LENGTH for n in before]
    gate = "%r::INTEGER[]" % is_open
    second = lambda name: f"(epoch_us({name}::TIMESTAMP) // 1000000 - {epoch})::INTEGER"
    worked = lambda at: (f"({base})[{at} // 86400 + 1] + ({gate})[{at} // 86400 + 1] * "
                         f"greatest(0, least({LENGTH}, {at} % 86400 - {OPENS}))")
    db = duckdb.connect()
    db.execute("SET preserve_insertion_order = false")
    db.execute("CREATE TABLE nth AS SELECT unnest(range(?))::INTEGER AS n, unnest(?::VARCHAR[]) AS month",
               [len(working), ["%04d-%02d" % (day.year, day.month) for day in working]])
    db.execute(f"""
        CREATE TEMP TABLE tickets AS
        WITH read AS (
            SELECT priority[1]::INTEGER AS tier, {second('opened_at')} AS a, {second('responded_at')} AS b,
                   {second('resolved_at')} AS c, date_trunc('month', responded_at::TIMESTAMP) AS responded_in,
                   date_trunc('month', resolved_at::TIMESTAMP) AS resolved_in
            FROM read_csv(?, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
                          columns = {dict.fromkeys(NAMES, 'VARCHAR')!r}))
        SELECT tier, {worked('a')} AS opened, {worked('b')} AS responded, {worked('c')} AS resolved,
               responded_in, resolved_in
        FROM read""", [path])
    db.execute(f"""
        CREATE TEMP VIEW clocks AS
        SELECT 'response' AS clock, tier, opened, responded - opened AS elapsed, responded_in AS stopped_in,
               {limits('response')} AS within FROM tickets
        UNION ALL
        SELECT 'resolution', tier, opened, resolved - opened, resolved_in, {limits('resolution')} FROM tickets""")
    counts = db.execute(f"""
        SELECT clock, tier, strftime(stopped_in, '%Y-%m'), met, 0 FROM (
            SELECT clock, tier, stopped_in, count(*) AS met FROM clocks WHERE elapsed <= within GROUP BY ALL)
        UNION ALL
        SELECT clock, tier, month, 0, sum(missed) FROM (
            SELECT clock, tier, (opened + within) // {LENGTH} AS n, count(*) AS missed
            FROM clocks WHERE elapsed > within GROUP BY ALL) JOIN nth USING (n) GROUP BY ALL""").fetchall()
    spread = db.execute(f"""
        SELECT clock, tier, strftime(stopped_in, '%Y-%m'), n, quantiles FROM (
            SELECT clock, tier, stopped_in, count(*) AS n, quantile_cont(elapsed, {SHARES}) AS quantiles
            FROM clocks GROUP BY ALL)""").fetchall()
    return collect(counts, [(*key, n, *values) for *key, n, values in spread])


NAMES = ["number", "opened_at", "responded_at", "resolved_at", "closed_at", "updated_at", "state", "priority",
         "assignment_group", "category", "subcategory", "department", "location", "contact_type", "caller", "assignee",
         "impact", "urgency", "reopen_count", "made_sla", "short_description"]
TIMES = ["opened_at", "responded_at", "resolved_at"]


def collect(counts, spread):
    """{clock/tier/month: {met, missed, n, p50 ... p99}} from the two results."""
    found = {}

    def cell(clock, tier, month):
        return found.setdefault("%s/%d/%s" % (clock, tier, month), {"met": 0, "missed": 0, "n": 0})
    for clock, tier, month, met, missed in counts:
        one = cell(clock, tier, month)
        one["met"] += int(met)
        one["missed"] += int(missed)
    for clock, tier, month, n, *values in spread:
        cell(clock, tier, month).update({"n": int(n), **{"p%d" % round(100 * share): float(value)
                                                         for share, value in zip(SHARES, values)}})
    return found


def polars_work(pl, path):
    before, is_open, working = days()
    first = (FIRST - datetime.date(1970, 1, 1)).days
    base, gate = pl.Series([n * LENGTH for n in before], dtype=pl.Int32), pl.Series(is_open, dtype=pl.Int32)
    month_of_day = pl.Series([int((FIRST + datetime.timedelta(days=n)).strftime("%Y%m")) for n in range(len(before))],
                             dtype=pl.Int32)
    month_of_nth = pl.Series([int(day.strftime("%Y%m")) for day in working], dtype=pl.Int32)
    tickets = pl.scan_csv(path, schema=dict.fromkeys(NAMES, pl.String)).select(
        pl.col("priority").str.head(1).cast(pl.Int32).alias("tier"),
        *[pl.col(name).str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="ms").dt.epoch("s").alias(name)
          for name in TIMES]).collect(engine="streaming")
    tier = tickets["tier"]
    worked, day_of = {}, {}
    for name in TIMES:
        second = tickets[name]
        day = (second // 86400 - first).cast(pl.UInt32)
        inside = ((second % 86400).cast(pl.Int32) - OPENS).clip(0, LENGTH)
        worked[name] = base.gather(day) + gate.gather(day) * inside
        day_of[name] = day
    counts, spread = [], []
    for clock, stop in (("response", "responded_at"), ("resolution", "resolved_at")):
        within = pl.Series([0] + WITHIN[clock], dtype=pl.Int32).gather(tier)
        frame = pl.DataFrame({"tier": tier, "elapsed": worked[stop] - worked["opened_at"], "within": within,
                              "month": month_of_day.gather(day_of[stop]),
                              "lost": month_of_nth.gather((worked["opened_at"] + within) // LENGTH)})
        met = pl.col("elapsed") <= pl.col("within")
        by_decision = frame.lazy().select(
            "tier", pl.when(met).then("month").otherwise("lost").alias("decided"), met.alias("met")).group_by(
            "tier", "decided").agg(pl.col("met").sum(), (~pl.col("met")).sum().alias("missed"))
        by_stop = frame.lazy().group_by("tier", "month").agg(
            pl.len(), *[pl.col("elapsed").quantile(share, "linear").alias(str(share)) for share in SHARES])
        one, two = pl.collect_all([by_decision, by_stop])
        counts += [(clock, t, month_text(m), a, b) for t, m, a, b in one.rows()]
        spread += [(clock, t, month_text(m), *rest) for t, m, *rest in two.rows()]
    return collect(counts, spread)


def month_text(month):
    return "%04d-%02d" % divmod(int(month), 100)


def pandas_work(pd, path):
    import numpy as np
    before, is_open, working = days()
    first = (FIRST - datetime.date(1970, 1, 1)).days
    base, gate = np.array(before) * LENGTH, np.array(is_open)
    month_of_day = np.array([int((FIRST + datetime.timedelta(days=n)).strftime("%Y%m")) for n in range(len(before))])
    month_of_nth = np.array([int(day.strftime("%Y%m")) for day in working])
    tickets = pd.read_csv(path, usecols=["priority"] + TIMES, engine="pyarrow")
    tier = tickets["priority"].str[0].astype("int64").to_numpy()
    worked, day_of = {}, {}
    for name in TIMES:
        second = pd.to_datetime(tickets[name]).to_numpy().astype("datetime64[s]").astype("int64")
        day = second // 86400 - first
        worked[name] = base[day] + gate[day] * np.clip(second % 86400 - OPENS, 0, LENGTH)
        day_of[name] = day
    counts, spread = [], []
    for clock, stop in (("response", "responded_at"), ("resolution", "resolved_at")):
        within = np.array([0] + WITHIN[clock])[tier]
        elapsed, month = worked[stop] - worked["opened_at"], month_of_day[day_of[stop]]
        met = elapsed <= within
        lost = month_of_nth[(worked["opened_at"] + within) // LENGTH]
        frame = pd.DataFrame({"tier": tier, "elapsed": elapsed, "month": month, "met": met,
                              "decided": np.where(met, month, lost)})
        by_decision = frame.groupby(["tier", "decided"])["met"].agg(["sum", "count"])
        counts += [(clock, t, month_text(m), a, b - a) for (t, m), a, b in by_decision.itertuples()]
        groups = frame.groupby(["tier", "month"])["elapsed"]
        sizes, quantiles = groups.size(), groups.quantile(SHARES).unstack()
        spread += [(clock, t, month_text(m), sizes[(t, m)], *values) for (t, m), *values in quantiles.itertuples()]
    return collect(counts, spread)


def main(name, path):
    library = __import__(name)
    if name == "pandas":
        import numpy, pyarrow.csv  # noqa: E401, F401  its own imports are not timed either
    start, cpu = time.perf_counter(), time.process_time()
    figures = {"duckdb": duckdb_work, "polars": polars_work, "pandas": pandas_work}[name](library, path)
    took, used = time.perf_counter() - start, time.process_time() - cpu
    json.dump({"seconds": took, "cpu": used, "version": library.__version__, "figures": figures}, sys.stdout)


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("duckdb", "polars", "pandas"):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
