import ReportDocuments
import Results
import ServiceTime

/// The wording that all sections share.
enum Words {
  /// Stands between a number and its unit.
  static let space = "\u{a0}"

  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let small = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
  ]

  /// The count as a word up to ten, such as `seven`; digits from eleven on.
  static func number(_ count: Int) -> String {
    small.indices.contains(count) ? small[count] : grouped(count)
  }

  /// The count with commas between the thousands, such as `1,862`.
  static func grouped(_ count: Int) -> String {
    var digits = Array(String(count.magnitude))
    var place = digits.count - 3
    while place > 0 {
      digits.insert(",", at: place)
      place -= 3
    }
    return (count < 0 ? "\u{2212}" : "") + String(digits)
  }

  static func capitalised(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// The count with its noun, such as `one ticket` or `12 tickets`.
  static func counted(_ count: Int, _ noun: String) -> String {
    number(count) + " " + noun + (count == 1 ? "" : "s")
  }

  /// The names in one phrase, such as `a, b and c`.
  static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  static func percent(_ share: Share) -> String { share.text + space + "%" }

  /// A share such as `95 %`, from millionths of a per cent.
  static func percent(millionths: Int64) -> String {
    decimal(millionths, digits: 6) + space + "%"
  }

  /// Both ends with one decimal, such as `87.7 to 95.3`.
  static func interval(_ interval: WilsonInterval) -> String {
    func tenths(_ thousandths: Int64) -> String {
      let tenths = (thousandths + 50) / 100
      return "\(tenths / 10).\(tenths % 10)"
    }
    return tenths(interval.low) + " to " + tenths(interval.high)
  }

  private static func decimal(_ value: Int64, digits: Int) -> String {
    let all = String(value)
    let padded = String(repeating: "0", count: max(0, digits + 1 - all.count)) + all
    var fraction = padded.suffix(digits)
    while fraction.last == "0" { fraction.removeLast() }
    return padded.dropLast(digits) + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// A moment on the zone's wall clock, such as `Fri 16 Oct 15:01`.
  static func moment(_ moment: LocalMoment) -> String {
    let local = CivilDateTime(localSeconds: moment.localSeconds)
    let day = weekdays[local.date.weekday.rawValue]
    return "\(day) \(local.date.day) \(months[local.date.month - 1].prefix(3)) \(time(local))"
  }

  /// A moment with its year, such as `2 Nov 2026, 06:00`.
  static func dated(localSeconds: Int64) -> String {
    let local = CivilDateTime(localSeconds: localSeconds)
    return "\(local.date.day) \(months[local.date.month - 1].prefix(3)) \(local.date.year), "
      + time(local)
  }

  private static func time(_ local: CivilDateTime) -> String {
    let minutes = local.secondOfDay / 60
    return [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
      .joined(separator: ":")
  }

  /// A month as `October`, or `October 2026` with the year; other periods name it always.
  static func period(_ label: String, year: Bool) -> String {
    let parts = label.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].count == 4 else { return label }
    if let month = Int(parts[1]), (1...12).contains(month) {
      return months[month - 1] + (year ? " \(parts[0])" : "")
    }
    return "\(parts[1]) \(parts[0])"
  }

  static func words(in text: String) -> Int {
    text.split(whereSeparator: { $0 == " " }).count
  }
}
