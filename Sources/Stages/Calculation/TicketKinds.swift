import ServiceTime
import Tickets

/// Tickets sorted by the fields that rules look at: those of one kind come under the same rules.
///
/// Codes of all these fields together make one number, and a table gives the kind of each number.
struct TicketKinds: Sendable {
  struct Kind: Sendable {
    let version: Int
    let isInScope: Bool
    let tier: Int?
    let customer: String
    /// By clock of the version; empty without a tier.
    var groups: [Int] = []
  }

  /// What happens to the promises of one clock and kind.
  struct Rule: Sendable {
    enum Course: UInt8 {
      /// Not of this version, or not judged at all.
      case none
      /// Has to be replayed.
      case replayed
      case counted
    }

    var course = Course.none
    /// Seconds allowed; all there are where nothing is judged.
    var within = UInt32.max
    var group: UInt32 = 0
    /// Of the group in ``SegmentFigures``.
    var firstCell: UInt32 = 0
    /// Index into ``PlainRules/calendars``.
    var calendar: UInt32 = 0
  }

  /// Tickets of a kind, and the opening of the first; of one batch.
  struct Tally: Sendable {
    var count = 0
    var firstOpened = UInt32.max
  }

  /// The fields looked at, and what their codes are multiplied with.
  private(set) var factors: [(field: Int, factor: UInt32)] = []
  private var capacities: [Int] = []
  /// Numbers of one version.
  private(set) var span = 1
  /// Kind by version and number; -1 is not known yet.
  private var table: [Int32] = []
  private(set) var kinds: [Kind] = []
  var tallies: [Tally] = []
  /// By place of the clock among those of all versions, then by kind.
  var rules: [[Rule]]

  /// More numbers than this would cost more room than time is gained.
  private static let largestSpan = 1 << 20

  /// Returns `nil` if the fields have too many values together.
  init?(_ fields: [Int], of columns: [FieldColumn], versions: [PreparedVersion]) {
    for field in fields {
      let capacity = columns[field].dictionary.count * 3 / 2 + 4
      factors.append((field, UInt32(span)))
      capacities.append(capacity)
      let (product, isTooLarge) = span.multipliedReportingOverflow(by: capacity)
      guard !isTooLarge, product * versions.count <= Self.largestSpan else { return nil }
      span = product
    }
    table = Array(repeating: -1, count: span * versions.count)
    rules = Array(repeating: [], count: versions.reduce(0) { $0 + $1.clocks.count })
  }

  /// Whether dictionaries have not grown beyond the table.
  func holds(_ columns: [FieldColumn]) -> Bool {
    zip(factors, capacities).allSatisfy { columns[$0.field].dictionary.count <= $1 }
  }

  mutating func append(_ kind: Kind, rules new: [Rule], at index: Int) {
    let number = Int32(kinds.count)
    kinds.append(kind)
    tallies.append(Tally())
    for (place, rule) in new.enumerated() { rules[place].append(rule) }
    table[index] = number
  }

  /// Gives `body` the kinds by version and number, and the tallies by kind.
  mutating func withTables<Result>(
    _ body: (UnsafePointer<Int32>, UnsafeMutablePointer<Tally>) -> Result
  ) -> Result {
    if tallies.isEmpty { tallies.reserveCapacity(1) }
    return table.withUnsafeBufferPointer { table in
      tallies.withUnsafeMutableBufferPointer { tallies in
        guard let table = table.baseAddress, let tallies = tallies.baseAddress else {
          preconditionFailure("an agreement has a version")
        }
        return body(table, tallies)
      }
    }
  }
}
