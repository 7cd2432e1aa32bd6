import TestSupport

/// A made-up export in which every kind of row occurs that an import has something to say of.
struct MessyExport {
  let mapping: String
  let files: [(name: String, bytes: [UInt8])]

  /// - Parameter rows: The shape of its rows; by default what the seed says.
  init(seed: UInt64, rows: String? = nil) {
    var random = SeededGenerator(seed: seed)
    let shape = rows ?? ["tickets", "snapshots"][Int.random(in: 0...1, using: &random)]
    let hasRepeats = rows == nil || Bool.random(using: &random)
    var maker = RowMaker(random: random, isVersioned: shape == "snapshots", repeats: hasRepeats)
    mapping = """
      mapping: messy
      rows: \(shape)
      timestamps: [yyyy-MM-dd HH:mm:ss, d/M/yyyy H:mm]
      missing: ["-"]
      ticket:
        id: number
        opened: opened
        resolved: resolved
        updated: updated
        status: state
        priority: [priority, importance]
        group: group
      paused_seconds: {column: pause, counts: wall, as: minutes}
      order: version
      """
    files = (0..<maker.fileCount).map { ("\($0).csv", maker.file()) }
  }
}

private struct RowMaker {
  private static let header =
    "number,state,opened,resolved,updated,version,priority,importance,pause,group,text"

  var random: SeededGenerator
  let isVersioned: Bool
  let repeats: Bool
  let fileCount: Int
  private var made = 0

  init(random: SeededGenerator, isVersioned: Bool, repeats: Bool) {
    self.random = random
    self.isVersioned = isVersioned
    self.repeats = repeats
    fileCount = Int.random(in: 1...2, using: &self.random)
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private mutating func oneIn(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  mutating func file() -> [UInt8] {
    let end = pick(["\n", "\r\n"])
    var bytes = Array((Self.header + end).utf8)
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      bytes += row()
      bytes += Array(oneIn(40) ? (end + end).utf8 : end.utf8)
    }
    if oneIn(3) { bytes.removeLast(end.utf8.count) }
    return bytes
  }

  private mutating func row() -> [UInt8] {
    if oneIn(50) { return Array(Self.header.utf8) }
    if oneIn(50) { return Array("x,y".utf8) }
    if oneIn(60) { return Array("7,\"never closed,,,,,,,,,".utf8) }
    if oneIn(60) { return Array("8,\"closed\" early,,,,,,,,,".utf8) }
    made += 1
    let id: String
    if oneIn(40) {
      id = pick(["", "-", "Ünïcode \(made)"])
    } else {
      id = repeats && oneIn(2) ? "T\(Int.random(in: 0..<made, using: &random) / 2)" : "T\(made)00"
    }
    var cells = [
      id, pick(["New", "Open", "Closed", "Wartet, lange", ""]), time(), time(), time(),
      oneIn(40) ? "two" : "\(made % 9)", pick(["1", "2", "3", "", "-"]), pick(["high", "", "low"]),
      oneIn(50) ? "long" : pick(["", "5", "90"]), pick(["Networks", "Systems \(made % 5)", ""]),
      text(),
    ].map { $0.contains(",") || $0.contains("\n") ? "\"\($0)\"" : $0 }
    if oneIn(30) { cells[1] = " \(cells[1]) " }
    if oneIn(40) { cells.append(pick(["", "more"])) }
    var bytes = Array(cells.joined(separator: ",").utf8)
    if oneIn(300) { bytes.append(0xe9) }
    return bytes
  }

  private mutating func time() -> String {
    let (day, month) = (
      Int.random(in: 1...28, using: &random), Int.random(in: 1...12, using: &random)
    )
    let (hour, minute) = (
      Int.random(in: 0...23, using: &random), Int.random(in: 0...59, using: &random)
    )
    func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let usual = "2026-\(pad(month))-\(pad(day)) \(pad(hour)):\(pad(minute)):00"
    if !oneIn(5) { return usual }
    return pick([
      "", "-", "\(day)/\(month)/2026 \(hour):\(pad(minute))", "soon", "2026-03-29 01:30:00",
      "2026-10-25 01:30:00", "1969-12-31 23:00:00", "2026-02-30 10:00:00", " \(usual) ",
    ])
  }

  private mutating func text() -> String {
    pick([
      "plain", "5\" disk", "two\nlines, and more", "says \"\"no\"\", twice", "", "a\r\nb\n\nc",
      String(repeating: "long ", count: 30),
    ])
  }
}
