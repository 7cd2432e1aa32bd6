import LocatedYAML
package import Messages

/// Where the keys of a rule file stand.
package struct RulePlaces: Sendable {
  private let root: YAMLNode?
  private let file: String

  /// A file that is no YAML has no places.
  package init(_ bytes: [UInt8], file: String) {
    self.file = file
    do throws(YAMLError) {
      root = try YAMLNode.parse(bytes)
    } catch {
      root = nil
    }
  }

  /// The place of a key by its path, or of the nearest key above that is there; a number is an item
  /// of a list, and a value that is no list is its own item 0.
  package func place(_ path: [String]) -> Place {
    var place = Place(file: file, line: root?.line, column: root?.column)
    var node = root
    for name in path {
      guard let here = node else { break }
      if let entry = here.mapping?.first(where: { $0.key == name }) {
        place = Place(file: file, line: entry.keyLine, column: entry.keyColumn)
        node = entry.value
      } else if let number = Int(name) {
        guard let item = here.sequence.map({ number < $0.count ? $0[number] : nil }) ?? here else {
          break
        }
        place = Place(file: file, line: item.line, column: item.column)
        node = item
      } else {
        break
      }
    }
    return place
  }

  package func place(_ path: String...) -> Place { place(path) }

  /// A key of the target of a clock.
  package func place(ofTarget clock: String, _ path: String...) -> Place {
    guard let targets = root?["targets"] else { return place() }
    let number = (targets.sequence ?? [targets]).firstIndex { $0["clock"]?.scalar == clock }
    return place(["targets", String(number ?? 0)] + path)
  }

  /// The first key or value of the rules that is a name.
  package func place(ofName name: String) -> Place {
    let found = root.flatMap { Self.find(name, in: $0) }
    return found.map { Place(file: file, line: $0.line, column: $0.column) } ?? place()
  }

  private static func find(_ name: String, in node: YAMLNode) -> (line: Int, column: Int)? {
    switch node.content {
    case .scalar(let text): return text == name ? (node.line, node.column) : nil
    case .sequence(let items):
      for item in items { if let found = find(name, in: item) { return found } }
    case .mapping(let entries):
      for entry in entries {
        if entry.key == name { return (entry.keyLine, entry.keyColumn) }
        if let found = find(name, in: entry.value) { return found }
      }
    }
    return nil
  }
}
