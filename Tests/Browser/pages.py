"""What a page of a report promises; started by Tests/Browser/run.

Each check takes a page that is open and returns sentences about what is wrong, none if all is well. A check that had
nothing to look at says so by its entry in `Suite.seen`: a suite that looked at nothing fails.
"""

import collections
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

WIDTHS = {"phone": 375, "tablet": 768, "desktop": 1280}
A4 = (595, 842)                          # points


class Suite:
    def __init__(self, browser):
        self.browser = browser
        self.seen = collections.Counter()

    def page(self, path, width=1280, scheme="light", script=True):
        """An open page, and what it asked of the network and wrote to the console."""
        context = self.browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme,
                                           java_script_enabled=script, reduced_motion="reduce")
        page, noise = context.new_page(), []
        wanted = path.as_uri()
        page.on("request", lambda request: noise.append("asks for " + request.url)
                if request.url.split("#")[0] != wanted and not request.url.startswith("data:") else None)
        page.on("console", lambda message: noise.append("writes to the console: " + message.text))
        page.on("pageerror", lambda error: noise.append("fails: %s" % error))
        page.goto(wanted)
        return page, noise

    def quiet_at_every_width(self, path):
        found = []
        for name, width in WIDTHS.items():
            page, noise = self.page(path, width)
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                found.append("%s: the page is %d wide on a screen of %d (%s)" % (
                    name, wide, width, page.evaluate(WIDEST, width)))
            found += ["%s: %s" % (name, line) for line in noise]
            self.seen["widths"] += 1
            page.context.close()
        return found

    def links(self, path):
        page, _ = self.page(path)
        found = []
        ids = page.evaluate("Array.from(document.querySelectorAll('[id]'), e => e.id)")
        found += ["the id %s is used %d times" % (name, count)
                  for name, count in collections.Counter(ids).items() if count > 1]
        for target in page.evaluate("Array.from(document.querySelectorAll('a'), e => e.getAttribute('href'))"):
            self.seen["links"] += 1
            if target is None:
                found.append("a link leads nowhere")
            elif target.startswith("#"):
                if urllib.parse.unquote(target[1:]) not in ids:
                    found.append("%s leads to no place of the page" % target)
            elif re.match(r"[a-z]+:", target):
                found.append("%s leads out of the pack" % target)
            elif not (path.parent / urllib.parse.unquote(target)).exists():
                found.append("%s is not in the pack" % target)
        for names in page.evaluate(REFERENCES):
            self.seen["references"] += 1
            found += ["an aria attribute names %s, which is not there" % name
                      for name in names.split() if name not in ids]
        page.context.close()
        return found

    def by_keyboard(self, path):
        """Filters and sorts the missed promises without a mouse."""
        page, noise = self.page(path)
        found = []
        tables = page.locator("table.missed")
        for number in range(tables.count()):
            table = tables.nth(number)
            # Traces are tables inside.
            rows, shown = table.locator("> tbody"), table.locator("> tbody:not([hidden])")
            count = rows.count()
            first = rows.first.locator("> tr").first.locator("> th, > td").first.inner_text().split()[0]
            field = table.locator("xpath=preceding::input[@type='search'][1]")
            if not reach(page, field):
                found.append("the filter cannot be reached with the tab key")
                continue
            page.keyboard.type(first)
            held = [first in text for text in rows.evaluate_all("all => all.map(e => e.rows[0].textContent)")]
            if [row.get_attribute("hidden") is None for row in rows.all()] != held:
                found.append("filtering for %s shows %d of %d rows, not the %d that hold it" % (
                    first, shown.count(), count, sum(held)))
            page.keyboard.press("Control+A")
            page.keyboard.type("no such ticket anywhere")
            if shown.count() != 0:
                found.append("filtering for what is not there shows %d rows" % shown.count())
            page.keyboard.press("Control+A")
            page.keyboard.press("Delete")
            if shown.count() != count:
                found.append("an empty filter shows %d of %d rows" % (shown.count(), count))
            for place in range(table.locator("> thead button").count()):
                found += self.sorted_both_ways(page, table, place)
            self.seen["tables by keyboard"] += 1
        page.context.close()
        return found + noise

    def sorted_both_ways(self, page, table, place):
        button = table.locator("> thead button").nth(place)
        head, found, orders = button.inner_text(), [], {}
        if not reach(page, button):
            return ["the column %s cannot be reached with the tab key" % head]
        before = sorted(map(str, table.evaluate(COLUMN, place)))
        for _ in range(2):
            page.keyboard.press("Enter")
            way = table.locator("> thead th").nth(place).get_attribute("aria-sort")
            values = table.evaluate(COLUMN, place)
            orders[way] = values
            if sorted(map(str, values)) != before:
                found.append("sorting by %s loses rows" % head)
            if values != sorted(values, reverse=way == "descending"):
                found.append("sorting by %s, %s, does not sort" % (head, way))
        if set(orders) != {"ascending", "descending"}:
            found.append("sorting by %s twice gives %s" % (head, sorted(map(str, orders))))
        self.seen["columns sorted"] += 1
        return found

    def without_script(self, path):
        """Everything the page holds is there, and shown, when no script runs."""
        shown = {}
        for script in (True, False):
            page, _ = self.page(path, script=script)
            # What folds is opened, as a reader can without a script, too; the filter is the script's own.
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            page.evaluate("document.querySelectorAll('.filter').forEach(e => e.remove())")
            shown[script] = words(page.inner_text("main"))
            page.context.close()
        lost = shown[True] - shown[False]
        self.seen["words without script"] += sum(shown[False].values())
        return ["without a script these words are not shown: " + " ".join(list(lost)[:20])] if lost else []

    def overview(self, path):
        """Every choice of the overview is what attainment.csv adds up to."""
        page, noise = self.page(path)
        found = []
        if page.locator(".overview").count() == 0:
            page.context.close()
            return noise
        told = page.evaluate(CHOICES)
        sheets = [path.parent / "csv" / "attainment.csv"]
        if not sheets[0].exists():                        # the page over all packs
            sheets = sorted(path.parent.glob("*/*/csv/attainment.csv"))
        rows = []
        for sheet in sheets:
            pack = sheet.parent.parent
            titles = titled(pack)
            with open(sheet, encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    met = int(row["met"])
                    names = {"Agreement": titles, "Month": month(row["period"])}
                    names.update({key.capitalize(): value for key, value in row.items()})
                    names["Agreement"] = titles
                    rows.append((names, met, met + int(row["breached"]) + int(row["overdue"])))
        for choice, text in told["choices"]:
            own = [(met, decided) for names, met, decided in rows if names["Month"] in told["months"]
                   and all(names[name] == value for name, value in choice.items())]
            met, decided = (sum(pair[place] for pair in own) for place in (0, 1))
            wanted = "%s, %d of %d promises kept" % (attained(met, decided), met, decided)
            if text.replace("\u00a0", " ") != wanted:
                found.append("%s: it says “%s”, but attainment.csv “%s”" % (choice, text, wanted))
            self.seen["choices of an overview"] += 1
        page.context.close()
        return found[:5] + noise

    def printed(self, path):
        page, _ = self.page(path)
        with tempfile.TemporaryDirectory() as folder:
            pdf = pathlib.Path(folder) / "page.pdf"
            page.pdf(path=str(pdf), prefer_css_page_size=True, print_background=True)
            told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
            text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True,
                                  check=True).stdout
        starting = page.evaluate(STARTING)
        page.context.close()
        found = []
        size = re.search(r"Page size: +([\d.]+) x ([\d.]+)", told)
        if size is None or tuple(round(float(part)) for part in size.groups()) != A4:
            found.append("a printed page is not A4: %s" % (size and size[0]))
        leaves = text.split("\f")[:-1]
        for number, leaf in enumerate(leaves, 1):
            self.seen["printed pages"] += 1
            if not re.search(r"\b%d of %d\b" % (number, len(leaves)), leaf) and number > 1:
                found.append("page %d of %d has no number" % (number, len(leaves)))
            if len(leaf.split()) < 20:
                found.append("page %d is all but empty: %s" % (number, " ".join(leaf.split())))
        for title in starting:
            self.seen["sections that start a page"] += 1
            if not any(squeezed(title) in squeezed("".join(leaf.splitlines(True)[:8])) for leaf in leaves):
                found.append("“%s” does not start a printed page" % title)
        return found

    def accessible(self, path):
        found = []
        for scheme in ("light", "dark"):
            for width in (375, 1280):
                page, _ = self.page(path, width, scheme)
                page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
                for broken in Axe().run(page).response["violations"]:
                    places = [node["html"][:120] for node in broken["nodes"]]
                    found.append("%s, %d wide: %s (%d places): %s" % (
                        scheme, width, broken["help"], len(places), places[0]))
                self.seen["audits"] += 1
                page.context.close()
        return found


