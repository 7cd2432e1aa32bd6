import Foundation
import Testing

/// What a sceptical reader would do with the CSV files of a report: count for himself.
@Suite("Figures tie out")
struct TieOutTests {
  /// A period with its as-of instant, and the months that it spans.
  struct Span: CustomTestStringConvertible, Sendable {
    let period: String
    let asOf: String
    let months: ClosedRange<String>

    var testDescription: String { "\(period) as of \(asOf)" }

    static let all = [
      Span(period: "2026-09", asOf: "2026-11-02T06:00:00Z", months: "2026-09"..."2026-09"),
      Span(period: "2026-10", asOf: "2026-10-14T12:00:00Z", months: "2026-10"..."2026-10"),
      Span(period: "2026-Q3", asOf: "2026-11-02T06:00:00Z", months: "2026-07"..."2026-09"),
      Span(period: "all", asOf: "2026-11-02T06:00:00Z", months: "2025-01"..."2026-12"),
    ]
  }

  private static let sources = """
    -i sample-data/servicenow/audit-log.csv.gz -m pipelines/mappings/servicenow-audit-log.yml \
    -a pipelines/agreements/it-internal.yml \
    -i sample-data/zendesk/tickets.csv -m pipelines/mappings/zendesk.yml \
    -a pipelines/agreements/northwind.yml
    """

  @Test("The rows of tickets.csv recount every row of attainment.csv", arguments: Span.all)
  func recount(span: Span) throws {
    let place = try Workplace()
    let result = try place.run(
      """
      attain export csv \(Self.sources) -p \(span.period) --as-of \(span.asOf) --by group -o csv
      """)
    #expect(result.status == 0, "\(result.errors)")
    let tally = Tally(try rows("csv/tickets.csv", in: place), months: span.months)
    let figures = try rows("csv/attainment.csv", in: place)
      .filter { $0["period"] == span.period }
    #expect(figures.count > 100)
    for figure in figures {
      let key = Tally.key(figure)
      for (column, verdict) in Tally.verdicts {
        #expect(
          figure[column] == String(tally.counts[key + [verdict]] ?? 0), "\(key) \(column)")
      }
      let elapsed = (tally.elapsed[key] ?? []).sorted()
      #expect(figure["n"] == String(elapsed.count), "\(key) n")
      for percent in [50, 75, 90, 95, 99] {
        #expect(
          figure["p\(percent)_seconds"] == Tally.percentile(percent, of: elapsed),
          "\(key) p\(percent)")
      }
    }
    let named = Set(figures.map(Tally.key))
    #expect(Set(tally.elapsed.keys).isSubset(of: named))
    #expect(Set(tally.counts.keys.map { Array($0.dropLast()) }).isSubset(of: named))
  }

  @Test("The promises and tickets of all packs sum to the run's ledger, and name no other client")
  func packs() throws {
    let place = try Workplace()
    let line = "--period 2026-10 --as-of 2026-11-02T06:00:00Z"
    #expect(try place.run("attain run pipelines/monthly-review.yml \(line) --out out").status == 0)
    #expect(
      try place.run(
        """
        attain export csv \(Self.sources) -p 2026-10 --as-of 2026-11-02T06:00:00Z \
        --history 12 -o csv
        """
      ).status == 0)
    var sums: [[String]: Int] = [:]
    var promises = 0
    for (path, bytes) in try Scratch.files(below: place.folder.appendingPathComponent("out"))
    where path.contains("/it-internal/") || path.contains("/northwind/") {
      if path.hasSuffix("/ledger.csv") {
        for row in Sheet.rows(bytes) { sums[Self.bucket(row), default: 0] += Self.count(row) }
      }
      if path.hasSuffix("/tickets.csv") { promises += Sheet.rows(bytes).count }
      if path.contains("/it-internal/"), !path.hasSuffix(".xlsx") {
        let text = String(decoding: bytes, as: UTF8.self).lowercased()
        #expect(!text.contains("northwind") && !text.contains("zendesk"), "\(path)")
      }
    }
    let ledger = try rows("csv/ledger.csv", in: place)
    let run = ledger.filter { $0["agreement"] != "" && $0["customer"] == "" }
    #expect(run.count > 20)
    for row in run where row["bucket"] != "out of scope" {
      #expect(sums[Self.bucket(row)] == Self.count(row), "\(Self.bucket(row))")
    }
    #expect(try promises == rows("csv/tickets.csv", in: place).count)
    let all = run.filter { $0["level"] == "promises" }.map(Self.count).reduce(0, +)
    #expect(promises == all)
  }

  private static func bucket(_ row: [String: String]) -> [String] {
    ["agreement", "level", "bucket"].map { row[$0] ?? "" }
  }

  private static func count(_ row: [String: String]) -> Int { row["count"].flatMap(Int.init) ?? 0 }

  private func rows(_ path: String, in place: Workplace) throws -> [[String: String]] {
    Sheet.rows(try Data(contentsOf: place.folder.appendingPathComponent(path)))
  }
}

/// Promises counted one by one, without a look at the program's own figures.
struct Tally {
  private(set) var counts: [[String]: Int] = [:]
  private(set) var elapsed: [[String]: [Int]] = [:]

  /// The columns of attainment.csv by the verdicts of tickets.csv.
  static let verdicts = [
    "met": "met", "breached": "breached", "overdue": "overdue", "running": "running",
    "cancelled": "cancelled", "excluded": "excluded", "unmeasurable": "unmeasurable",
    "no_target": "no-target",
  ]

  init(_ promises: [[String: String]], months: ClosedRange<String>) {
    for promise in promises {
      let key = Self.key(promise)
      let verdict = promise["verdict"] ?? ""
      if verdict == "running" || promise["period"].map(months.contains) == true {
        counts[key + [verdict], default: 0] += 1
      }
      if promise["stopped_period"].map(months.contains) == true,
        let seconds = promise["elapsed_seconds"].flatMap(Int.init)
      {
        elapsed[key, default: []].append(seconds)
      }
    }
  }

  static func key(_ row: [String: String]) -> [String] {
    ["agreement", "customer", "clock", "tier", "group"].map { row[$0] ?? "" }
  }

  /// Type 7, exact: between two values that are whole, hundredths are whole too.
  static func percentile(_ percent: Int, of sorted: [Int]) -> String {
    guard let last = sorted.last else { return "" }
    let (low, rest) = ((sorted.count - 1) * percent).quotientAndRemainder(dividingBy: 100)
    let above = low + 1 < sorted.count ? sorted[low + 1] : last
    let hundredths = sorted[low] * 100 + (above - sorted[low]) * rest
    var text = "\(hundredths / 100)"
    let cents = hundredths % 100
    if cents > 0 {
      text += cents % 10 == 0 ? ".\(cents / 10)" : cents < 10 ? ".0\(cents)" : ".\(cents)"
    }
    return text
  }
}

/// A CSV file as rows by column, read without the program's own reader.
enum Sheet {
  static func rows(_ bytes: Data) -> [[String: String]] {
    var records: [[String]] = []
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var lastQuote = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""):
        if isQuoted, !lastQuote {
          lastQuote = true
        } else if lastQuote {
          field.append(byte)
          lastQuote = false
        } else {
          isQuoted = true
        }
        continue
      case UInt8(ascii: ",") where !isQuoted || lastQuote,
        UInt8(ascii: "\n") where !isQuoted || lastQuote:
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
        (isQuoted, lastQuote) = (false, false)
        if byte == UInt8(ascii: "\n") {
          records.append(fields)
          fields = []
        }
      default: field.append(byte)
      }
    }
    guard let header = records.first else { return [] }
    return records.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}
