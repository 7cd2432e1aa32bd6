package import ServiceTime

/// What a rule file refers to, as loaders that the caller supplies.
package struct RuleSources {
  /// The rules of a zone of the system's tzdata; `nil` if there is no zone of that name.
  package let zone: (_ identifier: String) throws -> ZoneRules?
  /// The names of all zones, for the nearest to a typo; may be empty.
  package let zoneNames: () -> [String]
  /// The first of some files that is there; paths are relative to the folder of `fromFile`.
  package let calendarFile:
    (_ candidates: [String], _ fromFile: String) throws -> (file: String, bytes: [UInt8])?
  /// The days of an `.ics` file; the path is relative to the folder of `fromFile`.
  package let holidays: (_ path: String, _ fromFile: String) throws -> [CivilDate]

  package init(
    zone: @escaping (_ identifier: String) throws -> ZoneRules?,
    zoneNames: @autoclosure @escaping () -> [String] = [],
    calendarFile:
      @escaping (_ candidates: [String], _ fromFile: String) throws -> (
        file: String, bytes: [UInt8]
      )?,
    holidays: @escaping (_ path: String, _ fromFile: String) throws -> [CivilDate]
  ) {
    self.zone = zone
    self.zoneNames = zoneNames
    self.calendarFile = calendarFile
    self.holidays = holidays
  }
}
