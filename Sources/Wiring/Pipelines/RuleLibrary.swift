package import Agreements
import Calculation
import Files
import FoundationEssentials
import HolidayFeeds
package import Importing
package import Messages
package import Results
package import ServiceTime
import Workspace

/// Loads rule files and zones, each once, and remembers what was read with its hash.
package final class RuleLibrary {
  private let zoneFolder: String
  private var zones: [String: ZoneRules] = [:]
  private var read: [RuleRecord] = []
  /// What was read, word for word.
  private(set) var texts: Set<RuleText> = []
  private var agreementsByPaths: [[String]: [[Agreement]]] = [:]
  /// SHA-256 of mappings, by the names they were asked for.
  private var mappings: [String: String] = [:]
  /// Warnings of the files read so far.
  package private(set) var warnings: [Finding] = []

  /// The years for which holiday feeds are expanded.
  private static let holidayYears = 1990...2100

  package init(zoneFolder: String) {
    self.zoneFolder = zoneFolder
  }

  /// The rule files that were read, sorted by kind and name; inputs of the results.
  package var records: [RuleRecord] {
    var unique: [RuleRecord] = []
    for record in read where !unique.contains(record) { unique.append(record) }
    return Self.sorted(unique)
  }

  static func sorted(_ records: [RuleRecord]) -> [RuleRecord] {
    records.sorted { left, right in
      (left.kind, left.name, left.sha256, left.agreement ?? "", left.source ?? "")
        < (right.kind, right.name, right.sha256, right.agreement ?? "", right.source ?? "")
    }
  }

  /// The version of the zone data, such as `2024a`; empty if the system does not tell.
  package var zoneDataVersion: String { ZoneFiles.version(folder: zoneFolder) ?? "" }

  /// The names of all zones of the system, for the nearest to a typo.
  var zoneNames: [String] { ZoneFiles.names(folder: zoneFolder) }

  /// The rules of a zone; `nil` if the system has no zone of that name.
  package func zone(_ identifier: String) throws -> ZoneRules? {
    if let zone = zones[identifier] { return zone }
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try ZoneFiles.bytes(identifier: identifier, folder: zoneFolder)
    } catch {
      if case .unknownZone = error { return nil }
      throw error
    }
    let zone = try ZoneRules(identifier: identifier, tzif: bytes)
    zones[identifier] = zone
    return zone
  }

  private func sources() -> RuleSources {
    RuleSources(
      zone: { [self] in try zone($0) }, zoneNames: self.zoneNames,
      calendarFile: { [self] candidates, fromFile in
        for candidate in candidates {
          let path = RelativePath.resolve(candidate, from: fromFile)
          guard FileTree.exists(path) else { continue }
          let bytes = try FileTree.bytes(of: path)
          record("calendar", path, bytes)
          return (path, bytes)
        }
        return nil
      },
      holidays: { [self] path, fromFile in
        let path = RelativePath.resolve(path, from: fromFile)
        let bytes = try FileTree.bytes(of: path)
        record("holidays", path, bytes)
        return try Self.holidays(inICS: bytes)
      },
      register: { [self] path, fromFile in
        let path = RelativePath.resolve(path, from: fromFile)
        let bytes = try FileTree.bytes(of: path)
        record("exclusions", path, bytes)
        return (path, bytes)
      },
      actions: { [self] fromFile in
        let path = RelativePath.resolve("actions.yml", from: fromFile)
        guard FileTree.exists(path) else { return nil }
        let bytes = try FileTree.bytes(of: path)
        record("actions", path, bytes)
        return (path, bytes)
      },
      logo: { [self] path, fromFile in
        let path = RelativePath.resolve(path, from: fromFile)
        let bytes = try FileTree.bytes(of: path)
        let base64 = Data(bytes).base64EncodedString()
        record("logo", path, bytes, text: base64)
        return (bytes, base64)
      })
  }

  static func holidays(inICS bytes: [UInt8]) throws -> [CivilDate] {
    try HolidayFeed.dates(inICS: bytes, years: holidayYears).compactMap {
      CivilDate(year: $0.year, month: $0.month, day: $0.day)
    }
  }

  /// Reads agreements, and puts versions of one name together, ascending by validity.
  ///
  /// - Throws: ``CommandFailure`` with every problem of every file.
  package func agreements(_ paths: [String]) throws(CommandFailure) -> [[Agreement]] {
    if let known = agreementsByPaths[paths] { return known }
    let agreements = try readAgreements(paths)
    agreementsByPaths[paths] = agreements
    return agreements
  }

  private func readAgreements(_ paths: [String]) throws(CommandFailure) -> [[Agreement]] {
    var agreements: [Agreement] = []
    var findings: [Finding] = []
    for path in paths {
      let bytes = try bytes(of: path)
      let first = read.count
      let sha256 = record("agreement", path, bytes)
      let (agreement, found) = AgreementReader.read(
        bytes, file: path, sha256: sha256, sources: sources())
      findings += found
      guard let agreement else { continue }
      agreements.append(agreement)
      for index in first..<read.count { read[index].agreement = agreement.name }
    }
    findings += AgreementLint.findings(for: agreements)
    let (tied, ties) = ChainLint.tied(agreements)
    (agreements, findings) = (tied, findings + ties)
    try fail(on: findings)
    let names = Set(agreements.map(\.name)).sorted()
    let versions = names.map { name in
      agreements.filter { $0.name == name }.sorted { left, right in
        guard let a = left.validFrom else { return right.validFrom != nil }
        return right.validFrom.map { a < $0 } ?? false
      }
    }
    // Notes are for those who ask: `attain check -v`.
    warnings += ChainChecks.findings(versions).filter { $0.severity == .warning }
    return versions
  }

  /// Reads a calendar file, for its problems.
  package func calendar(_ path: String) throws(CommandFailure) {
    let (_, findings) = CalendarReader.read(try bytes(of: path), file: path, sources: sources())
    try fail(on: findings)
  }

  /// Reads a register of exclusions, for its problems.
  package func register(_ path: String) throws(CommandFailure) {
    let (_, findings) = ExclusionReader.read(try bytes(of: path), file: path, sources: sources())
    try fail(on: findings)
  }

  /// Reads a list of actions, for its problems.
  package func actions(_ path: String) throws(CommandFailure) {
    let (_, findings) = ActionReader.read(try bytes(of: path), file: path, sources: sources())
    try fail(on: findings)
  }

  /// A preset by its name, or a mapping file by its path.
  ///
  /// - Parameter source: The system it is used for, in place of the mapping's own.
  package func mapping(_ name: String, source: String? = nil) throws(CommandFailure) -> Mapping {
    let isFile = name.contains("/") || name.hasSuffix(".yml") || name.hasSuffix(".yaml")
    let bytes: [UInt8]
    if let preset = Presets.all.first(where: { $0.name == name }) {
      bytes = Array(preset.yaml.utf8)
    } else if isFile {
      bytes = try self.bytes(of: name)
    } else {
      throw unknownMapping(name)
    }
    mappings[name] = record("mapping", name, bytes, keptAs: isFile ? "mapping" : "preset")
    do throws(MappingError) {
      let mapping = try Mapping.read(bytes, file: isFile ? name : "preset \(name)")
      read[read.count - 1].source = source ?? mapping.source
      return mapping
    } catch {
      throw CommandFailure(.wrongRules, error.findings)
    }
  }

  /// The hash of a mapping that was read.
  func sha256(ofMapping name: String) -> String { mappings[name] ?? "" }

  private func unknownMapping(_ name: String) -> CommandFailure {
    let names = Presets.all.map(\.name)
    let hint =
      NearestName.of(name, among: names).map { "did you mean \"\($0)\"?" }
      ?? "there are " + names.joined(separator: ", ")
    return CommandFailure(
      .wrongRules,
      """
      \(name): error: this is no path to a mapping file and no preset; \(hint)
      """)
  }

  /// The bytes of a rule file.
  package func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
    do throws(FileError) {
      return try FileTree.bytes(of: path)
    } catch {
      throw CommandFailure(error)
    }
  }

  @discardableResult
  private func record(
    _ kind: String, _ path: String, _ bytes: [UInt8], keptAs: String? = nil, text: String? = nil
  ) -> String {
    let sha256 = SHA256Hex.of(bytes)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    read.append(RuleRecord(kind: kind, name: name, sha256: sha256))
    texts.insert(
      RuleText(
        kind: keptAs ?? kind, name: name, text: text ?? String(decoding: bytes, as: UTF8.self),
        sha256: sha256))
    return sha256
  }

  private func fail(on findings: [Finding]) throws(CommandFailure) {
    warnings += findings.filter { $0.severity != .error }
    let errors = findings.filter { $0.severity == .error }
    guard errors.isEmpty else { throw CommandFailure(.wrongRules, errors) }
  }
}
