import Files

/// Results in a file.
package enum Delivery {
  /// Writes a file whole, or not at all.
  package static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
    do throws(FileError) {
      try AtomicFile.write(bytes, to: path)
    } catch {
      throw CommandFailure(error)
    }
  }
}
