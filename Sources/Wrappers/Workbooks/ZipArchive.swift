import Glibc

/// Reads the parts of a ZIP file through its central directory; no encryption, no ZIP64.
struct ZipArchive: ~Copyable {
  struct Entry: Hashable {
    let name: String
    let isDeflated: Bool
    let packedSize: Int
    let size: Int
    let headerOffset: Int
  }

  /// The file ends too early, or its directory does not add up.
  struct Damaged: Error {
    let reason: String
  }

  private static let endSignature: UInt32 = 0x0605_4b50
  private static let entrySignature: UInt32 = 0x0201_4b50
  private static let headerSignature: UInt32 = 0x0403_4b50
  private static let endSize = 22
  private static let entrySize = 46
  private static let headerSize = 30

  private let file: Int32
  let entries: [Entry]

  init(path: String) throws(Damaged) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Damaged(reason: "the file cannot be opened again") }
    let entries: [Entry]
    do throws(Damaged) {
      entries = try Self.directory(of: file)
    } catch {
      Glibc.close(file)
      throw error
    }
    self.file = file
    self.entries = entries
  }

  deinit { Glibc.close(file) }

  /// The bytes of a part as they were before they were packed.
  func contents(
    of entry: Entry, inflate: Workbook.Inflate
  ) throws(Damaged) -> [UInt8] {
    let header = try Self.read(file, at: entry.headerOffset, count: Self.headerSize)
    guard header.word32(0) == Self.headerSignature else {
      throw Damaged(reason: "the header of \(entry.name) is missing")
    }
    let start = entry.headerOffset + Self.headerSize + header.word16(26) + header.word16(28)
    let packed = try Self.read(file, at: start, count: entry.packedSize)
    guard entry.isDeflated else { return packed }
    do {
      let bytes = try inflate(packed, entry.size)
      guard bytes.count == entry.size else {
        throw Damaged(reason: "\(entry.name) is shorter than it should be")
      }
      return bytes
    } catch {
      throw Damaged(reason: "\(entry.name) cannot be unpacked")
    }
  }

  /// libxlsxwriter writes no archive comment, so the end record is the last of the file.
  private static func directory(of file: Int32) throws(Damaged) -> [Entry] {
    let length = Int(lseek(file, 0, SEEK_END))
    guard length >= endSize else { throw Damaged(reason: "the file is cut short") }
    let end = try read(file, at: length - endSize, count: endSize)
    guard end.word32(0) == endSignature else { throw Damaged(reason: "the file is cut short") }
    let count = end.word16(10)
    let bytes = try read(file, at: Int(end.word32(16)), count: Int(end.word32(12)))
    var entries: [Entry] = []
    var offset = 0
    for _ in 0..<count {
      guard offset + entrySize <= bytes.count, bytes.word32(offset) == entrySignature else {
        throw Damaged(reason: "its directory of parts is cut short")
      }
      let nameSize = bytes.word16(offset + 28)
      let next =
        offset + entrySize + nameSize + bytes.word16(offset + 30)
        + bytes.word16(offset + 32)
      guard next <= bytes.count else {
        throw Damaged(reason: "its directory of parts is cut short")
      }
      let name = bytes[offset + entrySize..<offset + entrySize + nameSize]
      entries.append(
        Entry(
          name: String(decoding: name, as: UTF8.self), isDeflated: bytes.word16(offset + 10) == 8,
          packedSize: Int(bytes.word32(offset + 20)), size: Int(bytes.word32(offset + 24)),
          headerOffset: Int(bytes.word32(offset + 42))))
      offset = next
    }
    return entries
  }

  private static func read(_ file: Int32, at offset: Int, count: Int) throws(Damaged) -> [UInt8] {
    var done = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, size in
      while done < count, let base = buffer.baseAddress {
        let got = pread(file, base + done, count - done, off_t(offset + done))
        if got < 0, errno == EINTR { continue }
        if got <= 0 { break }
        done += got
      }
      size = done
    }
    guard done == count else { throw Damaged(reason: "the file is cut short") }
    return bytes
  }
}

extension [UInt8] {
  fileprivate func word16(_ offset: Int) -> Int {
    Int(self[offset]) | Int(self[offset + 1]) << 8
  }

  fileprivate func word32(_ offset: Int) -> UInt32 {
    UInt32(word16(offset)) | UInt32(word16(offset + 2)) << 16
  }
}
