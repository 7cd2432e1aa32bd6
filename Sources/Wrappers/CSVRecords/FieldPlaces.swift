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
            let isUniform = uniformFieldCount.map { column > 0 && column < $0 } ?? false
            if let width = uniformFieldCount, isUniform {
              Self.find(column, width, storage, ends, &places)
            } else {
              Self.find(column, storage, entries, ends, &places)
            }
          }
        }
      }
    }
  }

  /// In records of `width` fields, so that nothing needs to be asked of a record.
  private static func find(
    _ column: Int, _ width: Int, _ storage: UnsafeBufferPointer<UInt8>,
    _ ends: UnsafeBufferPointer<UInt32>, _ places: inout UnsafeMutableBufferPointer<FieldPlace>
  ) {
    var index = column
    for record in 0..<places.count {
      places[record] = place(storage, from: ends[index &- 1] &+ 1, to: ends[index])
      index &+= width
    }
  }

  private static func find(
    _ column: Int, _ storage: UnsafeBufferPointer<UInt8>, _ entries: UnsafeBufferPointer<Entry>,
    _ ends: UnsafeBufferPointer<UInt32>, _ places: inout UnsafeMutableBufferPointer<FieldPlace>
  ) {
    for record in 0..<places.count {
      let first = Int(entries[record].firstField)
      let start = entries[record].start
      if first &+ column >= Int(entries[record &+ 1].firstField) {
        places[record] = FieldPlace(start: start, end: start)
      } else {
        let from = column == 0 ? start : ends[first &+ column &- 1] &+ 1
        places[record] = place(storage, from: from, to: ends[first &+ column])
      }
    }
  }

  /// The content of the field between two separators.
  @inline(__always)
  private static func place(
    _ storage: UnsafeBufferPointer<UInt8>, from start: UInt32, to end: UInt32
  ) -> FieldPlace {
    guard start < end && storage[Int(start)] == Byte.quote else {
      return FieldPlace(start: start, end: end)
    }
    let close = closingQuote(in: storage, before: Int(end))
    return FieldPlace(start: start &+ 1, end: UInt32(truncatingIfNeeded: close))
  }
}
