import Agreements
import Files
import LocatedYAML
import Logging
import Messages

/// Checks rule files, each by what it is, and with the tickets they are for where there are any.
package struct CheckJob {
  let paths: [String]
  /// Exports that the agreements among the paths are for.
  let orders: [ImportOrder]
  let rules: RuleLibrary
  let surroundings: Surroundings

  package init(
    paths: [String], orders: [ImportOrder] = [], rules: RuleLibrary, surroundings: Surroundings
  ) {
    self.paths = paths
    self.orders = orders
    self.rules = rules
    self.surroundings = surroundings
  }

  private enum Kind: String, CaseIterable {
    case agreement, calendar, mapping, pipeline, actions
    case register = "exclusions"
  }

  /// Says what was checked.
  ///
  /// - Throws: ``CommandFailure`` with all problems of all files.
  package func run() throws(CommandFailure) {
    var agreements: [String] = []
    var lines: [String] = []
    var checked = 0
    var pipelines: [PipelineFile] = []
    for path in try files() {
      guard let kind = try kind(of: path, problems: &lines) else { continue }
      checked += 1
      do throws(CommandFailure) {
        switch kind {
        case .agreement: agreements.append(path)
        case .calendar: try rules.calendar(path)
        case .mapping: _ = try rules.mapping(path.contains("/") ? path : "./" + path)
        case .pipeline: pipelines.append(try pipeline(path))
        case .register: try rules.register(path)
        case .actions: try rules.actions(path)
        }
      } catch {
        lines += error.lines
      }
    }
    do throws(CommandFailure) {
      _ = try rules.agreements(agreements)
    } catch {
      lines += error.lines
    }
    guard lines.isEmpty else {
      tell(rules.warnings)
      throw CommandFailure(.wrongRules, lines)
    }
    let checks = RuleChecks(rules: rules, surroundings: surroundings)
    tell(try checks.findings(agreements: agreements, orders: orders, pipelines: pipelines))
    surroundings.log.info("\(checked) files checked, nothing wrong")
  }

  /// Warnings are told always, notes with `-v`; each once, by place.
  private func tell(_ findings: [Finding]) {
    var told: Set<Finding> = []
    for finding in findings.inOrderOfPlace where told.insert(finding).inserted {
      if finding.severity == .note {
        surroundings.log.info("\(finding.namedLine)")
      } else {
        surroundings.say(finding.namedLine)
      }
    }
  }

  private func files() throws(CommandFailure) -> [String] {
    var files: [String] = []
    for path in paths {
      if FileTree.isFolder(path) {
        files += FileTree.files(below: path).filter {
          $0.hasSuffix(".yml") || $0.hasSuffix(".yaml")
        }
      } else if FileTree.exists(path) {
        files.append(path)
      } else {
        throw CommandFailure(
          .inputMissing, "\(path): error: there is no such file or folder; correct the path")
      }
    }
    return files
  }

  private func kind(of path: String, problems: inout [String]) throws(CommandFailure) -> Kind? {
    let bytes = try rules.bytes(of: path)
    do throws(YAMLError) {
      let root = try YAMLNode.parse(bytes)
      let keys = (root.mapping ?? []).map(\.key)
      if let kind = Kind.allCases.first(where: { keys.contains($0.rawValue) }) { return kind }
      problems.append(
        Finding(
          .error, at: Place(file: path, line: 1),
          """
          this is no file of attain; one names itself with "agreement", "calendar", "mapping", \
          "pipeline", "exclusions" or "actions"
          """
        ).line)
    } catch {
      problems.append(
        Finding(
          .error, at: Place(file: path, line: error.line, column: error.column),
          .init(stringLiteral: error.reason)
        ).line)
    }
    return nil
  }

  private func pipeline(_ path: String) throws(CommandFailure) -> PipelineFile {
    let (pipeline, findings) = PipelineFile.read(try rules.bytes(of: path), file: path)
    guard let pipeline else { throw CommandFailure(.wrongRules, findings) }
    var problems: [String] = []
    for stage in pipeline.imports where stage.mapping != ImportOrder.auto {
      do throws(CommandFailure) {
        _ = try rules.mapping(stage.mapping)
      } catch {
        problems += error.lines
      }
    }
    for agreement in pipeline.calculations.flatMap(\.agreements)
    where !agreement.contains("*") && !FileTree.exists(agreement) {
      problems.append("\(path): error: agreement \(agreement) is not there; correct its path")
    }
    guard problems.isEmpty else { throw CommandFailure(.wrongRules, problems) }
    return pipeline
  }
}

extension [Finding] {
  /// By file, line and column; of one place, in the order found.
  fileprivate var inOrderOfPlace: [Finding] {
    enumerated().sorted { left, right in
      let (a, b) = (left.element.place, right.element.place)
      return (a.file, a.line ?? 0, a.column ?? 0, left.offset)
        < (b.file, b.line ?? 0, b.column ?? 0, right.offset)
    }.map(\.element)
  }
}
