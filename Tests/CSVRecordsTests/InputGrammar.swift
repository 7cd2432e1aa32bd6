import TestSupport

/// Makes files in which the rules of records are met often, and broken often.
struct InputGrammar {
  var random: SeededGenerator
  let delimiter: UInt8

  private static let quote = UInt8(ascii: "\"")
  private static let realistic = [
    "INC00000001,2025-07-08 15:05:20,2025-07-08 23:49:42,,Closed,4 - Low,Networks,Cat 2,true,"
      + "\"Screen says \"\"no signal\"\", dock was changed, cable too\"",
    "INC00000002,2025-07-30 09:51:05,,,Open,3 - Moderate,Arbeitsplätze,Cat 28,false,\"one\r\ntwo\"",
    "\"INC00000003\",\"2025-11-01 12:47:18\",\"\",\"\",\"New\",\"5\"\" disk\",\"\",\"\",\"\",\"\"",
    "INC00000004,2025-03-20 15:09:53,,,Closed,1,5\" disk,Cat 21,true,no words",
  ]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    delimiter = Array(",,,;\t| \0".utf8).randomElement(using: &random) ?? UInt8(ascii: ",")
    self.random = random
  }

  private mutating func upTo(_ most: Int) -> Int { Int.random(in: 0...most, using: &random) }

  private mutating func happens(_ oneIn: Int) -> Bool { upTo(oneIn - 1) == 0 }

  private mutating func pick(_ bytes: StaticString) -> UInt8 {
    bytes.withUTF8Buffer { $0[upTo($0.count - 1)] }
  }

  private mutating func lineEnd() -> [UInt8] {
    [[10], [10], [13, 10], [13, 10], [13], [10, 10], [13, 13, 10], [13, 10, 13]][upTo(7)]
  }

  /// A file of one of four kinds.
  mutating func file() -> [UInt8] {
    switch upTo(3) {
    case 0: return soup(upTo(happens(4) ? 300 : 60))
    case 1: return records(mostFields: 5, faults: 0)
    case 2: return records(mostFields: 5, faults: 12)
    default: return mutated()
    }
  }

  /// Bytes without any order.
  mutating func soup(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in happens(5) ? delimiter : pick("aab\"\"\"\n\r \t\0;\u{e9}") }
  }

  /// Records, with a fault in one of `faults` fields.
  mutating func records(mostFields: Int, faults: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<upTo(8) {
      for field in 0...upTo(mostFields) {
        if field > 0 { bytes.append(delimiter) }
        appendField(to: &bytes, isFaulty: faults > 0 && happens(faults))
      }
      bytes += faults > 0 || happens(6) ? lineEnd() : [10]
    }
    if happens(2), let last = bytes.last, last == 10 { bytes.removeLast() }
    return bytes
  }

  private mutating func appendField(to bytes: inout [UInt8], isFaulty: Bool) {
    // Lengths around that of a chunk move all that follows over its border.
    let length = happens(8) ? 50 + upTo(30) : upTo(9)
    guard happens(2) else {
      bytes += (0..<length).map { _ in pick("abcdefgh \u{e9}1234567") }.filter { $0 != delimiter }
      if isFaulty { bytes += [Self.quote, pick("a \"")] }
      return
    }
    bytes.append(Self.quote)
    for _ in 0..<length {
      let byte = happens(6) ? delimiter : pick("ab \t\n\r\"\",;|\0\u{e9}")
      bytes += byte == Self.quote ? [byte, byte] : [byte]
    }
    bytes.append(Self.quote)
    if isFaulty {
      bytes += [[pick(" \tx\"")], [32, 9], [32, 65], []][upTo(3)]
    }
  }

  /// Lines as they come from a ticket tool, with some bytes changed.
  private mutating func mutated() -> [UInt8] {
    var bytes: [UInt8] = []
    let end = lineEnd()
    for _ in 0...upTo(5) { bytes += Array(Self.realistic[upTo(3)].utf8) + end }
    for index in bytes.indices where bytes[index] == UInt8(ascii: ",") { bytes[index] = delimiter }
    for _ in 0..<upTo(3) where !bytes.isEmpty {
      let place = upTo(bytes.count - 1)
      switch upTo(3) {
      case 0: bytes[place] = pick("\"\"\n\r ,\0")
      case 1: bytes.insert(pick("\"\"\n\r ,"), at: place)
      case 2: bytes.remove(at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }
}
