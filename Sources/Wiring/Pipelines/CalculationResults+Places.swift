import Results
import Workspace

extension CalculationResults {
  /// Names rows of a workspace by the file and line of the export they came in.
  mutating func setPlaces(_ places: [String: RowPlaces]) {
    guard !places.isEmpty else { return }
    for index in promises.indices {
      guard let place = places[promises[index].source]?.place(ofLine: promises[index].line)
      else { continue }
      (promises[index].file, promises[index].line) = (place.number, place.line)
    }
    for trace in traces.indices {
      guard let places = places[traces[trace].source] else { continue }
      for index in traces[trace].stretches.indices {
        let line = traces[trace].stretches[index].line
        traces[trace].stretches[index].line = places.place(ofLine: line)?.line ?? 0
      }
    }
  }
}
