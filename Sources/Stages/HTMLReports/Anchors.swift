import ReportDocuments

/// The ids of a page: unique, of plain characters, whatever the document calls its parts.
struct Anchors {
  private var idByName: [String: String] = [:]
  /// Headings that stand more than once on the page.
  private var repeated: Set<String> = []
  private var taken: Set<String> = ["main", "summary", "contents", "slam"]

  init(_ document: ReportDocument) {
    let titles = [document.slam.title] + document.sections.map(\.title)
    var seen: Set<String> = []
    for title in titles where !seen.insert(title).inserted { repeated.insert(title) }
    for section in document.sections {
      add(section.id)
      for case .figure(let figure) in section.blocks { add(figure.id) }
    }
  }

  /// The id that stands for a name of the document; `nil` if nothing bears it.
  func id(for name: String) -> String? { idByName[name] }

  /// A name for a part of which the heading alone would not tell it from others; else `nil`.
  func landmark(for section: Section) -> String? {
    guard repeated.contains(section.title) else { return nil }
    return "\(section.contentsTitle) (\(idByName[section.id] ?? section.id)): \(section.title)"
  }

  private mutating func add(_ name: String) {
    guard idByName[name] == nil else { return }
    var plain = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9": plain.unicodeScalars.append(scalar)
      default: if plain.last != "-", !plain.isEmpty { plain += "-" }
      }
    }
    while plain.last == "-" { plain.removeLast() }
    if plain.first.map({ !$0.isLetter }) ?? true { plain = "part-" + plain }
    if plain.last == "-" { plain.removeLast() }
    var id = plain
    var number = 2
    while taken.contains(id) {
      id = "\(plain)-\(number)"
      number += 1
    }
    taken.insert(id)
    idByName[name] = id
  }
}
