/// The records of a file by the plainest reading of its quotes.
struct SlowSheet {
  private(set) var header: [String] = []
  /// Those of the first records, up to the limit.
  private(set) var rows: [[String]] = []
  private(set) var count = 0
  private let isUTF8: Bool

  init(_ bytes: [UInt8], delimiter: UInt8, isUTF8: Bool, limit: Int) {
    self.isUTF8 = isUTF8
    var record: [[UInt8]] = [[]]
    var isQuoted = false
    var isClosed = false
    for byte in bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...] {
      switch byte {
      case UInt8(ascii: "\"") where isQuoted:
        isQuoted = false
        isClosed = true
        continue
      case UInt8(ascii: "\"") where isClosed:
        // The second of two quotes: one of the text.
        record[record.count - 1].append(byte)
        isQuoted = true
      case UInt8(ascii: "\"") where record[record.count - 1].isEmpty: isQuoted = true
      case delimiter where !isQuoted: record.append([])
      case 0x0a where !isQuoted:
        take(record, limit)
        record = [[]]
      default: record[record.count - 1].append(byte)
      }
      isClosed = false
    }
    take(record, limit)
  }

  private mutating func take(_ record: [[UInt8]], _ limit: Int) {
    guard record.count > 1 || text(record[0]) != "" else { return }
    if header.isEmpty {
      header = record.map(text)
    } else {
      count += 1
      if count <= limit { rows.append(record.map(text)) }
    }
  }

  /// What windows-1252 has in place of control characters, as far as the files need it.
  private static let windows1252: [UInt8: UnicodeScalar] = [
    0x80: "€", 0x85: "…", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x95: "•", 0x96: "–",
    0x97: "—", 0x99: "™",
  ]

  private func text(_ cell: [UInt8]) -> String {
    let blanks: Set<UInt8> = [0x20, 0x09, 0x0a, 0x0d]
    let start = cell.drop { blanks.contains($0) }
    let bytes = start.reversed().drop { blanks.contains($0) }.reversed()
    if isUTF8 { return String(decoding: Array(bytes), as: UTF8.self) }
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(Self.windows1252[byte] ?? UnicodeScalar(byte)) }
    return String(text)
  }

  /// The places of those of the names that the file has.
  func columns(_ names: [String]) -> [Int] {
    names.compactMap { name in
      header.firstIndex(of: name)
        ?? header.firstIndex { $0.lowercased() == name.lowercased() }
    }
  }
}
