import Agreements
package import ServiceTime
import Tickets

/// Where the rows of a calculation come from.
package enum TicketOrigin: Hashable, Sendable {
  /// Exports, read as they are.
  case files([ImportOrder])
  /// All sources of a workspace, as it knew them at an instant; `nil` is everything.
  case workspace(String, knownAt: Instant?)
}

/// A set of files and how to read them, as given on the command line or by a pipeline.
package struct ImportOrder: Hashable, Sendable {
  /// Paths, patterns, or `-`.
  package var files: [String]
  package var mapping: String
  /// In place of the mapping's own.
  package var source: String?
  /// The zone of times without an offset, in place of the mapping's own.
  package var zone: String?
  /// The sheet of a workbook, in place of the mapping's.
  package var sheet: String?
  package var settle: Int64?
  package var maxRejects: RejectLimit
  /// What a pipeline expects besides.
  package var limits = ImportLimits()

  package init(
    files: [String], mapping: String, source: String? = nil, zone: String? = nil,
    sheet: String? = nil, settle: Int64? = nil, maxRejects: RejectLimit = .standard
  ) {
    self.files = files
    self.mapping = mapping
    self.source = source
    self.zone = zone
    self.sheet = sheet
    self.settle = settle
    self.maxRejects = maxRejects
  }
}

/// How many rows may be rejected before an import counts as failed.
package enum RejectLimit: Hashable, Sendable {
  case rows(Int)
  /// Hundredths of a per cent of the rows, but at least ``leastRows``.
  case share(basisPoints: Int)

  /// 1 % of the rows, but at least 20 may fail.
  package static let standard = RejectLimit.share(basisPoints: 100)
  private static let leastRows = 20

  /// Reads `50` or `2%`.
  package init?(_ text: String) {
    if text.hasSuffix("%") {
      guard let percent = ValuePattern.Decimal(String(text.dropLast())),
        (0...100_000_000).contains(percent.millionths)
      else { return nil }
      self = .share(basisPoints: Int(percent.millionths / 10_000))
    } else {
      guard let rows = Int(text), rows >= 0 else { return nil }
      self = .rows(rows)
    }
  }

  /// How many of some rows may be rejected.
  func limit(of rows: Int) -> Int {
    switch self {
    case .rows(let limit): limit
    case .share(let basisPoints): max(Self.leastRows, rows * basisPoints / 10_000)
    }
  }

  func allows(rejected: Int, of rows: Int) -> Bool { rejected <= limit(of: rows) }
}
