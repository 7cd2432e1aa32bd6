internal import CPlatform
internal import Glibc
internal import Synchronization

/// A clean end by SIGTERM, SIGINT or SIGHUP: what was being prepared is removed, what is in its
/// place stays, and the process ends by the signal, as its parent expects.
package enum Interruption {
  private struct State {
    /// Files and folders that nobody may find when the process has ended.
    var unfinished: Set<String> = []
    var isEnding = false
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

  private static func waitForEnd() -> Never {
    while true { pause() }
  }

  private static func end(by signal: Int32) -> Never {
    let unfinished = state.withLock { state in
      state.isEnding = true
      return state.unfinished
    }
    // Other threads may put another file into a folder while it is removed, but not for long.
    var quiet = 0
    for _ in 0..<100 where quiet < 2 {
      let left = unfinished.filter { Folder.exists($0) }
      for path in left { Folder.remove(path) }
      quiet = left.isEmpty ? quiet + 1 : 0
      usleep(1_000)
    }
    var only = set(of: [signal])
    Glibc.signal(signal, SIG_DFL)
    pthread_sigmask(SIG_UNBLOCK, &only, nil)
    kill(getpid(), signal)
    while true { pause() }
  }
}
