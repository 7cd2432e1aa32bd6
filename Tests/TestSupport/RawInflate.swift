/// Unpacks raw deflate streams bit by bit (RFC 1951): too slow to ship, too simple to be wrong.
package struct RawInflate {
  struct Broken: Error {}

  private static let lengthBase = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let lengthBits = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let distanceBase = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let codeOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]

  private let input: [UInt8]
  private var position = 0
  private var output: [UInt8] = []

  package static func bytes(of deflated: [UInt8], size: Int) throws -> [UInt8] {
    var inflate = RawInflate(input: deflated)
    inflate.output.reserveCapacity(size)
    while try !inflate.block() {}
    return inflate.output
  }

  private init(input: [UInt8]) {
    self.input = input
  }

  /// Unpacks one block and tells whether it was the last.
  private mutating func block() throws -> Bool {
    let isLast = try bits(1) == 1
    switch try bits(2) {
    case 0: try stored()
    case 1:
      let lengths =
        Array(repeating: 8, count: 144) + Array(repeating: 9, count: 112)
        + Array(repeating: 7, count: 24) + Array(repeating: 8, count: 8)
      try packed(Code(lengths), Code(Array(repeating: 5, count: 30)))
    case 2:
      let (literals, distances) = try codes()
      try packed(literals, distances)
    default: throw Broken()
    }
    return isLast
  }

  private mutating func stored() throws {
    position = (position + 7) / 8 * 8
    let count = try bits(16)
    _ = try bits(16)
    for _ in 0..<count { output.append(UInt8(try bits(8))) }
  }

  private mutating func codes() throws -> (Code, Code) {
    let literalCount = try bits(5) + 257
    let distanceCount = try bits(5) + 1
    let codeCount = try bits(4) + 4
    var lengths = Array(repeating: 0, count: 19)
    for index in 0..<codeCount { lengths[Self.codeOrder[index]] = try bits(3) }
    let code = Code(lengths)
    var all: [Int] = []
    while all.count < literalCount + distanceCount {
      let symbol = try next(code)
      switch symbol {
      case 16:
        guard let last = all.last else { throw Broken() }
        all += Array(repeating: last, count: try bits(2) + 3)
      case 17: all += Array(repeating: 0, count: try bits(3) + 3)
      case 18: all += Array(repeating: 0, count: try bits(7) + 11)
      default: all.append(symbol)
      }
    }
    return (Code(Array(all[..<literalCount])), Code(Array(all[literalCount...])))
  }

  private mutating func packed(_ literals: Code, _ distances: Code) throws {
    while true {
      let symbol = try next(literals)
      if symbol == 256 { return }
      if symbol < 256 {
        output.append(UInt8(symbol))
        continue
      }
      guard symbol - 257 < Self.lengthBase.count else { throw Broken() }
      let count = Self.lengthBase[symbol - 257] + (try bits(Self.lengthBits[symbol - 257]))
      let far = try next(distances)
      guard far < Self.distanceBase.count else { throw Broken() }
      let distance = Self.distanceBase[far] + (try bits(max(0, far / 2 - 1)))
      guard distance <= output.count else { throw Broken() }
      for _ in 0..<count { output.append(output[output.count - distance]) }
    }
  }

  private mutating func bits(_ count: Int) throws -> Int {
    var value = 0
    for bit in 0..<count {
      guard position / 8 < input.count else { throw Broken() }
      value |= Int(input[position / 8] >> UInt8(position % 8) & 1) << bit
      position += 1
    }
    return value
  }

  private mutating func next(_ code: Code) throws -> Int {
    var value = 0
    for length in 1...15 {
      value = value << 1 | (try bits(1))
      if let symbol = code.symbols[length << 16 | value] { return symbol }
    }
    throw Broken()
  }

  /// A canonical Huffman code.
  private struct Code {
    var symbols: [Int: Int] = [:]

    init(_ lengths: [Int]) {
      var value = 0
      for length in 1...15 {
        for (symbol, own) in lengths.enumerated() where own == length {
          symbols[length << 16 | value] = symbol
          value += 1
        }
        value <<= 1
      }
    }
  }
}
