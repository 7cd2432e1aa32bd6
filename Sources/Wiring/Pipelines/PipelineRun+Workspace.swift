import Files
import Results
import ServiceTime
import Workspace

extension PipelineRun {
  /// What keeps the rows of all imports; `nil` if reports come straight from files.
  var workspace: String? { options.workspace ?? pipeline.workspace }

  /// Whether exports are read; with a workspace, the stages behind the import can do without.
  var runsImports: Bool {
    guard workspace != nil else { return true }
    let isAsked = options.only.isEmpty || options.only.contains("import")
    return isAsked && (options.from ?? "import") == "import" && !pipeline.imports.isEmpty
  }

  func checkWorkspace() throws(CommandFailure) {
    if options.knownAt != nil {
      guard workspace != nil else {
        throw CommandFailure(
          .usage,
          """
          --known-at: error: only a workspace remembers what was known when; give one with -w, \
          or set "workspace" in \(pipeline.file)
          """)
      }
      guard !runsImports else {
        throw CommandFailure(
          .usage,
          """
          --known-at: error: the import stage brings what was not known then; leave it out with \
          --from calculate
          """)
      }
    }
    if let workspace, !runsImports { try WorkspaceJob.checkExists(workspace) }
  }

  /// Keeps in the workspace what was done, by which rules, and which figures came of it.
  ///
  /// - Parameter results: `nil` if none were calculated.
  func keep(
    _ record: RunRecord, _ results: CalculationResults? = nil
  ) throws(CommandFailure) {
    guard let workspace, FileTree.exists(workspace) else { return }
    try WorkspaceJob.open(workspace) { workspace throws(CommandFailure) in
      try WorkspaceJob.trying {
        try workspace.keep(rules: rules.texts.sorted { $0.sha256 < $1.sha256 })
        for agreement in results?.agreements ?? [] {
          guard let figures = results?.figures(of: agreement.name) else { continue }
          try workspace.keepResults(
            of: agreement.name, period: agreement.period,
            inputsSHA256: try ContentDigest.hex(ofInputs: figures), asOf: options.asOf,
            knownAt: options.knownAt,
            results: String(decoding: try ResultsFile.bytes(of: figures), as: UTF8.self))
        }
        try workspace.keepRun(
          of: record.pipeline, period: record.period, asOf: options.asOf,
          started: surroundings.now, seconds: record.seconds ?? 0,
          status: Int(record.status ?? 0),
          record: String(decoding: try record.bytes(), as: UTF8.self))
      }
    }
  }
}
