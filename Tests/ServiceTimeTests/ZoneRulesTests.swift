import ServiceTime
import TestSupport
import Testing

@Suite("Zone rules")
struct ZoneRulesTests {
  /// Offsets at noon UTC of 15 January and 15 July, as Python's `zoneinfo` gives them.
  @Test(
    "Offsets agree with another reader of the same data, up to 2099",
    arguments: [
      ("Europe/London", [0, 3_600, 0, 3_600, 0, 3_600, 0, 3_600, 0, 3_600, 0, 3_600]),
      (
        "America/New_York",
        [
          -18_000, -14_400, -18_000, -14_400, -18_000, -14_400, -18_000, -14_400, -18_000, -14_400,
          -18_000, -14_400,
        ]
      ),
      (
        "Australia/Lord_Howe",
        [
          36_000, 36_000, 39_600, 37_800, 39_600, 37_800, 39_600, 37_800, 39_600, 37_800, 39_600,
          37_800,
        ]
      ),
      (
        "Asia/Kathmandu",
        [
          19_800, 19_800, 20_700, 20_700, 20_700, 20_700, 20_700, 20_700, 20_700, 20_700, 20_700,
          20_700,
        ]
      ),
      ("Europe/Dublin", [0, 3_600, 0, 3_600, 0, 3_600, 0, 3_600, 0, 3_600, 0, 3_600]),
      (
        "Asia/Jerusalem",
        [
          7_200, 10_800, 7_200, 10_800, 7_200, 10_800, 7_200, 10_800, 7_200, 10_800, 7_200, 10_800,
        ]
      ),
      ("Antarctica/Troll", [0, 0, 0, 0, 0, 7_200, 0, 7_200, 0, 7_200, 0, 7_200]),
    ])
  func offsets(name: String, offsets: [Int]) throws {
    let zone = try Zones.system(name)
    var expected = offsets.makeIterator()
    for year in [1_975, 1_999, 2_011, 2_026, 2_050, 2_099] {
      for month in ["01", "07"] {
        let instant = try at("\(year)-\(month)-15T12:00:00Z")
        #expect(zone.offset(at: instant) == expected.next(), "\(name) \(instant.iso)")
      }
    }
  }

  @Test(
    "Clock changes come at the second they should, now and in 2099",
    arguments: [
      ("Europe/London", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"),
      ("Europe/London", "2099-03-29T01:00:00Z", "2099-10-25T01:00:00Z"),
      ("America/New_York", "2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z"),
      ("America/New_York", "2099-03-08T07:00:00Z", "2099-11-01T06:00:00Z"),
      ("Australia/Lord_Howe", "2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"),
      ("Australia/Lord_Howe", "2099-04-04T15:00:00Z", "2099-10-03T15:30:00Z"),
      ("Asia/Jerusalem", "2099-03-27T00:00:00Z", "2099-10-24T23:00:00Z"),
    ])
  func changes(name: String, first: String, second: String) throws {
    let zone = try Zones.system(name)
    let year = first.prefix(4)
    let whole = try interval("\(year)-01-01T00:00:00Z", "\(year)-12-31T00:00:00Z")
    #expect(zone.changes(in: whole).map(\.iso) == [first, second])
  }

  @Test("A local time in the gap moves forward by the gap; an edge there is the change itself")
  func gap() throws {
    let zone = try Zones.system("Europe/London")
    let found = zone.instants(ofLocal: try local("2026-03-29T01:30:00"))
    #expect(found.placement == .gap)
    #expect(found.first == (try at("2026-03-29T01:30:00Z")))
    #expect(found.second == found.first)
    #expect(zone.local(of: found.first).localSeconds == (try local("2026-03-29T02:30:00")))
    for edge in [WindowEdge.start, .end] {
      let instant = zone.nextValidInstant(ofLocal: try local("2026-03-29T01:30:00"), edge: edge)
      #expect(instant == (try at("2026-03-29T01:00:00Z")))
    }
    #expect(zone.instants(ofLocal: try local("2026-03-29T02:00:00")).placement == .unique)
    #expect(zone.instants(ofLocal: try local("2026-03-29T00:59:59")).placement == .unique)
    #expect(zone.instants(ofLocal: try local("2026-03-29T01:00:00")).placement == .gap)
  }

  @Test("A local time in the fold occurs twice; a start takes the first, an end the second")
  func fold() throws {
    let zone = try Zones.system("Europe/London")
    let found = zone.instants(ofLocal: try local("2026-10-25T01:30:00"))
    #expect(found.placement == .fold)
    #expect(found.first == (try at("2026-10-25T00:30:00Z")))
    #expect(found.second == (try at("2026-10-25T01:30:00Z")))
    let edge = try local("2026-10-25T01:30:00")
    #expect(zone.nextValidInstant(ofLocal: edge, edge: .start) == found.first)
    #expect(zone.nextValidInstant(ofLocal: edge, edge: .end) == found.second)
    #expect(zone.instants(ofLocal: try local("2026-10-25T02:00:00")).placement == .unique)
    #expect(zone.instants(ofLocal: try local("2026-10-25T01:00:00")).placement == .fold)
  }

  @Test(
    "Half-hour and day-long changes are handled like any other",
    arguments: [
      // Lord Howe puts its clocks forward by half an hour.
      ("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00Z", "gap"),
      ("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z", "fold"),
      // Samoa left out 30 December 2011.
      ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z", "gap"),
      // São Paulo changed at midnight.
      ("America/Sao_Paulo", "2018-11-04T00:30:00", "2018-11-04T03:30:00Z", "gap"),
    ])
  func unusual(name: String, text: String, first: String, placement: String) throws {
    let found = try Zones.system(name).instants(ofLocal: try local(text))
    #expect(found.first.iso == first)
    #expect("\(found.placement)" == placement)
  }

  @Test("There and back is the same instant, with and without a cursor", arguments: 0..<20)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let names = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Jerusalem"]
    let zone = try Zones.system(names[Int(seed) % names.count])
    var cursor = ZoneCursor(zone)
    var seconds = Int64.random(in: 0..<4_000_000_000, using: &random)
    for _ in 0..<500 {
      seconds += Int64.random(in: -4_000_000...4_000_000, using: &random)
      let instant = Instant(seconds: max(0, seconds))
      let shown = zone.localSeconds(of: instant)
      #expect(cursor.localSeconds(of: instant) == shown)
      let found = zone.instants(ofLocal: shown)
      let remembered = cursor.instants(ofLocal: shown)
      #expect(found == remembered)
      #expect(found.first == instant || found.second == instant)
      #expect((found.first == found.second) == (found.placement != .fold))
    }
  }

