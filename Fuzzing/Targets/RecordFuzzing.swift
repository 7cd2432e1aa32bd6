import CSVRecords

/// The reader of records beside the slow parser, with the file cut into blocks by its first bytes.
enum RecordFuzzing {
  private static let delimiters = Array(",;\t| xa".utf8)
  private static let blockSizes = [1, 2, 3, 7, 63, 64, 65, 128, 4_096]

  static func complaint(about bytes: [UInt8]) -> String? {
    guard bytes.count >= 4 else { return nil }
    let delimiter = delimiters[Int(bytes[0]) % delimiters.count]
    let blockSize = blockSizes[Int(bytes[1]) % blockSizes.count]
    let piece = bytes[2] % 4 == 0 ? Int(bytes[2] / 4) + 1 : Int.max
    let maximum = bytes[3] % 4 == 0 ? Int(bytes[3]) + 1 : 1 << 20
    let file = Array(bytes[4...])
    let expected = ReferenceParser(file, delimiter: delimiter, maximum: maximum).items()
    for threads in bytes[2] % 8 == 1 ? [1, 2] : [1] {
      let reading = Reading(blockSize: blockSize, piece: piece, threads: threads)
      do {
        let found = try readItems(file, delimiter: delimiter, maximum: maximum, reading)
        if found != expected { return "\(reading): \(found), but must be \(expected)" }
      } catch {
        return "\(reading): \(error)"
      }
    }
    return nil
  }
}
