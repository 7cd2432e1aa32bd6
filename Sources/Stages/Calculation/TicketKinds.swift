import ServiceTime
import Tickets

/// Tickets sorted by the fields that rules look at: those of one kind come under the same rules.
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
    /// Of the calendar, in ``PlainRules/days``.
    var firstDay: UInt32 = 0
  }

  /// Tickets of a kind, and the opening of the first; of one batch.
  struct Tally: Sendable {
    var count = 0
    var firstOpened = UInt32.max
  }

  /// The number of each combination of codes.
  var numbers: CodeNumbers
  private let versionCount: Int
  /// Kind by number, then by version; -1 is not known yet.
  private var table: [Int32] = []
  private(set) var kinds: [Kind] = []
  var tallies: [Tally] = []
  /// By place of the clock among those of all versions, then by kind.
  private(set) var rules: [[Rule]]

  init(_ numbers: CodeNumbers, versions: [PreparedVersion]) {
    self.numbers = numbers
    versionCount = versions.count
    rules = Array(repeating: [], count: versions.reduce(0) { $0 + $1.clocks.count })
  }

  mutating func append(_ kind: Kind, rules new: [Rule], at index: Int) {
    let number = Int32(kinds.count)
    kinds.append(kind)
    tallies.append(Tally())
    for (place, rule) in new.enumerated() { rules[place].append(rule) }
    table[index] = number
  }

  /// Makes room for every number given so far.
  mutating func reserve() {
    let missing = numbers.count * versionCount - table.count
    if missing > 0 { table += repeatElement(-1, count: missing) }
  }

  /// Gives `body` the kinds by number and version, and the tallies by kind.
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

/// One number for each combination of the codes of some fields.
struct CodeNumbers: Sendable {
  private let fields: [Int]
  /// Where there are not too many combinations: how many codes each field may have, and what its
  /// codes are multiplied with.
  private var capacities: [Int] = []
  private var factors: [UInt32] = []
  /// Else: the number of each pair of a number and a code of the next field.
  private var pairs: [[UInt64: UInt32]]?
  private(set) var count = 1

  /// - Parameter most: Beyond so many combinations, only those that occur are numbered.
  init(_ fields: [Int], of columns: [FieldColumn], most: Int) {
    self.fields = fields
    for field in fields {
      let capacity = columns[field].dictionary.count * 2 + 4
      capacities.append(capacity)
      factors.append(UInt32(count))
      let (product, isTooLarge) = count.multipliedReportingOverflow(by: capacity)
      guard !isTooLarge, product <= most else {
        pairs = Array(repeating: [:], count: fields.count)
        count = 0
        return
      }
      count = product
    }
  }

  /// Whether dictionaries have not grown beyond the numbers.
  func holds(_ columns: [FieldColumn]) -> Bool {
    pairs != nil
      || zip(fields, capacities).allSatisfy { columns[$0].dictionary.count <= $1 }
  }

  /// Finds the numbers of some tickets.
  mutating func find(
    of tickets: Range<Int>, _ columns: [FieldColumn], into numbers: UnsafeMutablePointer<UInt32>
  ) {
    for place in 0..<tickets.count { numbers[place] = 0 }
    for (index, field) in fields.enumerated() {
      columns[field].codes.withUnsafeBufferPointer { codes in
        guard let codes = codes.baseAddress.map({ $0 + tickets.lowerBound }) else { return }
        if pairs == nil {
          let factor = factors[index]
          for place in 0..<tickets.count { numbers[place] &+= codes[place] &* factor }
        } else {
          for place in 0..<tickets.count {
            let pair = UInt64(numbers[place]) << 32 | UInt64(codes[place])
            numbers[place] = number(of: pair, at: index)
          }
        }
      }
    }
  }

  private mutating func number(of pair: UInt64, at index: Int) -> UInt32 {
    if let number = pairs?[index][pair] { return number }
    let number = UInt32(pairs?[index].count ?? 0)
    pairs?[index][pair] = number
    count = max(count, Int(number) + 1)
    return number
  }
}
