/// The names of the months in the languages of the built-in mappings and their neighbours.
enum MonthNames {
  /// One line a month; full names and every usual short form, without dots.
  private static let names = [
    "january jan enero ene janeiro janvier janv januar gennaio gen",
    "february feb febrero fevereiro fev février févr fév fevrier fevr februar febbraio",
    "march mar marzo março marco mars märz mär mrz",
    "april apr abril abr avril avr aprile",
    "may mayo maio mai maggio mag",
    "june jun junio junho juin juni giugno giu",
    "july jul julio julho juillet juil juli luglio lug",
    "august aug agosto ago août aout aoû",
    "september sep sept septiembre setiembre setembro set septembre settembre",
    "october oct octubre outubro out octobre oktober okt ottobre ott",
    "november nov noviembre novembro novembre",
    "december dec diciembre dic dezembro dez décembre déc dezember dicembre",
  ]

  /// The longest name, in bytes, that fits a key.
  private static let longest = 16

  private static let months: [UInt128: Int] = {
    var months: [UInt128: Int] = [:]
    for (index, line) in names.enumerated() {
      for name in line.split(separator: " ") {
        months[name.utf8.reduce(0) { $0 << 8 | UInt128($1) }] = index + 1
      }
    }
    return months
  }()

  /// Reads letters, and a dot after them; 1 to 12, or `nil` if they name no month.
  static func read(_ cursor: inout CellCursor) -> Int? {
    var key: UInt128 = 0
    var count = 0
    var previous: UInt8 = 0
    while let byte = cursor.next, byte >= 0x80 || isLetter(byte) {
      guard count < longest else { return nil }
      key = key << 8 | UInt128(lowercased(byte, after: previous))
      previous = byte
      count += 1
      cursor.position += 1
    }
    guard count > 0, let month = months[key] else { return nil }
    _ = cursor.skip(UInt8(ascii: "."))
    return month
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Lower case of ASCII, and of the second byte of the accented letters of Latin-1 in UTF-8.
  private static func lowercased(_ byte: UInt8, after previous: UInt8) -> UInt8 {
    if byte < 0x80 { return byte | 0x20 }
    return previous == 0xc3 && byte < 0x9f ? byte | 0x20 : byte
  }
}
