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
  /// A register of exclusions; the path is relative to the folder of `fromFile`.
  package let register:
    (_ path: String, _ fromFile: String) throws -> (file: String, bytes: [UInt8])

  /// The `actions.yml` beside a file; `nil` if there is none.
  package let actions: (_ fromFile: String) throws -> (file: String, bytes: [UInt8])?

  /// A logo, with its bytes as base64, too; the path is relative to the folder of `fromFile`.
  package let logo: (_ path: String, _ fromFile: String) throws -> (bytes: [UInt8], base64: String)

  package init(
    zone: @escaping (_ identifier: String) throws -> ZoneRules?,
    zoneNames: @autoclosure @escaping () -> [String] = [],
    calendarFile:
      @escaping (_ candidates: [String], _ fromFile: String) throws -> (
        file: String, bytes: [UInt8]
      )?,
    holidays: @escaping (_ path: String, _ fromFile: String) throws -> [CivilDate],
    register:
      @escaping (_ path: String, _ fromFile: String) throws -> (file: String, bytes: [UInt8]) = {
        path, _ in throw NoRegister(path: path)
      },
    actions: @escaping (_ fromFile: String) throws -> (file: String, bytes: [UInt8])? = { _ in nil
    },
    logo:
      @escaping (_ path: String, _ fromFile: String) throws -> (bytes: [UInt8], base64: String) = {
        path, _ in throw NoRegister(path: path)
      }
  ) {
    self.zone = zone
    self.zoneNames = zoneNames
    self.calendarFile = calendarFile
    self.holidays = holidays
    self.register = register
    self.actions = actions
    self.logo = logo
  }
}

/// Why a register or a logo is not read where nobody can load one.
package struct NoRegister: Error, CustomStringConvertible {
  let path: String

  package var description: String { "\(path) is not there" }
}