CHECKS = ["quiet_at_every_width", "links", "by_keyboard", "overview", "without_script", "printed", "accessible"]
WIDEST = """width => Array.from(document.querySelectorAll('body *')).filter(e =>
  e.getBoundingClientRect().right > width && !e.closest('.scroll')).map(e => e.tagName + '.' + e.className)
  .slice(0, 3).join(' ')"""
REFERENCES = """Array.from(document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls]'))
  .flatMap(e => ['aria-labelledby', 'aria-describedby', 'aria-controls'].map(n => e.getAttribute(n)))
  .filter(n => n !== null)"""
COLUMN = """(table, place) => Array.from(table.tBodies, body => {
  const cell = body.rows[0].cells[place]
  return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value) })"""
# Sets every choice of the overview in turn: what was chosen, and what it says.
CHOICES = """() => {
  const block = document.querySelector(".overview")
  const data = JSON.parse(block.querySelector("script").textContent)
  const selects = Array.from(block.querySelectorAll("select"))
  const names = Array.from(block.querySelectorAll("label > span"), e => e.textContent)
  const choices = []
  const walk = place => {
    if (place === selects.length) {
      if (selects.length > 0) selects[0].dispatchEvent(new Event("change"))
      const choice = {}
      selects.forEach((select, at) => {
        if (select.value !== "-1") choice[names[at]] = select.selectedOptions[0].textContent })
      choices.push([choice, block.querySelector("[role=status]").textContent])
      return
    }
    for (const option of selects[place].options) { selects[place].value = option.value; walk(place + 1) }
  }
  walk(0)
  return {choices, months: data.dimensions[data.dimensions.length - 1].values}
}"""
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December"]
STARTING = """Array.from(document.querySelectorAll('section.starts-page > h2'), e => e.textContent)"""