  @Test(
    "A footer of each form puts its changes where POSIX says",
    arguments: [
      ("GMT0BST,M3.5.0/1,M10.5.0", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"),
      ("EST5EDT,M3.2.0,M11.1.0", "2024-03-10T07:00:00Z", "2024-11-03T06:00:00Z"),
      // Day 60 without 29 February is 1 March, in a leap year too.
      ("AAA0BBB,J60/0,J300/0", "2024-03-01T00:00:00Z", "2024-10-26T23:00:00Z"),
      // Day 60 from zero with 29 February is 1 March only in a leap year.
      ("AAA0BBB,60/0,300/0", "2024-03-01T00:00:00Z", "2024-10-26T23:00:00Z"),
      ("AAA0BBB,60/0,300/0", "2026-03-02T00:00:00Z", "2026-10-27T23:00:00Z"),
      // Hours beyond a day: Jerusalem's Friday before the last Sunday of March; Nuuk's day before.
      ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-27T00:00:00Z", "2026-10-24T23:00:00Z"),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"),
      // South of the equator, by half an hour; and Ireland, whose winter is the exception.
      ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-04-04T15:00:00Z", "2026-10-03T15:30:00Z"),
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z"),
    ])
  func footers(footer: String, first: String, second: String) throws {
    let zone = try Zones.ruled(footer)
    let year = first.prefix(4)
    let whole = try interval("\(year)-01-01T00:00:00Z", "\(year)-12-31T00:00:00Z")
    #expect(zone.changes(in: whole).map(\.iso) == [first, second])
  }

  @Test("Daylight time all year, as a footer writes it, never changes")
  func allYear() throws {
    let zone = try Zones.ruled("XXX3EDT4,0/0,J365/23")
    #expect(zone.changes(in: try interval("1970-01-02T00:00:00Z", "2100-01-01T00:00:00Z")) == [])
    #expect(zone.offset(at: try at("2050-06-01T00:00:00Z")) == -4 * 3_600)
  }

  @Test(
    "A footer that is not a rule is refused",
    arguments: [
      "X", "GMT", "GMT0BST", "GMT0BST,M3.5.0", "GMT0BST,M13.5.0,M10.5.0", "GMT0BST,M3.6.0,M10.5.0",
      "GMT0BST,J0,J300", "GMT0BST,M3.5.0/168,M10.5.0", "GMT25", "<GM0", "GMT0BST,M3.5.0,M10.5.0x",
    ])
  func badFooter(footer: String) {
    #expect(throws: ZoneError.badFooter(footer)) { try Zones.ruled(footer) }
  }

  @Test("Bytes that are no zone file, or half of one, are refused and never trap")
  func damaged() throws {
    #expect(throws: ZoneError.notZoneData) { try ZoneRules(identifier: "x", tzif: []) }
    #expect(throws: ZoneError.notZoneData) {
      try ZoneRules(identifier: "x", tzif: Array(repeating: 65, count: 500))
    }
    #expect(throws: ZoneError.tooOld) {
      try ZoneRules(identifier: "x", tzif: Zones.file(footer: "UTC0", version: "\0"))
    }
    let whole = Zones.file(footer: "GMT0BST,M3.5.0/1,M10.5.0")
    for length in 0..<whole.count {
      #expect(throws: ZoneError.self) {
        try ZoneRules(identifier: "x", tzif: Array(whole.prefix(length)))
      }
    }
    var random = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      var bytes = whole
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
      _ = try? ZoneRules(identifier: "x", tzif: bytes)
    }
  }

  @Test("UTC has no changes")
  func utc() throws {
    let instant = try at("2026-07-01T12:00:00Z")
    #expect(ZoneRules.utc.offset(at: instant) == 0)
    #expect(ZoneRules.utc.midnight(of: try date("2026-07-01")) == (try at("2026-07-01T00:00:00Z")))
  }
}
