import Agreements
import Files
import FoundationEssentials
import Messages
import Results

/// Agreements to judge by, and the files that they came from.
struct RulesInForce {
  /// Versions of one name stand together, ascending by `validFrom`.
  var agreements: [[Agreement]]
  /// Agreements, calendars, holidays and registers of exclusions.
  var records: [RuleRecord]

  /// The hashes of what can change a verdict, sorted.
  var hashes: [String] { Set(records.map(\.sha256)).sorted() }
}

/// Why rules that were kept cannot be used again.
struct LostRules: Error, CustomStringConvertible {
  let description: String
}

extension RuleLibrary {
  /// The rules that results were made by, read again from texts that were kept.
  ///
  /// - Parameters:
  ///   - records: Of the results; mappings among them are passed over.
  ///   - text: A rule file by its hash; `nil` if it was not kept.
  func rules(
    from records: [RuleRecord], of agreement: String, text: (_ sha256: String) throws -> String?
  ) throws -> RulesInForce {
    let own = records.filter { $0.kind != "mapping" && ($0.agreement ?? agreement) == agreement }
    var files: [RuleRecord: [UInt8]] = [:]
    for record in own {
      guard let text = try text(record.sha256) else {
        throw LostRules(description: "the text of \(record.kind) \(record.name) was not kept")
      }
      files[record] = Array(text.utf8)
    }
    let shelf = KeptFiles(files: files)
    var (versions, findings): ([Agreement], [Finding]) = ([], [])
    for (record, bytes) in shelf.all(of: "agreement") {
      let (version, found) = AgreementReader.read(
        bytes, file: record.name, sha256: record.sha256, sources: sources(from: shelf))
      findings += found
      if let version { versions.append(version) }
    }
    let (tied, ties) = ChainLint.tied(versions)
    (versions, findings) = (tied, findings + AgreementLint.findings(for: versions) + ties)
    if let error = findings.first(where: { $0.severity == .error }) {
      throw LostRules(description: "the rules kept cannot be read any more: \(error.line)")
    }
    guard !versions.isEmpty else {
      throw LostRules(description: "no agreement was kept")
    }
    return RulesInForce(agreements: [versions.inOrderOfValidity], records: own)
  }

  private func sources(from shelf: KeptFiles) -> RuleSources {
    RuleSources(
      zone: { [self] in try zone($0) },
      calendarFile: { candidates, _ in
        guard let name = candidates.first.map(KeptFiles.name) else { return nil }
        return try shelf.file("calendar", name).map { (name, $0) }
      },
      holidays: { path, _ in
        let name = KeptFiles.name(path)
        guard let bytes = try shelf.file("holidays", name) else {
          throw LostRules(description: "the text of holidays \(name) was not kept")
        }
        return try RuleLibrary.holidays(inICS: bytes)
      },
      register: { path, _ in
        let name = KeptFiles.name(path)
        guard let bytes = try shelf.file("exclusions", name) else {
          throw LostRules(description: "the text of exclusions \(name) was not kept")
        }
        return (name, bytes)
      },
      actions: { _ in try shelf.file("actions", "actions.yml").map { ("actions.yml", $0) } },
      logo: { path, _ in
        let name = KeptFiles.name(path)
        // Kept as text, as every rule file is.
        guard let kept = try shelf.file("logo", name), let bytes = Data(base64Encoded: Data(kept))
        else { throw LostRules(description: "the logo \(name) was not kept") }
        return (Array(bytes), String(decoding: kept, as: UTF8.self))
      })
  }
}

/// Rule files by kind and name; folders were not kept.
private struct KeptFiles {
  let files: [RuleRecord: [UInt8]]

  static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  func all(of kind: String) -> [(record: RuleRecord, bytes: [UInt8])] {
    files.filter { $0.key.kind == kind }.map { ($0.key, $0.value) }
      .sorted { ($0.record.name, $0.record.sha256) < ($1.record.name, $1.record.sha256) }
  }

  func file(_ kind: String, _ name: String) throws -> [UInt8]? {
    let found = all(of: kind).filter { $0.record.name == name }
    guard Set(found.map(\.record.sha256)).count < 2 else {
      throw LostRules(description: "two files named \(name) were kept, and it is not known which")
    }
    return found.first?.bytes
  }
}
