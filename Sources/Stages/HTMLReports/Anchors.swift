import ReportDocuments

/// The ids of a page: unique, of plain characters, whatever the document calls its parts.
struct Anchors {
  private var idByName: [String: String] = [:]
  private var taken: Set<String> = ["main", "summary", "contents", "slam"]

  init(_ document: ReportDocument) {
    for section in document.sections {
      add(section.id)
      for case .figure(let figure) in section.blocks { add(figure.id) }
    }
  }

  /// The id that stands for a name of the document; `nil` if nothing bears it.
  func id(for name: String) -> String? { idByName[name] }

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
