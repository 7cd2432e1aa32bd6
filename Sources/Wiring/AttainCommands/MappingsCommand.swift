import ArgumentParser
import Pipelines

struct MappingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mappings",
    abstract: "List the built-in mappings, or print one to copy.",
    discussion: """
        attain mappings
        attain mappings --show zendesk > my-zendesk.yml
      """)

  @Option(help: "Print this mapping.")
  var show: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let text = try show.map(MappingList.text(of:)) ?? MappingList.text
      surroundings.output(Array(text.utf8))
      return .done
    }
  }
}
