/// Counts of promises by what a reader may pick: tier, group, month and others.
///
/// Counts alone can be added up for any choice; percentiles cannot, and are not in it.
package struct Overview: Hashable, Sendable {
  package struct Dimension: Hashable, Sendable {
    package var name: String
    package var values: [String]

    package init(_ name: String, values: [String]) {
      self.name = name
      self.values = values
    }
  }

  package struct Row: Hashable, Sendable {
    /// Of each dimension the index of its value.
    package var places: [Int]
    package var met: Int
    package var decided: Int

    package init(places: [Int], met: Int, decided: Int) {
      self.places = places
      self.met = met
      self.decided = decided
    }
  }

  /// The last one is the month; a dimension with one value needs no choice.
  package var dimensions: [Dimension]
  package var rows: [Row]

  package init(dimensions: [Dimension], rows: [Row]) {
    self.dimensions = dimensions
    self.rows = rows
  }
}
