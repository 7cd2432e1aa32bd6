/// The availability of one period, in whole seconds.
package struct AvailabilityFigures: Hashable, Sendable, Codable {
  /// Of the agreed service time, to the horizon.
  package var serviceSeconds: Int64 = 0
  /// Of it, approved maintenance, which is left out.
  package var maintenanceSeconds: Int64 = 0
  /// Of what is left, the time in an outage.
  package var downSeconds: Int64 = 0
  /// Of it, the time in planned outages alone.
  package var plannedDownSeconds: Int64 = 0
  /// Downtime by the weight of the outages: seconds x millionths.
  package var weightedDownMicroseconds: Int64 = 0
  /// The downtime that the objective allows in the whole period; seconds x millionths.
  package var budgetMicroseconds: Int64?
  /// Merged outages that began in the period.
  package var failures = 0
  /// The counted time of those, to the horizon.
  package var restoreSeconds: Int64 = 0
  /// The most time that one merged outage takes from the period.
  package var longestSeconds: Int64 = 0

  package init() {}

  /// The agreed service time without approved maintenance.
  package var agreedSeconds: Int64 { serviceSeconds - maintenanceSeconds }
  package var upSeconds: Int64 { agreedSeconds - downSeconds }
  package var unplannedDownSeconds: Int64 { downSeconds - plannedDownSeconds }

  /// Whole seconds of downtime that the objective still allows, rounded down; below zero if more
  /// was used than it allows.
  package var leftSeconds: Int64? {
    budgetMicroseconds.map { budget in
      let left = budget - weightedDownMicroseconds
      return left >= 0 ? left / 1_000_000 : -((-left + 999_999) / 1_000_000)
    }
  }

  /// The mean time between failures, in whole seconds, rounded down; `nil` without a failure.
  package var betweenFailuresSeconds: Int64? {
    failures > 0 ? upSeconds / Int64(failures) : nil
  }

  /// The mean time to restore service, in whole seconds, rounded down; `nil` without a failure.
  package var meanRestoreSeconds: Int64? {
    failures > 0 ? restoreSeconds / Int64(failures) : nil
  }
}

/// Outages that overlap or touch, as one.
package struct OutageRecord: Hashable, Sendable, Codable {
  /// Names of the outages in it, in the order in which they began.
  package var names: [String]
  /// Seconds since 1970.
  package var start: Int64
  /// `nil` if it lasts beyond the horizon.
  package var end: Int64?
  /// Of the agreed service time, to the horizon.
  package var downSeconds: Int64
  package var weightedDownMicroseconds: Int64
  /// Of `downSeconds`, in planned outages alone.
  package var plannedDownSeconds: Int64
  /// The month that counts it as a failure: that of its first second that counts.
  package var period: String

  package init(
    names: [String], start: Int64, end: Int64?, downSeconds: Int64,
    weightedDownMicroseconds: Int64, plannedDownSeconds: Int64, period: String
  ) {
    self.names = names
    self.start = start
    self.end = end
    self.downSeconds = downSeconds
    self.weightedDownMicroseconds = weightedDownMicroseconds
    self.plannedDownSeconds = plannedDownSeconds
    self.period = period
  }
}

/// Approved maintenance that was left out of the agreed service time.
package struct MaintenanceRecord: Hashable, Sendable, Codable {
  package var name: String
  package var start: Int64
  /// `nil` if it lasts beyond the horizon.
  package var end: Int64?
  /// Of the agreed service time, to the horizon.
  package var seconds: Int64
  /// Of it, the time in an outage, which is not counted as downtime.
  package var downSeconds: Int64

  package init(name: String, start: Int64, end: Int64?, seconds: Int64, downSeconds: Int64) {
    self.name = name
    self.start = start
    self.end = end
    self.seconds = seconds
    self.downSeconds = downSeconds
  }
}

/// Something that was due for one month.
package struct DeliveryRecord: Hashable, Sendable, Codable {
  /// The month that it is for.
  package var month: String
  package var due: Int64
  /// The first delivery; `nil` if there was none by the horizon.
  package var delivered: Int64?
  package var isOnTime: Bool
  /// Whether a delivery by the horizon is; `nil` if the agreement does not ask.
  package var isComplete: Bool?
  package var isAccepted: Bool?
  /// One delivery in time is all that was asked.
  package var isMet: Bool
  /// Not due yet at the horizon, and not delivered as asked.
  package var isRunning: Bool
  /// Wall-clock time from the due instant to the first delivery; `nil` in time or without one.
  package var lateSeconds: Int64?

  package init(month: String, due: Int64) {
    self.month = month
    self.due = due
    isOnTime = false
    isMet = false
    isRunning = false
  }
}

/// A row that was answered late, or not at all.
package struct LateResponse: Hashable, Sendable, Codable {
  package var id: String
  package var start: Int64
  /// `nil` if it was open at the horizon.
  package var end: Int64?
  package var lost: Int64
  /// Counted, to the end or the horizon.
  package var elapsedSeconds: Int64
  package var withinSeconds: Int64

  package init(
    id: String, start: Int64, end: Int64?, lost: Int64, elapsedSeconds: Int64,
    withinSeconds: Int64
  ) {
    self.id = id
    self.start = start
    self.end = end
    self.lost = lost
    self.elapsedSeconds = elapsedSeconds
    self.withinSeconds = withinSeconds
  }
}
