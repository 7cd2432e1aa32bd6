import LocatedYAML
import ServiceTime

extension String {
  fileprivate static func noRows(_ what: String, _ found: String) -> String {
    "\(what) is \"\(found)\", but must be a number of rows such as 100 rows"
  }

  fileprivate static func noShare(_ what: String, _ found: String) -> String {
    "\(what) is \"\(found)\", but must be a share such as 2%"
  }

  fileprivate static func noLimit(_ what: String, _ found: String) -> String {
    "\(what) is \"\(found)\", but must be a number of rows or a share such as 2%"
  }
}

/// Reads what a pipeline expects of its imports and figures.
struct PipelineLimits {
  let reader: YAMLReader

  /// `expects`, `limits` and `keep-raw` of an import stage.
  func imports(_ stage: YAMLFields) -> ImportLimits {
    var limits = ImportLimits()
    if let node = stage["expects"],
      let fields = reader.fields(node, of: "\"expects\"", allowed: ["newer-than", "at-least"])
    {
      limits.newerThan = fields["newer-than"].flatMap { threshold($0, of: "newer-than", seconds) }
      limits.atLeast = fields["at-least"].flatMap { threshold($0, of: "at-least", rows) }
    }
    if let node = stage["limits"],
      let fields = reader.fields(node, of: "\"limits\"", allowed: ["rejects", "drop"])
    {
      limits.rejects = fields["rejects"].flatMap { threshold($0, of: "rejects", rejects) }
      limits.drop = fields["drop"].flatMap { threshold($0, of: "drop", share) }
    }
    limits.keepsRaw = stage["keep-raw"].flatMap { reader.flag($0, of: "\"keep-raw\"") } ?? false
    return limits
  }

  /// `limits` of a calculate stage.
  func unmeasurable(_ stage: YAMLFields) -> Threshold<ShareLimit>? {
    guard let node = stage["limits"],
      let fields = reader.fields(node, of: "\"limits\"", allowed: ["unmeasurable"])
    else { return nil }
    return fields["unmeasurable"].flatMap { threshold($0, of: "unmeasurable", share) }
  }

  /// A value alone ends the run; a map says which value warns, and which ends it.
  private func threshold<Value>(
    _ node: YAMLNode, of key: String, _ read: (YAMLNode, String) -> Value?
  ) -> Threshold<Value>? {
    let what = "\"\(key)\""
    guard node.mapping != nil else { return Threshold(error: read(node, what)) }
    guard let fields = reader.fields(node, of: what, allowed: ["warn", "error"]) else { return nil }
    if fields.entries.isEmpty { reader.require("error", in: fields) }
    return Threshold(
      warn: fields["warn"].flatMap { read($0, "\"warn\" of \(what)") },
      error: fields["error"].flatMap { read($0, "\"error\" of \(what)") })
  }

  private func seconds(_ node: YAMLNode, _ what: String) -> Int64? {
    guard let text = reader.text(node, of: what, expected: "a time such as 26h") else { return nil }
    do throws(DurationTextError) {
      return try DurationText.seconds(text)
    } catch {
      reader.report("\(what): \(error.description)", at: node)
      return nil
    }
  }

  private func rows(_ node: YAMLNode, _ what: String) -> Int? {
    guard let text = reader.text(node, of: what, expected: "a number of rows such as 100 rows")
    else { return nil }
    let words = text.split(separator: " ")
    guard let first = words.first, first.allSatisfy(\.isASCIIDigit), let count = Int(first),
      (1...1_000_000_000).contains(count),
      words.count == 1 || words.count == 2 && ["row", "rows"].contains(words[1])
    else {
      reader.report(.noRows(what, text), at: node)
      return nil
    }
    return count
  }

  private func rejects(_ node: YAMLNode, _ what: String) -> RejectLimit? {
    guard let text = reader.text(node, of: what) else { return nil }
    let limit = RejectLimit(text)
    if limit == nil { reader.report(.noLimit(what, text), at: node) }
    return limit
  }

  private func share(_ node: YAMLNode, _ what: String) -> ShareLimit? {
    guard let text = reader.text(node, of: what, expected: "a share such as 2%") else { return nil }
    let limit = ShareLimit(text)
    if limit == nil { reader.report(.noShare(what, text), at: node) }
    return limit
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
