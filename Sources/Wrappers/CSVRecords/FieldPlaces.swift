/// Where the bytes of a field lie in ``RecordBatch/storage``.
package struct FieldPlace: Hashable, Sendable {
  package let start: UInt32
  /// Behind the last byte; equal to `start` for a field without bytes.
  package let end: UInt32

  @inline(__always)
  init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }
}

extension RecordBatch {
  /// Replaces `places` by those of one column, one for each record.
  ///
  /// They are what ``bytes(_:_:)`` gives, and for a record with fewer fields a place without bytes.
  package func places(ofColumn column: Int, into places: inout [FieldPlace]) {
    precondition(column >= 0, "columns are counted from 0")
    if places.count > count { places.removeLast(places.count - count) }
    if places.count < count {
      let none = FieldPlace(start: 0, end: 0)
      places.append(contentsOf: repeatElement(none, count: count - places.count))
    }
    storage.withUnsafeBufferPointer { storage in
      entries.withUnsafeBufferPointer { entries in
        ends.withUnsafeBufferPointer { ends in
          places.withUnsafeMutableBufferPointer { places in
            Self.find(column, storage, entries, ends, &places)
          }
        }
      }
    }
  }

  private static func find(
    _ column: Int, _ storage: UnsafeBufferPointer<UInt8>, _ entries: UnsafeBufferPointer<Entry>,
    _ ends: UnsafeBufferPointer<UInt32>, _ places: inout UnsafeMutableBufferPointer<FieldPlace>
  ) {
    for record in 0..<places.count {
      let first = Int(entries[record].firstField)
      guard first &+ column < Int(entries[record &+ 1].firstField) else {
        places[record] = FieldPlace(start: entries[record].start, end: entries[record].start)
        continue
      }
      let start = column == 0 ? entries[record].start : ends[first &+ column &- 1] &+ 1
      let end = ends[first &+ column]
      if start < end && storage[Int(start)] == Byte.quote {
        let close = closingQuote(in: storage, before: Int(end))
        places[record] = FieldPlace(
          start: start &+ 1, end: UInt32(truncatingIfNeeded: close))
      } else {
        places[record] = FieldPlace(start: start, end: end)
      }
    }
  }
}