def reach(page, wanted):
    """Tabs until `wanted` has the focus, from the top; whether it ever has."""
    page.evaluate("document.activeElement.blur(); window.getSelection().removeAllRanges()")
    focused = "e => e === document.activeElement"
    wanted.evaluate("e => { e.dataset.wanted = '' }")
    count = page.evaluate("document.querySelectorAll('a, button, input, summary, [tabindex]').length")
    # Starting near it is the same walk, only shorter: each stop before it must pass the focus on.
    page.evaluate("""() => { const all = Array.from(document.querySelectorAll('a[href], button, input, summary'))
      const at = all.findIndex(e => 'wanted' in e.dataset); if (at > 0) all[at - 1].focus() }""")
    reached = False
    for _ in range(min(count, 4) + 1):
        page.keyboard.press("Tab")
        if wanted.evaluate(focused):
            reached = True
            break
    wanted.evaluate("e => { delete e.dataset.wanted }")
    return reached


def month(label):
    """`October 2026` of `2026-10`."""
    year, number = label.split("-")
    return "%s %s" % (MONTHS[int(number) - 1], year) if number.isdigit() else label


def titled(pack):
    """The title of the agreement, as the pack has it."""
    results = pack / "results.json"
    return json.loads(results.read_text(encoding="utf-8"))["agreements"][0]["title"] if results.exists() else ""


def attained(met, decided):
    """Per cent with one decimal, rounded half up, and 100 only if nothing was missed."""
    if decided == 0:
        return "no data"
    if met == decided:
        return "100 %"
    tenths = min(999, (2000 * met + decided) // (2 * decided))
    return "%d.%d %%" % divmod(tenths, 10)


def words(text):
    return collections.Counter(text.split())


def squeezed(text):
    return re.sub(r"\s+", "", text)


def main():
    root, only = pathlib.Path(sys.argv[1]), sys.argv[2]
    if not any(only in name for name in CHECKS):
        sys.exit("--only %s: there is no such check; they are %s" % (only, ", ".join(CHECKS)))
    pages = sorted(root.rglob("*.html"))
    failed = not pages
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        suite = Suite(browser)
        for path in pages:
            for name in CHECKS:
                if only in name:
                    for sentence in getattr(suite, name)(path):
                        print("%s: %s: %s" % (path.relative_to(root), name, sentence), flush=True)
                        failed = True
        browser.close()
    print("%d pages; " % len(pages) + ", ".join("%s %d" % item for item in sorted(suite.seen.items())))
    if not only and not all(suite.seen[what] for what in ("tables by keyboard", "links", "choices of an overview")):
        print("no page had a table to sort, an overview or a link: that is not a review")
        failed = True
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
