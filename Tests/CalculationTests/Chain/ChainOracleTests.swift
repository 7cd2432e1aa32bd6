import Agreements
import Calculation
import Results
import ServiceTime
import TestSupport
import Testing
import Tickets

/// A desk with groups in several zones, and tickets that go from one to another, all at random.
struct ChainWorld {
  var desk = ChainDesk()
  var sketches: [Sketch] = []
  let unit: Int64
  let start: Int64
  let steps: Int64
  let hours: SlowLife.Hours
  var ownHours: [String: SlowLife.Hours] = [:]

  private static let names = ["Desk", "Networks", "Systems"]

  init(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let unit: Int64 = [1, 60, 900].randomElement(using: &random) ?? 60
    let steps: Int64 = 400
    let start = instant("2026-03-28 20:00") + Int64.random(in: 0...8, using: &random) * 900
    (self.unit, self.start, self.steps) = (unit, start, steps)
    let span = try #require(
      ClockInterval(
        from: Instant(seconds: start - 10 * 86_400), to: Instant(seconds: start + 20 * 86_400)))
    func hours() throws -> (CalendarDefinition, SlowLife.Hours) {
      let zone = try zone(World.zones.randomElement(using: &random) ?? "UTC")
      let middle = zone.local(of: Instant(seconds: start + steps / 2 * unit)).secondOfDay
      var week: [Weekday: [DayWindow]] = [:]
      for weekday in Weekday.allCases {
        week[weekday] = (0..<Int.random(in: 1...3, using: &random)).compactMap { _ in
          let from =
            (middle + Int.random(in: -180...150, using: &random) * Int(unit) + 864_000)
            % 86_400
          let length = min(Int.random(in: 1...200, using: &random) * Int(unit), 86_400)
          return DayWindow(startSecond: from, endSecond: from + length)
        }
      }
      let definition = CalendarDefinition(
        name: "hours \(Int.random(in: 0...999_999, using: &random))",
        versions: [CalendarVersion(zone: zone, week: WeeklyHours(week))])
      return (
        definition,
        SlowLife.Hours(
          zone: zone, week: week, exceptions: [:], changes: zone.changes(in: span).map(\.seconds))
      )
    }
    (desk.calendar, self.hours) = try hours()
    desk.within = Int64.random(in: 0...90, using: &random) * unit
    desk.supplierWithin = Int64.random(in: 0...40, using: &random) * unit
    desk.person = "assigned_to"
    for name in Self.names.dropLast(Bool.random(using: &random) ? 1 : 0) {
      let (definition, own) = try hours()
      desk.groups.append(
        .init(
          name: name, calendar: definition, within: Int64.random(in: 0...60, using: &random) * unit)
      )
      ownHours[name] = own
    }
    desk.groups.sort { $0.name < $1.name }
    sketches = (0..<8).map { ticket("T\($0)", using: &random) }
  }

  private func ticket(_ id: String, using random: inout SeededGenerator) -> Sketch {
    var sketch = Sketch(id, ["group": Self.names.randomElement(using: &random) ?? ""])
    sketch.fields["assigned_to"] = ""
    func at(_ low: Int64, _ high: Int64) -> Int64 {
      start + Int64.random(in: low...high, using: &random) * unit
    }
    sketch.happenings.append((at(1, 60), .now("opened")))
    for _ in 0..<Int.random(in: 0...8, using: &random) {
      let group = (Self.names + ["", "Desk"]).randomElement(using: &random) ?? ""
      sketch.happenings.append((at(0, 380), .set("group", group)))
      let person = ["", "Ann", "Bob"].randomElement(using: &random) ?? ""
      sketch.happenings.append((at(0, 380), .set("assigned_to", person)))
      let status =
        ["New", "Work", "Awaiting User", "Awaiting Vendor"].randomElement(using: &random) ?? ""
      sketch.happenings.append((at(0, 380), .set("status", status)))
    }
    if Bool.random(using: &random) {
      let resolved = at(80, 200)
      sketch.happenings.append((resolved, .now("resolved")))
      sketch.happenings.append((resolved + unit * 30, .undo("resolved")))
    }
    sketch.happenings.append((at(300, 399), .now("resolved")))
    sketch.happenings = sketch.happenings.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
    return sketch
  }
}

/// The life of one ticket among groups, lived step by step.
struct SlowChain {
  var elapsed: Int64 = 0
  var shares: [String: Int64] = [:]
  var own: [String: Int64] = [:]
  var queue: [String: Int64] = [:]
  var lost: Int64?
  var heldAtLoss: String?
  var visits: [String] = []
  var partStarted: [String: Int64] = [:]
  var partLost: [String: Int64] = [:]
  var supplier: Int64?
  var supplierLost: Int64?
  var stopped: Int64?

