import Tickets

/// When a clock that stands starts again, each time as a promise of its own.
package enum Repetition: String, CaseIterable, Sendable {
  /// Whenever its start happens again: a reply is owed to each message.
  case eachStart = "each-start"
  /// At each of its stops that may happen again: every update starts the wait for the next.
  case eachStop = "each-stop"
}

extension Signal {
  /// Whether it may happen again and again; see ``RepeatedMoments``.
  package var isRepeated: Bool {
    if case .moment(let name) = self { RepeatedMoments.names.contains(name) } else { false }
  }
}
