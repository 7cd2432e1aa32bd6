/// What tells a promise from all others of an agreement.
package struct PromiseKey: Hashable, Sendable {
  package let source: String
  package let ticket: String
  package let clock: String
  package let cycle: Int?

  package init(_ promise: PromiseRow) {
    (source, ticket) = (promise.source, promise.ticket)
    (clock, cycle) = (promise.clock, promise.cycle)
  }

  package init(_ trace: TraceRecord) {
    (source, ticket, clock, cycle) = (trace.source, trace.ticket, trace.clock, trace.cycle)
  }
}
