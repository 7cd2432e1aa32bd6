"""Makes the sample rows of promises that are not tickets: leads, reports, customers, surveys, outages.

Everything here is invented. `sample-data/make` calls `files` with its own clock, so that both write
times of the same zone.
"""

import datetime
import random

MINUTE, HOUR, DAY = 60, 3600, 86400
EPOCH = datetime.date(1970, 1, 1)
MONTHS = ["2026-%02d" % month for month in range(1, 11)]

# Leads of each month: accepted and rejected ones. October has many, of which too few qualify.
LEADS = {"2026-01": (86, 21), "2026-02": (91, 18), "2026-03": (84, 25), "2026-04": (123, 30),
         "2026-05": (131, 22), "2026-06": (127, 34), "2026-07": (121, 28), "2026-08": (124, 40),
         "2026-09": (129, 37), "2026-10": (107, 71)}

# When the friction report for each month came: the business day, the hour, complete, accepted.
REPORTS = {"2025-12": (4, 10, "yes", "yes"), "2026-01": (5, 9, "yes", "yes"), "2026-02": (3, 15, "yes", "yes"),
           "2026-03": (5, 11, "yes", "yes"), "2026-04": (4, 16, "yes", "yes"), "2026-05": (5, 10, "no", "no"),
           "2026-06": (4, 14, "yes", "yes"), "2026-07": (5, 8, "yes", "yes"), "2026-08": (4, 17, "yes", "yes"),
           "2026-09": (7, 15, "yes", "yes")}

# Outages that are told one by one: service, start, minutes, weight, planned, title.
OUTAGES = [
    ("shop", "2026-08-14 19:02", 31, "1", "no", "Payment provider unreachable"),
    ("shop", "2026-08-14 19:20", 44, "0.5", "no", "Basket slow"),
    ("ledger", "2026-09-30 16:40", 95, "1", "no", "Database full"),
    ("shop", "2026-10-06 22:30", 90, "1", "yes", "Release 26.10"),
    ("shop", "2026-10-19 13:05", 26, "1", "no", "Certificate expired"),
    ("ledger", "2026-10-08 09:10", 52, "1", "no", "Index rebuilt by day"),
    ("ledger", "2026-10-08 09:40", 26, "0.25", "no", "Reports time out"),
    ("ledger", "2026-10-27 10:15", 21, "0.5", "yes", "Hot fix for invoices"),
]

# Maintenance: service, start, minutes, approved, title.
MAINTENANCE = [
    ("shop", "2026-%02d-06 22:00" % month, 120, "yes", "Monthly release window") for month in range(1, 11)
] + [
    ("ledger", "2026-%02d-18 06:00" % month, 180, "yes", "Monthly patches") for month in range(1, 11)
] + [("ledger", "2026-10-27 10:00", 60, "no", "Asked for, not approved")]

# Changes: service, start, minutes, type, outcome, the title of the outage that it caused, title.
CHANGES = [
    ("shop", "2026-%02d-06 22:00" % month, 100, "standard", "successful", "", "Release 26.%02d" % month)
    for month in range(1, 10)
] + [
    ("shop", "2026-08-14 18:50", 25, "emergency", "successful", "", "Payment provider switched"),
    ("shop", "2026-10-06 22:10", 95, "standard", "successful", "Release 26.10", "Release 26.10"),
    ("shop", "2026-10-19 13:00", 40, "normal", "failed", "Certificate expired", "New certificate"),
    ("shop", "2026-10-30 21:00", 30, "normal", "", "", "Search index moved"),
    ("ledger", "2026-06-18 06:00", 120, "standard", "successful", "", "Monthly patches"),
    ("ledger", "2026-10-08 09:00", 70, "normal", "backed-out", "Index rebuilt by day", "Index rebuilt"),
    ("ledger", "2026-10-27 10:00", 45, "emergency", "successful", "Hot fix for invoices", "Hot fix for invoices"),
    ("warehouse", "2026-04-11 20:00", 180, "normal", "successful", "", "Scanner firmware"),
    ("warehouse", "2026-10-10 20:00", 240, "normal", "successful", "", "New picking list"),
    ("warehouse", "2026-10-22 19:30", 60, "emergency", "failed", "", "Label printer driver"),
]


def seconds(text):
    moment = datetime.datetime.strptime(text, "%Y-%m-%d %H:%M")
    return int((moment - datetime.datetime(1970, 1, 1)).total_seconds())


def days(month):
    year, number = int(month[:4]), int(month[5:])
    first = datetime.date(year, number, 1)
    return [first + datetime.timedelta(day) for day in range(31)
            if (first + datetime.timedelta(day)).month == number]


def business_days(month, holidays):
    return [day for day in days(month) if day.weekday() < 5 and local(day) not in holidays]


def local(day, hour=0.0):
    return (day - EPOCH).days * DAY + int(hour * HOUR)


