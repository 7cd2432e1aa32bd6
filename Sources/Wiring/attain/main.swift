import ArgumentParser
import AttainCommands

AttainCommand.main()
