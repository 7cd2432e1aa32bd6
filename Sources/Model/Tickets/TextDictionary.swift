/// The distinct values of one field, each known by a small number.
///
/// Code 0 is the missing value; its text is empty. Codes are given in the order of first
/// appearance, so they depend on the rows alone.
package struct TextDictionary: Sendable {
  package private(set) var values: [String] = [""]
  private var codes: [String: UInt32] = ["": 0]

  package init() {}

  /// A dictionary that knows no text yet.
  package static let empty = TextDictionary()

  /// The number of codes, the missing value included.
  package var count: Int { values.count }

  package subscript(code: UInt32) -> String { values[Int(code)] }

  package mutating func code(for value: String) -> UInt32 {
    if let code = codes[value] { return code }
    let code = UInt32(values.count)
    values.append(value)
    codes[value] = code
    return code
  }

  package func existingCode(for value: String) -> UInt32? { codes[value] }
}

/// Texts of which most differ, such as ticket numbers, end to end in one buffer.
package struct TextArena: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  package init() {}

  /// - Parameter ends: For each text, where its bytes end; ascending.
  package init(bytes: [UInt8], ends: [Int]) {
    self.bytes = bytes
    self.ends = ends
  }

  package var count: Int { ends.count }

  package mutating func append(_ text: some Sequence<UInt8>) {
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }

  package mutating func append(_ buffer: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: buffer)
    ends.append(bytes.count)
  }

  package subscript(index: Int) -> String {
    String(decoding: bytes[range(of: index)], as: UTF8.self)
  }

  /// The UTF-8 bytes of one text.
  package func slice(_ index: Int) -> ArraySlice<UInt8> { bytes[range(of: index)] }

  private func range(of index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }
}
