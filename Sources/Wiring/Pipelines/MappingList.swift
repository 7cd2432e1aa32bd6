import Importing
import Messages

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
    let names = Presets.all.map(\.name)
    let hint =
      NearestName.of(name, among: names).map { "did you mean \"\($0)\"?" }
      ?? "there are " + names.joined(separator: ", ")
    throw CommandFailure(.usage, "--show: error: there is no mapping \"\(name)\"; \(hint)")
  }
}
