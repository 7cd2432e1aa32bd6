internal import Glibc

/// Lets one thread at a time do something.
final class Lock: Sendable {
  // Made and destroyed here, does not move, and is used through its own functions only.
  private nonisolated(unsafe) let mutex: UnsafeMutablePointer<pthread_mutex_t>

  init() {
    mutex = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func holding<Result>(_ body: () throws -> Result) rethrows -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body()
  }
}

/// Lets threads do something one after the other, in the order of their numbers.
///
/// Whoever holds a number has to wait for its turn and to pass it on, or those with higher numbers
/// wait for ever.
final class Turns: Sendable {
  // Both are made and destroyed here, do not move, and are used through their own functions only.
  private nonisolated(unsafe) let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private nonisolated(unsafe) let changed: UnsafeMutablePointer<pthread_cond_t>
  /// Guarded by `mutex`.
  private nonisolated(unsafe) let turn: UnsafeMutablePointer<Int>

  init() {
    mutex = .allocate(capacity: 1)
    changed = .allocate(capacity: 1)
    turn = .allocate(capacity: 1)
    turn.initialize(to: 0)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    turn.deallocate()
    changed.deallocate()
    mutex.deallocate()
  }

  /// Returns when all smaller numbers have passed their turn on.
  func wait(for number: Int) {
    pthread_mutex_lock(mutex)
    while turn.pointee != number { pthread_cond_wait(changed, mutex) }
    pthread_mutex_unlock(mutex)
  }

  /// Ends the turn of the number at hand.
  func pass() {
    pthread_mutex_lock(mutex)
    turn.pointee += 1
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }
}
