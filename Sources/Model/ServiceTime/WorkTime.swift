/// Counted time, in whole seconds: time that passed while a calendar was open.
///
/// A `WorkTime` is never mixed with wall time: nine wall-clock hours across a night may be one
/// hour of work.
package struct WorkTime: Comparable, AdditiveArithmetic, Hashable, Sendable {
  package let seconds: Int64

  @inlinable
  package init(seconds: Int64) {
    self.seconds = seconds
  }

  @inlinable
  package static var zero: WorkTime { WorkTime(seconds: 0) }

  @inlinable
  package static func < (left: WorkTime, right: WorkTime) -> Bool {
    left.seconds < right.seconds
  }

  @inlinable
  package static func + (left: WorkTime, right: WorkTime) -> WorkTime {
    WorkTime(seconds: left.seconds + right.seconds)
  }

  @inlinable
  package static func - (left: WorkTime, right: WorkTime) -> WorkTime {
    WorkTime(seconds: left.seconds - right.seconds)
  }
}
