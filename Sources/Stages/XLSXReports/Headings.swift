import ReportDocuments

/// Headings and numbers as words.
enum Headings {
  /// The headings of the columns, with the zone where one holds instants.
  static func names(of data: DataSheet, zone: String) -> [String] {
    data.columns.indices.map { column in
      let isMoment = data.rows.contains { row in
        if column < row.count, case .moment = row[column] { true } else { false }
      }
      let heading = data.columns[column].heading
      return isMoment && !zone.isEmpty ? "\(heading) (\(zone))" : heading
    }
  }

  /// Excel repairs a workbook whose table has two columns of one name.
  static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.enumerated().map { index, name in
      let line = String(name.map { $0.isNewline ? " " : $0 }.prefix(200))
      let base = line.isEmpty ? "Column \(index + 1)" : line
      var distinct = base
      var number = 2
      while !taken.insert(distinct.lowercased()).inserted {
        distinct = "\(base) \(number)"
        number += 1
      }
      return distinct
    }
  }

  /// A number with commas, as the English text of the report has it.
  static func grouped(_ number: Int) -> String {
    let digits = String(number)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
