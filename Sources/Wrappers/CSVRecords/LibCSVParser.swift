internal import CLibCSV

/// The parser of libcsv, told to change nothing: strict, and without trimming of blanks.
///
/// It reads the records that are out of the ordinary, and is what the scanner is compared with in
/// the tests. It lives behind a pointer, because a copy would share its buffer and free it twice.
final class LibCSVParser {
  private let parser: UnsafeMutablePointer<csv_parser>
  private let options = UInt8(CSV_STRICT | CSV_STRICT_FINI)
  private let sink: UnsafeMutablePointer<Sink>

  init(delimiter: UInt8) {
    parser = .allocate(capacity: 1)
    sink = .allocate(capacity: 1)
    sink.initialize(to: Sink())
    let status = csv_init(parser, options)
    precondition(status == 0, "libcsv refused its own options")
    csv_set_delim(parser, delimiter)
    csv_set_space_func(parser) { _ in 0 }
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
    sink.deinitialize(count: 1)
    sink.deallocate()
  }

  /// What the callbacks collect; they cannot throw through C.
  fileprivate struct Sink {
    /// The bytes of all fields, one behind the other.
    var bytes: [UInt8] = []
    /// Where each field ends in `bytes`.
    var ends: [Int] = []
    /// How many fields there are at the end of each record.
    var records: [Int] = []
  }

  /// Parses `bytes`, which should be one record; ``field(_:)`` gives its fields until the next call.
  ///
  /// - Returns: How many fields there are; `nil` where libcsv finds an error or not one record.
  func parse(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard collect(bytes), sink.pointee.records.count == 1 else { return nil }
    return sink.pointee.ends.count
  }

  func field(_ index: Int) -> ArraySlice<UInt8> {
    let start = index == 0 ? 0 : sink.pointee.ends[index - 1]
    return sink.pointee.bytes[start..<sink.pointee.ends[index]]
  }

  /// All records of `bytes`, or `nil` where libcsv finds an error.
  func records(of bytes: UnsafeRawBufferPointer) -> [[[UInt8]]]? {
    guard collect(bytes) else { return nil }
    var first = 0
    return sink.pointee.records.map { end in
      defer { first = end }
      return (first..<end).map { Array(field($0)) }
    }
  }

  /// Fills the sink; `false` where libcsv finds an error.
  private func collect(_ bytes: UnsafeRawBufferPointer) -> Bool {
    sink.pointee.bytes.removeAll(keepingCapacity: true)
    sink.pointee.ends.removeAll(keepingCapacity: true)
    sink.pointee.records.removeAll(keepingCapacity: true)
    let used = csv_parse(parser, bytes.baseAddress, bytes.count, fieldEnded, recordEnded, sink)
    let finished = csv_fini(parser, fieldEnded, recordEnded, sink)
    if used == bytes.count && finished == 0 { return true }
    // The only way to make the parser forget what it has seen.
    csv_free(parser)
    let delimiter = csv_get_delim(parser)
    csv_init(parser, options)
    csv_set_delim(parser, delimiter)
    csv_set_space_func(parser) { _ in 0 }
    return false
  }
}

private func fieldEnded(
  _ bytes: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?
) {
  guard let sink = context?.assumingMemoryBound(to: LibCSVParser.Sink.self) else { return }
  sink.pointee.bytes.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
  sink.pointee.ends.append(sink.pointee.bytes.count)
}

private func recordEnded(_ end: Int32, _ context: UnsafeMutableRawPointer?) {
  guard let sink = context?.assumingMemoryBound(to: LibCSVParser.Sink.self) else { return }
  sink.pointee.records.append(sink.pointee.ends.count)
}
