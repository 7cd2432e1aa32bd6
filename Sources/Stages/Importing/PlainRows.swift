import CSVRecords
import ServiceTime
package import Tickets

/// Writes intervals and counts as CSV that the mappings `intervals` and `counts` read
/// back without loss.
///
/// Rows that have no id are given their number, so that none is taken for another when read back.
package enum PlainRows {
  package static func bytes(of table: IntervalTable) -> [UInt8] {
    var writer = CSVWriter()
    writer.record(["id", "start", "end"] + table.fields.map(\.name))
    for row in 0..<table.count {
      writer.text(id(row, table.ids))
      writer.raw(Instant(seconds: table.starts[row]).iso)
      let end = table.ends[row]
      writer.raw(end == MomentColumn.missing ? "" : Instant(seconds: end).iso)
      write(table.fields, row, &writer)
    }
    return writer.takeBytes()
  }

  package static func bytes(of table: CountTable) -> [UInt8] {
    var writer = CSVWriter()
    writer.record(["id", "at", "amount"] + table.fields.map(\.name))
    for row in 0..<table.count {
      writer.text(id(row, table.ids))
      writer.raw(Instant(seconds: table.instants[row]).iso)
      writer.raw(AmountText.text(table.amounts[row]))
      write(table.fields, row, &writer)
    }
    return writer.takeBytes()
  }

  private static func id(_ row: Int, _ ids: TextArena) -> String {
    let id = ids[row]
    return id.isEmpty ? String(row + 1) : id
  }

  private static func write(_ fields: [FieldColumn], _ row: Int, _ writer: inout CSVWriter) {
    for field in fields { writer.text(field.dictionary[field.codes[row]]) }
    writer.endRecord()
  }
}

extension AmountText {
  /// The shortest decimal number of some millionths.
  static func text(_ millionths: Int64) -> String {
    let size = millionths.magnitude
    var text = (millionths < 0 ? "-" : "") + String(size / 1_000_000)
    let rest = size % 1_000_000
    guard rest > 0 else { return text }
    var digits = String(rest + 1_000_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    text += "." + digits
    return text
  }
}
