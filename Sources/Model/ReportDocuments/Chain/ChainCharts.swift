/// The way of tickets from group to group: one lane a group, time from left to right.
package struct RouteChart: Hashable, Sendable {
  package struct Lane: Hashable, Sendable {
    package var name: String
    /// Seconds of the mean promise in which nobody of the group had the ticket, and somebody had.
    package var queue: Int64
    package var work: Int64
    /// What the group promises, as long as that may last in the promise's calendar.
    package var allowed: Int64?
    /// Said at the right: held, over or kept.
    package var note: String
    package var isOver: Bool

    package init(
      name: String, queue: Int64, work: Int64, allowed: Int64?, note: String, isOver: Bool
    ) {
      self.name = name
      self.queue = queue
      self.work = work
      self.allowed = allowed
      self.note = note
      self.isOver = isOver
    }
  }

  package var lanes: [Lane]
  /// The time that all of them may take together; `nil` if not judged.
  package var within: Int64?
  /// Seconds for hand-offs, laid after the groups' own.
  package var handOffs: Int64

  package init(lanes: [Lane], within: Int64?, handOffs: Int64) {
    self.lanes = lanes
    self.within = within
    self.handOffs = handOffs
  }
}

/// Parts that add up to a total, one under the other.
package struct WaterfallChart: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case largest, group, unowned, gap }

  package struct Bar: Hashable, Sendable {
    package var name: String
    package var seconds: Int64
    package var kind: Kind

    package init(name: String, seconds: Int64, kind: Kind) {
      self.name = name
      self.seconds = seconds
      self.kind = kind
    }
  }

  package var bars: [Bar]

  package init(bars: [Bar]) {
    self.bars = bars
  }

  package var total: Int64 { bars.reduce(0) { $0 + $1.seconds } }
}
