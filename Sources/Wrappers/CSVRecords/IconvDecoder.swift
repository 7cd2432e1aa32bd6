internal import CIconv
internal import Glibc

/// A conversion of the system's iconv to UTF-8, given its bytes piece by piece.
///
/// A byte that is no character becomes ``invalidMark``, and so does a character that the file's end
/// cuts. Reading goes on behind it: at the next byte, or the next unit where a unit has several.
final class IconvDecoder {
  /// What stands for bytes that are not of the encoding: the start of a character that there is
  /// not, so that it is no UTF-8 and shows as one replacement character.
  static let invalidMark: [UInt8] = [0xf4, 0x8f, 0xbf]

  private let conversion: UnsafeMutableRawPointer
  /// How many bytes a line feed has, and so every unit of the encoding.
  private let unit: Int
  private var room = [CChar](repeating: 0, count: 32 << 10)
  /// Bytes of the file that are not converted yet.
  private var waiting: [UInt8] = []
  private var isAtStart = true
  /// Whether the line at hand holds invalid bytes, so that its shifts are not to be trusted.
  private var isDamaged = false

  static func knows(_ name: String) -> Bool {
    guard let opened = attain_iconv_open("UTF-8", name) else { return false }
    attain_iconv_close(opened)
    return true
  }

  /// Opens the conversion from an encoding that ``knows(_:)``.
  init(_ name: String) {
    guard let opened = attain_iconv_open("UTF-8", name) else {
      preconditionFailure("the name was looked up before")
    }
    conversion = opened
    unit = Self.unit(of: name)
  }

  deinit { attain_iconv_close(conversion) }

  /// Converts the next bytes of the file as far as their characters are whole.
  func decode(_ bytes: some Sequence<UInt8>, into output: inout [UInt8]) {
    waiting.append(contentsOf: bytes)
    convert(into: &output)
  }

  /// Converts what is left at the end of the file.
  func finish(into output: inout [UInt8]) {
    if !waiting.isEmpty { output.append(contentsOf: Self.invalidMark) }
    waiting = []
    reset(into: &output)
  }

  private func convert(into output: inout [UInt8]) {
    var used = 0
    var lineEnd: Int?
    while used < waiting.count {
      // Behind invalid bytes only the rest of the line is converted: the next begins anew.
      if isDamaged, unit == 1, lineEnd.map({ $0 <= used }) ?? true {
        lineEnd = (waiting[used...].firstIndex(of: Byte.lf) ?? waiting.count - 1) + 1
      }
      let end = isDamaged ? lineEnd ?? waiting.count : waiting.count
      let status = run(&used, upTo: end, into: &output)
      if status == EINVAL && end == waiting.count { break }
      if status == EILSEQ || status == EINVAL {
        output.append(contentsOf: Self.invalidMark)
        isDamaged = true
        used = min(used + unit, waiting.count)
      }
      if isDamaged, unit == 1, used == end, waiting[used - 1] == Byte.lf {
        reset(into: &output)
        isDamaged = false
      }
    }
    waiting.removeFirst(used)
  }

  /// Converts until all up to `end` is used or something is in the way, and says what.
  private func run(_ used: inout Int, upTo end: Int, into output: inout [UInt8]) -> Int32 {
    var status = E2BIG
    while status == E2BIG {
      var written = 0
      waiting.withUnsafeMutableBufferPointer { input in
        room.withUnsafeMutableBufferPointer { room in
          input.withMemoryRebound(to: CChar.self) { input in
            var from = input.baseAddress?.advanced(by: used)
            var left = end - used
            var to = room.baseAddress
            var space = room.count
            status = attain_iconv(conversion, &from, &left, &to, &space)
            used = end - left
            written = room.count - space
          }
        }
      }
      append(written, to: &output)
    }
    return status
  }

  /// Writes what the conversion holds back, and starts anew.
  private func reset(into output: inout [UInt8]) {
    let written = room.withUnsafeMutableBufferPointer { room in
      var to = room.baseAddress
      var space = room.count
      _ = attain_iconv(conversion, nil, nil, &to, &space)
      return room.count - space
    }
    append(written, to: &output)
  }

  /// Takes what was written to ``room``, but for a byte order mark at the very start.
  private func append(_ count: Int, to output: inout [UInt8]) {
    guard count > 0 else { return }
    let mark: [UInt8] = [0xef, 0xbb, 0xbf]
    let text = room[..<count].lazy.map { UInt8(bitPattern: $0) }
    output.append(contentsOf: text.dropFirst(isAtStart && text.starts(with: mark) ? 3 : 0))
    isAtStart = false
  }

  private static func unit(of name: String) -> Int {
    guard let back = attain_iconv_open(name, "UTF-8") else { return 1 }
    defer { attain_iconv_close(back) }
    // The second line feed comes without a byte order mark.
    var sizes: [Int] = []
    for _ in 0..<2 {
      var text: [CChar] = [10]
      var room = [CChar](repeating: 0, count: 32)
      let written = text.withUnsafeMutableBufferPointer { text in
        room.withUnsafeMutableBufferPointer { room in
          var from = text.baseAddress
          var left = 1
          var to = room.baseAddress
          var space = room.count
          _ = attain_iconv(back, &from, &left, &to, &space)
          return room.count - space
        }
      }
      sizes.append(written)
    }
    return max(1, sizes[1])
  }
}

/// Whether a cell holds bytes that are not of the encoding which the mapping names.
package func isMarkedInvalid(_ bytes: UnsafeRawBufferPointer) -> Bool {
  let mark = IconvDecoder.invalidMark
  guard bytes.count >= mark.count else { return false }
  return (0...bytes.count - mark.count).contains { start in
    bytes[start..<start + mark.count].elementsEqual(mark)
  }
}
