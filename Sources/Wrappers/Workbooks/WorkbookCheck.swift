/// Reads a finished workbook back, because libxlsxwriter does not check that its temporary
/// files could be written.
struct WorkbookCheck {
  let path: String
  let sheets: [Sheet]

  func run(inflate: Workbook.Inflate) throws(WorkbookError) {
    do throws(ZipArchive.Damaged) {
      let archive = try ZipArchive(path: path)
      var seen: Set<String> = []
      for entry in archive.entries {
        seen.insert(entry.name)
        let bytes = try archive.contents(of: entry, inflate: inflate)
        guard Self.isWhole(bytes) else {
          throw ZipArchive.Damaged(reason: "\(entry.name) does not reach its end")
        }
        if let sheet = sheet(of: entry.name) { try check(sheet, in: bytes) }
      }
      for (index, sheet) in sheets.enumerated() where !seen.contains(Self.part(index)) {
        throw ZipArchive.Damaged(reason: "the sheet \(sheet.name) is missing")
      }
    } catch {
      throw WorkbookError(
        .incomplete, target: path,
        reason: "\(error.reason) (is the disk for temporary files full?)")
    }
  }

  private static func part(_ index: Int) -> String { "xl/worksheets/sheet\(index + 1).xml" }

  private func sheet(of part: String) -> Sheet? {
    sheets.indices.first { Self.part($0) == part }.map { sheets[$0] }
  }

  /// Every row that was written must be in the part, and none be left over.
  private func check(_ sheet: Sheet, in bytes: [UInt8]) throws(ZipArchive.Damaged) {
    let wanted = sheet.writtenRows.indices.filter { sheet.writtenRows[$0] }
    let found = Self.rows(in: bytes)
    guard found.elementsEqual(wanted) else {
      throw ZipArchive.Damaged(
        reason: "the sheet \(sheet.name) holds \(found.count) of \(wanted.count) rows")
    }
  }

  /// The numbers of the rows, from 0, in the order of the part.
  ///
  /// A `<` cannot occur in text or an attribute, so each one found starts an element.
  private static func rows(in bytes: [UInt8]) -> [Int] {
    let mark = Array("<row r=\"".utf8)
    var rows: [Int] = []
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index + mark.count < bytes.count {
        guard bytes[index] == mark[0], bytes[index + 1] == mark[1],
          (2..<mark.count).allSatisfy({ bytes[index + $0] == mark[$0] })
        else {
          index += 1
          continue
        }
        index += mark.count
        var number = 0
        while index < bytes.count, (48...57).contains(bytes[index]) {
          number = number * 10 + Int(bytes[index] - 48)
          index += 1
        }
        rows.append(number - 1)
      }
    }
    return rows
  }

  /// Whether the part ends with the end of the element it starts with.
  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    var end = bytes.count
    while end > 0, bytes[end - 1] == 10 || bytes[end - 1] == 13 { end -= 1 }
    guard let root = rootName(of: bytes), end > 0 else { return false }
    if bytes[..<end].suffix(root.count + 3).elementsEqual("</".utf8 + root + ">".utf8) {
      return true
    }
    // A root without content, such as an empty list of relations, closes itself.
    return bytes.filter { $0 == UInt8(ascii: "<") }.count == 2 && bytes[end - 1] == 62
      && bytes[max(0, end - 2)] == 47
  }

  private static func rootName(of bytes: [UInt8]) -> [UInt8]? {
    var index = 0
    while index + 1 < bytes.count {
      if bytes[index] == UInt8(ascii: "<"), bytes[index + 1] != UInt8(ascii: "?") {
        let name = bytes[(index + 1)...].prefix { $0 > 32 && $0 != 47 && $0 != 62 }
        return name.isEmpty ? nil : Array(name)
      }
      index += 1
    }
    return nil
  }
}
