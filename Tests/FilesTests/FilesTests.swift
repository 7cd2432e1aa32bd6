import Compression
import Files
import Glibc
import TestSupport
import Testing

/// A folder for one test.
final class Scratch {
  let path: String

  init() {
    var template = Array("/tmp/attain-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  deinit {
    if let exchange = try? FolderExchange(path) { _ = try? exchange.commit() }
    rmdir(path)
  }

  @discardableResult
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try AtomicFile.write(bytes, to: "\(path)/\(name)")
    return "\(path)/\(name)"
  }

  func names() throws -> [String] {
    try FilePatterns.expand(
      ["\(path)/*", "\(path)/.[a-z]*"].filter { pattern in
        (try? FilePatterns.expand(pattern)) != nil
      })
  }
}

private func mode(_ path: String) -> UInt32 {
  var found = stat()
  return stat(path, &found) == 0 ? found.st_mode & 0o777 : 0
}

@Suite struct InputTests {
  let scratch = Scratch()

  @Test("a plain file and a gzip file are read alike, whatever the block size")
  func plainAndPacked() throws {
    var random = SeededGenerator(seed: 7)
    let bytes = (0..<300_000).map { _ in UInt8.random(in: 0...20, using: &random) }
    let plain = try scratch.file("a.csv", bytes)
    let packed = try scratch.file("a.csv.gz", gzip(bytes))
    #expect(try readWhole(plain, limit: 1 << 20) == bytes)
    #expect(try readWhole(packed, limit: 1 << 20) == bytes)
    #expect(throws: FileError.tooLarge(path: packed, limit: 1000)) {
      try readWhole(packed, limit: 1000)
    }
  }

  @Test("gzip files in a row are one, zeros behind them are nothing")
  func members() throws {
    let bytes = gzip(Array("a,b\n".utf8)) + gzip([]) + gzip(Array("c,d\n".utf8)) + [0, 0, 0]
    for size in [1, 2, 7, 4096] {
      #expect(try unpack(bytes, blockSize: size) == Array("a,b\nc,d\n".utf8))
    }
  }

  private func unpack(_ bytes: [UInt8], blockSize: Int) throws -> [UInt8] {
    var rest = bytes[...]
    let reader = GzipReader(blockSize: blockSize) { buffer in
      let count = min(buffer.count, rest.count)
      buffer.copyBytes(from: rest.prefix(count))
      rest = rest.dropFirst(count)
      return count
    }
    var unpacked: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 3)
    while true {
      let count = try block.withUnsafeMutableBytes { try reader.read(into: $0) }
      if count == 0 { return unpacked }
      unpacked += block[..<count]
    }
  }

  @Test("a gzip file that is cut anywhere is an error that says so")
  func truncated() throws {
    let packed = gzip(Array("some,text\nthat,is,packed\n".utf8))
    for length in 2..<packed.count {
      let path = try scratch.file("cut.gz", Array(packed[..<length]))
      #expect(throws: FileError.truncatedGzip(path: path, bytesRead: length)) {
        try readWhole(path, limit: 1000)
      }
    }
  }

  @Test("a gzip file with a wrong byte or with something behind it is damaged")
  func corrupt() throws {
    var packed = gzip(Array("some,text\nthat,is,packed\n".utf8))
    let trailing = try scratch.file("trailing.gz", packed + Array("x,y\n".utf8))
    packed[packed.count - 6] ^= 0x40
    let damaged = try scratch.file("damaged.gz", packed)
    for path in [damaged, trailing] {
      do {
        _ = try readWhole(path, limit: 1000)
        Issue.record("\(path) was read")
      } catch .corruptGzip(let named, _, _) {
        #expect(named == path)
      } catch {
        Issue.record(error)
      }
    }
  }

  @Test("a file that shrinks while it is read is an error")
  func shrinking() throws {
    let path = try scratch.file("a.csv", [UInt8](repeating: 0x61, count: 10_000))
    let file = try InputFile.open(path)
    var block = [UInt8](repeating: 0, count: 4096)
    #expect(try block.withUnsafeMutableBytes { try file.read(into: $0) } == 2)
    truncate(path, 5000)
    #expect(throws: FileError.shrank(path: path, expected: 10_000, found: 5000)) {
      while try block.withUnsafeMutableBytes({ try file.read(into: $0) }) > 0 {}
    }
  }

  @Test("an empty file is empty; a missing one and a folder are errors with a name")
  func oddPaths() throws {
    let empty = try scratch.file("empty", [])
    #expect(try readWhole(empty, limit: 10).isEmpty)
    let missing = "\(scratch.path)/none"
    #expect(throws: FileError.missing(path: missing)) { try readWhole(missing, limit: 10) }
    let folder = scratch.path
    #expect(throws: FileError.unreadable(path: folder, errno: EISDIR)) {
      try readWhole(folder, limit: 10)
    }
  }

  @Test("spooled input is read twice, and leaves no file")
  func spool() throws {
    let path = try scratch.file("a", gzip(Array("id\n1\n".utf8)))
    let folder = scratch.path + "/spool"
    try scratch.file("spool/x", [])
    let spooled = try SpooledInput(path, temporaryFolder: folder)
    for _ in 1...2 {
      let file = try spooled.open()
      var block = [UInt8](repeating: 0, count: 100)
      let count = try block.withUnsafeMutableBytes { try file.read(into: $0) }
      #expect(Array(block[..<count]) == Array("id\n1\n".utf8))
    }
    #expect(try FilePatterns.expand("\(folder)/*") == ["\(folder)/x"])
  }

  @Test("patterns give files in byte order of their names, or an error")
  func patterns() throws {
    for name in ["b.csv", "a.csv", "B.csv", "é.csv", "x[1].csv"] { try scratch.file(name, []) }
    let folder = scratch.path
    #expect(
      try FilePatterns.expand("\(folder)/*.csv")
        == ["B.csv", "a.csv", "b.csv", "x[1].csv", "é.csv"].map { "\(folder)/\($0)" })
    #expect(try FilePatterns.expand("\(folder)/x[1].csv") == ["\(folder)/x[1].csv"])
    #expect(throws: FileError.noMatch(pattern: "\(folder)/*.txt")) {
      try FilePatterns.expand("\(folder)/*.txt")
    }
    #expect(throws: FileError.missing(path: "\(folder)/c.csv")) {
      try FilePatterns.expand("\(folder)/c.csv")
    }
  }

  @Test("SHA-256 is the published one")
  func hashes() throws {
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(SHA256Hex.of("abc") == abc)
    #expect(try SHA256Hex.ofFile(scratch.file("abc", Array("abc".utf8))) == abc)
  }
}

