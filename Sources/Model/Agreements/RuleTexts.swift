import Tickets

extension Objective {
  /// Why a text is not an objective; the text is part of the description.
  enum TextError: Error, CustomStringConvertible {
    case notAPercentage(String)
    case outOfRange(String)
    case looksLikeAShare(String)

    var description: String {
      switch self {
      case .notAPercentage(let text):
        "\"\(text)\" is not a percentage like 95% or 99.95%"
      case .outOfRange(let text):
        "\"\(text)\" is not above 0% and at most 100%"
      case .looksLikeAShare(let text):
        "\"\(text)\" is less than one per cent; write a percentage like 95%, or add the % sign"
      }
    }
  }

  /// Reads `95%`, `99.95 %` or `95`, with at most six decimals.
  init(text: String) throws(TextError) {
    var number = text[...]
    let hasSign = number.last == "%"
    if hasSign {
      number.removeLast()
      while number.last == " " { number.removeLast() }
    }
    guard let decimal = ValuePattern.Decimal(String(number)) else { throw .notAPercentage(text) }
    guard decimal.millionths > 0, decimal.millionths <= 100 * Self.decimals else {
      throw .outOfRange(text)
    }
    guard hasSign || decimal.millionths >= Self.decimals else { throw .looksLikeAShare(text) }
    self.init(millionthsOfPercent: decimal.millionths)
  }
}

extension DueRule {
  /// Reads `3rd business day same time` or `next business day 16:00`.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count >= 4, words[1] == "business", words[2] == "day" || words[2] == "days",
      let count = Self.ordinal(words[0])
    else { return nil }
    if words[3...].elementsEqual(["same", "time"]) {
      self = .businessDaySameTime(count)
    } else if words.count == 4, let second = Self.secondOfDay(words[3]) {
      self = .businessDay(count, at: second)
    } else {
      return nil
    }
  }

  /// `next` is 1; `1st`, `2nd`, `3rd`, `4th`.
  private static func ordinal(_ word: Substring) -> Int? {
    if word == "next" { return 1 }
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    let ending = word.dropFirst(digits.count)
    guard ["st", "nd", "rd", "th"].contains(ending), let number = Int(digits),
      (1...1_000).contains(number)
    else { return nil }
    return number
  }

  private static func secondOfDay(_ word: Substring) -> Int? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), hour < 24, minute < 60
    else { return nil }
    return hour * 3_600 + minute * 60
  }
}
