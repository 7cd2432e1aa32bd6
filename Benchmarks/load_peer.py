#!/usr/bin/env python3
"""Loads an export into a new DuckDB file with a unique index on the ids, as W5 wants it.

    Benchmarks/load_peer.py EXPORT DATABASE     prints one JSON object: version, seconds, cpu, rows
"""

import json
import sys
import time


def main():
    path, target = sys.argv[1:]
    import duckdb
    wall, cpu = time.perf_counter(), time.process_time()
    db = duckdb.connect(target)
    db.execute("CREATE TABLE tickets AS SELECT * FROM read_csv(?, header = true)", [path])
    db.execute("CREATE UNIQUE INDEX tickets_by_number ON tickets (number)")
    db.close()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    rows = duckdb.connect(target, read_only=True).execute("SELECT count(*) FROM tickets").fetchone()[0]
    print(json.dumps({"version": duckdb.__version__, "seconds": wall, "cpu": cpu, "rows": rows}))


if __name__ == "__main__":
    main()
