"""Runs attain under callgrind on small files of W1 and W2, for `instructions` and `profile`."""

import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ATTAIN = os.path.join(os.path.dirname(HERE), ".build", "release", "attain")
FEW, MANY = 1000, 41000
AS_OF = {"w1": "2026-06-01T00:00:00Z", "w2": "2026-12-01T00:00:00Z"}
MAKERS = {"w1": "tickets", "w2": "audit-log"}


def prepared(attain, folder):
    """A copy of the binary that callgrind can run; ends the program if anything is missing."""
    for program in ("valgrind", "strip"):
        if shutil.which(program) is None:
            sys.exit("%s is missing; run Scripts/setup --counting" % program)
    if not os.path.exists(attain):
        sys.exit("%s is missing; build it with: swift build -c release --product attain" % attain)
    # Valgrind of Debian 12 cannot read the debug information of Swift 6.
    binary = os.path.join(folder, "attain")
    shutil.copy(attain, binary)
    subprocess.run(["strip", "-g", binary], check=True)
    return binary


def calculation(binary, rules, rows, folder):
    """The command of a work on so many rows."""
    path = os.path.join(folder, "%s-%d.csv" % (rules, rows))
    subprocess.run([sys.executable, os.path.join(HERE, MAKERS[rules]), path, str(rows)], check=True)
    return [binary, "calculate", "-i", path, "-m", os.path.join(HERE, rules + "-mapping.yml"), "-a",
            os.path.join(HERE, rules + "-agreement.yml"), "-p", "all", "-f", "csv", "--as-of", AS_OF[rules]]


def counted(command, folder):
    """How many instructions a command takes, on one processor; what took them is left in callgrind.out."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=" + os.path.join(folder, "callgrind.out")]
    first = min(os.sched_getaffinity(0))
    done = subprocess.run(valgrind + command, capture_output=True, text=True, check=False,
                          preexec_fn=lambda: os.sched_setaffinity(0, {first}))
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or found is None:
        sys.exit("%s ended with %d under callgrind:\n%s" % (command[0], done.returncode, done.stderr))
    return int(found[1])
