import Foundation

/// How much of a test that could go on for ever is done.
package enum Effort {
  /// Rounds in the usual run, in the long one (`ATTAIN_LONG=1`), and so many times more with
  /// `ATTAIN_TIMES`, as for a release build or a night.
  package static func rounds(_ usual: Int, long: Int) -> Int {
    let environment = ProcessInfo.processInfo.environment
    guard environment["ATTAIN_LONG"] == "1" else { return usual }
    return long * (environment["ATTAIN_TIMES"].flatMap { Int($0) } ?? 1)
  }
}
