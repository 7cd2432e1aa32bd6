import CSVRecords
import Messages

/// What is to be told of one batch, in the order of its rows.
struct BatchReport: Sendable {
  struct Remark: Sendable {
    let severity: Finding.Severity
    let line: Int
    let message: Finding.Message
  }

  let number: Int
  var read = 0
  private(set) var rejected = 0
  private(set) var adjusted = 0
  private(set) var remarks: [Remark] = []
  /// The first row that ends with one delimiter more than the header.
  var trailingLine: Int?
  /// The row with a cell that is not UTF-8, though nobody has said what the encoding is.
  var notUTF8Line: Int?

  init(number: Int) {
    self.number = number
  }

  mutating func reject(line: Int, _ message: Finding.Message) {
    rejected += 1
    remarks.append(Remark(severity: .rejected, line: line, message: message))
  }

  /// Takes over what the reading of a row left to be said.
  mutating func tell(_ clock: inout ClockFace, line: Int) {
    guard !clock.remarks.isEmpty else { return }
    for remark in clock.remarks {
      remarks.append(Remark(severity: remark.severity, line: line, message: remark.message))
    }
    if clock.isAdjusted { adjusted += 1 }
    clock.forgetRow()
  }
}

extension ClockFace {
  /// Makes ready for the next row.
  mutating func forgetRow() {
    remarks.removeAll(keepingCapacity: true)
    isAdjusted = false
  }
}
