import ReportDocuments

/// How values are written in a page.
enum PageText {
  static let space = "\u{A0}"

  /// `32 h 53 m`, `52 m`, `40 s`; whole minutes are what has passed.
  static func duration(_ seconds: Int64) -> String {
    let sign = seconds < 0 ? "\u{2212}" : ""
    let magnitude = seconds.magnitude
    let hours = magnitude / 3600
    let minutes = magnitude / 60 % 60
    if hours > 0 {
      if minutes == 0 { return sign + grouped(hours) + space + "h" }
      return sign + grouped(hours) + space + "h" + space + twoDigits(Int64(minutes)) + space + "m"
    }
    if magnitude >= 60 || magnitude == 0 { return sign + "\(minutes)" + space + "m" }
    return sign + "\(magnitude)" + space + "s"
  }

  /// Whether a name, such as a ticket number, may stand on one line however narrow its column.
  static func isShortName(_ name: String) -> Bool {
    name.count <= 16 && !name.contains(" ")
  }

  /// `44:00:05`: hours, minutes and seconds, to the second.
  static func clock(_ seconds: Int64) -> String {
    let sign = seconds < 0 ? "\u{2212}" : ""
    let magnitude = seconds.magnitude
    return sign + "\(magnitude / 3600):" + twoDigits(Int64(magnitude / 60 % 60)) + ":"
      + twoDigits(Int64(magnitude % 60))
  }

  static func count(_ count: Int) -> String {
    (count < 0 ? "\u{2212}" : "") + grouped(UInt64(count.magnitude))
  }

  static func share(_ share: Share) -> String { share.text + space + "%" }

  static func decimal(_ thousandths: Int64) -> String {
    let sign = thousandths < 0 ? "\u{2212}" : ""
    let magnitude = thousandths.magnitude
    var fraction = String(1000 + magnitude % 1000).dropFirst()
    while fraction.count > 1, fraction.last == "0" { fraction.removeLast() }
    return sign + grouped(magnitude / 1000) + "." + fraction
  }

  /// A moment to the minute, such as `Fri 16 Oct 15:01`.
  static func moment(_ moment: LocalMoment) -> String {
    day(moment) + " " + time(moment, withSeconds: false)
  }

  /// `Fri 16 15:01:10`, as traces write it.
  static func exactMoment(_ moment: LocalMoment) -> String {
    let days = floorDivision(moment.localSeconds, 86_400)
    return weekday(days) + " \(civil(days).day) " + time(moment, withSeconds: true)
  }

  /// The day of a moment, such as `Fri 16 Oct`.
  static func day(_ moment: LocalMoment) -> String {
    let days = floorDivision(moment.localSeconds, 86_400)
    let date = civil(days)
    return weekday(days) + " \(date.day) " + months[date.month - 1]
  }

  /// `2026-10-16T15:01:10Z`, for machines.
  static func instant(_ seconds: Int64) -> String {
    let date = civil(floorDivision(seconds, 86_400))
    let moment = LocalMoment(seconds: seconds, localSeconds: seconds)
    let year = String(date.year)
    return String(repeating: "0", count: max(0, 4 - year.count)) + year + "-"
      + twoDigits(Int64(date.month)) + "-" + twoDigits(Int64(date.day)) + "T"
      + time(moment, withSeconds: true) + "Z"
  }

  static func weekday(_ days: Int64) -> String {
    let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    return names[Int(days - floorDivision(days, 7) * 7)]
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func time(_ moment: LocalMoment, withSeconds: Bool) -> String {
    let rest = moment.localSeconds - floorDivision(moment.localSeconds, 86_400) * 86_400
    let text = twoDigits(rest / 3600) + ":" + twoDigits(rest / 60 % 60)
    return withSeconds ? text + ":" + twoDigits(rest % 60) : text
  }

  private static func twoDigits(_ value: Int64) -> String {
    (value < 10 ? "0" : "") + String(value)
  }

  private static func grouped(_ value: UInt64) -> String {
    let digits = String(value)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  static func floorDivision(_ value: Int64, _ divisor: Int64) -> Int64 {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }

  /// The civil date of a day since 1970 (Hinnant, "chrono-compatible low-level date algorithms").
  static func civil(_ days: Int64) -> (year: Int64, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = floorDivision(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    let month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
