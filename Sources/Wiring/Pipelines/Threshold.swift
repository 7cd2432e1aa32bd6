import Tickets

/// A value that must not be passed: one that is told, one that ends the run, or both.
package struct Threshold<Value: Hashable & Sendable>: Hashable, Sendable {
  package var warn: Value?
  package var error: Value?

  package init(warn: Value? = nil, error: Value? = nil) {
    self.warn = warn
    self.error = error
  }

  /// What is passed: the error before the warning, `nil` if neither is.
  func passed(_ isPassed: (Value) -> Bool) -> (value: Value, isError: Bool)? {
    if let error, isPassed(error) { return (error, true) }
    if let warn, isPassed(warn) { return (warn, false) }
    return nil
  }
}

/// A share of something, in millionths of a per cent.
package struct ShareLimit: Hashable, Sendable {
  let millionths: Int64

  /// Reads `2%` or `0.5%`.
  package init?(_ text: String) {
    guard text.hasSuffix("%"), let percent = ValuePattern.Decimal(String(text.dropLast())),
      (0...100_000_000).contains(percent.millionths)
    else { return nil }
    millionths = percent.millionths
  }

  /// Whether `part` is more than this share of `whole`.
  func isLess(than part: Int, of whole: Int) -> Bool {
    Int64(part) * 100_000_000 > millionths * Int64(whole)
  }

  /// As a person writes it.
  var text: String {
    let fraction = millionths % 1_000_000
    guard fraction > 0 else { return "\(millionths / 1_000_000)%" }
    var digits = String(String(1_000_000 + fraction).dropFirst())
    while digits.last == "0" { digits.removeLast() }
    return "\(millionths / 1_000_000).\(digits)%"
  }
}

/// What a pipeline expects of an import; see docs/FORMATS.md, "Expectations and limits".
package struct ImportLimits: Hashable, Sendable {
  /// Seconds since the newest of the files was changed.
  package var newerThan: Threshold<Int64>?
  package var atLeast: Threshold<Int>?
  package var rejects: Threshold<RejectLimit>?
  /// How much fewer rows there may be than in the last good run.
  package var drop: Threshold<ShareLimit>?
  package var keepsRaw = false

  package init() {}
}
