import ServiceTime

/// What plain promises left behind, by group and by segment of the stop.
///
/// Each was met, missed or measured in the segment of its stop, and in no other one.
struct SegmentFigures: Sendable {
  /// Promises of one group and segment, all of them with a target or all without.
  fileprivate struct Cell: Sendable {
    var count: UInt32 = 0
    var missed: UInt32 = 0
    /// Where the next elapsed goes among the open chunks; at the start of a chunk, it has to be
    /// made room for.
    var next: UInt32 = 0
    /// The last full chunk, from 1; 0 if there is none.
    var lastFull: UInt32 = 0
  }

  let segments: Segments
  /// By group, with a target and without: its first cell; -1 if it has none yet.
  private var firstCells: [Int32] = []
  /// The first one is no group's.
  private var cells = [Cell()]
  /// The chunk that each cell is filling; number 0 is nobody's.
  private var open = [UInt32](repeating: 0, count: FullChunks.size)
  private var openCount: UInt32 = 1
  private var full = FullChunks()

  init(_ segments: Segments) {
    self.segments = segments
  }

  /// The first cell of a group; its segments follow one another.
  mutating func firstCell(ofGroup group: Int, isJudged: Bool) -> Int {
    let index = group * 2 + (isJudged ? 0 : 1)
    while firstCells.count <= index { firstCells.append(-1) }
    if firstCells[index] < 0 {
      firstCells[index] = Int32(cells.count)
      cells += Array(repeating: Cell(), count: segments.count)
    }
    return Int(firstCells[index])
  }

  /// Adds what was counted of a group in a segment.
  func add(group: Int, segment: Int, to promises: inout PlainPromises) {
    let judged = cell(group: group, segment: segment, isJudged: true)
    promises.met += Int(judged.count - judged.missed)
    promises.missed += Int(judged.missed)
    promises.unjudged += Int(cell(group: group, segment: segment, isJudged: false).count)
  }

  /// Adds the elapsed seconds of a group in a segment.
  func addElapsed(group: Int, segment: Int, to promises: inout PlainPromises) {
    guard segment > 0 else { return }
    appendElapsed(
      of: cell(group: group, segment: segment, isJudged: true), to: &promises.judgedElapsed)
    appendElapsed(
      of: cell(group: group, segment: segment, isJudged: false), to: &promises.unjudgedElapsed)
  }

  private func cell(group: Int, segment: Int, isJudged: Bool) -> Cell {
    let index = group * 2 + (isJudged ? 0 : 1)
    guard index < firstCells.count, firstCells[index] >= 0 else { return Cell() }
    return cells[Int(firstCells[index]) + segment]
  }

  private func appendElapsed(of cell: Cell, to values: inout [UInt32]) {
    guard cell.count > 0 else { return }
    values.reserveCapacity(values.count + Int(cell.count))
    let start = Int(cell.next - 1) / FullChunks.size * FullChunks.size
    values += open[start..<Int(cell.next)]
    full.append(upTo: cell.lastFull, to: &values)
  }

  /// Gives `body` what counts so many promises at most.
  mutating func count<Result>(
    atMost promises: Int, _ body: (inout SegmentCounter) -> Result
  ) -> Result {
    let needed = (Int(openCount) + min(promises, cells.count)) * FullChunks.size
    if open.count < needed { open += repeatElement(0, count: needed - open.count) }
    return cells.withUnsafeMutableBufferPointer { cells in
      open.withUnsafeMutableBufferPointer { open in
        withUnsafeMutablePointer(to: &full) { full in
          guard let cells = cells.baseAddress, let open = open.baseAddress else {
            preconditionFailure("promises are counted in cells")
          }
          var counter = SegmentCounter(
            cells: cells, open: open, full: full, openCount: openCount)
          let result = body(&counter)
          openCount = counter.openCount
          return result
        }
      }
    }
  }
}

/// Counts promises in cells, without a check of bounds or of room.
struct SegmentCounter {
  fileprivate let cells: UnsafeMutablePointer<SegmentFigures.Cell>
  fileprivate let open: UnsafeMutablePointer<UInt32>
  fileprivate let full: UnsafeMutablePointer<FullChunks>
  fileprivate var openCount: UInt32

  /// Counts a promise whose clock has stopped.
  ///
  /// - Parameter isKept: Whether its elapsed is asked for.
  @inline(__always)
  mutating func count(_ seconds: UInt32, within: UInt32, cell index: Int, isKept: Bool) {
    let cell = cells + index
    cell.pointee.count &+= 1
    cell.pointee.missed &+= seconds > within ? 1 : 0
    guard isKept else { return }
    var next = cell.pointee.next
    if next % UInt32(FullChunks.size) == 0 { next = begin(cell) }
    open[Int(next)] = seconds
    cell.pointee.next = next &+ 1
  }

  /// Makes room in a cell whose chunk is full, or which has none.
  @inline(never)
  private mutating func begin(_ cell: UnsafeMutablePointer<SegmentFigures.Cell>) -> UInt32 {
    let size = UInt32(FullChunks.size)
    guard cell.pointee.next > 0 else {
      defer { openCount += 1 }
      return openCount * size
    }
    let start = cell.pointee.next - size
    cell.pointee.lastFull = full.pointee.add(
      UnsafeBufferPointer(start: open + Int(start), count: FullChunks.size),
      after: cell.pointee.lastFull)
    return start
  }
}

/// Chunks of durations, each chained to an earlier one.
///
/// They lie in slabs that are never moved, so that growing costs nothing and leaves no gaps.
private struct FullChunks: Sendable {
  static let size = 32
  private static let slabSize = 1_024

  private var slabs: [[UInt32]] = []
  /// For each chunk, from number 1 on, the one before it in its chain; 0 if it is the first.
  private var previous: [UInt32] = []

  /// - Returns: The number of the chunk.
  mutating func add(_ values: UnsafeBufferPointer<UInt32>, after last: UInt32) -> UInt32 {
    if previous.count % Self.slabSize == 0 {
      var slab: [UInt32] = []
      slab.reserveCapacity(Self.slabSize * Self.size)
      slabs.append(slab)
    }
    slabs[slabs.count - 1].append(contentsOf: values)
    previous.append(last)
    return UInt32(previous.count)
  }

  func append(upTo last: UInt32, to values: inout [UInt32]) {
    var number = Int(last)
    while number > 0 {
      let (slab, place) = (number - 1).quotientAndRemainder(dividingBy: Self.slabSize)
      values += slabs[slab][place * Self.size..<(place + 1) * Self.size]
      number = Int(previous[number - 1])
    }
  }
}
