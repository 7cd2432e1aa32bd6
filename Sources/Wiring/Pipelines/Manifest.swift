import Files
import FoundationEssentials
package import Results
import ServiceTime

/// One file of a pack with its hash.
package struct PackFile: Codable, Hashable, Sendable {
  package var name: String
  package var bytes: Int
  package var sha256: String

  package init(name: String, bytes: Int, sha256: String) {
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
  }
}

/// What a pack is made of: `manifest.json`, `attain.pack/1`.
package struct Manifest: Codable, Hashable, Sendable {
  package static let currentFormat = "attain.pack/1"
  package static let name = "manifest.json"

  package var format = Manifest.currentFormat
  package var agreement: String
  package var customer: String
  package var period: String
  package var asOf: String
  /// Of rows from a workspace: with this as `--known-at`, the pack can be made again.
  package var knownAt: String?
  /// Of a pack that was issued: 1 is the first issue, 2 the first reissue.
  package var issue: Int?
  package var tool: String
  package var tzdata: String
  /// SHA-256 of every input, sorted; names stay in the run's own record.
  package var inputs: [String]
  package var rules: [RuleRecord]
  /// The formats that were asked for, sorted; packs of the first versions do not say.
  package var formats: [String]?
  /// SHA-256 of all that the reports show, but for the as-of instant; packs of the first versions
  /// do not say.
  package var content: String?
  package var files: [PackFile]

  /// The manifest of what one client's results make, before any file is written.
  init(
    limited: CalculationResults, agreement: String, customer: String,
    formats: [PipelineFile.Format]
  ) throws {
    self.agreement = agreement
    self.customer = customer
    period = limited.agreements.first?.period ?? ""
    asOf = Instant(seconds: limited.asOf).iso
    knownAt = limited.knownAt.map { Instant(seconds: $0).iso }
    issue = limited.issues?.first?.number
    tool = limited.tool
    tzdata = limited.tzdata
    inputs = limited.inputs.map(\.sha256).sorted()
    rules = limited.rules
    self.formats = Set(formats.map(\.rawValue)).sorted()
    content = try ContentDigest.hex(of: limited)
    files = []
  }

  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// The manifest of the pack in a folder; `nil` if there is none that can be read.
  static func read(in folder: String) -> Manifest? {
    guard let bytes = try? FileTree.bytes(of: "\(folder)/\(name)") else { return nil }
    return try? JSONDecoder().decode(Manifest.self, from: Data(bytes))
  }

  /// The format of the pack in a folder, whatever else its manifest holds.
  static func format(in folder: String) -> String? {
    struct Named: Decodable { var format: String }
    guard let bytes = try? FileTree.bytes(of: "\(folder)/\(name)") else { return nil }
    return (try? JSONDecoder().decode(Named.self, from: Data(bytes)))?.format
  }

  /// A manifest from its text; `nil` if it cannot be read.
  static func read(_ text: String) -> Manifest? {
    try? JSONDecoder().decode(Manifest.self, from: Data(text.utf8))
  }

  /// What is not as this manifest says in the folder that holds it.
  func differences(in folder: String) -> [(file: String, problem: String)] {
    var found: [(file: String, problem: String)] = []
    for file in files {
      let path = "\(folder)/\(file.name)"
      guard FileTree.exists(path) else {
        found.append((file.name, "the file is gone"))
        continue
      }
      let isSame =
        FileTree.size(path) == file.bytes && (try? SHA256Hex.ofFile(path)) == file.sha256
      if !isSame { found.append((file.name, "the file was changed after it was written")) }
    }
    let known = Set(files.map(\.name) + [Self.name])
    for path in FileTree.files(below: folder) {
      let name = String(path.dropFirst(folder.count + 1))
      if !known.contains(name) { found.append((name, "the file is not in the manifest")) }
    }
    return found
  }
}
