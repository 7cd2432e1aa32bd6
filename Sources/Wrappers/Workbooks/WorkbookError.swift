/// A workbook, or a part of one, that could not be written as asked.
///
/// It names the place and the reason, never the text of a cell.
package struct WorkbookError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// libxlsxwriter refused the call with this number.
    case refused(code: UInt32)
    /// A number that no cell can hold: NaN or an infinity.
    case notFinite
    /// A name, range or size that Excel would refuse or repair.
    case invalid
    /// The call came after the workbook was closed.
    case closed
    /// The file system said no, with this `errno`.
    case fileSystem(errno: Int32)
    /// The file on disk lacks something that was written into it.
    case incomplete
  }

  package let kind: Kind
  /// What was being written, such as `"Attainment!C7"`.
  package let target: String
  package let reason: String

  package init(_ kind: Kind, target: String, reason: String) {
    self.kind = kind
    self.target = target
    self.reason = reason
  }

  package var description: String { "cannot write \(target): \(reason)" }
}
