import CSVRecords
import Messages
import Tickets

/// Takes the rows of an export one by one, whatever their shape.
protocol RowSink {
  var rows: RowReader { get set }
  var ledger: RowLedger { get set }

  mutating func bind(
    _ header: Header, file: Int, name: String, findings: inout FindingList
  ) throws(ImportError)

  /// Takes the row; if it is rejected, nothing of it is kept.
  mutating func take(_ cells: RowCells) throws(Rejection)
}
