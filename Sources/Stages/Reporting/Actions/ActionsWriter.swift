package import ReportDocuments
package import Results
import ServiceTime

/// Actions that are carried from review to review: overdue ones first, then open ones, then done.
struct ActionsWriter {
  let pack: PackView

  private var actions: [ActionRecord] { Self.sorted(pack.results.actions ?? []) }

  static func sorted(_ actions: [ActionRecord]) -> [ActionRecord] {
    func rank(_ state: ActionRecord.State) -> Int {
      switch state {
      case .overdue: 0
      case .open: 1
      case .done: 2
      }
    }
    return actions.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      let (x, y) = (rank(a.state), rank(b.state))
      if x != y { return x < y }
      // Days of one form sort as their texts do; those without a day come last.
      let (due, other) = (a.due ?? "~", b.due ?? "~")
      return due == other ? left.offset < right.offset : due < other
    }.map(\.element)
  }

  /// Left out if there is none.
  var section: Section? {
    let actions = actions
    guard !actions.isEmpty else { return nil }
    let late = actions.count { $0.state == .overdue }
    return Section(
      id: "actions", title: title(actions, late), contents: "Actions",
      mark: Words.grouped(actions.count { $0.state != .done }), markIsLate: late > 0,
      blocks: [
        .table(
          Table(
            columns: [
              .init("Action"), .init("Owner"), .init("Agreed"), .init("Due"), .init("State"),
              .init("Note"),
            ],
            rows: actions.map { action in
              [
                .text(action.title), .text(action.owner), .text(Self.day(action.agreed)),
                .text(Self.day(action.due)), Self.state(action), .text(action.note),
              ]
            }, isRecords: true))
      ])
  }

  private func title(_ actions: [ActionRecord], _ late: Int) -> String {
    let open = actions.count { $0.state != .done }
    let done = actions.count - open
    guard open > 0 else {
      return done == 1 ? "The one action is done" : "All \(Words.number(done)) actions are done"
    }
    let start =
      "\(Words.capitalised(Words.counted(open, "action"))) \(open == 1 ? "is" : "are") open"
    if late == 0 { return start + "; none is overdue" }
    if late == open { return start + (open == 1 ? " and overdue" : ", and all are overdue") }
    return start + "; \(Words.number(late)) of them overdue"
  }

  private static func state(_ action: ActionRecord) -> Cell {
    switch action.state {
    case .open: .text("open")
    case .overdue: .late("overdue")
    case .done: .text("done " + day(action.done))
    }
  }

  /// `15 Nov 2026`; empty if there is none.
  private static func day(_ iso: String?) -> String {
    guard let date = iso.flatMap({ CivilDate(iso: $0) }) else { return "" }
    return "\(date.day) \(Words.months[date.month - 1].prefix(3)) \(date.year)"
  }
}

extension Reporting {
  /// The actions that were agreed: `actions.csv`; `nil` where there are none.
  package static func actionsSheet(_ results: CalculationResults) -> DataSheet? {
    guard let actions = results.actions else { return nil }
    return DataSheet(
      role: .actions, name: "Actions", file: "actions",
      columns: [
        .init("agreement", "Agreement"), .init("customer", "Customer"), .init("action", "Action"),
        .init("owner", "Owner"), .init("agreed", "Agreed"), .init("due", "Due"),
        .init("done", "Done"), .init("state", "State"), .init("note", "Note"),
      ],
      rows: actions.map { action in
        [
          action.agreement, action.customer, action.title, action.owner, action.agreed ?? "",
          action.due ?? "", action.done ?? "", action.state.rawValue, action.note,
        ].map { .text($0) }
      }, note: "What was agreed to be done; days are year, month, day.")
  }
}
