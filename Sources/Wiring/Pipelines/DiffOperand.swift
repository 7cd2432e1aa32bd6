import Files
import Results
import ServiceTime

/// One of the two things that `attain diff` compares, as the command line names it.
enum DiffOperand: Hashable {
  case pack(String)
  case results(String)
  case agreement(String)
  /// The issue of a number, or the last.
  case reported(Int?)
  /// With what was known at an instant, or what `--known-at` says.
  case reading(Reading, knownAt: Instant?)

  /// - Throws: ``CommandFailure`` if it is no reading, and there is no file or folder of the name.
  init(_ text: String) throws(CommandFailure) {
    if let reading = try Self.reading(text) {
      self = reading
    } else if FileTree.isFolder(text) {
      self = .pack(text)
    } else {
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try FileTree.bytes(of: text)
      } catch {
        throw CommandFailure(error)
      }
      let first = bytes.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) }
      self = first == UInt8(ascii: "{") ? .results(text) : .agreement(text)
    }
  }

  private static func reading(_ text: String) throws(CommandFailure) -> DiffOperand? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let reading = Reading(rawValue: String(parts[0])) else { return nil }
    guard parts.count == 2 else {
      return reading == .asReported ? .reported(nil) : .reading(reading, knownAt: nil)
    }
    if reading == .asReported {
      guard let number = Int(parts[1]), number > 0 else {
        throw CommandFailure(
          .usage,
          "\(text): error: as-reported is followed by the number of an issue, as in as-reported:2")
      }
      return .reported(number)
    }
    guard let knownAt = Instant(iso: String(parts[1])) else {
      throw CommandFailure(
        .usage,
        """
        \(text): error: \(parts[0]) is followed by the instant at which rows were known, as in \
        \(parts[0]):2026-11-02T06:00:00Z
        """)
    }
    return .reading(reading, knownAt: knownAt)
  }

  var isAgreement: Bool {
    if case .agreement = self { return true }
    return false
  }

  /// As reports name it.
  var name: String {
    switch self {
    case .pack(let path), .results(let path), .agreement(let path): path
    case .reported(let number): number.map { "as-reported:\($0)" } ?? "as-reported"
    case .reading(let reading, let knownAt):
      reading.rawValue + (knownAt.map { ":\($0.iso)" } ?? "")
    }
  }
}
