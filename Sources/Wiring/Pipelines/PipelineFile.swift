/// A pipeline as it is written, with paths resolved against the folder of its file.
package struct PipelineFile: Hashable, Sendable {
  package enum Format: String, CaseIterable, Sendable {
    case html, xlsx, csv, json, pdf

    /// All that need no other program.
    package static let usual: [Format] = [.html, .xlsx, .csv, .json]
  }

  package struct ImportStage: Hashable, Sendable {
    package var patterns: [String]
    package var mapping: String
    package var source: String?
    /// The zone of times without an offset, in place of the mapping's own.
    package var zone: String?
    /// The sheet of a workbook.
    package var sheet: String?
    /// Seconds of quiet that a file must have had.
    package var settle: Int64?
    package var maxRejects: String?
    package var limits = ImportLimits()
  }

  package struct CalculateStage: Hashable, Sendable {
    package var agreements: [String]
    /// Months up to and including the reported one.
    package var history: Int
    package var by: [String]
    /// The share of promises of the period that no one can measure.
    package var unmeasurable: Threshold<ShareLimit>?
  }

  package struct ExportStage: Hashable, Sendable {
    /// A path with `{period}`, `{agreement}` and `{customer}`.
    package var to: String
    package var formats: [Format]
  }

  package enum Stage: Hashable, Sendable {
    case `import`(ImportStage)
    case calculate(CalculateStage)
    case export(ExportStage)

    package var name: String {
      switch self {
      case .import: "import"
      case .calculate: "calculate"
      case .export: "export"
      }
    }
  }

  package var name: String
  package var period: String
  /// The SQLite file that keeps the rows of all imports; `nil` goes straight from files to reports.
  package var workspace: String?
  package var stages: [Stage]
  package var file: String

  package var imports: [ImportStage] {
    stages.compactMap { if case .import(let stage) = $0 { stage } else { nil } }
  }

  package var calculations: [CalculateStage] {
    stages.compactMap { if case .calculate(let stage) = $0 { stage } else { nil } }
  }

  package var exports: [ExportStage] {
    stages.compactMap { if case .export(let stage) = $0 { stage } else { nil } }
  }
}

/// Paths as a user writes them.
enum RelativePath {
  /// `path` as seen from the folder of `file`; absolute paths and `-` stay.
  static func resolve(_ path: String, from file: String) -> String {
    guard !path.hasPrefix("/"), path != "-", let slash = file.lastIndex(of: "/") else {
      return path
    }
    return simplified(String(file[...slash]) + path)
  }

  /// Takes out `./` and `name/..`, so that messages stay short.
  static func simplified(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
  }
}
