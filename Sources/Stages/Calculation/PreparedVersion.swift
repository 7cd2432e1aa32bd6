import Agreements
import ServiceTime
import Tickets

/// One version of an agreement, made ready for one table.
///
/// A class, so that passing a version on costs one reference count.
final class PreparedVersion: Sendable {
  let agreement: Agreement
  /// Its place among the versions.
  let number: Int
  private let scope: CompiledCondition
  private let tiers: [CompiledCondition]
  /// The tier by the code of one field, where the tiers look at no other; -1 is none.
  private let tierOfCode: [Int]
  private let tierField: Int?
  let validFrom: Int64
  /// Exclusive.
  let validUntil: Int64
  /// For each tier of this version, its index among the tier names of all versions.
  let tierNames: [Int]
  /// `nil` if the customer is one fixed name.
  let customerField: Int?
  let customerIsField: Bool
  let byFields: [Int?]
  let statusField: Int?
  /// The field that tells who holds a ticket.
  let holderField: Int?
  let clocks: [PreparedClock]
  /// What registers of exclusions say of time.
  let excluded: ExcludedIntervals
  /// `nil` without history.
  let settled: SettledRules?
  let partyCount: Int
  /// Of a table with merged tickets, for each field whether it follows the master's; else empty.
  let followedFields: [Bool]
  let openedMoment: Int?
  /// Moments that any clock looks at.
  let moments: [Int]

  init(
    _ agreement: Agreement, number: Int, table: TicketTable, names: AgreementNames, by: [String],
    parties: inout PartyNames, calendars: inout CalendarShelf,
    exclusions: ExclusionPlan = ExclusionPlan()
  ) {
    self.agreement = agreement
    self.number = number
    validFrom = agreement.validFrom.map { agreement.zone.midnight(of: $0).seconds } ?? .min
    validUntil = agreement.validUntil.map { agreement.zone.midnight(of: $0).seconds } ?? .max
    scope = CompiledCondition(agreement.scope, for: table)
    let tiers = agreement.tiers.map { CompiledCondition($0.condition, for: table) }
    self.tiers = tiers
    (tierField, tierOfCode) = Self.tierOfCode(agreement.tiers, compiled: tiers, table: table)
    tierNames = agreement.tiers.map { names.tiers.firstIndex(of: $0.name) ?? 0 }
    if case .field(let field) = agreement.customer {
      customerField = table.fieldIndex(field)
      customerIsField = true
    } else {
      customerField = nil
      customerIsField = false
    }
    byFields = by.map { table.fieldIndex($0) }
    statusField = table.fieldIndex("status")
    holderField = table.fieldIndex("group")
    for clock in agreement.clocks {
      for pause in clock.pauses { _ = parties.index(of: pause.party) }
    }
    for suspension in table.suspensions { _ = parties.index(of: suspension.party) }
    let groupFields = ([customerField] + byFields).compactMap { $0 }
    var clocks: [PreparedClock] = []
    for (clock, target) in zip(agreement.clocks, agreement.targets) {
      clocks.append(
        PreparedClock(
          clock, target: target, index: names.clocks.firstIndex(of: clock.name) ?? 0,
          table: table, tierFields: tiers.flatMap(\.fields),
          groupFields: groupFields, parties: &parties,
          calendars: &calendars))
    }
    self.clocks = clocks
    excluded = ExcludedIntervals(exclusions, table: table, names: names, parties: &parties)
    settled =
      table.history == nil
      ? nil
      : SettledRules(
        clocks, fieldCount: table.fields.count, tierFields: tiers.flatMap(\.fields),
        groupFields: groupFields)
    partyCount = parties.names.count
    openedMoment = table.momentIndex("opened")
    followedFields =
      table.fieldIndex(MergedTickets.field) == nil
      ? []
      : Self.followed(
        clocks, statusField: statusField, holderField: holderField, count: table.fields.count,
        own: tiers.flatMap(\.fields) + groupFields + scope.fields)
    var moments: Set<Int> = []
    for clock in clocks {
      moments.formUnion(clock.start.moments)
      moments.formUnion(clock.stop.moments)
      if let end = clock.endMoment { moments.insert(end) }
    }
    self.moments = moments.sorted()
  }

  private static func followed(
    _ clocks: [PreparedClock], statusField: Int?, holderField: Int?, count: Int, own: [Int]
  ) -> [Bool] {
    var followed = [Bool](repeating: false, count: count)
    let looked = clocks.flatMap { clock in
      clock.lookUp.conditions.all.flatMap(\.fields) + (clock.part?.condition.fields ?? [])
    }
    for field in looked + [statusField, holderField].compactMap({ $0 }) { followed[field] = true }
    for field in own { followed[field] = false }
    return followed
  }

  /// Whether the agreement speaks of tickets with the given code of each field.
  func isInScope(_ codes: [UInt32]) -> Bool { scope.holds(codes) }

