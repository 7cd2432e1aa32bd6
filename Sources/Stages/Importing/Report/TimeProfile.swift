import ServiceTime
import Tickets

/// What the instants of one column are like.
final class TimeProfile {
  /// Cells that look alike.
  struct Form {
    let example: String
    let first: RowPlace
    var last: RowPlace
    var count = 1
  }

  private let loader: TimeLoader
  private var clock: ClockFace
  private let now: Instant
  private(set) var earliest: Instant?
  private(set) var latest: Instant?
  private(set) var unreadable = 0
  private(set) var future = 0
  private(set) var futurePlaces: [ImportReport.PlaceText] = []
  private(set) var atMidnight = 0
  private(set) var read = 0
  private var forms: [UInt128: Form] = [:]
  private var patternCounts: [Int: Int] = [:]

  private static let mostForms = 16

  init(_ loader: TimeLoader, zone: ZoneRules, now: Instant) {
    self.loader = loader
    self.now = now
    clock = ClockFace(zone: ZoneCursor(zone))
  }

  func add(_ cell: UnsafeRawBufferPointer, at place: RowPlace) {
    if !loader.source.isPlain {
      let bytes = cleaned(cell, loader.source)
      bytes.withUnsafeBytes { take($0, at: place) }
    } else {
      take(cell, at: place)
    }
  }

  private func take(_ cell: UnsafeRawBufferPointer, at place: RowPlace) {
    guard !cell.isEmpty else { return }
    note(cell, place)
    for (index, pattern) in loader.patterns.enumerated() {
      guard let time = pattern.read(cell) else { continue }
      patternCounts[index, default: 0] += 1
      note(time, place)
      return
    }
    unreadable += 1
  }

  private func note(_ time: WrittenTime, _ place: RowPlace) {
    read += 1
    if time.localSeconds % 86_400 == 0 { atMidnight += 1 }
    let instant =
      time.offset == WrittenTime.noOffset
      ? clock.zone.instants(ofLocal: time.localSeconds).first
      : Instant(seconds: time.localSeconds - time.offset)
    earliest = min(earliest ?? instant, instant)
    latest = max(latest ?? instant, instant)
    guard instant > now else { return }
    future += 1
    if futurePlaces.count < ImportReport.mostPlaces { futurePlaces.append(place.text) }
  }

  private func note(_ cell: UnsafeRawBufferPointer, _ place: RowPlace) {
    let shape = TimestampShape.shape(of: cell) ?? 0
    if forms[shape] != nil {
      forms[shape]?.last = place
      forms[shape]?.count += 1
    } else if forms.count < Self.mostForms {
      forms[shape] = Form(
        example: String(decoding: cell.prefix(40), as: UTF8.self), first: place, last: place)
    }
  }

  /// How the cells were read, a sentence for each pattern that was used.
  var conversions: [String] {
    patternCounts.sorted { $0.key < $1.key }.map { index, count in
      "\(count) read as \(loader.patterns[index].text)"
    }
  }

  /// Whether every cell names a day and no time of it.
  var isAllMidnight: Bool { read >= 20 && atMidnight == read }

  /// Two forms of which one ends before the other begins, each with enough cells to mean it.
  var change: (before: Form, after: Form)? {
    let fewest = 5
    let common = forms.values.filter { $0.count >= fewest }.sorted { $0.first.row < $1.first.row }
    guard common.count == 2, common[0].last.row < common[1].first.row else { return nil }
    return (common[0], common[1])
  }
}
