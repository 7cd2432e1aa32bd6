/// A moment on the UTC time line, in whole seconds since 1970-01-01T00:00:00Z.
package struct Instant: Comparable, Hashable, Sendable {
  package let seconds: Int64

  @inlinable
  package init(seconds: Int64) {
    self.seconds = seconds
  }

  /// The first instant that an export or an agreement may hold: 1970-01-01T00:00:00Z.
  package static let earliest = Instant(seconds: 0)

  /// The last instant that an export or an agreement may hold: 2100-12-31T23:59:59Z.
  package static let latestAllowed = Instant(seconds: 4_133_980_799)

  @inlinable
  package func advanced(by seconds: Int64) -> Instant {
    Instant(seconds: self.seconds + seconds)
  }

  @inlinable
  package static func < (left: Instant, right: Instant) -> Bool {
    left.seconds < right.seconds
  }

  /// The wall-clock seconds from `right` to `left`.
  @inlinable
  package static func - (left: Instant, right: Instant) -> Int64 {
    left.seconds - right.seconds
  }
}

extension Instant {
  /// Reads `2026-03-31T07:15:00Z` or `2026-03-31T09:15:00+02:00`, and nothing else.
  ///
  /// The offset is needed, because a time without one is not an instant. Seconds are whole.
  /// Instants before ``earliest`` or after ``latestAllowed`` are read too; refusing them is up
  /// to the caller, who knows what to say.
  package init?(iso text: String) {
    var scanner = DigitScanner(text)
    guard let date = scanner.date(), scanner.skip("T"), let hour = scanner.number(digits: 2),
      scanner.skip(":"), let minute = scanner.number(digits: 2), scanner.skip(":"),
      let second = scanner.number(digits: 2), hour < 24, minute < 60, second < 60,
      let offset = scanner.offset(), scanner.isAtEnd
    else { return nil }
    let local = date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
    self.init(seconds: Int64(local - offset))
  }

  /// The instant in UTC, such as `2026-03-31T07:15:00Z`.
  package var iso: String {
    let local = CivilDateTime(localSeconds: seconds)
    let minutes = local.secondOfDay / 60
    return local.date.iso + "T" + padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2) + ":"
      + padded(local.secondOfDay % 60, 2) + "Z"
  }
}
