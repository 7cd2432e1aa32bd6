"""Faults of the warehouse system, which pass from group to group: a row per version.

Used by `make`. Work is counted in whole minutes of the groups' hours by stepping through them, so
that it owes nothing to the arithmetic of `attain`.
"""

import random

MINUTE, HOUR, DAY = 60, 3600, 86400
HEADER = ["number", "version", "changed_at", "opened_at", "resolved_at", "kind", "state", "priority",
          "assignment_group", "assigned_to", "department"]
DEPARTMENTS = ["Warehouse", "Sales", "Finance"]
PEOPLE = {"Service Desk": "D", "Networks Core": "N", "Networks Sites": "N", "Systems": "S",
          "Applications": "A"}


class Desk:
    """The course of each fault; `clock` turns local seconds into instants and back."""

    def __init__(self, from_local, ahead, holidays, seed=20260):
        self.from_local, self.ahead, self.holidays = from_local, ahead, holidays
        self.random = random.Random(seed)
        self.rows = []

    def is_open(self, at, round_the_clock=False):
        if round_the_clock:
            return True
        local = at + self.ahead(at)
        day, second = local // DAY, local % DAY
        if (day + 3) % 7 > 4 or day * DAY in self.holidays:
            return False
        return 8 * HOUR <= second < 12 * HOUR or 13 * HOUR <= second < 18 * HOUR

    def after(self, at, minutes, round_the_clock=False):
        """The instant after so many open minutes and some odd seconds."""
        while minutes > 0 or not self.is_open(at, round_the_clock):
            if self.is_open(at, round_the_clock):
                minutes -= 1
            at += MINUTE
        return at + self.random.randrange(0, 50)

    def skewed(self, median, spread):
        return max(1, round(self.random.lognormvariate(0, spread) * median))

    def person(self, group):
        return "%s-%d" % (PEOPLE[group], self.random.randrange(1, 6))

    def fault(self, number, opened):
        chance = self.random
        priority = "2 - High" if chance.random() < 0.35 else "3 - Moderate"
        base = 1 if priority == "2 - High" else 3
        department = chance.choice(DEPARTMENTS)
        hard = opened >= self.hard_from
        state = {"group": "Service Desk", "person": "", "status": "New"}
        at, versions = [opened], []

        def write(**change):
            state.update(change)
            resolved = at[0] if state["status"] == "Resolved" else None
            self.rows.append([number, len(versions), at[0], opened, resolved, "fault", state["status"],
                              priority, state["group"], state["person"], department])
            versions.append(at[0])

        def move(minutes, **change):
            at[0] = self.after(at[0], minutes)
            write(**change)

        def visit(group, median):
            nights = group.startswith("Networks")
            move(self.skewed(3, 0.9), group=group, person="")
            at[0] = self.after(at[0], self.skewed(9 * base, 0.8), nights)
            write(person=self.person(group), status="In Progress")
            at[0] = self.after(at[0], self.skewed(median * base, 0.7), nights)

        write()
        move(self.skewed(8, 0.6), person=self.person("Service Desk"), status="In Progress")
        at[0] = self.after(at[0], self.skewed(15 * base, 0.6))
        route = chance.choices(
            [[], ["Networks Core"], ["Networks Sites", "Systems"], ["Systems"], ["Applications"],
             ["Systems", "Applications"], ["Networks Core", "Systems", "Applications"],
             ["Applications", "Service Desk", "Applications"]],
            [16, 18, 9, 13, 17, 12, 9, 6])[0]
        for group in route:
            if chance.random() < 0.12:
                write(group="", person="", status="In Progress")
                at[0] = self.after(at[0], self.skewed(6 * base, 0.7))
            median = {"Networks Core": 34, "Networks Sites": 40, "Systems": 30, "Applications": 36,
                      "Service Desk": 10}[group]
            if hard and group == "Applications":
                median *= 2
            visit(group, median)
            if group.startswith("Networks") and chance.random() < 0.3:
                write(status="Awaiting Vendor")
                at[0] = self.after(at[0], self.skewed(150 * base, 0.7))
                write(status="In Progress")
                at[0] = self.after(at[0], self.skewed(10, 0.5))
        write(status="Resolved")
        if chance.random() < 0.04:
            at[0] += chance.randrange(2, 30) * HOUR
            write(status="In Progress")
            at[0] = self.after(at[0], self.skewed(30, 0.6))
            write(status="Resolved")

    def make(self, first, end, hard_from):
        self.hard_from = hard_from
        number, day = 1, first
        while day < end:
            for _ in range(self.random.choices([1, 2, 3, 4], [35, 35, 20, 10])[0]):
                opened = day + self.random.randrange(8 * HOUR, 18 * HOUR)
                if self.is_open(opened):
                    self.fault("FLT%05d" % number, opened)
                    number += 1
            day += DAY
        return [row for row in self.rows if row[2] < end]


def chain_file(from_local, ahead, holidays, text, table, first, end, hard_from):
    rows = Desk(from_local, ahead, holidays).make(first, end, hard_from)
    return {"servicenow/faults.csv": table(
        [HEADER] + [row[:2] + [text(at) for at in row[2:5]] + row[5:] for row in rows])}
