/// How wide text in a drawing may become, as the reader's font is unknown.
///
/// The widths are those of a wide sans serif, in thousandths of the font size, with a tenth to
/// spare.
enum TextWidth {
  static func estimate(_ text: String, size: Double = 12, isBold: Bool = false) -> Double {
    let sum = text.unicodeScalars.reduce(0) { $0 + thousandths(of: $1) }
    return Double(sum) / 1000 * size * (isBold ? 1.06 : 1) * 1.1
  }

  /// The text, cut with an ellipsis if it is longer than a label may be.
  static func label(_ text: String, limit: Int = 24) -> String {
    guard text.count > limit else { return text }
    return String(text.prefix(limit - 1)) + "…"
  }

  /// The text, cut with an ellipsis until it fits.
  static func fitted(_ text: String, into width: Double, isBold: Bool = false) -> String {
    let short = label(text)
    if estimate(short, isBold: isBold) <= width { return short }
    var kept = Array(short.filter { $0 != "…" })
    while !kept.isEmpty {
      kept.removeLast()
      let cut = String(kept) + "…"
      if estimate(cut, isBold: isBold) <= width { return cut }
    }
    return ""
  }

  private static func thousandths(of scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case " ", "\u{A0}": 320
    case ".", ",", ":", ";", "'", "|", "!", "i", "j", "l", "I", "(", ")", "-", "t", "f", "r": 370
    case "0"..."9": 640
    case "m", "w", "M", "W", "%": 930
    case "a"..."z": 600
    case "A"..."Z": 720
    default: scalar.value < 0x2E80 ? 720 : 1000
    }
  }
}
