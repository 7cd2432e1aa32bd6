/// What tests read out of a page, without a parser of HTML.
struct PageMarkup {
  let text: String

  init(_ bytes: [UInt8]) { text = String(decoding: bytes, as: UTF8.self) }

  /// Start tags in order, without those in the style and the script.
  var tags: [Substring] {
    body.matches(of: /<[a-z][a-z0-9]*(?: [^<>]*)?>/).map(\.output)
  }

  var body: Substring {
    guard let start = text.range(of: "<body>"), let end = text.range(of: "<script>", after: start)
    else {
      return ""
    }
    return text[start.upperBound..<end.lowerBound]
  }

  func values(of attribute: String) -> [String] {
    let pattern = " " + attribute + "=\""
    return tags.flatMap { tag in
      tag.split(separator: pattern).count > 1
        ? tag.ranges(of: pattern).map { String(tag[$0.upperBound...].prefix { $0 != "\"" }) } : []
    }
  }

  func content(of element: String) -> String {
    guard let start = text.range(of: "<\(element)>"),
      let end = text.range(of: "</\(element)>", after: start)
    else { return "" }
    return String(text[start.upperBound..<end.lowerBound])
  }
}

extension String {
  func range(of part: String) -> Range<String.Index>? { firstRange(of: part) }
  func range(of part: String, after: Range<String.Index>) -> Range<String.Index>? {
    self[after.upperBound...].firstRange(of: part)
  }
}
