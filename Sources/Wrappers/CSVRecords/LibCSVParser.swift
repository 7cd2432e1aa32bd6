internal import CLibCSV

/// The parser of libcsv, told to change nothing: strict, and without trimming of blanks.
///
/// It reads the records that are out of the ordinary, and is what the scanner is compared with in
/// the tests. It lives behind a pointer, because a copy would share its buffer and free it twice.
final class LibCSVParser {
  private let parser: UnsafeMutablePointer<csv_parser>
  private let options = UInt8(CSV_STRICT | CSV_STRICT_FINI)

  init(delimiter: UInt8) {
    parser = .allocate(capacity: 1)
    let status = csv_init(parser, options)
    precondition(status == 0, "libcsv refused its own options")
    csv_set_delim(parser, delimiter)
    csv_set_space_func(parser) { _ in 0 }
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
  }

  /// What the callbacks collect; they cannot throw through C.
  final class Sink {
    var fields: [[UInt8]] = []
    var records: [[[UInt8]]] = []
  }

  /// All records of `bytes`, or `nil` where libcsv finds an error.
  func records(of bytes: UnsafeRawBufferPointer) -> [[[UInt8]]]? {
    let sink = Sink()
    let pointer = Unmanaged.passUnretained(sink).toOpaque()
    let used = csv_parse(parser, bytes.baseAddress, bytes.count, fieldEnded, recordEnded, pointer)
    let finished = csv_fini(parser, fieldEnded, recordEnded, pointer)
    guard used == bytes.count, finished == 0 else {
      // The only way to make the parser forget what it has seen.
      csv_free(parser)
      let delimiter = csv_get_delim(parser)
      csv_init(parser, options)
      csv_set_delim(parser, delimiter)
      csv_set_space_func(parser) { _ in 0 }
      return nil
    }
    return sink.records
  }
}

private func fieldEnded(
  _ bytes: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?
) {
  guard let context else { return }
  let sink = Unmanaged<LibCSVParser.Sink>.fromOpaque(context).takeUnretainedValue()
  sink.fields.append(Array(UnsafeRawBufferPointer(start: bytes, count: count)))
}

private func recordEnded(_ end: Int32, _ context: UnsafeMutableRawPointer?) {
  guard let context else { return }
  let sink = Unmanaged<LibCSVParser.Sink>.fromOpaque(context).takeUnretainedValue()
  sink.records.append(sink.fields)
  sink.fields.removeAll()
}
