import Foundation
import Testing

/// Every file of every pack of the sample review, read for what is another client's.
@Suite("Nothing of another client")
struct ForeignNamesTests {
  /// Prints a line for each ticket and name that a pack should not hold, then what it looked at.
  private static let search = """
    import csv, pathlib, re, sys, zipfile
    root = pathlib.Path(sys.argv[1])
    packs = sorted(path.parent for path in root.rglob("manifest.json"))
    def tickets(pack):
        path = pack / "csv" / "tickets.csv"
        with open(path, encoding="utf-8", newline="") as file:
            return {row["ticket"] for row in csv.DictReader(file)} if path.exists() else set()
    def texts(pack):
        for path in sorted(pack.rglob("*")):
            if path.suffix == ".xlsx":
                with zipfile.ZipFile(path) as book:
                    for name in book.namelist():
                        yield path.name + "/" + name, book.read(name).decode("utf-8", "replace")
            elif path.is_file():
                yield path.name, path.read_text(encoding="utf-8", errors="replace")
    own = {pack: tickets(pack) for pack in packs}
    everyone = set().union(*own.values())
    looked = files = 0
    for pack in packs:
        agreement, customer = pack.parent.name, pack.name
        # A name that the agreement itself bears is no secret.
        rules = (pathlib.Path("pipelines/agreements") / (agreement + ".yml")).read_text(encoding="utf-8")
        names = {other.name for other in packs} - {customer}
        names = {name for name in names if not re.search(r"\\b%s\\b" % re.escape(name), rules)}
        # Groups of the desk, and the parties of other promises, that are called like a department.
        names -= {"IT"}
        # Of tickets that agreements share, each pack has its own.
        foreign = everyone - own[pack]
        for name, text in texts(pack):
            files += 1
            tokens = set(re.findall(r"[A-Za-z]+-?[0-9]+|[0-9]+", text))
            looked += len(tokens & own[pack])
            for ticket in sorted(tokens & foreign):
                if not ticket.isdigit(): print(pack, name, "names ticket", ticket)
            for other in sorted(names):
                if re.search(r"\\b%s\\b" % re.escape(other), text): print(pack, name, "names", other)
    print("%d packs, %d files, %d own tickets" % (len(packs), files, looked), file=sys.stderr)
    """

  @Test("No file of a pack, the workbook's parts among them, names another client or its tickets")
  func nothingForeign() throws {
    let place = try Workplace()
    let line = "--period 2026-10 --as-of 2026-11-02T06:00:00Z"
    let run = try place.run("attain run pipelines/monthly-review.yml \(line) --out out")
    #expect(run.status == 0, "\(run.errors)")
    try Data(Self.search.utf8).write(to: place.folder.appendingPathComponent("search.py"))
    let found = try place.run("python3 -B search.py out")
    #expect(found.status == 0, "\(found.errors)")
    #expect(found.output == "")
    // It looked at something: own tickets are found wherever they should be.
    let told = found.errors.split(separator: " ").compactMap { Int($0) }
    #expect(
      told.count == 3 && told[0] == 19 && told[1] > 300 && told[2] > 10_000, "\(found.errors)")
  }
}