@Suite struct OutputTests {
  let scratch = Scratch()

  @Test("a file is replaced whole, and a failure leaves the old one and nothing beside it")
  func atomicFile() throws {
    struct Broken: Error {}
    let path = try scratch.file("out.csv", Array("old".utf8))
    #expect(throws: Broken.self) {
      try AtomicFile.replace(path) { _ in throw Broken() }
    }
    #expect(try readWhole(path, limit: 10) == Array("old".utf8))
    try AtomicFile.write(Array("new".utf8), to: path, isPrivate: true)
    #expect(try readWhole(path, limit: 10) == Array("new".utf8))
    #expect(mode(path) == 0o600)
    #expect(try scratch.names() == [path])
  }

  @Test("a place that cannot be written is an error with a name")
  func unwritable() throws {
    let file = try scratch.file("a", [])
    #expect(throws: FileError.cannotWrite(path: file, errno: ENOTDIR).self) {
      try AtomicFile.write([], to: "\(file)/b")
    }
    #expect(throws: FileError.diskFull(path: "/dev/full")) {
      try AtomicFile.replace(scratch.path + "/b") { _ in
        throw FileError.diskFull(path: "/dev/full")
      }
    }
  }

  @Test("a folder appears, is left alone when the same, and is exchanged when not")
  func exchange() throws {
    let target = scratch.path + "/packs/client"
    func write(_ files: [String: String]) throws -> FolderExchange.Outcome {
      let exchange = try FolderExchange(target)
      for (name, text) in files { try exchange.write(Array(text.utf8), to: name) }
      return try exchange.commit()
    }
    #expect(try write(["index.html": "1", "csv/a.csv": "x"]) == .created)
    #expect(try write(["index.html": "1", "csv/a.csv": "x"]) == .unchanged)
    #expect(try write(["index.html": "2", "csv/b.csv": "x"]) == .replaced)
    #expect(try readWhole(target + "/index.html", limit: 9) == [0x32])
    #expect(throws: FileError.self) { try readWhole(target + "/csv/a.csv", limit: 9) }
    #expect(throws: FileError.self) { try FilePatterns.expand(scratch.path + "/packs/.[a-z]*") }
  }

  @Test("what an abandoned or killed run has prepared is cleared, what a living one has is not")
  func leftovers() throws {
    let target = scratch.path + "/pack"
    try scratch.file(".pack.attain-staging-999999999.1/index.html", [])
    try scratch.file(".pack.attain-staging-1.1/index.html", [])
    let exchange = try FolderExchange(target)
    try exchange.write([1], to: "a")
    #expect(try readWhole(exchange.staging + "/a", limit: 9) == [1])
    exchange.abandon()
    let staging = exchange.staging
    #expect(throws: FileError.missing(path: staging)) { try readWhole(staging, limit: 9) }
    #expect(
      throws: FileError.noMatch(pattern: scratch.path + "/.pack*9.1/*")
    ) { try FilePatterns.expand(scratch.path + "/.pack*9.1/*") }
    #expect(try FilePatterns.expand(scratch.path + "/.pack*-1.1/*").count == 1)
    #expect(throws: FileError.missing(path: target)) { try readWhole(target, limit: 9) }
  }

  @Test("a lock is held by one, names its holder, and is free again afterwards")
  func lock() throws {
    let path = scratch.path + "/workspace.sqlite"
    do {
      let lock = try FileLock(path)
      #expect(throws: FileError.busy(path: path + ".lock", pid: Int(getpid()))) {
        try FileLock(path)
      }
      #expect(mode(lock.path) == 0o600)
    }
    _ = try FileLock(path)
  }
}

