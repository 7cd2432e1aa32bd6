import CSVRecords
import Messages

/// The column names of one file.
struct Header {
  let names: [String]

  var count: Int { names.count }

  init(_ names: [String]) {
    func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
    self.names = names.map { name in
      var rest = name.drop(while: isBlank)
      while let last = rest.last, isBlank(last) { rest.removeLast() }
      return String(rest)
    }
  }

  /// The place of a column: by its exact name, by `name#2` for the second of that name, or by its
  /// name in other case.
  func index(of name: String) -> Int? {
    if let exact = names.firstIndex(of: name) { return exact }
    if let mark = name.lastIndex(of: "#"), let number = Int(name[name.index(after: mark)...]),
      number > 0
    {
      let base = String(name[..<mark])
      let places = names.indices.filter { names[$0] == base }
      let loose =
        places.isEmpty
        ? names.indices.filter { names[$0].lowercased() == base.lowercased() } : places
      return number <= loose.count ? loose[number - 1] : nil
    }
    let folded = name.lowercased()
    return names.firstIndex { $0.lowercased() == folded }
  }

  /// The places of those columns of a source that the file has, in the source's order.
  func indices(of source: Mapping.CellSource) -> [Int] {
    var places: [Int] = []
    for place in source.columns.compactMap(index(of:)) where !places.contains(place) {
      places.append(place)
    }
    return places
  }

  func nearest(to columns: [String]) -> String? {
    let candidates = names.filter { !$0.isEmpty }
    return columns.lazy.compactMap { NearestName.of($0, among: candidates) }.first
  }
}

extension Header {
  /// Whether every cell of a row is the name of its column.
  func isRepeated(by cells: RowCells) -> Bool {
    let width = cells.batch.fieldCount(of: cells.record)
    guard cells.cell(0).first == names.first?.utf8.first else { return false }
    return names.indices.allSatisfy { index in
      index < width
        && String(decoding: cells.cell(index), as: UTF8.self) == names[index]
    }
  }
}
