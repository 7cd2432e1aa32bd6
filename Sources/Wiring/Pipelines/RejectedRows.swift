import CSVReports
import Files
import Importing
import Messages
import ReportDocuments

/// A row that is in no figure.
struct RejectedRow: Hashable {
  let finding: Finding
  /// The line as it stands, where that was asked for.
  let raw: String?

  init(_ finding: Finding, raw: String?) {
    self.finding = finding
    self.raw = raw
  }

  /// The column that the message names first; see `Finding.Message.Parts`.
  private var column: String? {
    let text = finding.message.text
    let start = "column \""
    guard text.hasPrefix(start) else { return nil }
    let name = text.dropFirst(start.count)
    return name.firstIndex(of: "\"").map { String(name[..<$0]) }
  }

  fileprivate var cells: [Cell] {
    [
      .text(finding.place.file), finding.place.line.map { .count($0) } ?? .text(""),
      .text(column ?? ""), .text(finding.message.text),
    ]
  }
}

/// The rejected rows of a run as `rejects.csv`, readable by their owner only.
enum RejectsFile {
  static let name = "rejects.csv"

  /// Writes the file; without rows there is none.
  static func write(_ rows: [RejectedRow], to path: String) throws(FileError) {
    guard !rows.isEmpty else {
      FileTree.remove(path)
      return
    }
    let hasRaw = rows.contains { $0.raw != nil }
    var columns = ["file", "line", "column", "reason"].map { DataSheet.Column($0, $0) }
    if hasRaw { columns.append(DataSheet.Column("raw", "raw")) }
    let sheet = DataSheet(
      role: .ledger, name: "rejects", file: nil, columns: columns,
      rows: rows.map { $0.cells + (hasRaw ? [.text($0.raw ?? "")] : []) })
    try AtomicFile.write(CSVReport.bytes(sheet, raw: false), to: path, isPrivate: true)
  }
}

/// Lines of an input as they stand.
enum RawLines {
  /// Longer lines are cut.
  private static let mostBytes = 10_000

  /// Reads an input once more; lines count from 1, and what cannot be read is not there.
  static func read(_ wanted: Set<Int>, of input: ImportInput) -> [Int: String] {
    guard let read = try? input.open() else { return [:] }
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    var lines: [Int: String] = [:]
    var bytes: [UInt8] = []
    var line = 1
    let last = wanted.max() ?? 0
    while line <= last {
      let count = (try? read(block)) ?? 0
      for byte in block[..<count] where byte != UInt8(ascii: "\r") {
        if byte == UInt8(ascii: "\n") {
          if wanted.contains(line) { lines[line] = String(decoding: bytes, as: UTF8.self) }
          bytes.removeAll(keepingCapacity: true)
          line += 1
        } else if wanted.contains(line), bytes.count < mostBytes {
          bytes.append(byte)
        }
      }
      guard count > 0 else { break }
    }
    if wanted.contains(line), !bytes.isEmpty {
      lines[line] = String(decoding: bytes, as: UTF8.self)
    }
    return lines
  }
}