  init(_ sketch: Sketch, in world: ChainWorld) {
    var fields = sketch.fields
    var (isOpened, isResolved) = (false, false)
    for step in 0..<world.steps {
      let now = world.start + step * world.unit
      for happening in sketch.happenings where happening.at == now {
        switch happening.what {
        case .set(let field, let value): fields[field] = value
        case .now(let moment):
          if moment == "opened" { isOpened = true } else { isResolved = true }
        case .undo: isResolved = false
        }
        if isResolved, stopped == nil { stopped = now }
        if !isResolved { stopped = nil }
      }
      guard isOpened, !isResolved else { continue }
      let group = fields["group"] ?? ""
      if !group.isEmpty, visits.last != group { visits.append(group) }
      let hasPart = world.ownHours[group] != nil
      if hasPart, partStarted[group] == nil { partStarted[group] = now }
      pass(now, group: group, fields: fields, world)
    }
  }

  private mutating func pass(
    _ now: Int64, group: String, fields: [String: String], _ world: ChainWorld
  ) {
    let unit = world.unit
    let isOpen = world.hours.isOpen(now)
    switch fields["status"] {
    case "Awaiting User": return
    case "Awaiting Vendor":
      supplier = supplier ?? 0
      guard isOpen else { return }
      if supplier == world.desk.supplierWithin, supplierLost == nil { supplierLost = now }
      supplier = (supplier ?? 0) + unit
      return
    default: break
    }
    if isOpen {
      if elapsed == world.desk.within, lost == nil { (lost, heldAtLoss) = (now, group) }
      elapsed += unit
      shares[group, default: 0] += unit
      if !group.isEmpty, fields["assigned_to"] == "" { queue[group, default: 0] += unit }
    }
    guard let hours = world.ownHours[group], hours.isOpen(now) else { return }
    let within = world.desk.groups.first { $0.name == group }?.within
    if own[group] ?? 0 == within, partLost[group] == nil { partLost[group] = now }
    own[group, default: 0] += unit
  }
}

@Suite struct ChainOracleTests {
  @Test("Shares, parts and suppliers' pauses are what a step-by-step life says", arguments: 0..<60)
  func oracle(seed: Int) throws {
    let world = try ChainWorld(seed: UInt64(seed) + 7_000)
    let results = try world.desk.results([table(world.sketches)], period: "2026")
    var checked = 0
    for sketch in world.sketches {
      let slow = SlowChain(sketch, in: world)
      let promise = try results.promise(sketch.id, of: "resolution")
      let chain = try #require(
        results.chain?.flatMap(\.promises).first { $0.ticket == sketch.id }, "\(sketch.id)")
      #expect(promise.elapsedSeconds == slow.elapsed)
      #expect(chain.elapsed == slow.elapsed)
      #expect(chain.lost == slow.lost)
      #expect(chain.shares.reduce(0) { $0 + $1.elapsed } == slow.elapsed)
      #expect(chain.handOffs == max(0, slow.visits.count - 1))
      #expect(chain.returns == slow.visits.count - Set(slow.visits).count)
      if slow.lost != nil {
        let holder = slow.heldAtLoss ?? ""
        #expect(chain.heldAtLoss == (holder.isEmpty ? "unowned" : holder))
      }
      for share in chain.shares {
        let name = share.group
        #expect(share.elapsed == slow.shares[name] ?? 0, "\(sketch.id) \(name)")
        #expect(share.own ?? 0 == slow.own[name] ?? 0, "\(sketch.id) \(name)")
        #expect(share.queue ?? 0 == slow.queue[name] ?? 0, "\(sketch.id) \(name)")
        #expect(share.lost == slow.partLost[name], "\(sketch.id) \(name)")
      }
      for group in world.desk.groups {
        let part = try results.promise(sketch.id, of: group.name)
        #expect(part.started == slow.partStarted[group.name], "\(sketch.id) \(group.name)")
        guard part.started != nil else {
          #expect(part.verdict == .notStarted)
          continue
        }
        #expect(part.elapsedSeconds == slow.own[group.name] ?? 0, "\(sketch.id) \(group.name)")
        #expect(part.lost == slow.partLost[group.name], "\(sketch.id) \(group.name)")
        #expect(part.stopped == slow.stopped)
        #expect(part.verdict == (part.lost == nil ? .met : .breached))
        checked += 1
      }
      let carrier = try results.promise(sketch.id, of: "Carrier")
      #expect(carrier.elapsedSeconds == slow.supplier, "\(sketch.id)")
      #expect(carrier.lost == slow.supplierLost, "\(sketch.id)")
    }
    #expect(checked > 0)
  }
}