@Suite struct NameTests {
  @Test(
    "names that are safe stay", arguments: ["IT", "Human Resources", "Zürich-2.0_x", "人事", "a..b"])
  func safe(_ name: String) {
    #expect(PathName.safe(name) == name)
  }

  @Test(
    "other names stay readable, cannot leave the folder, and get a part of their hash",
    arguments: [
      ("../../x", "_.._x-"), ("a/b", "a_b-"), ("", "_-"), (".", "_-"), ("..", "_-"),
      (".hidden", "hidden-"), ("a\0b\n", "a_b_-"), ("x ", "x-"), ("C:\\temp", "C__temp-"),
    ])
  func unsafe(_ name: String, _ start: String) {
    let safe = PathName.safe(name)
    #expect(safe == start + SHA256Hex.of(name).prefix(6))
  }

  @Test("long names are cut, and two of them do not meet")
  func long() {
    let one = String(repeating: "é", count: 150)
    let safe = PathName.safe(one)
    #expect(safe.unicodeScalars.count <= 100 && safe.utf8.count <= 200)
    #expect(safe != PathName.safe(one + "x"))
  }

  @Test("a zone is read from the system, and no name leaves its folder")
  func zones() throws {
    #expect(try ZoneFiles.bytes(identifier: "Europe/London").starts(with: Array("TZif".utf8)))
    for name in ["Europe/Nowhere", "../zoneinfo/UTC", "/etc/passwd", "", "Europe", "tzdata.zi"] {
      #expect(throws: FileError.unknownZone(name: name)) {
        try ZoneFiles.bytes(identifier: name)
      }
    }
    #expect(ZoneFiles.version()?.isEmpty == false)
  }
}

@Suite("Paths as links")
struct PathLinkTests {
  @Test("A link is relative, and all but unreserved characters are percent-encoded")
  func encoded() {
    #expect(
      PathName.link(from: "out/2026-10", to: "out/2026-10/it/A b/index.html")
        == "it/A%20b/index.html")
    #expect(PathName.link(from: "o", to: "o/50% #1?/é:x.html") == "50%25%20%231%3F/%C3%A9%3Ax.html")
    #expect(PathName.link(from: ".", to: "it/index.html") == "it/index.html")
  }
}
