import CSVRecords
package import ReportDocuments

/// Sheets of data as CSV: UTF-8, commas, LF line ends, the columns' keys as header.
package enum CSVReport {
  /// The bytes of one sheet.
  ///
  /// Instants are UTC, shares are per cent with up to six decimals and no sign, durations are
  /// seconds, and what was not measured is an empty field.
  ///
  /// - Parameter raw: Whether text that a spreadsheet would take for a formula is written as it
  ///   is; else it gets a leading apostrophe. Numbers and identifiers are never touched.
  package static func bytes(_ sheet: DataSheet, raw: Bool) -> [UInt8] {
    var writer = CSVWriter(guardFormulas: !raw)
    for column in sheet.columns { writer.text(column.key) }
    writer.endRecord()
    for row in sheet.rows {
      for cell in row { write(cell, to: &writer) }
      writer.endRecord()
    }
    return writer.takeBytes()
  }

  private static func write(_ cell: Cell, to writer: inout CSVWriter) {
    switch cell {
    case .text(let text), .late(let text), .link(let text, _): writer.text(text)
    case .identifier(let name): writer.raw(name)
    case .count(let count): writer.number(count)
    case .share(let share), .used(let share): writer.raw(percent(share))
    case .duration(let seconds), .over(let seconds): writer.number(seconds)
    case .moment(let moment): writer.raw(utc(moment.seconds))
    case .grade(let grade): writer.text(grade.words)
    case .result(let grade, let figure): writer.text("\(grade.words): \(figure)")
    case .decimal(let thousandths): writer.raw(decimal(thousandths, digits: 3))
    case .notMeasured: writer.empty()
    }
  }

  /// Per cent, rounded half up to six decimals; 100 only if the share is whole, 0 only if empty.
  static func percent(_ share: Share) -> String {
    let (part, whole) = (Int64(share.part), Int64(share.whole))
    // Long division, so that no product can overflow.
    var remainder = part % whole
    var value = part / whole
    for _ in 0..<8 {
      remainder *= 10
      value = value * 10 + remainder / whole
      remainder %= whole
    }
    if remainder * 2 >= whole { value += 1 }
    if part < whole { value = min(value, 99_999_999) }
    if part > 0 { value = max(value, 1) }
    return decimal(value, digits: 6)
  }

  /// A scaled integer as the shortest decimal text.
  static func decimal(_ value: Int64, digits: Int) -> String {
    var number = value.magnitude
    var shown = digits
    while shown > 0, number.isMultiple(of: 10) { (number, shown) = (number / 10, shown - 1) }
    var scale: UInt64 = 1
    for _ in 0..<shown { scale *= 10 }
    let whole = (value < 0 ? "-" : "") + String(number / scale)
    // The 1 in front keeps the zeros behind the point, and the point takes its place.
    return shown == 0 ? whole : whole + "." + String(scale + number % scale).dropFirst()
  }

  /// An instant as `2026-03-31T07:15:00Z`.
  ///
  /// The civil date is by Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
  static func utc(_ seconds: Int64) -> String {
    let second = ((seconds % 86_400) + 86_400) % 86_400
    let shifted = (seconds - second) / 86_400 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let day = shifted - era * 146_097
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let date = [
      padded(year + era * 400 + (month <= 2 ? 1 : 0), 4), padded(month, 2),
      padded(dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2),
    ].joined(separator: "-")
    let time = [second / 3_600, second / 60 % 60, second % 60].map { padded($0, 2) }
    return date + "T" + time.joined(separator: ":") + "Z"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