  /// The first tier whose condition holds.
  func tier(of codes: [UInt32]) -> Int? {
    if let tierField {
      let tier = tierOfCode[Int(codes[tierField])]
      return tier < 0 ? nil : tier
    }
    return tiers.firstIndex { $0.holds(codes) }
  }

  func isValid(at instant: Int64) -> Bool { validFrom <= instant && instant < validUntil }

  /// Most agreements sort tickets by one field; then each of its values has its tier.
  private static func tierOfCode(
    _ tiers: [Tier], compiled: [CompiledCondition], table: TicketTable
  ) -> (field: Int?, tiers: [Int]) {
    let fields = Set(tiers.flatMap(\.condition.fields))
    guard fields.count == 1, let name = fields.first, let field = table.fieldIndex(name) else {
      return (nil, [])
    }
    var codes = [UInt32](repeating: 0, count: table.fields.count)
    let tierOfCode = (0..<table.fields[field].dictionary.count).map { code in
      codes[field] = UInt32(code)
      return compiled.firstIndex { $0.holds(codes) } ?? -1
    }
    return (field, tierOfCode)
  }
}

/// The clocks and tiers of all versions of one agreement, the latest version's first.
struct AgreementNames: Sendable {
  private(set) var clocks: [String] = []
  private(set) var tiers: [String] = []

  init(_ versions: [Agreement]) {
    for agreement in versions.reversed() {
      for clock in agreement.clocks where !clocks.contains(clock.name) {
        clocks.append(clock.name)
      }
      for tier in agreement.tiers where !tiers.contains(tier.name) { tiers.append(tier.name) }
    }
  }
}

/// What one line of figures is about.
struct GroupName: Hashable, Sendable {
  let customer: String
  let clock: Int
  let tier: Int
  let by: [String]
}

/// The groups that promises are counted in, numbered in the order of first appearance.
struct GroupTable: Sendable {
  /// The pack of tickets without a customer.
  static let noCustomer = "(no customer)"

  private(set) var names: [GroupName] = []
  private var numbers: [GroupName: Int] = [:]
  /// The fields of which codes are asked.
  private var fields: [FieldColumn]
  /// Groups by packed codes; combinations of more codes than fit are numbered first.
  private var known: [[UInt64: Int]] = []
  /// The groups asked for last, by the lowest bits of a scrambled key.
  private var recent: [(key: UInt64, version: Int, group: Int)]
  private var pairs: [UInt64: UInt64] = [:]

  /// - Parameter names: The groups of the tables before, which keep their numbers.
  init(continuing names: [GroupName] = [], fields: [FieldColumn]) {
    self.names = names
    for (number, name) in names.enumerated() { numbers[name] = number }
    self.fields = fields
    recent = Array(repeating: (key: .max, version: -1, group: 0), count: 1 << Self.recentBits)
  }

  private static let recentBits = 10

  /// Goes on with another batch of the same fields, of which the dictionaries may have grown.
  ///
  /// Nothing of a batch is kept when its fields are taken away, so that its reader may change it.
  mutating func use(_ fields: [FieldColumn]) { self.fields = fields }

  mutating func group(codes: [UInt32], version: PreparedVersion, clock: Int, tier: Int) -> Int {
    var packed = UInt64(version.customerField.map { codes[$0] } ?? 0)
    for field in version.byFields {
      let pair = packed << 32 | UInt64(field.map { codes[$0] } ?? 0)
      packed = number(of: pair)
    }
    let tier = version.tierNames[tier]
    let key = packed << 24 | UInt64(clock) << 12 | UInt64(tier)
    let slot = Int(
      truncatingIfNeeded: (key &* 0x9e37_79b9_7f4a_7c15) >> UInt64(64 - Self.recentBits))
    if recent[slot].key == key, recent[slot].version == version.number {
      return recent[slot].group
    }
    while known.count <= version.number { known.append([:]) }
    let group =
      known[version.number][key]
      ?? add(key, codes: codes, version: version, clock: clock, tier: tier)
    recent[slot] = (key, version.number, group)
    return group
  }

  private mutating func add(
    _ key: UInt64, codes: [UInt32], version: PreparedVersion, clock: Int, tier: Int
  ) -> Int {
    let group = number(
      of: GroupName(
        customer: customer(codes: codes, version: version), clock: clock, tier: tier,
        by: version.byFields.map { field in
          field.map { fields[$0].dictionary[codes[$0]] } ?? ""
        }))
    known[version.number][key] = group
    return group
  }

  func customer(codes: [UInt32], version: PreparedVersion) -> String {
    if case .fixed(let name) = version.agreement.customer { return name }
    let name = version.customerField.map { fields[$0].dictionary[codes[$0]] } ?? ""
    return name.isEmpty ? Self.noCustomer : name
  }

  private mutating func number(of pair: UInt64) -> UInt64 {
    if let number = pairs[pair] { return number }
    let number = UInt64(pairs.count)
    pairs[pair] = number
    return number
  }

  private mutating func number(of name: GroupName) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = names.count
    names.append(name)
    return names.count - 1
  }
}
