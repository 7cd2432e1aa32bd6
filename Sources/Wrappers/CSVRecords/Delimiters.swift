/// The most frequent of `,`, `;`, tab and `|` outside quotes in the first record of `header`.
///
/// Of those that are equally frequent, and where there is none, the earlier in that order.
package func sniffDelimiter(header: some Sequence<UInt8>) -> UInt8 {
  let candidates = [Byte.comma, Byte.semicolon, Byte.tab, Byte.bar]
  var counts = [0, 0, 0, 0]
  var isQuoted = false
  var isBlank = true
  for byte in header {
    if byte == Byte.quote { isQuoted.toggle() }
    if !isQuoted && (byte == Byte.lf || byte == Byte.cr) {
      if isBlank { continue }
      break
    }
    isBlank = false
    if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
  }
  var best = 0
  for index in counts.indices where counts[index] > counts[best] { best = index }
  return candidates[best]
}
