/// Formulas in the spelling that files use.
package enum Formula {
  /// The percentile with linear interpolation; `share` is a decimal such as `0.95`.
  ///
  /// Excel shows `#NAME?` for functions newer than 2007 without the file prefix.
  package static func percentile(_ range: String, share: String) -> String {
    "=_xlfn.PERCENTILE.INC(\(range),\(share))"
  }

  /// Text as a formula holds it, in quotation marks.
  package static func quoted(_ text: String) -> String {
    let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + parts.joined(separator: "\"\"") + "\""
  }
}
