import Calculation
import Results
import ServiceTime
import Testing
import Tickets

@testable import Agreements

@Suite("Actions")
struct ActionTests {
  private func records(
    _ actions: [AgreedAction], asOf: String, zone: ZoneRules = .utc,
    customer: Agreement.Customer = .fixed("Retail")
  ) throws -> [ActionRecord] {
    var desk = ObligationDesk()
    (desk.zone, desk.customer) = (zone, customer)
    desk.obligations = [try ObligationDesk.availability(.always(zone: zone))]
    desk.intervals = [
      intervals([
        ("10-06 10:00", "10-06 11:00", ["department": "Sales"]),
        ("10-07 10:00", "10-07 11:00", ["department": "Finance"]),
      ])
    ]
    desk.actions = actions
    return try desk.results("2026-10", asOf: asOf).actions ?? []
  }

  private func action(
    _ title: String, due: String? = nil, done: String? = nil, agreed: String? = nil
  )
    -> AgreedAction
  {
    AgreedAction(
      title: title, owner: "IT", agreed: agreed.map(date), due: due.map(date),
      done: done.map(date))
  }

  @Test("Overdue is from the day after, known from the day agreed, carried until it was done")
  func states() throws {
    let actions = [
      action("due", due: "2026-10-15"), action("later", due: "2026-11-15"),
      action("endless"), action("done", due: "2026-10-15", done: "2026-10-20"),
      action("long ago", done: "2026-09-30"), action("just before", done: "2026-10-01"),
      action("unknown", agreed: "2026-10-17"),
    ]
    func states(_ asOf: String) throws -> [String: ActionRecord.State] {
      Dictionary(
        uniqueKeysWithValues: try records(actions, asOf: asOf).map { ($0.title, $0.state) })
    }
    #expect(
      try states("10-15 23:59:59") == [
        "due": .open, "later": .open, "endless": .open, "done": .open, "just before": .done,
      ])
    #expect(
      try states("10-16 00:00:00") == [
        "due": .overdue, "later": .open, "endless": .open, "done": .overdue, "just before": .done,
      ])
    #expect(
      try states("11-16 00:00:00") == [
        "due": .overdue, "later": .overdue, "endless": .open, "done": .done, "just before": .done,
        "unknown": .open,
      ])
  }

  @Test("A customer sees its own actions, and those of all")
  func customers() throws {
    var own = action("own")
    own.customer = "Sales"
    var other = action("other")
    other.customer = "Finance"
    let records = try records(
      [own, other, action("all")], asOf: "11-02 06:00", customer: .field("department"))
    #expect(records.filter { $0.customer == "Sales" }.map(\.title) == ["own", "all"])
    #expect(records.filter { $0.customer == "Finance" }.map(\.title) == ["other", "all"])
  }
}
