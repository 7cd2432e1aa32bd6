import Messages

/// Findings as they come, with a limit for each severity so that a bad file stays bearable.
struct FindingList {
  /// Rejected rows are listed to the last in any file that a person would correct by hand.
  private static let rejectedLimit = 100_000
  private static let otherLimit = 1_000

  private(set) var findings: [Finding] = []
  private(set) var unlisted = 0
  /// Those of them that are rejected rows or warnings.
  private(set) var unlistedProblems = 0
  private var counts: [Finding.Severity: Int] = [:]

  mutating func add(_ finding: Finding) {
    let limit = finding.severity == .rejected ? Self.rejectedLimit : Self.otherLimit
    guard counts[finding.severity, default: 0] < limit else {
      unlisted += 1
      if finding.severity == .rejected || finding.severity == .warning { unlistedProblems += 1 }
      return
    }
    counts[finding.severity, default: 0] += 1
    findings.append(finding)
  }

  mutating func add(
    _ severity: Finding.Severity, file: String, line: Int? = nil, _ message: Finding.Message
  ) {
    add(Finding(severity, at: Place(file: file, line: line), message))
  }
}

/// How a cell is quoted in a message: on one line, and not too long.
func quoted(_ cell: UnsafeRawBufferPointer) -> String {
  let limit = 60
  var text = "\""
  for scalar in String(decoding: cell.prefix(limit), as: UTF8.self).unicodeScalars {
    switch scalar.value {
    case 0: text += "\\0"
    case 9: text += "\\t"
    case 10: text += "\\n"
    case 13: text += "\\r"
    case ..<0x20, 0x7f..<0xa0: text += "\\x" + String(scalar.value, radix: 16)
    default: text.unicodeScalars.append(scalar)
    }
  }
  return text + (cell.count > limit ? "...\"" : "\"")
}
