import Importing
import Messages

/// An import whose mapping is known.
struct ReadyImport {
  var order: ImportOrder
  let mapping: Mapping
  /// Those that were opened to find the mapping, because standard input opens only once.
  let files: [InputFiles]?

  /// The mapping with the source and the zone that were given in place of its own.
  var ownMapping: Mapping {
    var mapping = mapping
    mapping.source = order.source ?? mapping.source
    if let zone = order.zone {
      mapping.zone = zone
      mapping.zonePlace = nil
    }
    return mapping
  }
}

extension ImportOrder {
  /// Stands for the preset that fits the header.
  package static let auto = "auto"
}

extension TicketLoader {
  /// Reads the mapping of an import, and finds out first which it is where that is left to us.
  func prepared(_ order: ImportOrder) throws(CommandFailure) -> ReadyImport {
    guard order.mapping == ImportOrder.auto else {
      let mapping = try rules.mapping(order.mapping, source: order.source)
      return ReadyImport(order: order, mapping: mapping, files: nil)
    }
    let files = try expand(order)
    var order = order
    var first: (file: String, preset: String)?
    for file in files {
      let preset = try preset(for: file)
      if let first, first.preset != preset {
        throw CommandFailure(.badData, Self.differ(file.name, preset, first))
      }
      first = first ?? (file.name, preset)
    }
    order.mapping = first?.preset ?? order.mapping
    let mapping = try rules.mapping(order.mapping, source: order.source)
    // Read again where the mapping makes a difference to how a workbook is read.
    let readsAgain = mapping.looksForLineBreaks && !order.files.contains("-")
    return ReadyImport(order: order, mapping: mapping, files: readsAgain ? nil : files)
  }

  /// The preset that fits a file, which is told with the reason.
  private func preset(for file: InputFiles) throws(CommandFailure) -> String {
    let choice: PresetChoice
    do throws(ImportError) {
      choice = try Importer.choose(for: file.input)
    } catch {
      throw CommandFailure(.badData, [error.finding])
    }
    switch choice {
    case .one(let fit, let next):
      surroundings.say(
        Finding(.note, at: Place(file: file.name, line: 1), Self.took(fit, next: next)).line)
      return fit.name
    case .several(let fits):
      throw CommandFailure(
        .badData, [Finding(.error, at: Place(file: file.name, line: 1), Self.several(fits))])
    case .none(let nearest, let missing):
      throw CommandFailure(
        .badData,
        [Finding(.error, at: Place(file: file.name, line: 1), Self.none(nearest, missing))])
    }
  }

  private static func took(_ fit: PresetChoice.Fit, next: PresetChoice.Fit?) -> Finding.Message {
    let rival = next.map { "; next is \"\($0.name)\" with \($0.found)" } ?? "; no other preset fits"
    return """
      mapping \(quoted(fit.name)) fits best: it names \(fit.found) of the \(fit.width) columns\
      \(fit.isHistory && fit.repeatsAlike ? ", and ids repeat as in its rows" : "")\(rival)
      """
  }

  private static func several(_ fits: [PresetChoice.Fit]) -> Finding.Message {
    let names = fits.map { quoted($0.name) }.joined(separator: " and ")
    return """
      mappings \(names) fit this header equally well, with \(fits[0].found) columns each; say \
      which it is with -m (in a pipeline: mapping)
      """
  }

  private static func none(_ nearest: PresetChoice.Fit?, _ missing: String?) -> Finding.Message {
    guard let nearest else {
      return """
        no preset knows any column of this header; write a mapping, from one that \
        attain mappings --show prints
        """
    }
    let reason =
      missing.map { "but the header has no column for its \"\($0)\"" }
      ?? "which is too few to go by"
    return """
      no preset fits this header; nearest is "\(nearest.name)" with \(nearest.found) columns, \
      \(reason). Write a mapping, from what attain mappings --show \(nearest.name) prints
      """
  }

  private static func differ(
    _ file: String, _ preset: String, _ first: (file: String, preset: String)
  ) -> String {
    Finding(
      .error, at: Place(file: file, line: 1),
      """
      mapping "\(preset)" fits this file, but "\(first.preset)" fits \(first.file); read them in \
      two imports, or say with -m which it is
      """
    ).line
  }

  private static func quoted(_ name: String) -> String { "\"\(name)\"" }
}
