import Foundation

/// LibreOffice, told to calculate every formula again when it loads a workbook.
enum Recalculation {
  private static let program = "/usr/bin/soffice"

  static let isPossible = FileManager.default.isExecutableFile(atPath: program)

  /// Without this LibreOffice trusts the cached values.
  private static let settings = """
    <?xml version="1.0" encoding="UTF-8"?>
    <oor:items xmlns:oor="http://openoffice.org/2001/registry">
    <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
    <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
    </oor:items>
    """

  /// The path of a copy that was calculated again.
  static func recalculate(_ path: String, in folder: String) throws -> String {
    let user = folder + "/profile/user"
    try FileManager.default.createDirectory(atPath: user, withIntermediateDirectories: true)
    try settings.write(
      toFile: user + "/registrymodifications.xcu", atomically: true, encoding: .utf8)
    let out = folder + "/recalculated"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [
      "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to", "xlsx",
      "--outdir", out, path,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return out + "/" + URL(fileURLWithPath: path).lastPathComponent
  }
}
