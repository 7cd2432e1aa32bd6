internal import CPlatform
internal import Glibc

/// Another program that is run to its end, with a limit to its time and to what it says.
///
/// It has no environment but what is given, no open file but its three streams, and a process group
/// of its own, so that what it starts in turn ends with it.
package struct ChildProcess {
  /// How a program ended.
  package enum End: Hashable, Sendable {
    case exited(Int32)
    case killed(signal: Int32)
    /// It was ended, because its time was over.
    case timedOut
    /// It was ended, because nobody wanted more of its output.
    case cutOff
  }

  package struct Outcome: Hashable, Sendable {
    package let end: End
    /// The start of what it wrote to its standard error.
    package let errors: [UInt8]
  }

  /// Takes a piece of the standard output; `false` ends the program.
  package typealias Taker = (UnsafeRawBufferPointer) throws(FileError) -> Bool

  private let path: String
  private let arguments: [String]
  private let environment: [String]
  private let seconds: Int
  private let errorLimit: Int

  /// Describes a run.
  ///
  /// - Parameters:
  ///   - path: The program's file; no folders are searched.
  ///   - arguments: Without the program's own name.
  ///   - environment: All of it, such as `LC_ALL=C.UTF-8`.
  ///   - seconds: How long it may take.
  ///   - errorLimit: How many bytes of its standard error are kept.
  package init(
    _ path: String, _ arguments: [String], environment: [String] = [], seconds: Int,
    errorLimit: Int = 1 << 20
  ) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
    self.seconds = seconds
    self.errorLimit = errorLimit
  }

  /// Runs the program.
  ///
  /// - Parameters:
  ///   - input: A file that is its standard input, from its start; `nil` is an empty one.
  ///   - output: Gets its standard output.
  /// - Throws: ``FileError`` if the program cannot be started, or what `output` throws.
  package func run(
    input: TemporaryFile? = nil, output: Taker = { _ in true }
  ) throws(FileError) -> Outcome {
    try run(reading: input?.descriptor, output: output)
  }

  func run(reading input: Descriptor?, output: Taker) throws(FileError) -> Outcome {
    let nothing = try Descriptor.reading("/dev/null")
    let (outputEnd, outputStart) = try Self.pipe(path)
    let (errorEnd, errorStart) = try Self.pipe(path)
    if let input { lseek(input.number, 0, SEEK_SET) }
    let child = try start(
      streams: [(input ?? nothing).number, outputStart.number, errorStart.number])
    outputStart.close()
    errorStart.close()
    var streams = ChildStreams(output: outputEnd, errors: errorEnd, errorLimit: errorLimit)
    let deadline = Self.now() + Int64(seconds) * 1_000
    defer { kill(-child, SIGKILL) }
    do {
      var reason = try streams.read(until: deadline, path: path, output: output)
      let status = Self.wait(for: child, until: reason == nil ? deadline : 0)
      if status == nil && reason == nil { reason = .timedOut }
      return Outcome(end: reason ?? Self.end(status ?? 0), errors: streams.kept)
    } catch {
      _ = Self.wait(for: child, until: 0)
      throw error
    }
  }

  private static func pipe(_ path: String) throws(FileError) -> (Descriptor, Descriptor) {
    var ends: [Int32] = [0, 0]
    guard attain_pipe(&ends) == 0 else { throw .cannotStart(path: path, errno: errno) }
    return (Descriptor(number: ends[0]), Descriptor(number: ends[1]))
  }

  private func start(streams: [Int32]) throws(FileError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (target, number) in streams.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, number, Int32(target))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))
    // What this process waits for on a thread, another program is not to block.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var surroundings = environment.map { strdup($0) } + [nil]
    defer { for word in words + surroundings { free(word) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, path, &actions, &attributes, &words, &surroundings)
    guard failure == 0 else { throw .cannotStart(path: path, errno: failure) }
    return child
  }

  /// Waits for the program's end, and ends it at the deadline; its status if it came to its end.
  private static func wait(for child: pid_t, until deadline: Int64) -> Int32? {
    var status: Int32 = 0
    while now() < deadline {
      if waitpid(child, &status, WNOHANG) == child { return status }
      usleep(2_000)
    }
    kill(-child, SIGKILL)
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    return nil
  }

  /// Milliseconds on a clock that nobody sets.
  fileprivate static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// What `wait` says; its macros are not there in Swift.
  private static func end(_ status: Int32) -> End {
    let signal = status & 0x7f
    return signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal: signal)
  }
}

/// What a program writes, read from both its streams as it comes.
private struct ChildStreams {
  let output: Descriptor
  let errors: Descriptor
  let errorLimit: Int
  private(set) var kept: [UInt8] = []

  init(output: Descriptor, errors: Descriptor, errorLimit: Int) {
    self.output = output
    self.errors = errors
    self.errorLimit = errorLimit
  }

  /// Reads until both streams end; returns why it stopped before.
  mutating func read(
    until deadline: Int64, path: String, output take: ChildProcess.Taker
  ) throws(FileError) -> ChildProcess.End? {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { block.deallocate() }
    var waiting = [output, errors].map { pollfd(fd: $0.number, events: Int16(POLLIN), revents: 0) }
    while waiting.contains(where: { $0.fd >= 0 }) {
      let left = deadline - ChildProcess.now()
      guard left > 0 else { return .timedOut }
      let ready = poll(&waiting, nfds_t(waiting.count), Int32(min(left, 1_000)))
      if ready < 0 && errno != EINTR { throw .unreadable(path: path, errno: errno) }
      for index in waiting.indices where ready > 0 && waiting[index].revents != 0 {
        let stream = index == 0 ? output : errors
        let count = try stream.read(into: block, at: nil, path: path)
        let bytes = UnsafeRawBufferPointer(rebasing: block[..<count])
        if count == 0 {
          waiting[index].fd = -1
        } else if index == 0 {
          guard try take(bytes) else { return .cutOff }
        } else {
          kept.append(contentsOf: bytes.prefix(max(0, errorLimit - kept.count)))
        }
      }
    }
    return nil
  }
}
