import CSVRecords

/// Counts the bytes that were read and tells whoever wants to know.
final class ImportProgress {
  private(set) var bytes = 0
  /// Only the pass that takes the rows counts.
  var isCounting = false
  private let report: (Int) -> Void

  init(_ report: @escaping (Int) -> Void) {
    self.report = report
  }

  func add(_ count: Int) {
    guard isCounting, count > 0 else { return }
    bytes += count
    report(bytes)
  }
}

/// One input that is open, with its header read.
struct OpenedInput {
  private(set) var header = Header([])
  private(set) var headerIsUTF8 = true
  /// What the first bytes say of the encoding, where it was to be found out.
  let certainEncoding: TextEncoding?
  let reader: RecordReader
  /// The batch that the header stood in, until it is asked for.
  private var first: RecordBatch?
  /// How many records of the batch given last are the header: 1 for the first batch.
  private(set) var headerRecords = 0

  /// How much of a file is looked at to find the delimiter.
  private static let sniffed = 64 << 10

  init(
    _ input: ImportInput, encoding: TextEncoding?, delimiter: UInt8?, blockSize: Int?,
    progress: ImportProgress
  ) throws(ImportError) {
    do {
      let read = try input.open()
      let counted: ImportInput.Read = { buffer in
        let count = try read(buffer)
        progress.add(count)
        return count
      }
      let start = try Self.start(of: counted, count: Self.sniffed)
      if !input.isFromWorkbook, let kind = Self.kind(of: start) {
        throw ImportError.notText(file: input.name, kind: kind)
      }
      let encoding = input.isFromWorkbook ? .utf8 : encoding
      let delimiter = input.isFromWorkbook ? UInt8(ascii: ",") : delimiter
      certainEncoding = encoding == nil ? TextEncoding.detect(prefix: start) : nil
      let decoder = TextDecoder(
        encoding ?? certainEncoding ?? .utf8, read: Self.joined(start, counted))
      let text = try Self.start(of: decoder.read(into:), count: Self.sniffed)
      reader = RecordReader(
        delimiter: delimiter ?? sniffDelimiter(header: text),
        blockSize: blockSize ?? RecordReader.usualBlockSize,
        read: Self.joined(text, decoder.read(into:)))
    } catch let error as ImportError {
      throw error
    } catch {
      throw .unreadable(file: input.name, reason: "\(error)")
    }
    try readHeader(input.name)
  }

  /// What a file is that somebody took for CSV, by its first bytes.
  private static func kind(of start: [UInt8]) -> String? {
    if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return oldKind(of: start) }
    let kinds: [(mark: [UInt8], name: String)] = [
      ([0x50, 0x4B, 0x03, 0x04], "a workbook or a zip archive"),
      ([0x1F, 0x8B], "packed twice with gzip"), (Array("%PDF-".utf8), "a PDF"),
      (Array("SQLite format 3".utf8), "a database"),
    ]
    return kinds.first { start.starts(with: $0.mark) }?.name
  }

  /// Tells apart the two kinds of workbook that begin alike.
  private static func oldKind(of start: [UInt8]) -> String {
    var mark: [UInt8] = []
    for letter in "EncryptedPackage".utf8 { mark += [letter, 0] }
    let isLocked = start.indices.contains { start[$0...].starts(with: mark) }
    return isLocked ? "a workbook with a password" : "a workbook of an old Excel (.xls)"
  }

  private mutating func readHeader(_ name: String) throws(ImportError) {
    var batch = RecordBatch()
    do {
      guard try reader.next(&batch), batch.count > 0 else {
        throw ImportError.noHeader(file: name)
      }
    } catch let error as ImportError {
      throw error
    } catch {
      throw .unreadable(file: name, reason: "\(error)")
    }
    if let reject = batch.rejects.first, reject.precedingRecords == 0 {
      throw .noHeader(file: name)
    }
    header = Header(batch.texts(of: 0))
    headerIsUTF8 = (0..<batch.fieldCount(of: 0)).allSatisfy { batch.isValidUTF8(0, $0) }
    first = batch
  }

  /// The batch that begins with the header, for whoever reads on with ``reader``.
  mutating func takeFirst() -> RecordBatch {
    let batch = first ?? RecordBatch()
    first = nil
    return batch
  }

  /// Lets only some columns be read any more, beside those of the first batch.
  func keepOnly(_ columns: [Int]) {
    reader.keepOnly(columns: columns)
  }

  /// Fills a batch with the next records; the header is still among those of the first.
  mutating func next(_ batch: inout RecordBatch) throws -> Bool {
    guard let waiting = first else {
      headerRecords = 0
      return try reader.next(&batch)
    }
    batch = waiting
    first = nil
    headerRecords = 1
    return true
  }

  /// Reads until there are `count` bytes or no more.
  private static func start(of read: ImportInput.Read, count: Int) throws -> [UInt8] {
    var start = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = try start.withUnsafeMutableBytes {
        try read(UnsafeMutableRawBufferPointer(rebasing: $0[filled...]))
      }
      if got == 0 { break }
      filled += got
    }
    start.removeLast(count - filled)
    return start
  }

  /// Gives `start`, and then what `read` gives.
  private static func joined(
    _ start: [UInt8], _ read: @escaping ImportInput.Read
  ) -> ImportInput.Read {
    var given = 0
    return { buffer in
      guard given < start.count else { return try read(buffer) }
      let count = min(buffer.count, start.count - given)
      buffer.copyBytes(from: start[given..<given + count])
      given += count
      return count
    }
  }
}
