/// Services over a period, one lane each: what was maintained, and when each was down.
package struct AvailabilityChart: Hashable, Sendable {
  package struct Mark: Hashable, Sendable {
    package var name: String
    package var from: LocalMoment
    package var to: LocalMoment
    /// Such as `26 m`.
    package var length: String

    package init(name: String, from: LocalMoment, to: LocalMoment, length: String) {
      self.name = name
      self.from = from
      self.to = to
      self.length = length
    }
  }

  package struct Lane: Hashable, Sendable {
    package var name: String
    /// Such as `99.47 %, 1 h 03 m of 59 m`.
    package var reached: String
    package var isMissed: Bool
    /// Longest first.
    package var outages: [Mark]
    package var maintenance: [Mark]

    package init(
      name: String, reached: String, isMissed: Bool, outages: [Mark], maintenance: [Mark]
    ) {
      self.name = name
      self.reached = reached
      self.isMissed = isMissed
      self.outages = outages
      self.maintenance = maintenance
    }
  }

  package var start: LocalMoment
  package var end: LocalMoment
  package var lanes: [Lane]
  /// What an empty lane says, such as `No outage in October`.
  package var emptyText: String

  package init(start: LocalMoment, end: LocalMoment, lanes: [Lane], emptyText: String) {
    self.start = start
    self.end = end
    self.lanes = lanes
    self.emptyText = emptyText
  }
}
