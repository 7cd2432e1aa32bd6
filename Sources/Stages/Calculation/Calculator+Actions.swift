import Agreements
import Results
import ServiceTime

extension Calculator {
  /// The actions of an agreement as its customers may see them: those that were agreed by the as-of
  /// day, and were not done before the reported period began.
  func addActions(of run: AgreementRun, to results: inout CalculationResults) {
    guard let newest = run.versions.last, !newest.actions.isEmpty,
      let summary = results.agreements.last(where: { $0.name == newest.name }),
      let period = summary.periods.first(where: { $0.label == summary.period })
    else { return }
    let today = run.zone.local(of: request.asOf).date
    let first = run.zone.local(of: Instant(seconds: period.start)).date
    let known = newest.actions.filter { action in
      (action.agreed.map { $0 <= today } ?? true) && (action.done.map { $0 >= first } ?? true)
    }
    for customer in results.customers(of: newest.name) {
      let own = known.filter { $0.customer == nil || $0.customer == customer }
      let records = own.map { action -> ActionRecord in
        // What is done later is not done yet.
        let done = action.done.flatMap { $0 <= today ? $0 : nil }
        let isLate = done == nil && (action.due.map { $0 < today } ?? false)
        var record = ActionRecord(
          agreement: newest.name, customer: customer, title: action.title, owner: action.owner,
          state: done != nil ? .done : isLate ? .overdue : .open, note: action.note)
        (record.agreed, record.due, record.done) = (action.agreed?.iso, action.due?.iso, done?.iso)
        return record
      }
      if !records.isEmpty { results.actions = (results.actions ?? []) + records }
    }
  }
}
