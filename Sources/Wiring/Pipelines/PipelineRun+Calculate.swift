import Calculation
import Files
import Importing
import Messages
import Results
import Workspace

extension PipelineRun {
  /// Reads the exports, or stores them where there is a workspace.
  func importAll(_ book: RunBook, _ watch: ImportWatch) throws(CommandFailure) {
    let loader = TicketLoader(
      rules: rules, surroundings: surroundings, recordsInputs: true,
      reportsAsOf: workspace == nil ? options.asOf : nil, watch: watch)
    try importing(book, watch) { () throws(CommandFailure) in
      let orders = try orders()
      guard let workspace else {
        return ((), try loader.load(.files(orders), wanted: nil))
      }
      var loaded = TicketLoader.Loaded()
      loaded.inputs = try WorkspaceJob.open(workspace, creates: true) {
        workspace throws(CommandFailure) in
        try loader.store(orders, in: workspace)
      }
      return ((), loaded)
    }
  }

  /// Imports and calculates, with whatever lies between the two.
  func calculate(
    _ book: RunBook, _ watch: ImportWatch
  ) throws(CommandFailure) -> CalculationResults {
    var calculation = try calculation()
    guard let workspace else {
      calculation.watch = watch
      let (calculator, loaded) = try importing(book, watch) { () throws(CommandFailure) in
        let made = try calculation.calculator(
          .files(try orders()), rules: rules, surroundings: surroundings, needsTickets: false)
        return (made, made.loaded)
      }
      return try book.stage("calculate") { () throws(CommandFailure) in
        try calculation.results(of: calculator, loaded)
      }
    }
    calculation.makesReports = false
    if runsImports {
      // What is wrong with them is told before anything is stored.
      _ = try rules.agreements(calculation.agreements)
      try importAll(book, watch)
    }
    return try book.stage("calculate") { () throws(CommandFailure) in
      let results = try calculation.run(
        .workspace(workspace, knownAt: options.knownAt), rules: rules, surroundings: surroundings)
      if !runsImports { book.note(inputs: results.inputs) }
      return results
    }
  }

  /// The import stage, of which the rejected rows are kept whatever comes of it.
  private func importing<Value>(
    _ book: RunBook, _ watch: ImportWatch,
    _ body: () throws(CommandFailure) -> (Value, loaded: TicketLoader.Loaded)
  ) throws(CommandFailure) -> Value {
    try book.stage("import") { () throws(CommandFailure) in
      do throws(CommandFailure) {
        let (value, loaded) = try body()
        book.note(watch, hashes: loaded.inputs)
        try keepRejects(of: watch, book)
        try write(loaded.reports)
        return value
      } catch {
        book.note(watch, hashes: [])
        book.note(rules: rules.records)
        book.note(warnings: rules.warnings.map(\.line) + watch.warnings)
        if book.record.rejects == nil { try? keepRejects(of: watch, book) }
        throw error
      }
    }
  }

  private func keepRejects(of watch: ImportWatch, _ book: RunBook) throws(CommandFailure) {
    guard let folder = book.folder else { return }
    let path = "\(folder)/\(RejectsFile.name)"
    do {
      try RejectsFile.write(watch.rejects, to: path)
    } catch {
      throw PackWriter.failure(error, at: path)
    }
    let count = watch.rejects.count + watch.unlistedRejects
    guard count > 0 else { return }
    book.note(rejects: path)
    let rows = count == 1 ? "1 row was rejected" : "\(count) rows were rejected"
    let listed = watch.unlistedRejects == 0 ? "them" : "\(watch.rejects.count) of them"
    surroundings.say("\(rows); \(path) lists \(count == 1 ? "it" : listed)")
  }
}
