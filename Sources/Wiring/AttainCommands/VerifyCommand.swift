import ArgumentParser
import Pipelines

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every file of a pack against its manifest.",
    discussion: """
        attain verify out/2026-10/it-internal/Finance
      """)

  @Argument(help: "The folder of the pack.")
  var pack: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    try Shell.perform(common) { surroundings throws(CommandFailure) in
      let text = try VerifyJob.verify(pack)
      surroundings.say(text)
      return .done
    }
  }
}
