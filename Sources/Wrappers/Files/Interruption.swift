internal import CPlatform
internal import Glibc
internal import Synchronization

/// A clean end by SIGTERM, SIGINT or SIGHUP: a step that cannot be left half-way is completed or
/// undone, what was being prepared is removed, what is in its place stays, and the process ends by
/// the signal, as its parent expects.
package enum Interruption {
  /// What ends the process.
  package struct Signal: Sendable {
    let number: Int32

    package var name: String {
      switch number {
      case SIGTERM: "SIGTERM"
      case SIGINT: "SIGINT"
      default: "SIGHUP"
      }
    }

    /// The exit status that shells and schedulers tell of a process which a signal ended.
    package var status: Int32 { 128 + number }
  }

  /// A step that the end waits for, and what makes it come to an end sooner.
  private struct Step {
    var depth = 1
    let hurry: (@Sendable () -> Void)?
  }

  private struct State {
    /// Files and folders that nobody may find when the process has ended.
    var unfinished: Set<String> = []
    /// At most one for each thread, with those inside of it.
    var steps: [pthread_t: Step] = [:]
    var lastActs: [String: @Sendable (Signal) -> Void] = [:]
    /// The thread that ends the process, once it does.
    var ender: pthread_t?

    /// Whether this thread has to leave everything as it is.
    var isEnding: Bool { ender.map { $0 != pthread_self() } ?? false }
  }

  private static let state = Mutex(State())
  private static let signals = [SIGTERM, SIGINT, SIGHUP]

  /// Waits for signals on a thread of its own; to be called before there are other threads.
  package static func watch() {
    // A signal that the parent wants ignored stays ignored, as under nohup.
    var awaited = set(of: signals.filter { attain_ignores($0) == 0 })
    pthread_sigmask(SIG_BLOCK, &awaited, nil)
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { _ in
        var awaited = Interruption.set(of: Interruption.signals)
        var signal: Int32 = 0
        while sigwait(&awaited, &signal) != 0 {}
        Interruption.end(by: signal)
      }, nil)
  }

  /// Never returns once the process is ending: what fails then is a consequence of that.
  package static func waitIfEnding() {
    if state.withLock({ $0.isEnding }) { waitForEnd() }
  }

  /// Runs a step that would leave something behind if the process ended in the middle of it.
  ///
  /// The end waits until the step is over, and then this does not return. Whoever sends a second
  /// signal is not kept waiting.
  ///
  /// - Parameter hurry: Called again and again while the end waits, on another thread; it makes
  ///   the step fail soon, and must be harmless at any instant of it.
  package static func completing<Result, Failure: Error>(
    hurriedBy hurry: (@Sendable () -> Void)? = nil, _ step: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let thread = pthread_self()
    let isEnding = state.withLock { state in
      if !state.isEnding { state.steps[thread, default: Step(depth: 0, hurry: hurry)].depth += 1 }
      return state.isEnding
    }
    if isEnding { waitForEnd() }
    defer {
      let isEnding = state.withLock { state in
        state.steps[thread]?.depth -= 1
        if state.steps[thread]?.depth == 0 { state.steps[thread] = nil }
        return state.isEnding && state.steps[thread] == nil
      }
      if isEnding { waitForEnd() }
    }
    return try step()
  }

  /// Sets what is still done if a signal ends the process, when all steps are over.
  ///
  /// - Parameters:
  ///   - name: Has one act at a time; acts come in the order of their names.
  ///   - act: `nil` takes it away.
  package static func atEnd(_ name: String, _ act: (@Sendable (Signal) -> Void)?) {
    state.withLock { $0.lastActs[name] = act }
  }

  /// Remembers what is to be removed if the process is ended.
  static func begin(_ path: String) {
    let isEnding = state.withLock { state in
      state.unfinished.insert(path)
      return state.isEnding
    }
    if isEnding { waitForEnd() }
  }

  /// Makes something with a name that is not known before, and remembers it as ``begin(_:)`` does.
  static func beginning(
    _ make: () throws(FileError) -> String
  ) throws(FileError) -> String {
    let outcome = state.withLock { state -> Result<String, FileError>? in
      guard !state.isEnding else { return nil }
      do throws(FileError) {
        let path = try make()
        state.unfinished.insert(path)
        return .success(path)
      } catch {
        return .failure(error)
      }
    }
    guard let outcome else { waitForEnd() }
    return try outcome.get()
  }

  static func finish(_ path: String) {
    _ = state.withLock { $0.unfinished.remove(path) }
  }

  /// Runs a step that is done whole or not at all.
  static func wholly<Result: Sendable>(
    _ step: () throws(FileError) -> Result
  ) throws(FileError) -> Result {
    let outcome = state.withLock { state -> Swift.Result<Result, FileError>? in
      guard !state.isEnding else { return nil }
      do throws(FileError) { return .success(try step()) } catch { return .failure(error) }
    }
    guard let outcome else { waitForEnd() }
    return try outcome.get()
  }

  private static func set(of signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }

  /// A thread that waits here does nothing any more, whatever it was in the middle of.
  private static func waitForEnd() -> Never {
    state.withLock { $0.steps[pthread_self()] = nil }
    while true { pause() }
  }

  private static func end(by signal: Int32) -> Never {
    state.withLock { $0.ender = pthread_self() }
    let isHurried = !waitForSteps()
    removeUnfinished()
    let acts = state.withLock { $0.lastActs }.sorted { $0.key < $1.key }
    if !isHurried {
      for act in acts { act.value(Signal(number: signal)) }
    }
    var only = set(of: [signal])
    Glibc.signal(signal, SIG_DFL)
    pthread_sigmask(SIG_UNBLOCK, &only, nil)
    kill(getpid(), signal)
    while true { pause() }
  }

  /// - Returns: Whether all are over; another signal ends the waiting.
  private static func waitForSteps() -> Bool {
    var awaited = set(of: signals)
    var moment = timespec(tv_sec: 0, tv_nsec: 1_000_000)
    while true {
      // Under the lock, so that no step is over when it is hurried.
      let isOver = state.withLock { state in
        for step in state.steps.values { step.hurry?() }
        return state.steps.isEmpty
      }
      if isOver { return true }
      if sigtimedwait(&awaited, nil, &moment) > 0 { return false }
    }
  }

  private static func removeUnfinished() {
    let unfinished = state.withLock { $0.unfinished }
    // Other threads may put another file into a folder while it is removed, but not for long.
    var quiet = 0
    for _ in 0..<100 where quiet < 2 {
      let left = unfinished.filter { Folder.exists($0) }
      for path in left { Folder.remove(path) }
      quiet = left.isEmpty ? quiet + 1 : 0
      usleep(1_000)
    }
  }
}
