/// Checks a pack against its manifest.
package enum VerifyJob {
  /// Returns one line that says how many files are as they were written.
  ///
  /// - Throws: ``CommandFailure`` that names every file that was changed, removed or added.
  package static func verify(_ pack: String) throws(CommandFailure) -> String {
    if let format = Manifest.format(in: pack), format != Manifest.currentFormat {
      throw CommandFailure(
        .badData,
        """
        \(pack)/\(Manifest.name): error: the format is \(format), but this program reads \
        \(Manifest.currentFormat)
        """)
    }
    guard let manifest = Manifest.read(in: pack) else {
      throw CommandFailure(
        .inputMissing,
        "\(pack)/\(Manifest.name): error: this is no pack: its manifest cannot be read")
    }
    let problems = manifest.differences(in: pack).map { "\(pack)/\($0.file): error: \($0.problem)" }
    guard problems.isEmpty else { throw CommandFailure(.badData, problems) }
    return "\(pack): \(manifest.files.count) files are as they were written"
  }
}
