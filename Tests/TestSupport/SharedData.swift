/// The folder of real exports that tests may use where it is present.
package enum SharedData {
  /// The path of `../shared/data` beside the checkout, found from this file's place.
  package static let folder: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(4).joined(separator: "/") + "/shared/data"
  }()

  /// What a skipped test says.
  package static let absent: String = "the real exports of shared/data are not on this machine"
}
