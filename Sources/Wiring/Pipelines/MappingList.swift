import Importing

/// The built-in mappings, as `attain mappings` prints them.
package enum MappingList {
  package static var text: String {
    let width = Presets.all.map(\.name.count).max() ?? 0
    return Presets.all.map { preset in
      preset.name + String(repeating: " ", count: width + 2 - preset.name.count) + preset.summary
    }.joined(separator: "\n") + "\n"
  }

  package static func text(of name: String) throws(CommandFailure) -> String {
    if let preset = Presets.all.first(where: { $0.name == name }) {
      return preset.yaml.hasSuffix("\n") ? preset.yaml : preset.yaml + "\n"
    }
    throw CommandFailure(
      .usage,
      "there is no mapping \"\(name)\"; there are "
        + Presets.all.map(\.name).joined(separator: ", "))
  }
}
