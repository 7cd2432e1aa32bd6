/// A record that breaks the rules of quotes, or is too long.
package struct RejectedRecord: Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// No quote closes the field before the end of the file, or before the record gets too long.
    case quoteNeverClosed
    /// The closing quote is followed by something other than a delimiter or the end of the line.
    case textAfterClosingQuote
    /// The record has more bytes than a record may have.
    case tooLong(limit: Int)
  }

  /// The line on which the quote opened; for a record that is too long, the line on which it is.
  package internal(set) var line: Int

  /// The line on which the record starts; less than `line` after a field with line ends.
  package internal(set) var firstLine: Int

  /// Where the record starts in the bytes that were read.
  package internal(set) var byteOffset: Int

  package let reason: Reason

  /// The record's bytes up to the end of `line`, at most ``rawLimit`` of them.
  package let raw: [UInt8]

  /// How many records of the batch come before this one.
  package let precedingRecords: Int

  package static let rawLimit: Int = 1024
}
