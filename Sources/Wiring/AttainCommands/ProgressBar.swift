@preconcurrency import Glibc

/// A line on the terminal for work that takes longer than a second.
final class ProgressBar {
  private let isShown: Bool
  private let began: timespec
  private var drawnAt: Double = 0
  private var isDrawn = false

  private static let delay = 1.0
  private static let pause = 0.1
  private static let width = 30

  init(isShown: Bool) {
    self.isShown = isShown
    began = Self.now()
  }

  private static func now() -> timespec {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now
  }

  private var seconds: Double {
    let now = Self.now()
    return Double(now.tv_sec - began.tv_sec) + Double(now.tv_nsec - began.tv_nsec) / 1e9
  }

  func show(_ read: Int, of size: Int?) {
    guard isShown else { return }
    let seconds = seconds
    guard seconds > Self.delay, seconds - drawnAt > Self.pause else { return }
    drawnAt = seconds
    isDrawn = true
    let megabytes = read / 1_000_000
    guard let size, size > 0 else {
      draw("reading: \(megabytes) MB")
      return
    }
    let done = min(Self.width, Self.width * read / size)
    let bar = String(repeating: "#", count: done) + String(repeating: ".", count: Self.width - done)
    draw("reading [\(bar)] \(megabytes) of \(size / 1_000_000) MB")
  }

  func clear() {
    guard isDrawn else { return }
    isDrawn = false
    draw("")
  }

  private func draw(_ text: String) {
    fputs("\r\u{1b}[K" + text, stderr)
    fflush(stderr)
  }
}
