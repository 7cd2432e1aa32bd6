/// Writes records that end with LF and are quoted only where they must be.
///
/// A field is quoted if it holds the delimiter, a quote, CR or LF, starts or ends with a blank, or
/// is the only field of its record and empty.
package struct CSVWriter {
  /// What was written so far; may be emptied between records.
  package var bytes: [UInt8] = []
  /// Lines written so far, those inside of fields among them.
  package private(set) var lines = 0

  private let delimiter: UInt8
  private let guardFormulas: Bool
  private var recordStart = 0
  private var fieldsInRecord = 0

  /// Creates a writer.
  ///
  /// - Parameter guardFormulas: Whether text that a spreadsheet would take for a formula (it
  ///   starts with `=`, `+`, `-`, `@`, tab or CR) gets a leading apostrophe.
  package init(delimiter: UInt8 = UInt8(ascii: ","), guardFormulas: Bool = false) {
    self.delimiter = delimiter
    self.guardFormulas = guardFormulas
  }

  /// Writes a field that came from outside.
  package mutating func text(_ value: some StringProtocol) {
    if let done: Void = value.utf8.withContiguousStorageIfAvailable({ utf8 in
      text(bytes: UnsafeRawBufferPointer(utf8))
    }) {
      return done
    }
    Array(value.utf8).withUnsafeBytes { text(bytes: $0) }
  }

  /// Writes a field that came from outside, given as UTF-8.
  package mutating func text(bytes value: UnsafeRawBufferPointer) {
    let mayCalculate =
      switch value.first {
      case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), Byte.tab,
        Byte.cr:
        true
      default: false
      }
    field(value, apostrophe: guardFormulas && mayCalculate)
  }

  /// Writes a number.
  package mutating func number(_ value: some BinaryInteger) {
    raw(String(value))
  }

  /// Writes a field that is known to be harmless: a number, a date, an id; never an apostrophe.
  package mutating func raw(_ value: some StringProtocol) {
    var value = String(value)
    value.withUTF8 { field(UnsafeRawBufferPointer($0), apostrophe: false) }
  }

  /// Writes an empty field.
  package mutating func empty() {
    field(UnsafeRawBufferPointer(start: nil, count: 0), apostrophe: false)
  }

  /// Ends the record; one without fields is written as one empty field.
  package mutating func endRecord() {
    if fieldsInRecord == 0 { empty() }
    if fieldsInRecord == 1 && bytes.count == recordStart {
      bytes.append(Byte.quote)
      bytes.append(Byte.quote)
    }
    bytes.append(Byte.lf)
    lines += 1
    fieldsInRecord = 0
    recordStart = bytes.count
  }

  /// Writes a whole record of text.
  package mutating func record(_ values: some Sequence<String>) {
    for value in values { text(value) }
    endRecord()
  }

  /// Gives away what was written so far; call it between records.
  package mutating func takeBytes() -> [UInt8] {
    precondition(fieldsInRecord == 0, "a record is not ended")
    let taken = bytes
    bytes = []
    recordStart = 0
    return taken
  }

  private mutating func field(_ value: UnsafeRawBufferPointer, apostrophe: Bool) {
    if fieldsInRecord == 0 {
      recordStart = bytes.count
    } else {
      bytes.append(delimiter)
    }
    fieldsInRecord += 1
    let isQuoted = needsQuotes(value, apostrophe: apostrophe)
    if isQuoted { bytes.append(Byte.quote) }
    if apostrophe { bytes.append(UInt8(ascii: "'")) }
    if isQuoted {
      for byte in value {
        if byte == Byte.quote { bytes.append(Byte.quote) }
        bytes.append(byte)
      }
      if let start = value.baseAddress {
        lines += WordScan.countLineEnds(in: start, from: 0, to: value.count)
      }
      bytes.append(Byte.quote)
    } else {
      bytes.append(contentsOf: value)
    }
  }

  private func needsQuotes(_ value: UnsafeRawBufferPointer, apostrophe: Bool) -> Bool {
    guard let first = value.first, let last = value.last else { return false }
    let blanks = [Byte.space, Byte.tab]
    if blanks.contains(last) || (!apostrophe && blanks.contains(first)) { return true }
    return value.contains {
      $0 == delimiter || $0 == Byte.quote || $0 == Byte.cr || $0 == Byte.lf
    }
  }
}
