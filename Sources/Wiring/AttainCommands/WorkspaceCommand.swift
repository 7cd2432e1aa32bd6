import ArgumentParser
import Logging
import Pipelines
import ServiceTime

struct WorkspaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workspace",
    abstract: "Look after a workspace: check, prune, vacuum, dump.",
    discussion: "docs/WORKSPACE.md tells what is in one, and how to ask it.",
    subcommands: [Check.self, Prune.self, Vacuum.self, Dump.self])

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "See whether a workspace is whole; exit with 65 if it is not.")

    @Argument(help: "The workspace.")
    var workspace: String

    @OptionGroup var common: CommonOptions

    func run() throws {
      try Shell.perform(common) { surroundings throws(CommandFailure) in
        let wrong = try WorkspaceJob.check(workspace)
        guard wrong.isEmpty else {
          throw CommandFailure(
            .badData,
            wrong.map { "\(workspace): error: \($0)" }
              + ["\(workspace): error: put the last backup in its place"])
        }
        surroundings.log.info("\(workspace): all is well")
        return .done
      }
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune",
      abstract: "Take out versions that stood only before an instant.",
      discussion: """
        What was known earlier can then only be read in the packs issued then. If one of them was
        made from it, nothing is taken out, unless --forget-packs is given.

          attain workspace prune desk.sqlite --before 2025-01-01T00:00:00Z
        """)

    @Argument(help: "The workspace.")
    var workspace: String

    @Option(help: "An instant with an offset, such as 2025-01-01T00:00:00Z.")
    var before: Instant

    @Flag(help: "Prune although issued packs could not be made again.")
    var forgetPacks = false

    @OptionGroup var common: CommonOptions

    func run() throws {
      try Shell.perform(common) { surroundings throws(CommandFailure) in
        let count = try WorkspaceJob.prune(workspace, before: before, forgetPacks: forgetPacks)
        surroundings.log.info("\(workspace): \(count) versions taken out")
        return .done
      }
    }
  }

  struct Vacuum: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "vacuum",
      abstract: "Give the room of what was pruned back to the disk.")

    @Argument(help: "The workspace.")
    var workspace: String

    @OptionGroup var common: CommonOptions

    func run() throws {
      try Shell.perform(common) { _ throws(CommandFailure) in
        try WorkspaceJob.vacuum(workspace)
        return .done
      }
    }
  }

  struct Dump: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "dump",
      abstract: "Print a workspace as SQL text, which sqlite3 reads back.")

    @Argument(help: "The workspace.")
    var workspace: String

    @OptionGroup var common: CommonOptions

    func run() throws {
      try Shell.perform(common) { surroundings throws(CommandFailure) in
        try WorkspaceJob.dump(workspace, to: surroundings.output)
        return .done
      }
    }
  }
}