def leads(chance, clock, holidays):
    rows, number = [], 4000
    for month in MONTHS:
        accepted, rejected = LEADS[month]
        qualities = ["accepted"] * accepted + ["rejected"] * rejected
        chance.shuffle(qualities)
        moments = sorted(local(chance.choice(days(month)), 7 + 13 * chance.random()) for _ in qualities)
        for moment, quality in zip(moments, qualities):
            number += chance.randint(1, 3)
            wait = chance.expovariate(1 / 3500.0) + 300
            if chance.random() < (0.11 if month == "2026-10" else 0.05):
                wait += 3 * DAY
            answered = moment + int(wait)
            day, inside = divmod(answered, DAY)
            # Nobody calls at night or at a weekend: the next morning then.
            if inside > 18 * HOUR or inside < 8 * HOUR or (day + 3) % 7 > 4 or day * DAY in holidays:
                day += 1 if inside > 8 * HOUR else 0
                while (day + 3) % 7 > 4 or day * DAY in holidays:
                    day += 1
                answered = day * DAY + 8 * HOUR + int(chance.random() * 2 * HOUR)
            end = clock(answered) if answered < seconds("2026-11-02 06:00") else None
            rows.append(["L-%d" % number, clock(moment), end, quality,
                         chance.choice(["web", "fair", "partner", "webinar"])])
    return ["lead", "created", "followed_up", "quality", "channel"], rows


def reports(clock, holidays):
    rows = []
    for number, (month, (day, hour, complete, accepted)) in enumerate(sorted(REPORTS.items())):
        year, month_number = int(month[:4]), int(month[5:])
        following = "%d-%02d" % (year + month_number // 12, month_number % 12 + 1)
        moment = local(business_days(following, holidays)[day - 1], hour)
        rows.append(["FR-%03d" % (number + 1), clock(moment), month, complete, accepted])
    return ["report", "delivered", "for_month", "complete", "accepted"], rows


def handed_over(chance, clock):
    rows = []
    for month in MONTHS:
        for _ in range(chance.randint(28, 40)):
            rows.append([clock(local(chance.choice(days(month)), 9 + 8 * chance.random())),
                         "left" if chance.random() < 0.03 else "kept"])
    rows.sort(key=lambda row: row[0])
    return (["customer", "handed_over", "status"],
            [["C-%04d" % (number + 1)] + row for number, row in enumerate(rows)])


def surveys(chance, clock):
    rows = []
    for month in MONTHS:
        for _ in range(chance.randint(45, 70)):
            score = chance.choices([5, 4, 3, 2, 1], [48, 38, 8, 4, 2])[0]
            rows.append([clock(local(chance.choice(days(month)), 8 + 12 * chance.random())), score])
    rows.sort(key=lambda row: row[0])
    return ["survey", "answered", "score"], [["S-%04d" % (n + 1)] + row for n, row in enumerate(rows)]


def outages(chance, clock):
    rows = [(service, seconds(start), minutes * MINUTE, weight, planned, title)
            for service, start, minutes, weight, planned, title in OUTAGES]
    for month in MONTHS[:-1]:
        for service in ("shop", "ledger"):
            for _ in range(chance.randint(0, 2)):
                start = local(chance.choice(days(month)), 24 * chance.random())
                rows.append((service, start, chance.randint(2, 14) * MINUTE + chance.randint(0, 59),
                             "1", "no", chance.choice(["Restart", "Disk full", "Network", "Queue stuck"])))
    rows.sort(key=lambda row: row[1])
    causes = {change[5]: number for number, change in changes_by_start() if change[5]}
    return (["outage", "service", "began", "ended", "weight", "planned", "title", "change"],
            [["O-%03d" % (number + 1), service, clock(start), clock(start + length), weight, planned, title,
              "CHG-%03d" % causes[title] if title in causes else ""]
             for number, (service, start, length, weight, planned, title) in enumerate(rows)])


def changes_by_start():
    """The changes with their numbers, from 1."""
    return list(enumerate(sorted(CHANGES, key=lambda row: row[1]), 1))


def changes(clock):
    return (["change", "service", "began", "ended", "type", "outcome", "title"],
            [["CHG-%03d" % number, service, clock(seconds(start)), clock(seconds(start) + minutes * MINUTE),
              kind, outcome, title]
             for number, (service, start, minutes, kind, outcome, _, title) in changes_by_start()])


def maintenance(clock):
    rows = sorted(MAINTENANCE, key=lambda row: row[1])
    return (["maintenance", "service", "began", "ended", "approved", "title"],
            [["M-%03d" % (number + 1), service, clock(seconds(start)), clock(seconds(start) + minutes * MINUTE),
              approved, title]
             for number, (service, start, minutes, approved, title) in enumerate(rows)])


def files(table, clock, holidays):
    """The files by name.

    `table` makes a CSV file of rows, `clock` the text of a local time given as seconds, and
    `holidays` holds the days on which nobody works, as local seconds.
    """
    chance = random.Random(20260701)
    made = {"leads": leads(chance, clock, holidays), "friction-reports": reports(clock, holidays),
            "handed-over": handed_over(chance, clock), "surveys": surveys(chance, clock),
            "outages": outages(chance, clock), "maintenance": maintenance(clock),
            "changes": changes(clock)}
    return {"promises/%s.csv" % name: table([header] + rows) for name, (header, rows) in made.items()}
