/// A local date and time as it was written, with the offset if one was written beside it.
struct WrittenTime: Hashable, Sendable {
  /// Seconds from 1970-01-01 00:00 on the wall clock of the export.
  var localSeconds: Int64
  /// Seconds east of UTC; ``noOffset`` if the text names none.
  var offset: Int64

  static let noOffset = Int64.min
}

/// How an export writes instants, compiled to steps over bytes.
///
/// The letters are Java's: `d dd M MM MMM yyyy yy EEE H HH h hh m mm s ss S a X`, a quoted text
/// (`'T'`) and `''` for a quote. One letter takes one or two digits, two letters take exactly
/// two, and `S` takes any digits of a second, which are cut off. `iso` is ISO 8601 in all its
/// usual forms: `T` or a blank in the middle, seconds and offset optional. A blank in the pattern
/// takes one or more blanks. `EEE` passes over the name of a day of the week, in any language,
/// with or without a dot. Months are known by their English, Spanish, Portuguese, French,
/// German and Italian names.
package struct TimestampPattern: Hashable, Sendable {
  enum Part: Hashable, Sendable { case day, month, year, hour, hour12, minute, second }

  enum Step: Hashable, Sendable {
    case number(Part, fewest: Int, most: Int)
    case shortYear
    case monthName
    /// Says nothing that the date does not say.
    case weekday
    case halfDay
    case fraction
    case offset
    case blank
    case literal(UInt8)
  }

  package let text: String
  let steps: [Step]

  /// Whether the pattern is ISO 8601 in all its forms, which no list of steps can say.
  var isISO: Bool { steps.isEmpty }

  package static let iso = TimestampPattern(text: "iso", steps: [])

  private init(text: String, steps: [Step]) {
    self.text = text
    self.steps = steps
  }

  /// Compiles a pattern, or returns `nil` if it has an unknown letter or lacks day, month or year.
  package init?(_ text: String) {
    if text == "iso" {
      self = .iso
      return
    }
    var steps: [Step] = []
    var rest = ArraySlice(text.utf8)
    while let letter = rest.first {
      if letter == UInt8(ascii: "'") {
        guard let literals = Self.quoted(&rest) else { return nil }
        steps += literals.map(Step.literal)
        continue
      }
      let run = rest.prefix { $0 == letter }
      rest = rest.dropFirst(run.count)
      guard let made = Self.steps(for: letter, count: run.count) else { return nil }
      steps += made
    }
    guard Self.namesADay(steps) else { return nil }
    self.init(text: text, steps: steps)
  }

  private static func steps(for letter: UInt8, count: Int) -> [Step]? {
    func one(_ part: Part) -> [Step]? {
      switch count {
      case 1: [.number(part, fewest: 1, most: 2)]
      case 2: [.number(part, fewest: 2, most: 2)]
      default: nil
      }
    }
    switch letter {
    case UInt8(ascii: "d"): return one(.day)
    case UInt8(ascii: "M"): return count < 3 ? one(.month) : count < 5 ? [.monthName] : nil
    case UInt8(ascii: "y"):
      return count == 4
        ? [.number(.year, fewest: 4, most: 4)] : count == 2 ? [.shortYear] : nil
    case UInt8(ascii: "E"): return (3...4).contains(count) ? [.weekday] : nil
    case UInt8(ascii: "H"): return one(.hour)
    case UInt8(ascii: "h"): return one(.hour12)
    case UInt8(ascii: "m"): return one(.minute)
    case UInt8(ascii: "s"): return one(.second)
    case UInt8(ascii: "S"): return [.fraction]
    case UInt8(ascii: "a"): return count == 1 ? [.halfDay] : nil
    case UInt8(ascii: "X"): return count < 4 ? [.offset] : nil
    case UInt8(ascii: " "): return [.blank]
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): return nil
    default: return Array(repeating: .literal(letter), count: count)
    }
  }

  private static func quoted(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    let quote = UInt8(ascii: "'")
    rest = rest.dropFirst()
    if rest.first == quote {
      rest = rest.dropFirst()
      return [quote]
    }
    guard let end = rest.firstIndex(of: quote) else { return nil }
    let inside = Array(rest[..<end])
    rest = rest[(end + 1)...]
    return inside
  }

  private static func namesADay(_ steps: [Step]) -> Bool {
    var day = false
    var month = false
    var year = false
    for step in steps {
      switch step {
      case .number(.day, _, _): day = true
      case .number(.month, _, _), .monthName: month = true
      case .number(.year, _, _), .shortYear: year = true
      default: break
      }
    }
    return day && month && year
  }
}
