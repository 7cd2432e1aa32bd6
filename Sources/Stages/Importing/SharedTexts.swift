import Tickets

/// Dictionaries that hold the texts of all workers, in the order of the rows.
///
/// Which codes a worker has given depends on the batches it happened to read; these do not.
struct SharedTexts {
  private(set) var dictionaries: [TextDictionary]
  /// By field, worker, and the worker's code; ``unknown`` before the code was met.
  private var translations: [[[UInt32]]]
  private static let unknown = UInt32.max

  /// - Parameter dictionaries: What every worker began with.
  init(_ dictionaries: [TextDictionary]) {
    self.dictionaries = dictionaries
    translations = Array(repeating: [], count: dictionaries.count)
  }

  /// Turns a worker's codes into those of all.
  mutating func translate(
    _ codes: inout [UInt32], field: Int, worker: Int, _ own: TextDictionary
  ) {
    while translations[field].count <= worker { translations[field].append([]) }
    var known = translations[field][worker]
    translations[field][worker] = []
    if known.count < own.count {
      known.append(contentsOf: repeatElement(Self.unknown, count: own.count - known.count))
    }
    for row in codes.indices {
      let code = Int(codes[row])
      if known[code] == Self.unknown {
        known[code] = dictionaries[field].code(for: own[codes[row]])
      }
      codes[row] = known[code]
    }
    translations[field][worker] = known
  }
}
