/// Excel's rules for the names of sheets.
package enum SheetName {
  /// Excel's limit for a sheet name, in UTF-16 units.
  package static let longest = 31

  private static let forbidden: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\"]

  /// Why Excel would refuse the name, or `nil` if it would not.
  package static func problem(with name: String) -> String? {
    if name.isEmpty { return "a sheet needs a name" }
    if name.utf16.count > longest { return "the sheet name is longer than \(longest) characters" }
    if name.contains(where: forbidden.contains) {
      return "a sheet name cannot hold any of [ ] : * ? / \\"
    }
    if name.hasPrefix("'") || name.hasSuffix("'") {
      return "a sheet name cannot start or end with an apostrophe"
    }
    if name.unicodeScalars.contains(where: { !CellText.isPrintable($0) || $0.value < 32 }) {
      return "a sheet name cannot hold control characters"
    }
    // Excel keeps this name for its change history.
    if name.lowercased() == "history" { return "Excel keeps the sheet name History for itself" }
    return nil
  }

  /// A name Excel accepts that resembles `text` and is none of `taken`, whatever their case.
  ///
  /// What is forbidden becomes a space; a name that is taken gets ` 2`, ` 3` and so on.
  package static func valid(from text: String, taken: [String] = []) -> String {
    var base = String(
      text.map { forbidden.contains($0) || $0.isNewline ? " " : $0 }
        .filter { $0.unicodeScalars.allSatisfy { CellText.isPrintable($0) && $0.value >= 32 } })
    base = cut(trimmed(base), to: longest)
    if base.isEmpty { base = "Sheet" }
    if problem(with: base) != nil { base = cut("Sheet " + base, to: longest) }
    let used = Set(taken.map { $0.lowercased() })
    var name = base
    var number = 2
    while used.contains(name.lowercased()) {
      let ending = " \(number)"
      name = cut(base, to: longest - ending.utf16.count) + ending
      number += 1
    }
    return name
  }

  /// The name as formulas write it, in apostrophes.
  package static func quoted(_ name: String) -> String {
    "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  private static func trimmed(_ text: String) -> String {
    var rest = text[...]
    while let first = rest.first, first == "'" || first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last == "'" || last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }

  private static func cut(_ text: String, to limit: Int) -> String {
    var rest = text[...]
    while rest.utf16.count > limit { rest = rest.dropLast() }
    return trimmed(String(rest))
  }
}
